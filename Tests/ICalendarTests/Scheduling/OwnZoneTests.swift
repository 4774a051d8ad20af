import Testing

@testable import ICalendar

/// Messages whose zone only they define: what organizers on old servers send.
@Suite(.timeLimit(.minutes(5))) struct OwnZoneTests {
  private func message(_ method: String, _ event: String) throws -> SchedulingMessage {
    let text = """
      BEGIN:VCALENDAR
      PRODID:-//Example//EN
      METHOD:\(method)
      VERSION:2.0
      BEGIN:VTIMEZONE
      TZID:Head office
      BEGIN:STANDARD
      DTSTART:20200101T000000
      TZOFFSETFROM:+0230
      TZOFFSETTO:+0230
      END:STANDARD
      END:VTIMEZONE
      BEGIN:VEVENT
      UID:own@example.com
      ORGANIZER:mailto:a@example.com
      \(event)
      END:VEVENT
      END:VCALENDAR

      """
    return try SchedulingMessage.parse(Array(text.replacing("\n", with: "\r\n").utf8))
  }

  @Test func `an instance is found by the zone that the message defines`() throws {
    let request = try message(
      "REQUEST",
      """
      ATTENDEE;RSVP=TRUE:mailto:b@example.com
      DTSTAMP:20260120T080000Z
      DTSTART;TZID=Head office:20260202T100000
      DTEND;TZID=Head office:20260202T110000
      RRULE:FREQ=DAILY;COUNT=5
      SUMMARY:Stand-up
      SEQUENCE:0
      """
    )
    var event = try ScheduledEvent(from: request)
    let cancel = try message(
      "CANCEL",
      """
      ATTENDEE:mailto:b@example.com
      DTSTAMP:20260121T080000Z
      RECURRENCE-ID;TZID=Head office:20260203T100000
      SEQUENCE:1
      STATUS:CANCELLED
      """
    )
    _ = try event.receive(cancel)
    let cancelled = event.components.filter { $0.status == .cancelled }
    // Half past seven in UTC: two and a half hours east of it.
    let instant = try #require(cancelled.first?.recurrenceID?.time.second)
    #expect(cancelled.count == 1)
    #expect(instant == LocalDateTime("2026-02-03T07:30:00")?.nominalSeconds)
    #expect(event.series?.status == .confirmed)
  }

  private func message(_ method: String, calendarZone: String, _ events: String...) throws
    -> SchedulingMessage
  {
    let zone =
      "BEGIN:VTIMEZONE\nTZID:Europe/Berlin\nBEGIN:STANDARD\nDTSTART:20200101T000000\nTZOFFSETFROM:+0230\n"
      + "TZOFFSETTO:+0230\nEND:STANDARD\nEND:VTIMEZONE"
    let own = zone.replacing("Europe/Berlin", with: "Head office")
    let bodies = events.map { event in
      "BEGIN:VEVENT\nUID:own@example.com\nORGANIZER:mailto:a@example.com\n\(event)\nEND:VEVENT"
    }
    let lines =
      ["BEGIN:VCALENDAR", "METHOD:\(method)", "X-WR-TIMEZONE:\(calendarZone)", zone, own] + bodies + [
        "END:VCALENDAR"
      ]
    return try SchedulingMessage.parse(Array(lines.joined(separator: "\n").utf8))
  }

  /// Found by the fuzzer: the instance was known by its wall clock, and after it was stored by its instant.
  @Test(arguments: [("Europe/Berlin", "2026-02-03T09:00:00"), ("Head office", "2026-02-03T07:30:00")])
  func `the calendar's zone is for RECURRENCE-ID as for DTSTART`(zone: String, instant: String) throws {
    let request = try message(
      "REQUEST",
      calendarZone: zone,
      "DTSTAMP:20260120T080000Z\nDTSTART:20260203T120000\nRECURRENCE-ID:20260203T100000\nSEQUENCE:0"
    )
    var event = try ScheduledEvent(from: request)
    #expect(event.overrides.first?.recurrenceID?.time.second == LocalDateTime(instant)?.nominalSeconds)
    #expect(ScheduledEvent(uid: event.uid, components: event.components, memory: event.memory) == event)
    // It is the same instance when it is canceled, where no DTSTART is.
    let cancel = try message(
      "CANCEL",
      calendarZone: zone,
      "DTSTAMP:20260121T080000Z\nRECURRENCE-ID:20260203T100000\nSEQUENCE:1\nSTATUS:CANCELLED"
    )
    #expect(try event.receive(cancel) == .cancelled)
    #expect(event.overrides.map(\.status) == [.cancelled])
  }

  /// The IANA's rules count where a file gives the name of one of its zones to others.
  @Test func `RECURRENCE-ID is in the same zone as DTSTART of that name`() throws {
    let request = try message(
      "REQUEST",
      calendarZone: "UTC",
      "DTSTAMP:20260120T080000Z\nDTSTART;TZID=Europe/Berlin:20260202T100000\nRRULE:FREQ=DAILY;COUNT=3\nSEQUENCE:0",
      "DTSTAMP:20260120T080000Z\nDTSTART;TZID=Europe/Berlin:20260203T120000\nSEQUENCE:0\n"
        + "RECURRENCE-ID;TZID=Europe/Berlin:20260203T100000"
    )
    let event = try ScheduledEvent(from: request)
    #expect(
      event.overrides.first?.timing.recurrenceStart.second
        == event.overrides.first?.recurrenceID.map { $0.time.second + 7200 }
    )
    let instance = try #require(event.overrides.first?.recurrenceID)
    #expect(event.event(at: instance) == event.overrides.first)
  }
}
