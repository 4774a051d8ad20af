import Foundation
import Testing

@testable import ICalendar

@Suite(.timeLimit(.minutes(5))) struct EventSeriesTests {
  private func series(_ recurrence: String..., start: String = "2026-03-02T09:00:00 Europe/Berlin") throws
    -> EventSeries
  {
    let first = try time(start)
    var master = try meeting()
    master.timing = .timed(
      start: first,
      end: ZonedDateTime(local: first.local.adding(seconds: 3600), zone: first.zone)
    )
    try master.setRecurrence(recurrence)
    return EventSeries(master: master)
  }

  private func id(_ text: String) throws -> RecurrenceTime { .zoned(try time("\(text) Europe/Berlin")) }

  /// The visible instances: the start of each, and its title.
  private func seen(_ series: EventSeries, _ count: Int = 30) -> [String] {
    series.prefix(count).map { instance in
      let event = series.event(for: instance)
      let start = instance.timing.recurrenceStart.local.description.dropFirst(5).dropLast(3)
      return "\(start) \(event.summary ?? "")"
    }
  }

  @Test func `an instance has the length of the series on every day`() throws {
    let series = try series("RRULE:FREQ=WEEKLY;COUNT=6")
    let instances = Array(series)
    #expect(instances.allSatisfy { $0.timing.length == 3600 && !$0.isOverridden })
    // Over the change of the clocks on 29 March too.
    #expect(instances.map { $0.timing.startInstant(in: .utc) }[4] == (try utc("2026-03-30T07:00:00")))
    let event = series.event(for: instances[1])
    #expect(event.recurrence.isEmpty)
    #expect(event.recurrenceID == RecurrenceID(try id("2026-03-09T09:00:00")))
  }

  @Test func `an instance is found by its identifier in any zone, and one that is none is not`() throws {
    var series = try series("RRULE:FREQ=WEEKLY;COUNT=6")
    var change = series.master
    change.timing = .timed(
      start: try time("2026-03-10T15:00:00 Europe/Berlin"),
      end: try time("2026-03-10T17:00:00 Europe/Berlin")
    )
    series = try series.overriding(id("2026-03-09T09:00:00"), with: change)
    series = try series.excluding(id("2026-03-16T09:00:00"))
    let summer = try series.instance(at: .zoned(time("2026-03-30T07:00:00 UTC")))
    #expect(try summer.id == id("2026-03-30T09:00:00") && !summer.isOverridden)
    #expect(summer.timing.length == 3600)
    let moved = try series.instance(at: id("2026-03-09T09:00:00"))
    #expect(moved.isOverridden && moved.timing == change.timing)
    for missing in [
      "2026-03-16T09:00:00", "2026-03-10T15:00:00", "2026-03-30T08:00:00", "2026-04-13T09:00:00",
    ] {
      #expect(throws: EventSeriesError.notAnInstance(try id(missing))) {
        try series.instance(at: id(missing))
      }
    }
  }

  @Test func `a changed instance keeps its identifier, and the others stay`() throws {
    var series = try series("RRULE:FREQ=WEEKLY;COUNT=4")
    var change = series.master
    change.summary = "Moved"
    change.timing = .timed(
      start: try time("2026-03-10T15:00:00 Europe/Berlin"),
      end: try time("2026-03-10T17:00:00 Europe/Berlin")
    )
    series = try series.overriding(id("2026-03-09T09:00:00"), with: change)
    #expect(
      seen(series) == [
        "03-02T09:00 Planning", "03-10T15:00 Moved", "03-16T09:00 Planning", "03-23T09:00 Planning",
      ]
    )
    #expect(series.map(\.id)[1] == (try id("2026-03-09T09:00:00")))
    let day = series.between(try utc("2026-03-10T15:30:00"), try utc("2026-03-10T23:00:00"))
    #expect(day.instances.map(\.id) == [try id("2026-03-09T09:00:00")])
    #expect(series.between(try utc("2026-03-09T00:00:00"), try utc("2026-03-10T00:00:00")).instances.isEmpty)
    // Written and read again it is the same.
    let bytes = CalendarObject(events: series.events).serialized()
    let read = EventSeries.grouping(try CalendarObject.parse(bytes).events)
    #expect(read.series.map { seen($0) } == [seen(series)])
    #expect(read.alone.isEmpty)
  }

  @Test func `a change for following instances moves them all on the clock`() throws {
    var series = try series("RRULE:FREQ=WEEKLY;COUNT=6")
    var change = series.master
    change.summary = "Later"
    change.timing = .timed(
      start: try time("2026-03-17T10:30:00 Europe/Berlin"),
      end: try time("2026-03-17T11:00:00 Europe/Berlin")
    )
    series = try series.overriding(id("2026-03-16T09:00:00"), with: change, includesFollowing: true)
    var own = series.master
    own.summary = "Own"
    series = try series.overriding(id("2026-03-23T09:00:00"), with: own)
    #expect(
      seen(series) == [
        "03-02T09:00 Planning", "03-09T09:00 Planning", "03-17T10:30 Later", "03-02T09:00 Own",
        "03-31T10:30 Later",
        "04-07T10:30 Later",
      ]
    )
    #expect(series.map { $0.timing.length } == [3600, 3600, 1800, 3600, 1800, 1800])
    let april = series.between(try utc("2026-04-07T08:45:00"), try utc("2026-04-08T00:00:00"))
    #expect(april.instances.map(\.id) == [try id("2026-04-06T09:00:00")])

    // Without the instance at which it began, the change still holds for the others.
    let shorter = try series.excluding(id("2026-03-16T09:00:00"))
    #expect(seen(shorter) == seen(series).enumerated().filter { $0.offset != 2 }.map(\.element))
  }

  @Test func `of two changes for following instances the later one counts`() throws {
    let plain = try series("RRULE:FREQ=WEEKLY;COUNT=6")
    let ids = plain.map(\.id)
    func change(_ title: String, _ id: RecurrenceTime, hours: Int) -> EventComponent {
      var event = plain.master
      event.summary = title
      event.timing = event.timing.moved(to: id.sameForm(second: id.second + hours * 3600))
      return event
    }
    let both = try plain.overriding(ids[1], with: change("A", ids[1], hours: 1), includesFollowing: true)
      .overriding(ids[3], with: change("B", ids[3], hours: 2), includesFollowing: true)
    #expect(
      seen(both) == [
        "03-02T09:00 Planning", "03-09T10:00 A", "03-16T10:00 A", "03-23T11:00 B", "03-30T11:00 B",
        "04-06T11:00 B",
      ]
    )
    // A change further up takes the place of what was to follow.
    let one = try both.overriding(ids[2], with: change("C", ids[2], hours: 3), includesFollowing: true)
    #expect(one.map { one.event(for: $0).summary } == ["Planning", "A", "C", "C", "C", "C"])
    // A series cut where the change is in force has it from its first instance on.
    #expect(seen(try both.splitting(at: ids[2], uid: "2").after) == Array(seen(both).dropFirst(2)))
  }

  @Test func `an excluded instance is gone with its override`() throws {
    var series = try series("RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;TZID=Europe/Berlin:20260309T090000")
    #expect(series.map { $0.id.local.date.day } == [2, 16])
    series = try series.excluding(id("2026-03-16T09:00:00"))
    #expect(series.map { $0.id.local.date.day } == [2])
    #expect(series.master.recurrence.count == 3)
    #expect(throws: EventSeriesError.self) { try series.excluding(id("2026-03-16T09:00:00")) }
    #expect(throws: EventSeriesError.self) { try series.excluding(id("2026-03-17T09:00:00")) }
  }

  @Test func `an override of an excluded instance is an instance`() throws {
    let plain = try series("RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;TZID=Europe/Berlin:20260309T090000")
    var change = plain.master
    change.summary = "Kept"
    change.recurrenceID = RecurrenceID(try id("2026-03-09T09:00:00"))
    let series = EventSeries(master: plain.master, overrides: [change])
    #expect(seen(series) == ["03-02T09:00 Planning", "03-02T09:00 Kept", "03-16T09:00 Planning"])
  }

  @Test(arguments: [
    "RRULE:FREQ=WEEKLY", "RRULE:FREQ=WEEKLY;COUNT=7", "RRULE:FREQ=WEEKLY;UNTIL=20260427T070000Z",
    "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR;COUNT=12", "RRULE:FREQ=MONTHLY;BYDAY=1MO,-1FR",
    "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=8", "RRULE:FREQ=DAILY;INTERVAL=3;BYHOUR=9,15",
    "RRULE:FREQ=YEARLY;BYMONTH=3,9;COUNT=7", "RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=6",
    "RRULE:FREQ=HOURLY;INTERVAL=7",
  ])
  func `a series cut in two has the same instances`(rule: String) throws {
    let plain = try series(
      rule,
      "RDATE;TZID=Europe/Berlin:20260303T123000,20260404T123000",
      "EXDATE;TZID=Europe/Berlin:20260309T090000,20260401T090000"
    )
    var change = plain.master
    change.summary = "Later"
    let ids = plain.prefix(14).map(\.id)
    change.timing = plain.master.timing.moved(to: .zoned(try time("2026-03-17T10:30:00 Europe/Berlin")))
    for from in [1, 3, 8] where from < ids.count - 2 {
      let changed = try plain.overriding(ids[from], with: change, includesFollowing: true)
      for series in [plain, changed] {
        for cut in ids.dropFirst() {
          let added =
            [20260303, 20260404].contains { Int(cut.local.date.basic) == $0 } && cut.local.minute == 30
          guard !added else {
            #expect(throws: EventSeriesError.notDivisible) { try series.splitting(at: cut, uid: "new") }
            continue
          }
          let (before, after) = try series.splitting(at: cut, uid: "new@example.com")
          let both = before.prefix(20).map { $0 } + after.prefix(20).map { $0 }
          #expect(both.prefix(20).map(\.id) == series.prefix(20).map(\.id), "\(rule) at \(cut)")
          #expect(both.prefix(20).map(\.timing) == series.prefix(20).map(\.timing), "\(rule) at \(cut)")
          #expect(Set(after.events.map(\.uid)) == ["new@example.com"])
          #expect(before.recurrenceSet.rules[0].end != .never)
        }
      }
    }
    #expect(throws: EventSeriesError.isFirstInstance) { try plain.splitting(at: ids[0], uid: "new") }
  }

  @Test func `a series of days is cut with a day as UNTIL`() throws {
    var master = try meeting()
    master.timing = .allDay(start: try date("2026-03-02"), end: try date("2026-03-04"))
    try master.setRecurrence(["RRULE:FREQ=WEEKLY"])
    let series = EventSeries(master: master)
    let (before, after) = try series.splitting(at: .date(try date("2026-03-16")), uid: "new@example.com")
    #expect(before.master.recurrence == ["RRULE:FREQ=WEEKLY;UNTIL=20260315"])
    #expect(after.master.timing == .allDay(start: try date("2026-03-16"), end: try date("2026-03-18")))
    // An instance that began on the day before is in the span.
    let tuesday = series.between(try utc("2026-03-10T00:00:00"), try utc("2026-03-11T00:00:00"))
    #expect(tuesday.instances.map(\.id) == [.date(try date("2026-03-09"))])
  }

  @Test func `a period of RDATE has its own length`() throws {
    let series = try series(
      "RDATE;VALUE=PERIOD:20260303T080000Z/PT30M,20260304T080000Z/20260304T100000Z,20260305T080000Z/P1DT1H"
    )
    #expect(series.map { $0.timing.length } == [3600, 1800, 7200, 90_000])
    let long = series.between(try utc("2026-03-06T08:30:00"), try utc("2026-03-06T09:30:00"))
    #expect(long.instances.count == 1)
  }

  @Test func `lines that cannot be read stay, and cost only themselves`() throws {
    let recurrence = [
      "RRULE:FREQ=WEEKLY;COUNT=2", "RRULE:FREQ=SOMETIMES", "EXDATE;TZID=Nowhere/Town:20260309T090000",
      "RDATE;TZID=Europe/Berlin:20260310T090000,tomorrow", "EXDATE:20260309T080000Z",
    ]
    var master = try meeting(
      from: "2026-03-02T09:00:00 Europe/Berlin",
      to: "2026-03-02T10:00:00 Europe/Berlin"
    )
    try master.setRecurrence(recurrence)
    #expect(EventSeries(master: master).map { $0.id.local.date.day } == [2, 10])
    #expect(master.recurrence == recurrence)
    let typed = master.typedRecurrence
    #expect(typed.unread.map(\.value) == ["FREQ=SOMETIMES", "20260309T090000", "tomorrow"])
    master.typedRecurrence = typed
    #expect(master.typedRecurrence == typed)
    #expect(master.recurrence.count == 6)
  }

  @Test func `EXDATE and RECURRENCE-ID know a file's own zone and other names of zones`() throws {
    let text = """
      BEGIN:VCALENDAR
      VERSION:2.0
      BEGIN:VTIMEZONE
      TZID:Ours
      BEGIN:STANDARD
      DTSTART:19700101T000000
      TZOFFSETFROM:+0430
      TZOFFSETTO:+0430
      END:STANDARD
      END:VTIMEZONE
      BEGIN:VEVENT
      UID:1@example.com
      DTSTAMP:20260120T083000Z
      DTSTART;TZID=Ours:20260302T090000
      RRULE:FREQ=DAILY;COUNT=4
      EXDATE;TZID=Ours:20260303T090000
      EXDATE;TZID=W. Europe Standard Time:20260304T053000
      END:VEVENT
      BEGIN:VEVENT
      UID:1@example.com
      DTSTAMP:20260120T083000Z
      DTSTART;TZID=Ours:20260305T120000
      RECURRENCE-ID;TZID=Ours:20260305T090000
      SUMMARY:Moved
      END:VEVENT
      END:VCALENDAR
      """
    let groups = EventSeries.grouping(try CalendarObject.parse(Array(text.utf8)).events)
    #expect(groups.series.map { seen($0) } == [["03-02T09:00 ", "03-05T12:00 Moved"]])
  }

  @Test func `events without a series stand alone`() throws {
    var alone = try meeting()
    alone.recurrenceID = RecurrenceID(try id("2026-01-28T10:00:00"), includesFollowing: true)
    #expect(alone.recurrenceID == RecurrenceID(try id("2026-01-28T10:00:00"), includesFollowing: true))
    let groups = EventSeries.grouping([alone])
    #expect(groups.series.isEmpty)
    #expect(groups.alone == [alone])
    alone.recurrenceID = nil
    #expect(alone == (try meeting()))
  }
}
