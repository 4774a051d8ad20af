import Foundation
import Testing

@testable import ICalendar

@Suite(.timeLimit(.minutes(5))) struct TimeZoneComponentTests {
  @Test func `a meeting in winter needs one observance`() throws {
    let text = CalendarObject(events: [try meeting()]).text
    #expect(
      text.contains(
        """
        BEGIN:VTIMEZONE\r
        TZID:Europe/Berlin\r
        BEGIN:STANDARD\r
        DTSTART:20251026T030000\r
        TZOFFSETFROM:+0200\r
        TZOFFSETTO:+0100\r
        TZNAME:CET\r
        END:STANDARD\r
        END:VTIMEZONE\r\n
        """
      )
    )
  }

  @Test func `UTC has none`() throws {
    let text = CalendarObject(events: [
      try meeting(from: "2026-01-28T10:00:00 UTC", to: "2026-01-28T11:00:00 Etc/UTC")
    ]).text
    #expect(!text.contains("VTIMEZONE"))
    #expect(text.contains("\r\nDTSTART:20260128T100000Z\r\nDTEND:20260128T110000Z\r\n"))
  }

  @Test func `two zones have one each, and two events in one zone share it`() throws {
    let flight = try meeting(
      from: "2026-01-28T10:00:00 Europe/Berlin",
      to: "2026-01-28T12:00:00 America/New_York"
    )
    let text = CalendarObject(events: [flight, try meeting()]).text
    #expect(lines(text).filter { $0.hasPrefix("TZID:") } == ["TZID:America/New_York", "TZID:Europe/Berlin"])
  }

  @Test func `a change of the clocks during the meeting is in`() throws {
    let component = try #require(
      try zone("Europe/Berlin").timeZoneComponent(
        from: utc("2026-03-28T20:00:00"),
        to: utc("2026-03-29T06:00:00")
      )
    )
    #expect(component.components.map(\.name) == ["STANDARD", "DAYLIGHT"])
  }

  @Test func `a meeting in the hour that the clock skips has the offset before it too`() throws {
    let skipped = try meeting(
      from: "2026-03-08T02:30:00 America/New_York",
      to: "2026-03-08T04:00:00 America/New_York"
    )
    let offsets = lines(CalendarObject(events: [skipped]).text).filter { $0.hasPrefix("TZOFFSETTO") }
    #expect(offsets == ["TZOFFSETTO:-0500", "TZOFFSETTO:-0400"])
  }

  @Test func `a repeating event has rules for ever in two observances`() throws {
    var event = try meeting()
    try event.setRecurrence(["RRULE:FREQ=WEEKLY"])
    let text = CalendarObject(events: [event]).text
    #expect(lines(text).filter { $0.hasPrefix("TZOFFSETTO") } == ["TZOFFSETTO:+0100", "TZOFFSETTO:+0200"])
    #expect(text.contains("DTSTART:20251026T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"))
    #expect(text.contains("DTSTART:20260329T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"))
  }

  @Test func `a change before midnight of its rule's day is on the day before`() throws {
    // Nuuk changes on the last Sunday of March at -1 o'clock.
    let component = try #require(
      try zone("America/Nuuk").timeZoneComponent(from: utc("2026-01-01T00:00:00"), to: nil)
    )
    #expect(
      component.components.last?.property("RRULE")?.value
        == "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=24,25,26,27,28,29,30;BYDAY=SA"
    )
  }

  @Test func `the later time is the daylight one, also where tzdata has it the other way round`() throws {
    let component = try #require(
      try zone("Europe/Dublin").timeZoneComponent(from: utc("2026-01-01T00:00:00"), to: nil)
    )
    #expect(component.components.map(\.name) == ["STANDARD", "DAYLIGHT"])
    #expect(component.components.last?.property("TZOFFSETTO")?.value == "+0100")
  }

  @Test func `only what the rule makes is repeated for ever`() throws {
    // A zone that moved to CET in June 2026: the rule makes the changes after it, not the move.
    let rule = try #require(PosixZone("CET-1CEST,M3.5.0,M10.5.0/3")?.rule)
    let move = ZoneTransition(
      second: 1_781_000_000,
      offsetBefore: 14_400,
      offsetAfter: 7200,
      isDaylight: true,
      abbreviation: "CEST"
    )
    let initial = ZoneRules.Kind(offset: 14_400, isDaylight: false, abbreviation: "")
    let rules = ZoneRules(initial: initial, table: [move], rule: rule)
    for first in [1_780_000_000, 1_782_000_000] {
      let parts = rules.observances(from: first, to: nil)
      let repeated = parts.filter { $0.property("RRULE") != nil }.compactMap { $0.property("DTSTART")?.value }
      #expect(repeated == ["20261025T030000", "20270328T020000"])
      #expect(parts.contains { $0.property("TZOFFSETFROM")?.value == "+0400" })
    }
  }

  @Test func `offsets to the second are written so`() throws {
    let component = try #require(
      try zone("Africa/Monrovia").timeZoneComponent(
        from: utc("1971-01-01T00:00:00"),
        to: utc("1971-01-02T00:00:00")
      )
    )
    #expect(component.components.last?.property("TZOFFSETTO")?.value == "-004430")
  }

  @Test func `a zone that never changed has an observance that begins before the event`() throws {
    let component = try #require(
      try zone("Etc/GMT+5").timeZoneComponent(from: utc("1960-01-01T00:00:00"), to: nil)
    )
    let onset = try #require(component.components.first?.property("DTSTART")?.value)
    #expect(onset < "19600101T000000")
    #expect(component.components.count == 1)
  }
}
