import CalendarCore
import Crypto
import Foundation
import JobQueue
import Testing

@testable import CalendarService

/// Conferences at services of their own: one for a meeting, where and when the meeting is, and none left over.
@Suite(.timeLimit(.minutes(5))) struct StandaloneConferenceTests {
  private func kept(_ event: CalendarEvent, _ fixture: TestWorkspace) async throws -> [StandaloneConference] {
    try await fixture.database.read(fixture.workspace.id) { try $0.conferences.list(eventID: event.id) }
  }

  private func studioAccount(_ fixture: TestWorkspace, of owner: Caller, token: String) async throws
    -> ConnectedAccount
  {
    try await fixture.useCases.accounts.store(
      AccountConnection(
        handle: try #require(EmailAddress("\(token)@studio.example")),
        displayName: "Studio",
        sendsInvitations: false,
        credentials: Credentials(["token": token]),
        calendars: []
      ),
      provider: FakeRooms.studioAccount,
      caller: owner
    )
  }

  @Test func `it is moved and deleted with its meeting`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made { $0.conferenceProviderID = FakeRooms.id }
    #expect(event.conference.link?.hasPrefix("https://rooms.example/") == true)
    try await fixture.useCases.runner.runDueJobs()
    #expect(fixture.rooms.updates.isEmpty)
    try await fixture.update(event) { $0.startsAt = TestWorkspace.june(3, "09:00") }
    try await fixture.useCases.runner.runDueJobs()
    #expect(fixture.rooms.updates.map(\.startsAt) == [TestWorkspace.june(3, "09:00").instant])
    // What its service is not told of is no reason to ask it.
    try await fixture.update(event) { $0.location = .set("Here") }
    try await fixture.useCases.runner.runDueJobs()
    #expect(fixture.rooms.updates.count == 1)
    try await fixture.delete(event.reference)
    try await fixture.useCases.runner.runDueJobs()
    #expect(fixture.rooms.rooms.isEmpty)
    #expect(try await kept(event, fixture).isEmpty)
  }

  @Test func `after a lost answer there is one`() async throws {
    let fixture = try await TestWorkspace()
    fixture.rooms.loseNextAnswer()
    let event = try await fixture.made { $0.conferenceProviderID = FakeRooms.id }
    #expect(event.push.status == .pending && fixture.calendar.eventCount == 0)
    try await fixture.runNextJob()
    let stored = try #require(try await fixture.stored(event.id))
    #expect(stored.push.status == .synced && stored.conference.status == .success)
    #expect(fixture.rooms.rooms.count == 1)
  }

  @Test func `a calendar that is down makes no second one`() async throws {
    let fixture = try await TestWorkspace()
    fixture.calendar.whenCreating { _, _ throws(ProviderError) in throw .unavailable(reason: "down") }
    let event = try await fixture.made { $0.conferenceProviderID = FakeRooms.id }
    try await fixture.runNextJob()
    fixture.calendar.whenCreating { draft, _ in FakeCalendar.made(draft) }
    try await fixture.runNextJob()
    #expect(try await fixture.stored(event.id)?.push.status == .synced)
    #expect(fixture.rooms.rooms.count == 1)
  }

  @Test func `a meeting that the calendar refuses leaves none behind`() async throws {
    let fixture = try await TestWorkspace()
    fixture.calendar.whenCreating { _, _ throws(ProviderError) in throw .rejected(reason: "Too long.") }
    let input = fixture.input { ($0.conferenceProviderID, $0.idempotencyKey) = (FakeRooms.id, "k") }
    await #expect(throws: ProviderRejection.self) {
      try await fixture.useCases.events.create(input, caller: fixture.ada).event
    }
    #expect(try await fixture.listed().isEmpty)
    fixture.rooms.fail(.unavailable(reason: "down"))
    try await fixture.useCases.runner.runDueJobs()
    #expect(fixture.rooms.rooms.count == 1)
    try await fixture.runNextJob()
    #expect(fixture.rooms.rooms.isEmpty)
    // Nothing stands against doing it again.
    fixture.calendar.whenCreating { draft, _ in FakeCalendar.made(draft) }
    _ = try await fixture.useCases.events.create(input, caller: fixture.ada)
    #expect(fixture.rooms.rooms.count == 1)
  }

  @Test func `a meeting that is deleted before it was delivered leaves none behind`() async throws {
    let fixture = try await TestWorkspace()
    fixture.calendar.whenCreating { _, _ throws(ProviderError) in throw .unavailable(reason: "down") }
    let event = try await fixture.made { $0.conferenceProviderID = FakeRooms.id }
    #expect(fixture.rooms.rooms.count == 1)
    try await fixture.delete(event.reference)
    try await fixture.runAllJobs()
    #expect(fixture.rooms.rooms.isEmpty)
  }

  @Test func `its service may be down: the calendar has the change at once, the service later`() async throws
  {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made { $0.conferenceProviderID = FakeRooms.id }
    fixture.rooms.fail(.unavailable(reason: "down"), .rateLimited(retryAfter: .seconds(5)))
    try await fixture.update(event) { $0.title = "Renamed" }
    #expect(fixture.calendar.event(event.id)?.content.title == "Renamed")
    #expect(try await fixture.stored(event.id)?.push.status == .synced)
    try await fixture.runAllJobs()
    #expect(fixture.rooms.rooms.values.map(\.title) == ["Renamed"])
    fixture.rooms.fail(.unavailable(reason: "down"))
    try await fixture.delete(event.reference)
    #expect(fixture.calendar.event(event.id) == nil)
    try await fixture.runAllJobs()
    #expect(fixture.rooms.rooms.isEmpty)
  }

  @Test func `another choice takes its place, and the old one goes`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made { $0.conferenceProviderID = FakeRooms.id }
    try await fixture.update(event) {
      ($0.conferenceProviderID, $0.customConferenceLink) = (FakeLink.id, "https://else.example/1")
    }
    try await fixture.useCases.runner.runDueJobs()
    #expect(fixture.rooms.rooms.isEmpty)
    #expect(try await fixture.stored(event.id)?.conference.link == "https://else.example/1")
  }

  @Test func `a conference that was deleted in the service is no error`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made { $0.conferenceProviderID = FakeRooms.id }
    fixture.rooms.deleteOutside()
    try await fixture.update(event) { $0.title = "Renamed" }
    try await fixture.delete(event.reference)
    try await fixture.runAllJobs()
    #expect(try await fixture.useCases.failedJobs.list(caller: fixture.ada).jobs.isEmpty)
  }

  @Test func `what a service refuses for good is there for its owner to see`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made { $0.conferenceProviderID = FakeRooms.id }
    fixture.rooms.fail(.forbidden(reason: "no"))
    try await fixture.delete(event.reference)
    try await fixture.useCases.runner.runDueJobs()
    #expect(try await fixture.listed().isEmpty)
    let failed = try await fixture.useCases.failedJobs.list(caller: fixture.ada).jobs
    #expect(failed.map(\.reason).first?.contains("still exists") == true)
    try await fixture.useCases.failedJobs.retry(try #require(failed.first).job.id, caller: fixture.ada)
    #expect(fixture.rooms.rooms.isEmpty)
  }

  @Test func `without an account of its service it cannot be chosen, and it says what to do`() async throws {
    let fixture = try await TestWorkspace()
    let offered = try await fixture.useCases.conferences.available(accountID: nil, caller: fixture.ada)
    let studio = try #require(offered.first { $0.providerID == FakeRooms.studioID })
    #expect(studio.unavailableReason == "Connect a Fake studio account in Settings first.")
    let error = await #expect(throws: InvalidInput.self) {
      try await fixture.made { $0.conferenceProviderID = FakeRooms.studioID }
    }
    #expect(error?.field == "conferenceProviderId")
  }

  @Test func `it is made with the owner's account, and with the secrets of no other`() async throws {
    let fixture = try await TestWorkspace()
    _ = try await studioAccount(fixture, of: fixture.ben, token: "bens")
    let account = try await studioAccount(fixture, of: fixture.ada, token: "adas")
    let event = try await fixture.made { $0.conferenceProviderID = FakeRooms.studioID }
    #expect(event.conference.status == .success)
    #expect(try await kept(event, fixture).map(\.accountID) == [account.id])
    try await fixture.delete(event.reference)
    try await fixture.useCases.runner.runDueJobs()
    #expect(fixture.studio.rooms.isEmpty && Set(fixture.studio.tokens) == ["adas"])
  }

  @Test func `an account that was taken off before the room was made gives way to the one that is there now`()
    async throws
  {
    let fixture = try await TestWorkspace()
    let first = try await studioAccount(fixture, of: fixture.ada, token: "first")
    fixture.studio.fail(.unavailable(reason: "down"))
    let event = try await fixture.made { $0.conferenceProviderID = FakeRooms.studioID }
    #expect(event.push.status == .pending)
    try await fixture.useCases.accounts.disconnect(first.id, caller: fixture.ada)
    let second = try await studioAccount(fixture, of: fixture.ada, token: "second")
    try await fixture.runNextJob()
    #expect(try await fixture.stored(event.id)?.conference.status == .success)
    #expect(try await kept(event, fixture).map(\.accountID) == [second.id])
  }

  @Test func `a service that refuses its account does not make the calendar's suspect`() async throws {
    let fixture = try await TestWorkspace()
    let account = try await studioAccount(fixture, of: fixture.ada, token: "adas")
    fixture.studio.fail(.authExpired(reason: "revoked"))
    let error = await #expect(throws: ProviderRejection.self) {
      try await fixture.made { $0.conferenceProviderID = FakeRooms.studioID }
    }
    #expect(error?.message.contains("Fake studio connection has expired") == true)
    let views = try await fixture.useCases.accounts.queries.accounts(caller: fixture.ada)
    #expect(views.first { $0.account.id == account.id }?.account.authFailedAt != nil)
    #expect(views.first { $0.account.id == fixture.account }?.account.authFailedAt == nil)
    let offered = try await fixture.useCases.conferences.available(accountID: nil, caller: fixture.ada)
    let studio = try #require(offered.first { $0.providerID == FakeRooms.studioID })
    #expect(studio.unavailableReason?.contains("expired") == true)
  }
}
