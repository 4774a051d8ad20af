import Foundation
import ICalendar
import JSONModel
import Testing

@testable import ProviderEmulators

@Suite(.timeLimit(.minutes(5))) struct MicrosoftSeriesTests {
  private let probe: MicrosoftProbe

  init() throws { probe = try MicrosoftProbe() }

  private func starts(_ id: String) -> [String] {
    probe.instances(of: id).map { String($0.startText.prefix(16)) }
  }

  private func path(_ event: JSON) -> String { "\(MicrosoftProbe.events)/\(event.id)" }

  @Test func `a series keeps its time on the wall when the clocks change`() {
    let series = probe.create(["recurrence": MicrosoftProbe.mondays])
    #expect(series["type"] == "seriesMaster")
    #expect(series["recurrence"]?["range"]?["recurrenceTimeZone"] == "Romance Standard Time")
    #expect(series["recurrence"]?["pattern"]?["firstDayOfWeek"] == "sunday")
    #expect(
      starts(series.id) == [
        "2027-03-01T09:00", "2027-03-08T09:00", "2027-03-15T09:00", "2027-03-22T09:00", "2027-03-29T08:00",
      ]
    )
    let second = probe.instances(of: series.id)[1]
    #expect(second["type"] == "occurrence")
    #expect(second["seriesMasterId"]?.string == series.id)
    #expect(second["originalStart"] == "2027-03-08T09:00:00Z")
    #expect(second["iCalUId"] != series["iCalUId"])
    #expect(second["recurrence"] == .null)
  }

  @Test func `an occurrence that is changed follows its series in everything else`() {
    let series = probe.create(["recurrence": MicrosoftProbe.mondays])
    let second = probe.instances(of: series.id)[1]
    let changed = probe.send("PATCH", path(second), ["subject": "Special"])
    #expect(changed.json["type"] == "exception")
    #expect(changed.id == second.id)
    probe.send("PATCH", path(series), ["location": ["displayName": "Room 1"], "subject": "Weekly"])
    let seen = probe.get(second.id).json
    #expect(seen["subject"] == "Special")
    #expect(seen["location"]?["displayName"] == "Room 1")
    #expect(probe.instances(of: series.id)[2]["subject"] == "Weekly")
    #expect(probe.send("PATCH", path(second), ["recurrence": MicrosoftProbe.mondays]).status == 400)
  }

  @Test func `an occurrence stays between its neighbours`() {
    let series = probe.create(["recurrence": MicrosoftProbe.mondays])
    let second = probe.instances(of: series.id)[1]
    func move(_ day: String) -> MicrosoftProbe.Answer {
      probe.send(
        "PATCH",
        path(second),
        [
          "start": MicrosoftProbe.time("2027-03-\(day)T12:00:00"),
          "end": MicrosoftProbe.time("2027-03-\(day)T13:00:00"),
        ]
      )
    }
    #expect(move("15").code == "ErrorOccurrenceCrossingBoundary")
    #expect(move("01").code == "ErrorOccurrenceCrossingBoundary")
    #expect(move("10").status == 200)
    #expect(starts(series.id)[1] == "2027-03-10T11:00")
    // The first has left its neighbour more room.
    let third = probe.instances(of: series.id)[2]
    let close = probe.send(
      "PATCH",
      path(third),
      [
        "start": MicrosoftProbe.time("2027-03-10T15:00:00"),
        "end": MicrosoftProbe.time("2027-03-10T16:00:00"),
      ]
    )
    #expect(close.status == 400)
  }

  @Test func `a deleted occurrence is a hole, also for a moved one`() {
    let series = probe.create(["recurrence": MicrosoftProbe.mondays])
    let second = probe.instances(of: series.id)[1]
    #expect(probe.send("DELETE", path(second)).status == 204)
    #expect(starts(series.id).count == 4)
    #expect(probe.get(second.id).code == "ErrorItemNotFound")
    #expect(probe.get(series.id).status == 200)
    #expect(probe.send("DELETE", path(series)).status == 204)
    #expect(probe.get(probe.instances(of: series.id).first?.id ?? second.id).status == 404)
  }

  @Test func `a series that is moved loses its exceptions`() {
    let series = probe.create(["recurrence": MicrosoftProbe.mondays])
    let all = probe.instances(of: series.id)
    probe.send("DELETE", path(all[1]))
    probe.send("PATCH", path(all[2]), ["subject": "Special"])
    let moved = probe.send(
      "PATCH",
      path(series),
      [
        "start": MicrosoftProbe.time("2027-03-01T14:00:00"),
        "end": MicrosoftProbe.time("2027-03-01T15:00:00"),
      ]
    )
    #expect(moved.status == 200)
    #expect(starts(series.id).count == 5)
    #expect(probe.instances(of: series.id).allSatisfy { $0["type"] == "occurrence" })
  }

  @Test func `a series goes into another zone only together with its range`() {
    let series = probe.create(["recurrence": MicrosoftProbe.mondays])
    let tokyo: [String: JSON] = [
      "start": MicrosoftProbe.time("2027-03-01T10:00:00", "Asia/Tokyo"),
      "end": MicrosoftProbe.time("2027-03-01T11:00:00", "Asia/Tokyo"),
    ]
    #expect(probe.send("PATCH", path(series), .object(tokyo)).code == "ErrorPropertyValidationFailure")
    var recurrence = MicrosoftProbe.mondays
    recurrence["range"] = recurrence["range"]?.merged(with: ["recurrenceTimeZone": "Tokyo Standard Time"])
    let both = tokyo.merging(["recurrence": recurrence]) { $1 }
    #expect(probe.send("PATCH", path(series), .object(both)).status == 200)
    #expect(starts(series.id)[4] == "2027-03-29T01:00")
  }

  @Test func `a series without a recurrence is one event again`() {
    let series = probe.create(["recurrence": MicrosoftProbe.mondays])
    let single = probe.send("PATCH", path(series), ["recurrence": .null])
    #expect(single.json["type"] == "singleInstance")
    #expect(probe.send("GET", "\(path(series))/instances?\(MicrosoftProbe.march)").status == 400)
  }

  @Test(
    arguments: [
      (["type": "daily"], [:]),
      (["type": "hourly", "interval": 1], [:]),
      (["type": "weekly", "interval": 1], [:]),
      (["type": "weekly", "interval": 1, "daysOfWeek": ["mon"]], [:]),
      (["type": "absoluteMonthly", "interval": 1], [:]),
      (["type": "absoluteYearly", "interval": 1, "dayOfMonth": 3], [:]),
      (["type": "relativeMonthly", "interval": 1, "daysOfWeek": ["monday"], "index": "fifth"], [:]),
      (["type": "daily", "interval": 1], ["type": "endDate", "endDate": "2027-02-01"]),
      (["type": "daily", "interval": 1], ["type": "numbered", "numberOfOccurrences": 0]),
      (["type": "daily", "interval": 1], ["type": "noEnd", "startDate": "2027-03-02"]),
      (["type": "daily", "interval": 1], ["type": "noEnd", "recurrenceTimeZone": "Tokyo Standard Time"]),
    ] as [(JSON, JSON)]
  )
  func `a pattern or range that is none is refused`(_ pattern: JSON, _ range: JSON) {
    let whole = JSON.object(["type": "noEnd", "startDate": "2027-03-01"]).merged(with: range)
    let event = MicrosoftProbe.event(["recurrence": ["pattern": pattern, "range": whole]])
    let answer = probe.send("POST", MicrosoftProbe.events, event)
    #expect(answer.status == 400)
    #expect(answer.code == "ErrorPropertyValidationFailure")
  }

  @Test func `an event longer than its pause cannot recur`() {
    let daily: JSON = [
      "pattern": ["type": "daily", "interval": 1], "range": ["type": "noEnd", "startDate": "2027-03-01"],
    ]
    let long = MicrosoftProbe.event(["recurrence": daily, "end": MicrosoftProbe.time("2027-03-02T11:00:00")])
    #expect(probe.send("POST", MicrosoftProbe.events, long).code == "ErrorOccurrenceTimeSpanTooBig")
  }

  @Test func `a series without an end is seen only where one looks`() {
    let endless: JSON = [
      "pattern": ["type": "daily", "interval": 1], "range": ["type": "noEnd", "startDate": "2027-03-01"],
    ]
    _ = probe.create(["recurrence": endless])
    let view = "/v1.0/me/calendarView?startDateTime=2057-01-01&endDateTime=2057-01-08&$top=100"
    #expect(probe.send("GET", view).items.count == 7)
    let years = "/v1.0/me/calendarView?startDateTime=2027-01-01&endDateTime=2057-01-08"
    #expect(probe.send("GET", years).code == "ErrorInvalidParameter")
  }
}

