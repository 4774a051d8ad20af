import Foundation
import ICalendar
import Testing

/// The losses that `phos ics expand` and `phos ics check` report.
@Suite(.timeLimit(.minutes(5))) struct LossInspectionTests {
  private func inspection(_ parts: String..., in calendar: [String] = []) throws -> Inspection {
    let head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN"] + calendar
    let text = (head + parts + ["END:VCALENDAR", ""]).joined(separator: "\n")
    return try Component.inspect(Array(text.replacing("\n", with: "\r\n").utf8))
  }

  private func component(_ lines: String, _ name: String = "VEVENT", uid: String = "UID:1") -> String {
    ["BEGIN:\(name)", "DTSTAMP:20260101T000000Z", uid, lines, "END:\(name)"].joined(separator: "\n")
  }

  private static let start = "DTSTART:20260907T080000Z"

  @Test(
    arguments: [
      ("\(start)\nRRULE:FREQ=FORTNIGHTLY", "RRULE"), ("\(start)\nRRULE:FREQ=DAILY;INTERVAL=0", "RRULE"),
      ("\(start)\nRRULE:FREQ=DAILY;COUNT=2;UNTIL=20260908T080000Z", "RRULE"),
      ("\(start)\nRRULE:FREQ=YEARLY;BYEASTER=1", "RRULE"), ("\(start)\nEXRULE:FREQ=NEVER", "EXRULE"),
      ("\(start)\nEXDATE;TZID=Plant:20260907T080000", "EXDATE"),
      ("\(start)\nEXDATE:20260907T080000Z,soon", "EXDATE"), ("\(start)\nRDATE:20260230T080000Z", "RDATE"),
      ("\(start)\nRDATE;VALUE=PERIOD:20260909T080000Z/20260908T080000Z", "RDATE"),
      ("\(start)\nRECURRENCE-ID;TZID=Plant:20260907T080000", "RECURRENCE-ID"),
      ("\(start)\nRECURRENCE-ID:yesterday", "RECURRENCE-ID"),
      ("\(start)\nDTEND:later", "DTEND"), ("\(start)\nDTEND;TZID=Plant:20260907T090000", "DTEND"),
      ("\(start)\nDTEND:20260907T070000Z", "DTEND"),
      ("\(start)\nDURATION:one hour", "DURATION"), ("\(start)\nDURATION:-PT1H", "DURATION"),
      ("DTSTART:then", "DTSTART"), ("DTSTART;TZID=Plant:20260907T080000", "DTSTART"),
    ]
  )
  func `what lays an event out in time is reported where it cannot be read`(lines: String, property: String)
    throws
  {
    for name in ["VEVENT", "VTODO"] {
      let text = name == "VTODO" ? lines.replacing("DTEND", with: "DUE") : lines
      let wanted = property == "DTEND" && name == "VTODO" ? "DUE" : property
      let found = try inspection(component(text, name))
      let loss = try #require(found.losses.first, "\(text)")
      #expect(found.losses.count == 1)
      #expect((loss.component, loss.property, loss.uid) == (name, wanted, "1"))
      #expect(loss.line == 7 + lines.split(separator: "\n").count - 1)
      #expect(found.defects.contains { $0.line == loss.line && $0.property == wanted })
    }
  }

  @Test(
    arguments: [
      start, "\(start)\nRRULE:FREQ=WEEKLY;COUNT=3\nEXDATE:20260914T080000Z",
      "DTSTART:20260907T080000\nDURATION:PT1H", "DTSTART;VALUE=DATE:20260907\nDTEND;VALUE=DATE:20260908",
    ]
  )
  func `what can be read is not`(lines: String) throws {
    let found = try inspection(component(lines))
    #expect(found.losses.isEmpty)
    #expect(found.defects.isEmpty)
  }

  @Test func `zones of the file are known wherever they stand, and their faults are reported once`() throws {
    let zone = """
      BEGIN:VTIMEZONE
      TZID:Plant
      BEGIN:STANDARD
      DTSTART:19700101T000000
      TZOFFSETTO:+0100
      RRULE:FREQ=YEARLY;BYMONTH=1;BYWHIM=2
      END:STANDARD
      END:VTIMEZONE
      """
    let event = component("DTSTART;TZID=Plant:20260907T080000\nEXDATE;TZID=Plant:20260907T080000")
    let losses = try inspection(event, zone).losses
    #expect(losses.map(\.component) == ["STANDARD", "STANDARD"])
    #expect(losses.map(\.line) == [12, 15])
  }

  @Test func `an event without any time is reported, unless a message may leave it out`() throws {
    let event = component("SUMMARY:Some day")
    #expect(try inspection(event).losses.map(\.message) == ["The component has no DTSTART, and so no time."])
    #expect(try inspection(event, in: ["METHOD:REFRESH"]).losses.isEmpty)
    #expect(try inspection(component("SUMMARY:Some day", "VTODO")).losses.isEmpty)
    #expect(try inspection(component("\(Self.start)\nEXDATE;TZID=\"open:20260907T080000")).losses.count == 1)
  }

  @Test func `a zone of the calendar that nobody knows is reported where times are without one`() throws {
    let calendar = ["X-WR-TIMEZONE:Mars/Base"]
    let losses = try inspection(component("DTSTART:20260907T080000"), in: calendar).losses
    #expect(
      losses.map(\.description) == [
        "line 4, VCALENDAR X-WR-TIMEZONE: The time zone Mars/Base is unknown. (RFC 5545 §3.2.19)"
      ]
    )
    #expect(try inspection(component(Self.start), in: calendar).losses.isEmpty)
    #expect(try inspection(component("DTSTART:20260907T080000"), in: ["X-WR-TIMEZONE:UTC"]).losses.isEmpty)
  }

  // MARK: Who is who

  @Test func `UIDs that are shared, empty or missing are defects`() throws {
    let one = component(Self.start)
    #expect(
      try inspection(one, one).defects.map(\.description) == [
        "line 11, VEVENT UID: Another component has this UID. (RFC 5545 §3.8.4.7)"
      ]
    )
    let empty = component(Self.start, uid: "UID:")
    #expect(
      try inspection(empty, empty).defects.map(\.message) == ["The UID is empty.", "The UID is empty."]
    )
    let id = "RECURRENCE-ID:20260914T080000Z\nDTSTART:20260914T090000Z"
    let twice = try inspection(component("\(Self.start)\nRRULE:FREQ=WEEKLY"), component(id), component(id))
    #expect(twice.defects.map(\.message) == ["Another component has this UID and RECURRENCE-ID."])
    // A task and an event are no two of a kind.
    #expect(try inspection(one, component(Self.start, "VTODO")).defects.isEmpty)
  }

  @Test func `RECURRENCE-ID has the type and the zone of the series' DTSTART`() throws {
    let zone = """
      BEGIN:VTIMEZONE
      TZID:Plant
      BEGIN:STANDARD
      DTSTART:19700101T000000
      TZOFFSETFROM:+0100
      TZOFFSETTO:+0100
      END:STANDARD
      END:VTIMEZONE
      """
    let series = component("DTSTART;TZID=Plant:20260907T090000\nRRULE:FREQ=WEEKLY")
    let days = component("DTSTART;VALUE=DATE:20260907\nRRULE:FREQ=WEEKLY")
    func messages(_ series: String, _ override: String) throws -> [String] {
      try inspection(zone, series, component(override)).defects.map(\.message)
    }
    let utc = "The value is in UTC, where DTSTART has a time zone."
    let type = "The value is not of the type of the series' DTSTART."
    // RFC 5545 §3.8.4.4 speaks of the DTSTART of the recurring component, not of the override's own.
    #expect(
      try messages(series, "RECURRENCE-ID;TZID=Plant:20260914T090000\nDTSTART;VALUE=DATE:20260915") == []
    )
    #expect(try messages(days, "RECURRENCE-ID;VALUE=DATE:20260914\nDTSTART:20260914T080000Z") == [])
    #expect(try messages(series, "RECURRENCE-ID:20260914T080000Z\nDTSTART:20260914T100000Z") == [utc])
    #expect(try messages(series, "RECURRENCE-ID;VALUE=DATE:20260914\nDTSTART:20260914T100000Z") == [type])
    #expect(try messages(days, "RECURRENCE-ID:20260914T000000Z\nDTSTART;VALUE=DATE:20260915") == [type])
    // Without its series the override's own zone is the best that is known.
    let alone = component("RECURRENCE-ID:20260914T080000Z\nDTSTART;TZID=Plant:20260914T100000")
    #expect(try inspection(zone, alone).defects.map(\.message) == [utc])
  }
}
