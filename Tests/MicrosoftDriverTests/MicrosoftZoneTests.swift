import CalendarCore
import DriverTestSupport
import Foundation
import ICalendar
import JSONModel
import ProviderEmulators
import ProviderKit
import Testing

@testable import MicrosoftDriver

/// Zones that only Exchange knows, and those that Graph does not take.
@Suite(.timeLimit(.minutes(5))) struct MicrosoftZoneTests {
  private static let names = [
    "tzone://Microsoft/Custom", "Customized Time Zone", "GMT +0100 (Standard) / GMT +0200 (Daylight)",
    "Europe/Berlin-2", "My Zone",
  ]

  /// A weekly series from January on, over the change of the clocks, whose zone has another name than it had.
  private func series(
    _ fixture: MicrosoftFixture,
    zone: String = "Europe/Berlin",
    named name: String,
    hasDefinition: Bool = true
  ) async throws -> ProviderEvent {
    var draft = try fixture.draft()
    draft.timing = try Samples.timed(zone: zone)
    draft.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=20"]
    let event = try await fixture.create(draft)
    #expect(
      fixture.emulator.setZoneName(
        name,
        ofEvent: event.externalID,
        of: MicrosoftFixture.address,
        hasDefinition: hasDefinition
      )
    )
    return event
  }

  /// Asks Graph for every occurrence that this program believes in.
  private func checkOccurrences(_ event: ProviderEvent, _ fixture: MicrosoftFixture) async throws {
    var master = EventComponent(uid: "", dtstamp: .distantPast, timing: event.content.timing)
    try master.setRecurrence(event.content.recurrence)
    var count = 0
    for instance in EventSeries(master: master) {
      var reference = fixture.reference(event)
      reference.originalStart = OriginalStart(instance.id)
      let read = try await fixture.provider.event(reference, session: fixture.session)
      guard case .timed(let start, _) = read.content.timing else { throw MicrosoftFixture.Refused(status: 0) }
      #expect(start.instant == OriginalStart(instance.id).instant)
      count += 1
    }
    #expect(count == 20)
  }

  @Test(arguments: names)
  func `a series in a zone that only Exchange knows takes place when Exchange has it`(name: String)
    async throws
  {
    try await MicrosoftFixture.run(timeZone: "America/New_York") { fixture in
      let event = try await series(fixture, named: name)
      #expect(try await fixture.stored(event)["originalStartTimeZone"]?.string == name)
      let read = try await fixture.read(event)
      #expect(try read.content.timing == Samples.timed(zone: "Europe/Berlin"))
      try await checkOccurrences(read, fixture)
      let renamed = try await fixture.change(event, nil, [.title]) { $0.title = "Renamed" }
      #expect(renamed.content == read.content.with(title: "Renamed"))
      // 8 April is in summer, at 8 o'clock UTC.
      let special = try await fixture.change(event, "20270408T080000Z", [.title]) { $0.title = "Special" }
      #expect(try special.content.timing == Samples.timed("2027-04-08T10:00:00", "2027-04-08T11:00:00"))
    }
  }

  @Test(arguments: ["America/Los_Angeles", "Pacific/Auckland", "Asia/Kolkata", "Australia/Adelaide"])
  func `the rules of a custom zone are found, wherever it is`(zone: String) async throws {
    try await MicrosoftFixture.run { fixture in
      let event = try await series(fixture, zone: zone, named: "tzone://Microsoft/Custom")
      let read = try await fixture.read(event)
      guard case .timed(let start, _) = read.content.timing, let zone = Zone(zone) else {
        throw MicrosoftFixture.Refused(status: 0)
      }
      #expect(start == ZonedDateTime(local: start.local, zone: start.zone))
      for days in 0..<400 {
        let instant = start.instant.addingTimeInterval(Double(days) * 86_400)
        #expect(start.zone.offset(at: instant) == zone.offset(at: instant))
      }
      try await checkOccurrences(read, fixture)
    }
  }

  @Test func `a moved series leaves the zone that only Exchange knows`() async throws {
    try await MicrosoftFixture.run { fixture in
      let event = try await series(fixture, named: "tzone://Microsoft/Custom")
      let moved = try await fixture.change(event, nil, [.timing]) {
        $0.timing = try Samples.timed("2027-01-28T12:00:00", "2027-01-28T13:00:00")
      }
      try await checkOccurrences(moved, fixture)
      #expect(try await fixture.stored(event)["originalStartTimeZone"] == "W. Europe Standard Time")
    }
  }

  @Test func `a single meeting in a custom zone keeps its clock`() async throws {
    try await MicrosoftFixture.run(timeZone: "America/New_York") { fixture in
      var draft = try fixture.draft()
      draft.timing = try Samples.timed(zone: "Europe/Vienna")
      let event = try await fixture.create(draft)
      _ = fixture.emulator.setZoneName("My Zone", ofEvent: event.externalID, of: MicrosoftFixture.address)
      // The zone that was meant still is one with these rules.
      #expect(try await fixture.read(event).content.timing == draft.timing)
    }
  }

  @Test func `without its rules a custom zone is the mailbox's, if the occurrences are there`() async throws {
    for (mailbox, isRight) in [("Europe/Berlin", true), ("Asia/Kolkata", false), ("UTC", false)] {
      try await MicrosoftFixture.run(timeZone: mailbox) { fixture in
        let event = try await series(fixture, named: "tzone://Microsoft/Custom", hasDefinition: false)
        guard isRight else {
          let error = await #expect(throws: ProviderError.self) { try await fixture.read(event) }
          #expect(error == .rejected(reason: Messages.unreadableZone))
          return
        }
        try await checkOccurrences(try await fixture.read(event), fixture)
      }
    }
  }

  @Test func `an event whose zone nobody knows is told as unreadable, and not as one in UTC`() async throws {
    let scopes = MicrosoftFixture.scopes.filter { !$0.hasPrefix("MailboxSettings") }
    try await MicrosoftFixture.run(scopes: scopes) { fixture in
      let event = try await series(fixture, named: "My Zone", hasDefinition: false)
      let page = try await fixture.provider.changes(
        in: fixture.calendar,
        since: nil,
        session: fixture.session
      )
      #expect(
        page.changes == [.unreadable(externalID: event.externalID, reason: Messages.unreadableZone)]
      )
      #expect(fixture.requests("mailboxSettings.get").isEmpty)
    }
  }

  @Test(arguments: [
    ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Berlin"),
    ("tzone://Microsoft/Utc", "UTC"), ("Tokyo Standard Time", "Asia/Tokyo"), ("US/Pacific", "US/Pacific"),
  ])
  func `a zone with a name that others know needs no question`(name: String, zone: String) async throws {
    try await MicrosoftFixture.run { fixture in
      let event = try await fixture.create(fixture.draft())
      _ = fixture.emulator.setZoneName(name, ofEvent: event.externalID, of: MicrosoftFixture.address)
      let before = fixture.requests("events.get").count
      guard case .timed(let start, _) = try await fixture.read(event).content.timing else {
        throw MicrosoftFixture.Refused(status: 0)
      }
      // Where the clock is another than that of the zone that was meant.
      #expect(start.zone.identifier == zone)
      #expect(try start.instant == Samples.timed().start)
      #expect(fixture.requests("events.get").count == before + 1)
    }
  }

  @Test(arguments: ["Europe/Vienna", "America/Toronto", "Asia/Calcutta", "Africa/Abidjan", "Europe/Zagreb"])
  func `a zone that Graph does not list is written by Windows' name and read as it was meant`(
    zone: String
  ) async throws {
    try await MicrosoftFixture.run { fixture in
      var draft = try fixture.draft()
      draft.timing = try Samples.timed(zone: zone)
      draft.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=20"]
      let event = try await fixture.create(draft)
      #expect(event.content.timing == draft.timing)
      #expect(try await fixture.read(event).content == event.content)
      try await checkOccurrences(event, fixture)
    }
  }

  @Test func `a zone that Windows does not have is refused with a sentence`() async throws {
    try await MicrosoftFixture.run { fixture in
      var draft = try fixture.draft()
      draft.timing = try Samples.timed(zone: "Antarctica/Troll")
      let error = await #expect(throws: ProviderError.self) { try await fixture.create(draft) }
      #expect(error == .rejected(reason: Messages.unknownTimeZone))
    }
  }

  @Test func `the example of Microsoft's documents is read`() throws {
    // [MS-OXOCAL] §4.1.4: Pacific time by the rules of 2006, and those from 2007 on.
    let text = """
      0201300002001500500061006300690066006900630020005300740061006E0064006100720064002000540069006D006500020002013E00\
      0000D6070000000000000000000000000000E001000000000000C4FFFFFF00000A0000000500020000000000000000000400000001000200\
      00000000000002013E000200D7070000000000000000000000000000E001000000000000C4FFFFFF00000B00000001000200000000000000\
      00000300000002000200000000000000
      """
    let octets = stride(from: 0, to: text.utf8.count, by: 2).compactMap { place in
      UInt8(text.dropFirst(place).prefix(2), radix: 16)
    }
    #expect(octets.count == 184)
    let definition = try #require(TimeZoneDefinition(octets))
    #expect(definition.rules.map(\.year) == [2006, 2007])
    let pacific = try #require(Zone("America/Los_Angeles"))
    for year in [2006, 2007, 2027] {
      let begin = try #require(CalendarDate(year: year, month: 1, day: 1))
      let instant = ZonedDateTime(local: LocalDateTime(startOf: begin), zone: pacific).instant
      let zone = try #require(definition.zone(from: instant))
      for day in 0..<700 {
        let time = instant.addingTimeInterval(Double(day) * 86_400)
        #expect(zone.offset(at: time) == pacific.offset(at: time))
      }
    }
    for length in 0..<octets.count { #expect(TimeZoneDefinition(Array(octets.prefix(length))) == nil) }
  }
}

extension EventTiming {
  fileprivate var start: Date? {
    guard case .timed(let start, _) = self else { return nil }
    return start.instant
  }
}

extension EventContent {
  fileprivate func with(title: String) -> EventContent {
    var content = self
    content.title = title
    return content
  }
}
