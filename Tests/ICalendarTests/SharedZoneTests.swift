import Foundation
import Testing

@testable import ICalendar

/// A VTIMEZONE of the file applies to everything in the file (RFC 5545 §3.2.19), whatever zone DTSTART is in.
@Suite(.timeLimit(.minutes(5))) struct SharedZoneTests {
  private static let zone = """
    BEGIN:VTIMEZONE
    TZID:Plant
    BEGIN:STANDARD
    DTSTART:16010101T030000
    TZOFFSETFROM:+0200
    TZOFFSETTO:+0100
    RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
    END:STANDARD
    BEGIN:DAYLIGHT
    DTSTART:16010101T020000
    TZOFFSETFROM:+0100
    TZOFFSETTO:+0200
    RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
    END:DAYLIGHT
    END:VTIMEZONE
    """

  private func groups(_ events: [String], zone: String = zone, _ more: String = "") throws -> [EventGroup] {
    let parts = events.map { "BEGIN:VEVENT\nUID:1\nDTSTAMP:20260101T000000Z\n\($0)\nEND:VEVENT" }
    let text = (["BEGIN:VCALENDAR", more] + [zone] + parts + ["END:VCALENDAR", ""]).joined(separator: "\n")
    let object = try CalendarObject.parse(Array(text.utf8), floatingZone: .floating)
    // What is written is read as the same instances.
    let again = try CalendarObject.parse(object.serialized(), floatingZone: .floating)
    let groups = EventSeries.groups(of: object.events).map(\.group)
    #expect(EventSeries.groups(of: again.events).map(\.group).flatMap(starts) == groups.flatMap(starts))
    return groups
  }

  private func starts(_ group: EventGroup) -> [String] {
    switch group {
    case .series(let series): series.map { $0.timing.startInstant(in: .utc).ISO8601Format() }
    case .instance(let event): ["alone \(event.timing.startInstant(in: .utc).ISO8601Format())"]
    }
  }

  private static let series = "DTSTART;TZID=Plant:20260914T100000\nRRULE:FREQ=WEEKLY;COUNT=4"

  @Test(
    arguments: [
      // In UTC, in a zone of the IANA, in one of Windows, in the same zone, without one.
      ("DTSTART:20260921T130000Z", "2026-09-21T13:00:00Z"),
      ("DTSTART;TZID=America/New_York:20260921T090000", "2026-09-21T13:00:00Z"),
      ("DTSTART;TZID=Tokyo Standard Time:20260921T220000", "2026-09-21T13:00:00Z"),
      ("DTSTART;TZID=Plant:20260921T150000", "2026-09-21T13:00:00Z"),
      ("DTSTART:20260921T130000", "2026-09-21T13:00:00Z"),
      ("DTSTART;VALUE=DATE:20260922", "2026-09-22T00:00:00Z"),
    ],
    [0, 1]
  )
  func `an override in any zone takes the place of its instance`(
    change: (start: String, moved: String),
    sequence: Int
  ) throws {
    let override = "SEQUENCE:\(sequence)\nRECURRENCE-ID;TZID=Plant:20260921T100000\n\(change.start)"
    let found = try groups([Self.series, override])
    #expect(
      found.map(starts) == [
        ["2026-09-14T08:00:00Z", change.moved, "2026-09-28T08:00:00Z", "2026-10-05T08:00:00Z"]
      ]
    )
  }

  @Test func `an override for those that follow may be in UTC`() throws {
    let override = "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Plant:20260928T100000\nDTSTART:20260928T130000Z"
    #expect(
      try groups([Self.series, override]).map(starts) == [
        ["2026-09-14T08:00:00Z", "2026-09-21T08:00:00Z", "2026-09-28T13:00:00Z", "2026-10-05T13:00:00Z"]
      ]
    )
  }

  @Test(
    arguments: [
      ("DTSTART:20260914T080000Z", "2026-09-14T08:00:00Z"),
      ("DTSTART;TZID=Asia/Tokyo:20260914T170000", "2026-09-14T08:00:00Z"),
      ("DTSTART;TZID=Plant:20260914T100000", "2026-09-14T08:00:00Z"),
    ]
  )
  func `EXDATE and RDATE are read in the zone of the file`(start: String, first: String) throws {
    let event = """
      \(start)
      RRULE:FREQ=WEEKLY;COUNT=3
      EXDATE;TZID=Plant:20260921T100000
      RDATE;TZID=Plant:20260923T100000
      RDATE;TZID=Plant;VALUE=PERIOD:20260924T100000/PT1H
      """
    #expect(
      try groups([event]).map(starts) == [
        [first, "2026-09-23T08:00:00Z", "2026-09-24T08:00:00Z", "2026-09-28T08:00:00Z"]
      ]
    )
  }

  @Test func `days of a series may be named by times of the zone`() throws {
    // Outlook writes midnight in its own zone (input 10c).
    let master = """
      DTSTART;VALUE=DATE:20260216
      RRULE:FREQ=DAILY;COUNT=4
      EXDATE;TZID=Plant:20260218T000000
      """
    let override = "SEQUENCE:2\nRECURRENCE-ID;TZID=Plant:20260217T000000\nDTSTART;VALUE=DATE:20260225"
    #expect(
      try groups([master, override]).map(starts) == [
        ["2026-02-16T00:00:00Z", "2026-02-25T00:00:00Z", "2026-02-19T00:00:00Z"]
      ]
    )
  }

  @Test(arguments: [
    "RECURRENCE-ID;TZID=Nowhere:20260921T100000", "RECURRENCE-ID:next week", "RECURRENCE-ID:",
  ])
  func `an override that does not say which instance it is leaves the series alone`(id: String) throws {
    let found = try groups([Self.series, "SEQUENCE:5\n\(id)\nDTSTART:20260921T130000Z"])
    #expect(
      found.map(starts) == [
        ["2026-09-14T08:00:00Z", "2026-09-21T08:00:00Z", "2026-09-28T08:00:00Z", "2026-10-05T08:00:00Z"],
        ["alone 2026-09-21T13:00:00Z"],
      ]
    )
  }

  @Test func `an instance that is excluded by its file's zone is known after a change`() throws {
    guard case .series(let series) = try #require(groups([Self.series]).first) else { return }
    let ids = series.map(\.id)
    let id = ids[1]
    let changed = try series.overriding(id, with: try meeting()).excluding(ids[0])
    let master = changed.master
    #expect(master.typedRecurrence.exclusions.map(\.second) == [try utc("2026-09-14T08:00:00").wholeSeconds])
    #expect(changed.overrides.first?.recurrenceID?.time == id)
    // Moved out of its zone, the event still knows what its lines mean.
    var moved = master
    moved.timing = try meeting().timing
    moved.typedRecurrence = master.typedRecurrence
    #expect(moved.typedRecurrence.unread.isEmpty)
  }

  // MARK: The calendar's zone for times without one

  @Test func `X-WR-TIMEZONE is for all floating times of an event`() throws {
    // 08:25 in Berlin is 07:25Z in winter, so that UNTIL takes in 16 December (recurring-ical-events agrees).
    let event = """
      DTSTART:20261125T082500
      RRULE:FREQ=WEEKLY;UNTIL=20261216T072500Z
      EXDATE:20261202T082500
      RDATE:20261218T082500
      """
    let days = ["2026-11-25", "2026-12-09", "2026-12-16", "2026-12-18"]
    #expect(
      try groups([event], "X-WR-TIMEZONE:Europe/Berlin").map(starts) == [days.map { "\($0)T07:25:00Z" }]
    )
    #expect(
      try groups([event], "X-WR-TIMEZONE:Plant").map(starts) == [days.map { "\($0)T07:25:00Z" }]
    )
    let utc = event.replacing("072500Z", with: "082500")
    #expect(try groups([utc], "X-WR-TIMEZONE:UTC").map(starts) == [days.map { "\($0)T08:25:00Z" }])
    // Nobody names a zone: the clock's times, compared as they stand.
    #expect(try groups([utc]).map(starts) == [days.map { "\($0)T08:25:00Z" }])
  }

  @Test func `what follows DTSTART into the calendar's zone is written in it`() throws {
    let event = """
      DTSTART:20261125T082500
      RRULE:FREQ=WEEKLY;UNTIL=20261216T082500
      EXDATE:20261202T082500
      """
    let override = "RECURRENCE-ID:20261209T082500\nDTSTART:20261209T100000"
    let parts = [event, override].map { "BEGIN:VEVENT\nUID:1\nDTSTAMP:20260101T000000Z\n\($0)\nEND:VEVENT" }
    let text = (["BEGIN:VCALENDAR", "X-WR-TIMEZONE:Europe/Berlin"] + parts + ["END:VCALENDAR", ""])
      .joined(separator: "\n")
    let written = try CalendarObject.parse(Array(text.utf8), floatingZone: .floating).text
    #expect(written.contains("\r\nRRULE:FREQ=WEEKLY;UNTIL=20261216T072500Z\r\n"))
    #expect(written.contains("\r\nEXDATE;TZID=Europe/Berlin:20261202T082500\r\n"))
    #expect(written.contains("\r\nRECURRENCE-ID;TZID=Europe/Berlin:20261209T082500\r\n"))
  }

  // MARK: One UID for several

  @Test func `events that share a UID are all there, in their order`() throws {
    let lessons = [
      "DTSTART:20260907T080000Z", "DTSTART:20260907T090000Z", "SEQUENCE:3\nDTSTART:20260908T080000Z",
    ]
    #expect(
      try groups(lessons).map(starts) == [
        ["2026-09-07T08:00:00Z"], ["2026-09-07T09:00:00Z"], ["2026-09-08T08:00:00Z"],
      ]
    )
    let series = "DTSTART:20260907T080000Z\nRRULE:FREQ=WEEKLY;COUNT=2"
    let single = "SEQUENCE:1\nDTSTART:20260909T090000Z"
    #expect(
      try groups([single, series]).map(starts) == [
        ["2026-09-09T09:00:00Z"], ["2026-09-07T08:00:00Z", "2026-09-14T08:00:00Z"],
      ]
    )
  }

  @Test func `an override goes to the series that has its instance, and of two the older stays by itself`()
    throws
  {
    let monday = "DTSTART:20260907T080000Z\nRRULE:FREQ=WEEKLY;COUNT=2"
    let tuesday = "DTSTART:20260908T080000Z\nRRULE:FREQ=WEEKLY;COUNT=2"
    let newer = "RECURRENCE-ID:20260915T080000Z\nSEQUENCE:2\nDTSTART:20260915T100000Z"
    let older = "RECURRENCE-ID:20260915T080000Z\nSEQUENCE:1\nDTSTART:20260915T110000Z"
    #expect(
      try groups([monday, newer, older, tuesday]).map(starts) == [
        ["2026-09-07T08:00:00Z", "2026-09-14T08:00:00Z"], ["alone 2026-09-15T11:00:00Z"],
        ["2026-09-08T08:00:00Z", "2026-09-15T10:00:00Z"],
      ]
    )
  }

  @Test func `events without a UID do not belong together`() throws {
    let text = """
      BEGIN:VCALENDAR
      BEGIN:VEVENT
      DTSTART:20260907T080000Z
      RRULE:FREQ=WEEKLY;COUNT=2
      END:VEVENT
      BEGIN:VEVENT
      UID:
      RECURRENCE-ID:20260907T080000Z
      DTSTART:20260907T090000Z
      END:VEVENT
      END:VCALENDAR
      """
    let object = try CalendarObject.parse(Array(text.utf8))
    #expect(EventSeries.grouping(object.events).series.map { $0.map(\.id).count } == [2])
    #expect(EventSeries.grouping(object.events).alone.count == 1)
    // The empty one stays as it came, and none is made up.
    #expect(object.text.split(separator: "\r\n").filter { $0.hasPrefix("UID") } == ["UID:"])
  }

  // MARK: COUNT beside UNTIL

  @Test(
    arguments: [
      ("COUNT=10;UNTIL=20260928T080000Z", 4), ("UNTIL=20260928T080000Z;COUNT=2", 2),
      ("COUNT=3;UNTIL=20260921T080000Z", 3),
    ]
  )
  func `a rule with COUNT and UNTIL ends with whichever comes first`(end: String, count: Int) throws {
    let event = "DTSTART:20260907T080000Z\nRRULE:FREQ=WEEKLY;\(end)"
    guard case .series(let series) = try #require(groups([event]).first) else { return }
    #expect(series.map(\.id).count == count)
    #expect(throws: RecurrenceRuleError.countAndUntil) {
      try RecurrenceRule("FREQ=WEEKLY;\(end)", isStrict: true)
    }
  }
}
