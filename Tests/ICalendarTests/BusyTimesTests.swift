import Foundation
import Testing

@testable import ICalendar

@Suite(.timeLimit(.minutes(5))) struct BusyTimesTests {
  private func availability(_ lines: String) throws -> AvailabilityComponent {
    let text = "BEGIN:VAVAILABILITY\nUID:a\nDTSTAMP:20111005T133225Z\n\(lines)\nEND:VAVAILABILITY\n"
    return try AvailabilityComponent(component: try #require(try Component.parse(Array(text.utf8)).first))
  }

  private func available(_ lines: String) -> String {
    "BEGIN:AVAILABLE\nUID:b\nDTSTAMP:20111005T133225Z\n\(lines)\nEND:AVAILABLE"
  }

  private func described(_ times: BusyTimes) throws -> [String] {
    let zone = try zone("America/Montreal")
    return times.intervals.map { interval in
      let (start, end) = (
        ZonedDateTime(instant: interval.start, zone: zone), ZonedDateTime(instant: interval.end, zone: zone)
      )
      return "\(start.local) \(end.local) \(interval.kind)"
    }
  }

  private func computed(
    _ series: [EventSeries] = [],
    _ availabilities: [AvailabilityComponent],
    for attendee: String? = nil
  ) throws -> [String] {
    let times = BusyTimes(
      of: series,
      availabilities: availabilities,
      from: try time("2011-10-03T00:00:00 America/Montreal").instant,
      to: try time("2011-10-05T00:00:00 America/Montreal").instant,
      in: try zone("America/Montreal"),
      for: attendee
    )
    return try described(times)
  }

  private let office = """
    DTSTART;TZID=America/Montreal:20111002T000000
    DTEND;TZID=America/Montreal:20111009T000000
    """
  private let weekdays = """
    DTSTART;TZID=America/Montreal:20111003T090000
    DTEND;TZID=America/Montreal:20111003T170000
    RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
    """

  /// RFC 7953 §3.4, the first example: outside of 9:00 to 17:00 the user is unavailable.
  @Test func `what is not available is busy`() throws {
    let found = try computed([], [try availability("\(office)\n\(available(weekdays))")])
    #expect(
      found == [
        "2011-10-03T00:00:00 2011-10-03T09:00:00 BUSY-UNAVAILABLE",
        "2011-10-03T17:00:00 2011-10-04T09:00:00 BUSY-UNAVAILABLE",
        "2011-10-04T17:00:00 2011-10-05T00:00:00 BUSY-UNAVAILABLE",
      ]
    )
  }

  /// RFC 7953 §3.4, the second example: one of a higher priority lies over one of a lower.
  @Test func `the availability of the higher priority counts`() throws {
    let trip = """
      DTSTART;TZID=America/Montreal:20111004T000000
      DTEND;TZID=America/Montreal:20111005T000000
      BUSYTYPE:BUSY-TENTATIVE
      PRIORITY:1
      \(available("DTSTART;TZID=America/Montreal:20111004T100000\nDURATION:PT2H"))
      """
    let low = try availability("PRIORITY:9\n\(office)\n\(available(weekdays))")
    for order in [[low, try availability(trip)], [try availability(trip), low]] {
      #expect(
        try computed([], order) == [
          "2011-10-03T00:00:00 2011-10-03T09:00:00 BUSY-UNAVAILABLE",
          "2011-10-03T17:00:00 2011-10-04T00:00:00 BUSY-UNAVAILABLE",
          "2011-10-04T00:00:00 2011-10-04T10:00:00 BUSY-TENTATIVE",
          "2011-10-04T12:00:00 2011-10-05T00:00:00 BUSY-TENTATIVE",
        ]
      )
    }
  }

  /// RFC 7953 §4: events are busy times wherever they lie; RFC 4791 §7.10 says which count, and as what.
  @Test func `events make busy over any availability`() throws {
    func event(_ start: String, _ end: String, _ lines: String...) throws -> EventSeries {
      let zone = ";TZID=America/Montreal:2011100"
      return EventSeries(
        master: try self.event(calendar(["DTSTART\(zone)\(start)00", "DTEND\(zone)\(end)00"] + lines))
      )
    }
    let answer = "ATTENDEE;PARTSTAT=%:mailto:Ann%2Ba@example.com"
    let events = [
      try event("3T1000", "3T1100"), try event("3T1030", "3T1200", "RRULE:FREQ=DAILY;COUNT=2"),
      try event("3T1130", "3T1300", "STATUS:TENTATIVE"), try event("3T1400", "3T1500", "STATUS:CANCELLED"),
      try event("3T1400", "3T1500", "TRANSP:TRANSPARENT"), try event("3T0800", "3T0930"),
      try event("4T1400", "4T1500", answer.replacing("%:", with: "DECLINED:")),
      try event("4T1600", "4T1630", answer.replacing("%:", with: "NEEDS-ACTION:")),
    ]
    let found = try computed(
      events,
      [try availability("\(office)\n\(available(weekdays))")],
      for: "ann+a@example.com"
    )
    #expect(
      found == [
        "2011-10-03T00:00:00 2011-10-03T08:00:00 BUSY-UNAVAILABLE",
        "2011-10-03T08:00:00 2011-10-03T09:30:00 BUSY", "2011-10-03T10:00:00 2011-10-03T12:00:00 BUSY",
        "2011-10-03T12:00:00 2011-10-03T13:00:00 BUSY-TENTATIVE",
        "2011-10-03T17:00:00 2011-10-04T09:00:00 BUSY-UNAVAILABLE",
        "2011-10-04T10:30:00 2011-10-04T12:00:00 BUSY",
        "2011-10-04T16:00:00 2011-10-04T16:30:00 BUSY-TENTATIVE",
        "2011-10-04T17:00:00 2011-10-05T00:00:00 BUSY-UNAVAILABLE",
      ]
    )
  }

  private func event(_ lines: [UInt8]) throws -> EventComponent {
    try #require(try CalendarObject.parse(lines).events.first)
  }

  private func calendar(_ lines: [String]) -> [UInt8] {
    let event = ["BEGIN:VEVENT", "UID:1", "DTSTAMP:20110101T000000Z"] + lines + ["END:VEVENT"]
    return Array((["BEGIN:VCALENDAR"] + event + ["END:VCALENDAR", ""]).joined(separator: "\r\n").utf8)
  }

  @Test func `availability that cannot be read is told, and an open one has no end`() throws {
    let open = try availability("BUSYTYPE:BUSY\n\(available("DTSTART:soon"))")
    let times = BusyTimes(
      of: [],
      availabilities: [open],
      from: try utc("2011-10-03T00:00:00"),
      to: try utc("2011-10-04T00:00:00"),
      in: .utc
    )
    #expect(!times.isComplete)
    #expect(times.intervals.map(\.kind) == ["BUSY"])
    var answer = FreeBusyComponent(uid: "1", dtstamp: try utc("2011-10-03T00:00:00"))
    answer.setIntervals(times)
    #expect(answer.component.property("FREEBUSY")?.value == "20111003T000000Z/20111004T000000Z")
  }

  /// RFC 9073 §7.1, §7.2.
  @Test func `participants and places are read, changed and kept`() throws {
    let lines = [
      "DTSTART:20260904T020000Z", "BEGIN:PARTICIPANT", "UID:p", "PARTICIPANT-TYPE:Speaker",
      "CALENDAR-ADDRESS;EMAIL=ann@example.com:urn:uuid:1", "X-A:1", "BEGIN:VLOCATION", "UID:l0",
      "NAME:Desk",
      "END:VLOCATION", "END:PARTICIPANT", "BEGIN:VLOCATION", "UID:l1", "NAME:Hall",
      "LOCATION-TYPE:hall,office",
      "END:VLOCATION",
    ]
    var event = try event(calendar(lines))
    #expect(event.participants.map(\.kind) == [.speaker])
    #expect(event.participants[0].user?.address == "ann@example.com")
    #expect(event.participants[0].locations.map(\.title) == ["Desk"])
    #expect(event.locations.map(\.types) == [["hall", "office"]])
    event.participants[0].kind = .sponsor
    event.locations.append(LocationComponent(uid: "l2", title: "Garden"))
    let written = String(decoding: event.component.serialized(), as: UTF8.self)
    for line in ["PARTICIPANT-TYPE:SPONSOR", "X-A:1", "NAME:Desk", "NAME:Garden"] {
      #expect(written.contains("\(line)\r\n"), "\(line)")
    }
    #expect(try Component.inspect(CalendarObject(events: [event]).serialized()).defects == [])
  }
}
