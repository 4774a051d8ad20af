import Foundation
import ICalendar
import Testing

/// Times without a zone: RFC 5545 §3.3.5, form 1.
@Suite(.timeLimit(.minutes(5))) struct FloatingTimeTests {
  private let bytes = Array(
    """
    BEGIN:VCALENDAR\r
    VERSION:2.0\r
    PRODID:-//test//EN\r
    BEGIN:VEVENT\r
    UID:1@example.com\r
    DTSTAMP:20260120T083000Z\r
    DTSTART:20260327T090000\r
    DTEND:20260327T100000\r
    RRULE:FREQ=DAILY;COUNT=4\r
    EXDATE:20260328T090000\r
    END:VEVENT\r
    END:VCALENDAR\r\n
    """.utf8
  )

  @Test func `nobody who has not asked is given a time without a zone`() throws {
    #expect(throws: ICalendarError.floatingTime(property: "DTSTART")) { try CalendarObject.parse(bytes) }
    #expect(Zone("floating") == nil)
  }

  @Test func `who asks gets it, and it is written as it came`() throws {
    let object = try CalendarObject.parse(bytes, floatingZone: .floating)
    let written = object.text
    #expect(written.contains("\r\nDTSTART:20260327T090000\r\nDTEND:20260327T100000\r\n"))
    #expect(!written.contains("TZID") && !written.contains("VTIMEZONE"))
    #expect(try CalendarObject.parse(Array(written.utf8), floatingZone: .floating) == object)
  }

  @Test func `its instances are the same wall clock in every zone`() throws {
    let event = try #require(CalendarObject.parse(bytes, floatingZone: .floating).events.first)
    let series = EventSeries(master: event)
    let texts = series.map { instance -> String in
      guard case .floating(let local) = instance.id else { return "no floating time" }
      return "\(local)"
    }
    #expect(texts == ["2026-03-27T09:00:00", "2026-03-29T09:00:00", "2026-03-30T09:00:00"])
    // The clocks of Berlin are changed on the 29th; the day begins an hour later in London.
    for (name, first) in [
      ("Europe/Berlin", "2026-03-29T07:00:00Z"), ("Europe/London", "2026-03-29T08:00:00Z"),
    ] {
      let zone = try #require(Zone(name))
      let day = try #require(CalendarDate("2026-03-29"))
      let from = ZonedDateTime(local: LocalDateTime(startOf: day), zone: zone).instant
      let found = series.between(from, from + 82_800, in: zone).instances
      #expect(found.map { $0.timing.startInstant(in: zone) } == [try Date(first, strategy: .iso8601)])
    }
  }

  @Test func `a zone that the calendar names for such times counts`() throws {
    let named = String(decoding: bytes, as: UTF8.self)
      .replacing("PRODID", with: "X-WR-TIMEZONE:Europe/Berlin\r\nPRODID")
    let event = try #require(CalendarObject.parse(Array(named.utf8), floatingZone: .floating).events.first)
    guard case .timed(let start, _) = event.timing else { throw ICalendarError.invalid(property: "DTSTART") }
    #expect(start.zone.identifier == "Europe/Berlin")
  }
}
