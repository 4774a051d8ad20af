import Foundation
import TestSupport
import Testing

@testable import ICalendar

@Suite(.timeLimit(.minutes(5))) struct TimeZoneComponentTests {
  /// MS-OXCICAL §2.1.3.1.1.19.2: STANDARD has to be there, and Outlook reads one yearly pair.
  @Test(
    arguments: [
      ("2026-01-28T10:00:00 Europe/Berlin", ["STANDARD -1SU 10 +0100", "DAYLIGHT -1SU 3 +0200"]),
      ("2027-06-08T09:00:00 Europe/Berlin", ["DAYLIGHT -1SU 3 +0200", "STANDARD -1SU 10 +0100"]),
      ("2026-07-01T10:00:00 America/New_York", ["DAYLIGHT 2SU 3 -0400", "STANDARD 1SU 11 -0500"]),
      ("2026-01-15T10:00:00 Australia/Sydney", ["DAYLIGHT 1SU 10 +1100", "STANDARD 1SU 4 +1000"]),
      ("2026-07-15T10:00:00 Pacific/Auckland", ["STANDARD 1SU 4 +1200", "DAYLIGHT -1SU 9 +1300"]),
      // The rules of those years, as tzdata has them: until 2006 in New York, until 1995 in Berlin.
      ("2005-07-01T10:00:00 America/New_York", ["DAYLIGHT 1SU 4 -0400", "STANDARD -1SU 10 -0500"]),
      ("2006-12-24T10:00:00 America/New_York", ["STANDARD -1SU 10 -0500", "DAYLIGHT 2SU 3 -0400"]),
      ("1990-07-01T10:00:00 Europe/Berlin", ["DAYLIGHT -1SU 3 +0200", "STANDARD -1SU 9 +0100"]),
    ]
  )
  func `a single meeting has a pair that repeats, by the rules of its time`(start: String, pair: [String])
    throws
  {
    let component = CalendarObject(events: [try meeting(from: start, to: start)]).component
    let parts = try #require(component.components.first { $0.name == "VTIMEZONE" }).components
    let described = parts.map { part in
      let rule = (part.property("RRULE")?.value ?? "").split(separator: ";").map {
        $0.split(separator: "=")[1]
      }
      return "\(part.name) \(rule[2]) \(rule[1]) \(part.property("TZOFFSETTO")?.value ?? "")"
    }
    #expect(described == pair)
    let onsets = parts.compactMap { $0.property("DTSTART")?.value }
    #expect(onsets == onsets.sorted())
  }

  @Test(arguments: ["Asia/Tokyo", "Europe/Istanbul", "America/Phoenix", "Asia/Kolkata", "Europe/Moscow"])
  func `a zone whose clocks are no longer changed has one STANDARD`(name: String) throws {
    for last in [try utc("2026-07-01T12:00:00"), nil] {
      let component = try #require(
        try zone(name).timeZoneComponent(from: utc("2026-07-01T10:00:00"), to: last)
      )
      #expect(component.components.map(\.name) == ["STANDARD"])
    }
  }

  @Test func `events of several zones in turns have zones that are right for all of them`() throws {
    var random = SeededRandom(seed: 41)
    for _ in 0..<20 {
      let events = try (0..<60).map { _ in
        let name =
          ["Europe/Berlin", "America/New_York", "Australia/Sydney"].randomElement(using: &random) ?? ""
        let instant = Date(
          timeIntervalSince1970: Double.random(in: 300_000_000..<2_200_000_000, using: &random)
        )
        let start = ZonedDateTime(instant: instant, zone: try zone(name))
        var event = EventComponent(
          uid: UUID().uuidString,
          dtstamp: instant,
          timing: .timed(start: start, end: start)
        )
        if Bool.random(using: &random) { event.otherProperties = [ContentLine("CATEGORIES", value: "WORK")] }
        return event
      }
      let written = CalendarObject(events: events).component
      let zones = written.components.filter { $0.name == "VTIMEZONE" }.compactMap { Zone(definition: $0) }
      for event in events {
        guard case .timed(let start, _) = event.timing else { continue }
        let zone = try #require(zones.first { $0.identifier == start.zone.identifier })
        #expect(zone.reading(of: start.local) == start.zone.reading(of: start.local), "\(start)")
      }
    }
  }

  @Test func `what is written is right throughout its span, for any zone and time`() throws {
    var random = SeededRandom(seed: 17)
    for name in ZoneOracleTests.names where name != "UTC" {
      let zone = try zone(name)
      for _ in 0..<40 {
        let first = Int.random(in: 300_000_000..<2_200_000_000, using: &random)
        let length = [3600, 86_400 * 10, 86_400 * 200, 86_400 * 900].randomElement(using: &random) ?? 0
        let (from, to) = (
          Date(timeIntervalSince1970: Double(first)), Date(timeIntervalSince1970: Double(first + length))
        )
        let component = try #require(zone.timeZoneComponent(from: from, to: to))
        #expect(component.components.contains { $0.name == "STANDARD" })
        let read = try #require(Zone(definition: component), "\(name)")
        for _ in 0..<20 {
          let second = Int.random(in: first...first + length, using: &random)
          #expect(
            read.offset(atSecond: second) == zone.offset(atSecond: second),
            "\(name) \(first) \(length)"
          )
        }
      }
    }
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
    let rules = ZoneRules(identifier: "Test/Zone", initial: initial, table: [move], rule: rule)
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
