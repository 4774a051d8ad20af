import Foundation
import Testing

@testable import ICalendar

@Suite(.timeLimit(.minutes(5))) struct ZoneEquivalentTests {
  private func zone(_ name: String, _ observances: [String], more: String = "") throws -> Zone {
    let text =
      (["BEGIN:VTIMEZONE", "TZID:\(name)"] + (more.isEmpty ? [] : [more]) + observances + ["END:VTIMEZONE"])
      .joined(separator: "\n")
    let component = try #require(try Component.parse(Array(text.utf8)).first)
    return try #require(Zone(definition: component))
  }

  private static func observance(_ kind: String, _ offsets: (String, String), _ lines: String) -> String {
    "BEGIN:\(kind)\nTZOFFSETFROM:\(offsets.0)\nTZOFFSETTO:\(offsets.1)\n\(lines)\nEND:\(kind)"
  }

  /// Observances with two offsets and the lines of each.
  private func zone(
    named name: String = "My Zone",
    offsets: (winter: String, summer: String),
    back: String,
    ahead: String,
    more: String = ""
  ) throws -> Zone {
    try zone(
      name,
      [
        Self.observance("STANDARD", (offsets.summer, offsets.winter), back),
        Self.observance("DAYLIGHT", offsets, ahead),
      ],
      more: more
    )
  }

  private let now = Date(timeIntervalSince1970: 1_790_000_000)  // September 2026

  @Test func `a zone of the file is matched by its rules`() throws {
    let cases: [(String, String, String, String, String)] = [
      (
        "+0100", "+0200", "DTSTART:16010101T030000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
        "DTSTART:16010101T020000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "Europe/Berlin"
      ),
      (
        "-0500", "-0400", "DTSTART:20071104T020000\nRRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11",
        "DTSTART:20070311T020000\nRRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3", "America/New_York"
      ),
      (
        "+1000", "+1100", "DTSTART:20080406T030000\nRRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=4",
        "DTSTART:20081005T020000\nRRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=10", "Australia/Sydney"
      ),
    ]
    for (winter, summer, back, ahead, expected) in cases {
      let own = try zone(offsets: (winter, summer), back: back, ahead: ahead)
      #expect(own.equivalent(from: now) == .sameRules(try #require(Zone(expected))))
    }
  }

  @Test func `a name that fits the rules comes first`() throws {
    let back = "DTSTART:16010101T030000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"
    let ahead = "DTSTART:16010101T020000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"
    let madrid = try zone(named: "/x/Europe/Madrid", offsets: ("+0100", "+0200"), back: back, ahead: ahead)
    #expect(madrid.equivalent(from: now)?.zone.identifier == "Europe/Madrid")
    let rome = try zone(
      named: "Hall",
      offsets: ("+0100", "+0200"),
      back: back,
      ahead: ahead,
      more: "X-LIC-LOCATION:Europe/Rome"
    )
    #expect(rome.equivalent(from: now)?.zone.identifier == "Europe/Rome")
    // A name that does not fit does not count: the file's rules do.
    let wrong = try zone(named: "/x/Asia/Tokyo", offsets: ("+0100", "+0200"), back: back, ahead: ahead)
    #expect(wrong.equivalent(from: now)?.zone.identifier == "Europe/Berlin")
  }

  @Test(arguments: [
    ("+0900", "Etc/GMT-9"), ("-0300", "Etc/GMT+3"), ("+0530", "Asia/Kolkata"), ("+0000", "UTC"),
  ])
  func `a zone of one offset is matched by it`(offset: String, expected: String) throws {
    let own = try zone("Own", [Self.observance("STANDARD", (offset, offset), "DTSTART:19700101T000000")])
    #expect(own.equivalent(from: now) == .sameRules(try #require(Zone(expected))))
  }

  @Test func `rules of nobody's keep the offset, and say so`() throws {
    let own = try zone(
      offsets: ("+0100", "+0200"),
      back: "DTSTART:20000101T000000\nRRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1",
      ahead: "DTSTART:20000101T000000\nRRULE:FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=1"
    )
    #expect(own.equivalent(from: now) == .sameOffset(try #require(Zone("Etc/GMT-2"))))
    let odd = try zone("Odd", [Self.observance("STANDARD", ("+0117", "+0117"), "DTSTART:19700101T000000")])
    #expect(odd.equivalent(from: now) == nil)
  }

  @Test func `a zone of the IANA is its own, and no zone is none`() throws {
    let berlin = try ICalendarTests.zone("Europe/Berlin")
    #expect(berlin.equivalent(from: now) == .sameRules(berlin))
    #expect(Zone.floating.equivalent(from: now) == nil)
  }

  // MARK: Rules that VTIMEZONEs have

  /// Each says what New York does: the second Sunday of March and the first of November at two o'clock.
  @Test(
    arguments: [
      (
        "FREQ=YEARLY;BYMINUTE=0;BYHOUR=2;BYDAY=1SU;BYMONTH=11",
        "FREQ=YEARLY;BYMINUTE=0;BYHOUR=2;BYDAY=2SU;BYMONTH=3"
      ),
      ("FREQ=YEARLY;BYSECOND=0;BYDAY=1SU;BYMONTH=11", "FREQ=YEARLY;BYSECOND=0;BYDAY=2SU;BYMONTH=3"),
      ("FREQ=YEARLY;BYMONTH=11;BYDAY=SU;BYSETPOS=1", "FREQ=YEARLY;BYMONTH=3;BYDAY=SU;BYSETPOS=2"),
      ("FREQ=MONTHLY;INTERVAL=12;BYDAY=1SU", "FREQ=MONTHLY;INTERVAL=12;BYDAY=2SU"),
      (
        "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=1,2,3,4,5,6,7;BYDAY=1SU",
        "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8,9,10,11,12,13,14;BYDAY=2SU"
      ),
      ("FREQ=DAILY;BYMONTH=11;BYMONTHDAY=1,2,3,4,5,6,7;BYDAY=SU", "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"),
      (
        "FREQ=WEEKLY;BYMONTH=11;BYDAY=SU;X-DAYS=1;BYMONTHDAY=1,2,3,4,5,6,7", "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"
      ),
      // Parts that cannot be: only they are lost.
      ("FREQ=YEARLY;BYMONTH=11;BYDAY=1SU;INTERVAL=0", "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU;BYWHIM=1"),
      ("FREQ=EVERY;BYMONTH=11;BYDAY=1SU", "BYMONTH=3;BYDAY=2SU;COUNT=0"),
    ]
  )
  func `every rule of the standard makes a zone`(back: String, ahead: String) throws {
    let own = try zone(
      offsets: ("-0500", "-0400"),
      back: "DTSTART:20071104T020000\nRRULE:\(back)",
      ahead: "DTSTART:20070311T020000\nRRULE:\(ahead)"
    )
    let york = try ICalendarTests.zone("America/New_York")
    let (first, last) = (try utc("2008-01-01T00:00:00"), try utc("2099-01-01T00:00:00"))
    #expect(
      own.transitions(from: first, to: last).map(\.at) == york.transitions(from: first, to: last).map(\.at)
    )
  }

  @Test(arguments: ["TZOFFSETFROM", "TZOFFSETTO"], ["", ":+0x00"])
  func `an offset that is missing is the other part's`(name: String, value: String) throws {
    let text = """
      BEGIN:VTIMEZONE
      TZID:Own
      BEGIN:STANDARD
      DTSTART:20071104T020000
      TZOFFSETFROM:-0400
      TZOFFSETTO:-0500
      RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
      END:STANDARD
      BEGIN:DAYLIGHT
      DTSTART:20070311T020000
      TZOFFSETFROM:-0500
      TZOFFSETTO:-0400
      RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
      END:DAYLIGHT
      END:VTIMEZONE
      """
    let lines = text.split(separator: "\n")
    let kept = lines.enumerated().filter { $0.offset > 6 || !$0.element.hasPrefix(name) }.map {
      String($0.element)
    }
    let bad = kept.prefix(4) + (value.isEmpty ? [] : [name + value]) + kept.dropFirst(4)
    let component = try #require(try Component.parse(Array(bad.joined(separator: "\n").utf8)).first)
    let own = try #require(Zone(definition: component))
    #expect(own.equivalent(from: now)?.zone.identifier == "America/New_York")
    #expect(ZoneDefinition(component).problems.map(\.property.rawValue) == [name])
  }

  @Test func `a day of the year is a rule too`() throws {
    // The 300th day of 2026 is 27 October, the 90th is 31 March.
    let own = try zone(
      offsets: ("+0100", "+0200"),
      back: "DTSTART:20001026T030000\nRRULE:FREQ=YEARLY;BYYEARDAY=300",
      ahead: "DTSTART:20000330T020000\nRRULE:FREQ=YEARLY;BYYEARDAY=90"
    )
    let changes = own.transitions(from: try utc("2026-01-01T00:00:00"), to: try utc("2027-01-01T00:00:00"))
    #expect(changes.map(\.at) == [try utc("2026-03-31T01:00:00"), try utc("2026-10-27T01:00:00")])
  }

  @Test func `a zone has the name of the Windows zone with its rules`() {
    let names = [
      ("Europe/Berlin", "W. Europe Standard Time"), ("Europe/Vienna", "W. Europe Standard Time"),
      ("Europe/Paris", "Romance Standard Time"), ("America/Toronto", "Eastern Standard Time"),
      ("Asia/Calcutta", "India Standard Time"), ("Etc/UTC", "UTC"),
      ("Pacific/Auckland", "New Zealand Standard Time"),
    ]
    for (zone, name) in names { #expect(Zone(zone)?.windowsName(from: now) == name) }
    #expect(Zone("Antarctica/Troll")?.windowsName(from: now) == nil)
    #expect(Zone.floating.windowsName(from: now) == nil)
    for name in WindowsZones.names.values { #expect(Zone(otherName: name)?.windowsName(from: now) == name) }
  }

  /// Found by the fuzzer: Kathmandu has its offset since 1986, and Tehran had daylight saving time until 2022.
  @Test(arguments: [
    ("+0545", "1950-01-01T00:00:00"), ("+0330", "2000-03-01T00:00:00"), ("+0500", "1930-01-01T00:00:00"),
  ])
  func `a zone that has its offset only now is no equivalent of then`(offset: String, first: String) throws {
    let own = try zone("Own", [Self.observance("STANDARD", (offset, offset), "DTSTART:16010101T000000")])
    let (from, to) = (try utc(first), try utc(first) + 6 * 366 * 86_400)
    // Where no zone had the offset then, an instant has to do.
    guard let found = own.equivalent(from: from, to: to) else {
      let others = Zone.allIdentifiers.compactMap { Zone($0) }.filter {
        $0.offset(at: from) == own.offset(at: from)
      }
      #expect(others.isEmpty)
      return
    }
    #expect(found.zone.offset(at: from) == own.offset(at: from))
    guard case .sameRules(let same) = found else { return }
    #expect(same.transitions(from: from, to: to).allSatisfy { $0.offsetBefore == $0.offsetAfter })
  }
}
