import Foundation
import TestSupport
import Testing

@testable import ICalendar

@Suite(.timeLimit(.minutes(5))) struct FileZoneTests {
  private func zone(of text: String) throws -> Zone? {
    let root = try #require(
      try Component.parse(Array("BEGIN:VTIMEZONE\nTZID:Own\n\(text)\nEND:VTIMEZONE".utf8)).first
    )
    return Zone(definition: root)
  }

  private func observance(_ kind: String = "STANDARD", _ lines: String) -> String {
    "BEGIN:\(kind)\n\(lines)\nEND:\(kind)"
  }

  @Test func `the rules that we write for a zone of the IANA are read back`() throws {
    var random = SeededRandom(seed: 3365)
    let first = try utc("2020-01-01T00:00:00")
    for name in ZoneOracleTests.names where name != "UTC" {
      let known = try ICalendarTests.zone(name)
      let component = try #require(known.timeZoneComponent(from: first, to: nil))
      let read = try #require(Zone(definition: component), "\(name)")
      for _ in 0..<300 {
        let second = Int.random(in: 1_577_836_800..<4_000_000_000, using: &random)
        // Where changes are spelt out they are so for some decades.
        guard known.rules.rule == nil || component.components.count == 2 || second < 2_500_000_000 else {
          continue
        }
        #expect(read.offset(atSecond: second) == known.offset(atSecond: second), "\(name) \(second)")
      }
    }
  }

  @Test func `a VTIMEZONE that was right is not written for another zone of its name`() throws {
    func definition(_ offset: String) -> String {
      "BEGIN:VTIMEZONE\nTZID:Asia/Tokyo\n"
        + observance("STANDARD", "DTSTART:19700101T000000\nTZOFFSETFROM:\(offset)\nTZOFFSETTO:\(offset)")
        + "\nEND:VTIMEZONE\n"
    }
    let event =
      "BEGIN:VEVENT\nUID:a\nDTSTAMP:20260101T000000Z\nDTSTART;TZID=Asia/Tokyo:20260304T100000\nDURATION:P2D\nEND:VEVENT\n"
    let text = "BEGIN:VCALENDAR\nVERSION:2.0\n\(definition("+0900"))\(event)END:VCALENDAR\n"
    var object = try #require(try CalendarObject.parseAll(Array(text.utf8)).first)
    #expect(object.text.contains("TZOFFSETTO:+0900"))
    let other = try #require(
      try Component.parse(Array(definition("+0230").utf8)).first.flatMap { Zone(definition: $0) }
    )
    let start = ZonedDateTime(local: try #require(LocalDateTime("2026-03-04T10:00:00")), zone: other)
    object.events[0].timing = .timed(start: start, end: start)
    #expect(object.text.contains("TZOFFSETTO:+0230") && !object.text.contains("TZOFFSETTO:+0900"))
  }

  @Test func `a zone that begins after 2100 has its first onset only`() throws {
    let part = observance(
      "STANDARD",
      "DTSTART:21500101T000000\nRRULE:FREQ=MONTHLY\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200"
    )
    let root = try #require(
      try Component.parse(Array("BEGIN:VTIMEZONE\nTZID:Own\n\(part)\nEND:VTIMEZONE".utf8)).first
    )
    #expect(
      ZoneDefinition(root).onsets.map(\.second) == [try Int(utc("2149-12-31T23:00:00").timeIntervalSince1970)]
    )
  }

  @Test func `where clocks are changed several times within hours, a time means its first pass`() throws {
    // Back by five hours, and in these back and forth by seconds.
    let zone = try #require(
      try zone(
        of: observance("STANDARD", "DTSTART:16000101T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0100") + "\n"
          + observance("STANDARD", "DTSTART:19820404T025900\nTZOFFSETFROM:-0001\nTZOFFSETTO:-040015") + "\n"
          + observance("DAYLIGHT", "DTSTART:19820404T020059\nTZOFFSETFROM:-040015\nTZOFFSETTO:-0400") + "\n"
          + observance("STANDARD", "DTSTART:19820404T025900\nTZOFFSETFROM:-040015\nTZOFFSETTO:-040015")
      )
    )
    let first = try utc("1982-04-04T00:00:00")
    for minute in 0..<12 * 60 {
      let instant = first + TimeInterval(minute * 60)
      let shown = ZonedDateTime(instant: instant, zone: zone)
      let meant = ZonedDateTime(local: shown.local, zone: zone)
      #expect(meant.instant <= instant)
      #expect(ZonedDateTime(instant: meant.instant, zone: zone).local == shown.local)
    }
  }

  @Test func `rules of other writers are read`() throws {
    let cases: [(String, String, Int)] = [
      // Outlook counts from 1601, and has no name for the time.
      (
        observance(
          "STANDARD",
          "DTSTART:16011028T030000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100"
        )
          + "\n"
          + observance(
            "DAYLIGHT",
            "DTSTART:16010325T020000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200"
          ),
        "2026-07-01T00:00:00", 7200
      ),
      (
        observance(
          "STANDARD",
          "DTSTART:19700101T000000\nTZOFFSETFROM:+0530\nTZOFFSETTO:+0530\nRDATE:19800101T000000"
        ), "2026-01-01T00:00:00", 19_800
      ),
      (
        observance(
          "STANDARD",
          "DTSTART:20000101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRDATE:20260101T000000"
        ), "2010-01-01T00:00:00", 7200
      ),
      (
        observance(
          "DAYLIGHT",
          "DTSTART:20070311T020000\nRRULE:FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8,9,10,11,12,13,14;BYDAY=SU\nTZOFFSETFROM:-0500\nTZOFFSETTO:-0400"
        ), "2026-03-08T07:00:00", -14_400
      ),
      (
        observance(
          "DAYLIGHT",
          "DTSTART:20000101T020000\nRRULE:FREQ=YEARLY;UNTIL=20100101T010000Z\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200"
        ), "1999-01-01T00:00:00", 3600
      ),
    ]
    for (text, instant, offset) in cases {
      let zone = try #require(try zone(of: text))
      #expect(zone.offset(at: try utc(instant)) == offset)
    }
  }

  @Test func `a second before the change the offset is the one before`() throws {
    let zone = try #require(
      try zone(
        of: observance(
          "DAYLIGHT",
          "DTSTART:20070311T020000\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\nTZOFFSETFROM:-0500\nTZOFFSETTO:-0400"
        )
          + "\n"
          + observance(
            "STANDARD",
            "DTSTART:20071104T020000\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\nTZOFFSETFROM:-0400\nTZOFFSETTO:-0500"
          )
      )
    )
    let (new, york) = (zone, try ICalendarTests.zone("America/New_York"))
    let changes = york.transitions(from: try utc("2008-01-01T00:00:00"), to: try utc("2099-01-01T00:00:00"))
    #expect(changes.count == 182)
    for change in changes {
      #expect(new.offset(atSecond: change.second - 1) == change.offsetBefore)
      #expect(new.offset(atSecond: change.second) == change.offsetAfter)
    }
  }

  private func change(_ start: String, _ from: String, _ to: String) -> String {
    observance("STANDARD", "DTSTART:\(start)\nTZOFFSETFROM:\(from)\nTZOFFSETTO:\(to)")
  }

  private let always = (
    Date(timeIntervalSince1970: -14_000_000_000), Date(timeIntervalSince1970: 8_000_000_000)
  )

  /// Found by the fuzzer: the change began with what the other one ended with.
  @Test func `of several changes at once the zone has one, from the offset before them`() throws {
    let zone = try #require(
      try zone(
        of: [
          change("20200101T000000", "+0000", "+0100"), change("20260101T020000", "+0100", "+0300"),
          change("20260101T020000", "+0100", "+0200"),
        ].joined(separator: "\n")
      )
    )
    let changes = zone.transitions(from: always.0, to: always.1)
    #expect(changes.map(\.offsetBefore) == [0, 3600])
    #expect(changes.map(\.offsetAfter) == [3600, 10_800])
    // Where the last of them changes nothing there is none.
    let same = try #require(
      try self.zone(
        of: [
          change("16000101T020000", "+0100", "-0001"), change("16000101T020000", "+0100", "+0100"),
        ].joined(separator: "\n")
      )
    )
    #expect(same.transitions(from: always.0, to: always.1) == [])
    #expect(same.offset(at: always.0) == 3600)
  }

  /// Found by the fuzzer: the offset of the last change was in force before it, too.
  @Test func `a zone may begin after 2100`() throws {
    let zone = try #require(try zone(of: change("21000601T020000", "+0100", "-0500")))
    let change = try #require(zone.transitions(from: always.0, to: always.1).first)
    #expect(change.at == (try utc("2100-06-01T01:00:00")))
    #expect(zone.offset(at: change.at - 1) == 3600)
    #expect(zone.offset(at: change.at) == -18_000)
  }

  /// Found by the fuzzer: changes were looked for within sixteen hours, where an offset can have nearly a day.
  @Test(arguments: [
    ("+2359", "+0100"), ("-2359", "-0100"), ("+2359", "-2359"), ("-2359", "+2359"), ("+0000", "-1830"),
  ])
  func `clocks lead back to their instants however large offsets are`(from: String, to: String) throws {
    let zone = try #require(try zone(of: change("20260101T020000", from, to)))
    let change = try #require(zone.transitions(from: always.0, to: always.1).first)
    for second in stride(from: -3 * 86_400.0, through: 3 * 86_400, by: 1799) {
      let time = ZonedDateTime(instant: change.at + second, zone: zone)
      #expect(time.instant == change.at + second)
    }
  }

  @Test(arguments: [
    "", "BEGIN:STANDARD\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0100\nEND:STANDARD",
    "BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+2500\nEND:STANDARD",
    "BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=SECONDLY\nEND:STANDARD",
  ])
  func `rules that cannot be read make no zone`(text: String) throws {
    #expect(try zone(of: text) == nil)
  }

  @Test func `a file with thousands of zones that begin in 1601 is read in bounded steps`() throws {
    let rule =
      "DTSTART:16010101T000000\nRRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=1\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100"
    let many = (0..<600).map { _ in observance("STANDARD", rule) }.joined(separator: "\n")
    #expect(try zone(of: many) == nil)
  }

  @Test func `zones whose rules take long are read within a budget`() throws {
    let heavy =
      "DTSTART:16010101T000000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO"
    let text = (0..<80).map { number in
      "BEGIN:VTIMEZONE\nTZID:Z\(number)\n\(observance("STANDARD", heavy))\nEND:VTIMEZONE\n"
        + "BEGIN:VEVENT\nUID:\(number)\nDTSTART;TZID=Z\(number):20260128T100000\nEND:VEVENT\n"
    }
    let octets = Array("BEGIN:VCALENDAR\n\(text.joined())END:VCALENDAR\n".utf8)
    let read = try CalendarObject.parse(octets)
    // What is left out is told.
    #expect(read.events.count < 80 && read.events.count > 20)
    #expect(read.unreadable.count == 80 - read.events.count)
    #expect(try Component.inspect(octets).losses.count == read.unreadable.count)
  }

  @Test func `no more than some hundreds of a file's zones are read`() throws {
    let text = (0..<600).map { number in
      "BEGIN:VTIMEZONE\nTZID:Z\(number)\n"
        + observance("STANDARD", "DTSTART:19700101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0100")
        + "\nEND:VTIMEZONE\nBEGIN:VEVENT\nUID:\(number)\nDTSTART;TZID=Z\(number):20260128T100000\nEND:VEVENT\n"
    }
    let read = try CalendarObject.parse(Array("BEGIN:VCALENDAR\n\(text.joined())END:VCALENDAR\n".utf8))
    #expect(read.events.count == 500)
    #expect(read.unreadable.count == 100)
    #expect(read.unreadable.first == .unknownTimeZone("Z500"))
  }

  @Test(arguments: [
    ("W. Europe Standard Time", "Europe/Berlin"), ("eastern standard time", "America/New_York"),
    ("India Standard Time", "Asia/Calcutta"), ("/example.com/20050126_1/Europe/Berlin", "Europe/Berlin"),
    ("/vendor/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
    ("europe/berlin", "Europe/Berlin"),
    ("\"Europe/Berlin\"", "Europe/Berlin"),
    ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Amsterdam"),
    ("(UTC-05:00) Eastern Time (US & Canada)", "America/New_York"),
    ("(GMT+09:00) Osaka, Sapporo, Tokyo", "Asia/Tokyo"),
    // GMT Standard Time in Windows' own table.
    ("(UTC) Dublin, Edinburgh, Lisbon, London", "Europe/London"), ("(UTC) Coordinated Universal Time", "UTC"),
    ("(UTC) Koordinerad universell tid", "UTC"), ("(UTC) Koordinierte Weltzeit", "UTC"),
    ("(UTC) Temps universel coordonné", "UTC"),
    ("(UTC-11:00) Coordinated Universal Time-11", "Etc/GMT+11"),
    ("(UTC-05:00) Eastern Time (US and Canada)", "America/New_York"),
    ("(UTC-03:00) Brasilia", "America/Sao_Paulo"),
    ("(UTC+06:30) Yangon (Rangoon)", "Asia/Yangon"), ("/Europe/Stockholm", "Europe/Stockholm"),
    ("/Asia/Tokyo", "Asia/Tokyo"), ("/America/Argentina/Ushuaia", "America/Argentina/Ushuaia"),
    ("tzone://Microsoft/Utc", "UTC"), ("TZONE://microsoft/UTC", "UTC"),
    // POSIX names in the IANA database count westwards.
    ("GMT+0100", "Etc/GMT-1"), ("UTC+1", "Etc/GMT-1"), ("(GMT +01:00)", "Etc/GMT-1"), ("-08:00", "Etc/GMT+8"),
    ("GMT+05:30", "Asia/Kolkata"), ("UTC+00:00", "UTC"), ("(UTC+01:00)", "Etc/GMT-1"),
  ])
  func `zones are found under the names of others`(name: String, identifier: String) {
    #expect(Zone(name) == nil)
    #expect(Zone(otherName: name)?.identifier == identifier)
  }

  @Test(arguments: [
    "", "Customized Time Zone", "/", "/example.com/", "(UTC+05:00) Berlin", "(UTC) Nowhere",
    "(UTC+99:00) Berlin",
    "Mars Standard Time", "(GMT-05:00) Eastern Time", "../../etc/passwd", "/x/../../etc/passwd",
    "tzone://Microsoft/Custom", "(UTC) Londra", "UTC+25", "GMT+01:17",
    "GMT +0100 (Standard) / GMT +0200 (Daylight)",
    "(UTC+01:00) Somewhere", "/vendor/Japan/extra",
  ])
  func `what names no zone for certain is none, and never UTC`(name: String) {
    #expect(Zone(otherName: name) == nil)
  }

  @Test func `every name of Windows is a zone here`() {
    let missing = WindowsZones.all.filter { Zone($0.value) == nil }
    // Those that left Windows' list of zones for another have none in every tzdata.
    #expect(missing.isEmpty, "\(missing)")
    #expect(WindowsZones.all.count > 130)
  }
}
