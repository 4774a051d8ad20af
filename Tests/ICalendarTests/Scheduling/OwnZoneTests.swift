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
}