@Suite(.timeLimit(.minutes(5))) struct RecurrencePatternTests {
  private func days(_ pattern: JSON, from start: String, _ count: Int) throws -> [String] {
    let whole = JSON.object(["interval": 1]).merged(with: pattern)
    let range = try RecurrenceRange(["type": "noEnd", "startDate": .string(start)])
    return RecurrenceDays(try RecurrencePattern(whole), range).prefix(count).map(\.graph)
  }

  @Test func `each type makes the days that its name promises`() throws {
    #expect(
      try days(["type": "daily", "interval": 3], from: "2027-02-27", 2) == ["2027-02-27", "2027-03-02"]
    )
    let weekly: JSON = ["type": "weekly", "interval": 2, "daysOfWeek": ["sunday", "monday"]]
    // Weeks begin on Sunday unless it is said otherwise: Monday 1 March is in the week of Sunday 28 February.
    #expect(try days(weekly, from: "2027-03-01", 3) == ["2027-03-01", "2027-03-14", "2027-03-15"])
    #expect(
      try days(weekly.merged(with: ["firstDayOfWeek": "monday"]), from: "2027-03-01", 3)
        == ["2027-03-01", "2027-03-07", "2027-03-15"]
    )
    #expect(
      try days(
        ["type": "relativeMonthly", "daysOfWeek": ["friday"], "index": "last"],
        from: "2027-03-01",
        2
      ) == ["2027-03-26", "2027-04-30"]
    )
    let workday: JSON = [
      "type": "relativeMonthly", "daysOfWeek": ["monday", "tuesday", "wednesday", "thursday", "friday"],
      "index": "first",
    ]
    #expect(try days(workday, from: "2027-05-01", 2) == ["2027-05-03", "2027-06-01"])
    #expect(
      try days(
        ["type": "relativeYearly", "daysOfWeek": ["sunday"], "index": "second", "month": 5],
        from: "2027-03-01",
        2
      ) == ["2027-05-09", "2028-05-14"]
    )
  }

  @Test func `a day that a month does not have is its last`() throws {
    #expect(
      try days(["type": "absoluteMonthly", "dayOfMonth": 31], from: "2027-01-31", 4)
        == ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]
    )
    #expect(
      try days(["type": "absoluteYearly", "dayOfMonth": 29, "month": 2], from: "2028-02-29", 2)
        == ["2028-02-29", "2029-02-28"]
    )
  }

  @Test func `a series begins on the first day of its pattern`() throws {
    let probe = try MicrosoftProbe()
    let tuesdays: JSON = [
      "pattern": ["type": "weekly", "interval": 1, "daysOfWeek": ["tuesday"]],
      "range": ["type": "numbered", "startDate": "2027-03-01", "numberOfOccurrences": 2],
    ]
    let series = probe.create(["recurrence": tuesdays])
    #expect(series.startText.hasPrefix("2027-03-02"))
    #expect(probe.instances(of: series.id).map { $0.startText.prefix(10) } == ["2027-03-02", "2027-03-09"])
  }
}
