import Foundation
import JSONModel
import Testing

@testable import ProviderEmulators

@Suite(.timeLimit(.minutes(5))) struct GoogleSeriesTests {
  @Test(arguments: [
    ["DTSTART:20270301T100000Z", "RRULE:FREQ=DAILY"], ["RRULE:FREQ=NEVER"], ["RRULE:INTERVAL=2"],
    ["RRULE:FREQ=DAILY;COUNT=0"], ["RRULE:FREQ=DAILY;COUNT=2;UNTIL=20280101T000000Z"], ["FREQ=DAILY"],
    ["RRULE:FREQ=DAILY;FREQ=DAILY"], ["RRULE:FREQ=DAILY;BYMONTH=13"], ["EXDATE:yesterday"],
    ["RRULE:FREQ=DAILY", "EXDATE;TZID=Mars/Olympus:20270301T100000"], ["RRULE:FREQ=DAILY\r\nX-EVIL:1"],
    ["RRULE:FREQ=DAILY;UNTIL=20280101T000000"], ["RRULE:"],
    ["RRULE:FREQ=DAILY;FOO=BAR"], ["EXRULE:FREQ=DAILY;INTERVAL=0"],
  ])
  func `lines that are no recurrence are refused`(lines: [String]) throws {
    let probe = try Probe()
    let recurrence = JSON.array(lines.map { .string($0) })
    let answer = probe.send("POST", Probe.events, Probe.event("series", ["recurrence": recurrence]))
    #expect(answer.status == 400)
    #expect(answer.json.reason == "invalid")
    _ = probe.send("POST", Probe.events, Probe.event("single"))
    #expect(probe.send("PATCH", "\(Probe.events)/single", ["recurrence": recurrence]).status == 400)
    #expect(probe.google.events(of: "ada@example.com").count == 1)
  }

  @Test func `a series of times needs a zone, one of days does not`() throws {
    let probe = try Probe()
    let times: [String: JSON] = [
      "start": ["dateTime": "2027-03-01T10:00:00Z"], "end": ["dateTime": "2027-03-01T11:00:00Z"],
      "recurrence": Probe.weekly,
    ]
    let answer = probe.send("POST", Probe.events, Probe.event("series", times))
    #expect(answer.status == 400)
    #expect(answer.json.reason == "required")
    let days: [String: JSON] = [
      "start": ["date": "2027-03-01"], "end": ["date": "2027-03-02"],
      "recurrence": ["RRULE:FREQ=DAILY;UNTIL=20270303"],
    ]
    _ = probe.send("POST", Probe.events, Probe.event("allde", days))
    #expect(probe.list("\(Probe.events)/allde/instances").count == 3)
  }

  @Test func `excluded and added dates are honoured`() throws {
    let probe = try Probe()
    let lines: JSON = [
      "RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE;TZID=America/New_York:20270308T100000,20270322T100000",
      "RDATE:20270310T120000Z",
    ]
    probe.makeSeries(["recurrence": lines])
    #expect(
      probe.list("\(Probe.events)/series/instances").map { $0["id"] }
        == ["series_20270301T150000Z", "series_20270310T120000Z", "series_20270315T140000Z"]
    )
    #expect(probe.send("GET", Probe.instance(1)).status == 404)
  }

  @Test(arguments: [
    (["RRULE:FREQ=DAILY;UNTIL=20270303"], ["2027-03-01", "2027-03-02", "2027-03-03"]),
    (["RRULE:FREQ=DAILY;UNTIL=20270302T145959Z"], ["2027-03-01"]),
    (["RRULE:FREQ=DAILY;COUNT=2", "EXDATE:20270302"], ["2027-03-01", "2027-03-02"]),
    (["RRULE:FREQ=DAILY;COUNT=2", "EXDATE:20270302T100000"], ["2027-03-01"]),
    (["RRULE:FREQ=DAILY;COUNT=2", "EXDATE:20270302T150000Z"], ["2027-03-01"]),
  ])
  func `days and times in rules mean what they mean to Google`(lines: [String], days: [String]) throws {
    let probe = try Probe()
    probe.makeSeries(["recurrence": .array(lines.map { .string($0) })])
    #expect(probe.starts("\(Probe.events)/series/instances").map { String($0.prefix(10)) } == days)
  }

  @Test func `a series that is cut short loses what came after, for good`() throws {
    let probe = try Probe()
    probe.makeSeries()
    _ = probe.send("PATCH", Probe.instance(0), ["summary": "Kept"])
    _ = probe.send("PATCH", Probe.instance(2), ["summary": "Lost"])
    _ = probe.send("DELETE", Probe.instance(3))
    let token = try #require(probe.send("GET", Probe.events).json["nextSyncToken"]?.string)
    let cut: JSON = ["recurrence": ["RRULE:FREQ=WEEKLY;UNTIL=20270315T135959Z"]]
    #expect(probe.send("PATCH", "\(Probe.events)/series", cut).status == 200)
    #expect(probe.send("GET", Probe.instance(0)).json["summary"] == "Kept")
    for index in 2...3 { #expect(probe.send("GET", Probe.instance(index)).status == 404) }
    #expect(probe.list(Probe.events).count == 2)
    let changes = probe.list(Probe.events + "?syncToken=\(token)")
    #expect(changes.map { $0["status"] } == ["confirmed", "cancelled", "cancelled"])
    try #require(changes.count == 3)
    #expect(changes[1]["originalStartTime"]?["dateTime"] == "2027-03-15T15:00:00+01:00")

    _ = probe.send("PATCH", "\(Probe.events)/series", ["recurrence": Probe.weekly])
    #expect(probe.send("GET", Probe.instance(2)).json["summary"] == "Offer")
    #expect(probe.send("GET", Probe.instance(3)).json["status"] == "confirmed")
    #expect(probe.send("PATCH", Probe.instance(2), ["summary": "Anew"]).json["summary"] == "Anew")
    #expect(probe.send("GET", Probe.instance(2)).json["location"] == nil)
  }

  @Test func `another hour for the whole series drops what was said of single instances`() throws {
    let probe = try Probe()
    probe.makeSeries()
    _ = probe.send("PATCH", Probe.instance(1), ["summary": "Special"])
    let times: JSON = [
      "start": ["dateTime": "2027-03-01T12:00:00"], "end": ["dateTime": "2027-03-01T13:00:00"],
    ]
    _ = probe.send("PATCH", "\(Probe.events)/series", times)
    #expect(probe.send("GET", Probe.instance(1)).status == 404)
    #expect(probe.list("\(Probe.events)/series/instances").allSatisfy { $0["summary"] == "Offer" })
    #expect(
      probe.starts("\(Probe.events)/series/instances").last == "2027-03-22T17:00:00+01:00",
      "12:00 in New York, whose clocks have changed before those of Paris"
    )
  }

  @Test func `a series without its rule is a single event`() throws {
    let probe = try Probe()
    probe.makeSeries()
    _ = probe.send("PATCH", Probe.instance(1), ["summary": "Special"])
    _ = probe.send("PATCH", "\(Probe.events)/series", ["recurrence": []])
    #expect(probe.list(Probe.events).map { $0["id"] } == ["series"])
    #expect(probe.list(Probe.events + "?singleEvents=true").map { $0["id"] } == ["series"])
    #expect(probe.send("GET", Probe.instance(0)).status == 404)
  }

  @Test func `exceptions survive a restart, and so does what was said of none`() async throws {
    try await withTemporaryFolder { (folder: URL) async throws -> Void in
      let file = folder.appending(path: "google.jsonl")
      let first = try Probe(storage: file)
      first.makeSeries(["attendees": Probe.guests("one")])
      _ = first.send("PATCH", Probe.instance(1), ["summary": "Special", "attendees": .null])
      _ = first.send("DELETE", Probe.instance(2))
      _ = first.send("PATCH", Probe.instance(3), ["summary": "Lost"])
      _ = first.send(
        "PATCH",
        "\(Probe.events)/series",
        ["recurrence": ["RRULE:FREQ=WEEKLY;UNTIL=20270315T140000Z"]]
      )
      let path = Probe.events + "?singleEvents=true&showDeleted=true"
      for _ in 0..<2 {
        let next = try Probe(storage: file)
        #expect(next.list(path) == first.list(path))
        #expect(next.list(path).count == 3)
        #expect(next.send("GET", Probe.instance(1)).json == first.send("GET", Probe.instance(1)).json)
        #expect(next.send("GET", Probe.instance(1)).json["attendees"] == nil)
      }
      let last = try Probe(storage: file)
      _ = last.send("PATCH", "\(Probe.events)/series", ["recurrence": Probe.weekly])
      #expect(last.send("GET", Probe.instance(3)).json["summary"] == "Offer")
    }
  }

  private static func upTo(_ last: Int) -> String { (0...last).map(String.init).joined(separator: ",") }

  @Test(arguments: [
    "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "RRULE:FREQ=SECONDLY;COUNT=2000000000",
    "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;INTERVAL=1", "RRULE:FREQ=SECONDLY",
    "RRULE:FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=366,-366;BYHOUR=\(upTo(23));BYMINUTE=\(upTo(59));"
      + "BYSECOND=\(upTo(59))",
    "RRULE:FREQ=MONTHLY;COUNT=2000000000;BYMONTHDAY=31;BYMONTH=2", "RRULE:FREQ=HOURLY;INTERVAL=2147483647",
    "RRULE:FREQ=DAILY;BYSETPOS=366;BYHOUR=1,2,3;BYMINUTE=1,2,3;BYSECOND=1,2,3",
  ])
  func `a rule that is impossible or endless is answered all the same`(rule: String) throws {
    let probe = try Probe()
    probe.makeSeries(["recurrence": [.string(rule)]])
    let window = "timeMin=2099-01-01T00:00:00Z&timeMax=2100-01-01T00:00:00Z"
    for path in [
      "\(Probe.events)/series/instances?\(window)", "\(Probe.events)?singleEvents=true&\(window)",
      "\(Probe.events)?\(window)", "\(Probe.events)/series/instances", "\(Probe.events)?singleEvents=true",
    ] {
      let answer = probe.send("GET", path)
      #expect(answer.status == 200)
      #expect(answer.json["items"]?.array?.count ?? 999 <= 250)
    }
  }
}
