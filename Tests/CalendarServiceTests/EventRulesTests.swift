import CalendarCore
import CalendarService
import Foundation
import ICalendar
import Testing

/// Everything the issue calls bad input: a code, the field to blame, a sentence, and nothing stored or sent.
@Suite(.timeLimit(.minutes(5))) struct EventRulesTests {
  struct Bad: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let field: String
    let code: ErrorCode
    let change: @Sendable (inout CreateEventInput) -> Void

    init(
      _ name: String,
      _ field: String,
      _ code: ErrorCode = .validationFailed,
      _ change: @escaping @Sendable (inout CreateEventInput) -> Void
    ) {
      testDescription = name
      self.field = field
      self.code = code
      self.change = change
    }
  }

  static let bad: [Bad] = [
    Bad("empty title", "title") { $0.title = "" },
    Bad("blank title", "title") { $0.title = " \n\t" },
    Bad("long title", "title") { $0.title = String(repeating: "x", count: 1001) },
    Bad("a title that hides a megabyte in one character", "title") {
      $0.title = "e" + String(repeating: "\u{301}", count: 100_000)
    },
    Bad("long description", "description") { $0.details = String(repeating: "x", count: 8001) },
    Bad("long location", "location") { $0.location = String(repeating: "x", count: 1001) },
    Bad("end before start", "endsAt") {
      $0.endsAt = TestWorkspace.written(ZonedDateTime("2026-06-02T09:59:59+02:00[Europe/Berlin]"))
    },
    Bad("end at start", "endsAt") { $0.endsAt = $0.startsAt },
    Bad("all-day end on its first day", "endsAt") { input in
      input.isFullDay = true
      input.endsAt.writtenDate = input.startsAt.writtenDate
    },
    Bad("a year long and more", "endsAt") {
      $0.endsAt = TestWorkspace.written(ZonedDateTime("2027-06-05T10:00:00+02:00[Europe/Berlin]"))
    },
    Bad("before 1970", "startsAt") {
      $0.startsAt = TestWorkspace.written(ZonedDateTime("1969-12-31T10:00:00+00:00[UTC]"))
    },
    Bad("after 2200", "endsAt") {
      $0.endsAt = TestWorkspace.written(ZonedDateTime("2201-01-01T10:00:00+00:00[UTC]"))
    },
    Bad("unknown zone", "timeZone") { $0.timeZone = "Mars/Olympus" },
    Bad("a zone that is a path", "timeZone") { $0.timeZone = "../../etc/passwd" },
    Bad("malformed attendee", "attendees") { $0.attendees = [.init(email: "guest@@example.com")] },
    Bad("attendee with a line break", "attendees") {
      $0.attendees = [.init(email: "a@example.com\nBcc: b@example.com")]
    },
    Bad("empty attendee", "attendees") { $0.attendees = [.init(email: " ")] },
    Bad("too many attendees", "attendees") { input in
      input.attendees = (0..<6).map { .init(email: "g\($0)@example.com") }
    },
    Bad("someone else as organizer", "attendees") {
      $0.attendees = [.init(email: "guest@example.com", isOrganizer: true)]
    },
    Bad("attendee's name too long", "attendees") {
      $0.attendees = [.init(email: "g@example.com", displayName: String(repeating: "x", count: 201))]
    },
    Bad("http link", "customConferenceLink") { input in
      input.conferenceProviderID = FakeLink.id
      input.customConferenceLink = "http://meet.example/x"
    },
    Bad("link with a password in it", "customConferenceLink") { input in
      input.conferenceProviderID = FakeLink.id
      input.customConferenceLink = "https://user:pass@meet.example/x"
    },
    Bad("script instead of a link", "customConferenceLink") { input in
      input.conferenceProviderID = FakeLink.id
      input.customConferenceLink = "javascript:alert(1)"
    },
    Bad("no link where one is needed", "customConferenceLink") { $0.conferenceProviderID = FakeLink.id },
    Bad("a link where none belongs", "customConferenceLink") {
      $0.customConferenceLink = "https://meet.example/x"
    },
    Bad("unknown conference", "conferenceProviderId") { $0.conferenceProviderID = .init(rawValue: "NOBODY") },
    Bad("unknown account", "connectedAccountId", .notFound) {
      $0.connectedAccountID = .init(UUID())
    },
    Bad("unknown person", "linkedPersonIds", .notFound) {
      $0.linkedPersonIDs = [.init(UUID())]
    },
    Bad("unknown company", "linkedCompanyId", .notFound) { $0.linkedCompanyID = .init(UUID()) },
    Bad("unknown opportunity", "linkedOpportunityId", .notFound) { $0.linkedOpportunityID = .init(UUID()) },
    Bad("empty key", "idempotencyKey") { $0.idempotencyKey = "" },
    Bad("long key", "idempotencyKey") { $0.idempotencyKey = String(repeating: "k", count: 201) },
  ]

  @Test(arguments: bad)
  func `bad input is refused with its field, and leaves nothing behind`(_ bad: Bad) async throws {
    let fixture = try await TestWorkspace()
    let error = await #expect(throws: (any Error).self) {
      _ = try await fixture.useCases.events.create(fixture.input(bad.change), caller: fixture.ada)
    }
    let refusal = try #require(error as? any UseCaseError)
    #expect(refusal.field == bad.field)
    #expect(refusal.code == bad.code)
    #expect(refusal.message.last == "." && refusal.message.count < 200)
    #expect(try await fixture.eventCount() == 0)
    #expect(fixture.calendar.drafts.isEmpty)
    #expect(try await fixture.database.systemRead { try $0.nextJobDue(after: .distantPast) } == nil)
  }

  @Test
  func
    `a text that its provider cannot hold with what is added is refused, one that is there already is not`()
    async throws
  {
    let fixture = try await TestWorkspace()
    fixture.calendar.limitDescriptions(to: 40)
    let link = "https://meet.example/room/of/38/letters"
    func input(_ details: String) -> CreateEventInput {
      fixture.input { input in
        input.details = details
        input.conferenceProviderID = FakeLink.id
        input.customConferenceLink = link
      }
    }
    let refused = InvalidInput("description", "Too long.")
    await #expect(throws: refused) {
      try await fixture.useCases.events.create(input("Agenda"), caller: fixture.ada)
    }
    #expect(try await fixture.eventCount() == 0)
    let event = try await fixture.useCases.events.create(input("A"), caller: fixture.ada).event
    await #expect(throws: refused) { try await fixture.update(event) { $0.details = .set("Agenda") } }
    await #expect(throws: refused) {
      try await fixture.update(event) { $0.customConferenceLink = link + "/longer" }
    }
    fixture.calendar.changeOutside(event.id) { $0.content.details = "Agenda\n" }
    try await fixture.update(event) { $0.title = "New" }
    try await fixture.update(event) { $0.title = "Newer" }
    let there = try #require(fixture.calendar.event(event.id)).content
    #expect(there.title == "Newer" && there.details == "Agenda\n")
    #expect(fixture.calendar.changes.map(\.fields) == [[.title], [.title]])
  }

  @Test func `another member's account is refused`() async throws {
    let fixture = try await TestWorkspace()
    await #expect(throws: AccessError.self) {
      _ = try await fixture.useCases.events.create(
        fixture.input { $0.connectedAccountID = fixture.bensAccount },
        caller: fixture.ada
      )
    }
    #expect(try await fixture.eventCount() == 0)
  }

  @Test func `an account of another workspace does not exist`() async throws {
    let (fixture, other) = (try await TestWorkspace(), try await TestWorkspace())
    let error = await #expect(throws: AccessError.self) {
      _ = try await fixture.useCases.events.create(
        fixture.input { $0.connectedAccountID = other.account },
        caller: fixture.ada
      )
    }
    #expect(error?.code == .notFound)
  }

  @Test func `without the scope to write the member is asked to reconnect`() async throws {
    let fixture = try await TestWorkspace()
    try await fixture.database.write(fixture.workspace.id) { transaction in
      guard var account = try transaction.accounts.find(fixture.account) else { return }
      account.grantedScopes = ["read"]
      try transaction.accounts.update(account)
    }
    let error = await #expect(throws: ReconnectRequired.self) {
      _ = try await fixture.useCases.events.create(fixture.input(), caller: fixture.ada)
    }
    #expect(error?.reason == .noWriteScope)
    #expect(try await fixture.eventCount() == 0)
  }

  @Test(arguments: [FeatureFlagKey.compose, .eventCreate])
  func `a flag that is off stops creating`(_ key: FeatureFlagKey) async throws {
    let fixture = try await TestWorkspace()
    try await fixture.setFlag(key, false)
    let error = await #expect(throws: AccessError.self) {
      _ = try await fixture.useCases.events.create(fixture.input(), caller: fixture.ada)
    }
    #expect(error == .featureDisabled(key))
    #expect(try await fixture.eventCount() == 0)
  }

  @Test func `a conference whose flag is off cannot be had, and the selector says so`() async throws {
    let fixture = try await TestWorkspace()
    try await fixture.setFlag(.meetIntegration, false)
    let error = await #expect(throws: AccessError.self) {
      _ = try await fixture.useCases.events.create(
        fixture.input { $0.conferenceProviderID = FakeMeet.id },
        caller: fixture.ada
      )
    }
    #expect(error == .featureDisabled(.meetIntegration))
    let offered = try await fixture.useCases.conferences.available(accountID: nil, caller: fixture.ada)
    #expect(offered.map(\.providerID) == [.none, FakeMeet.id, FakeLink.id, FakeRooms.id, FakeRooms.studioID])
    #expect(offered.map { $0.unavailableReason == nil } == [true, false, true, true, false])
  }

  @Test func `a conference that the account does not offer is refused`() async throws {
    let fixture = try await TestWorkspace(solutions: [])
    let error = await #expect(throws: InvalidInput.self) {
      _ = try await fixture.useCases.events.create(
        fixture.input { $0.conferenceProviderID = FakeMeet.id },
        caller: fixture.ada
      )
    }
    #expect(error?.field == "conferenceProviderId")
  }

  @Test func `the organizer and repeated guests are listed once`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.useCases.events.create(
      fixture.input { input in
        input.attendees = [
          .init(email: "ADA@phos.example", isOrganizer: true), .init(email: "guest@example.com"),
          .init(email: " Guest@Example.com ", displayName: "Guest"),
        ]
      },
      caller: fixture.ada
    ).event
    #expect(event.participants.count == 2)
  }
}
