import CalendarCore
import Crypto
import Foundation
import JobQueue
import Testing

@testable import CalendarService

/// Conferences at services of their own: one for a meeting, where and when the meeting is, and none left over.
@Suite(.timeLimit(.minutes(5))) struct StandaloneConferenceTests {
  private func kept(_ event: CalendarEvent, _ world: World) async throws -> [StandaloneConference] {
    try await world.database.read(world.workspace.id) { try $0.conferences.list(eventID: event.id) }
  }

  private func studioAccount(_ world: World, of owner: Caller, token: String) async throws -> ConnectedAccount
  {
    try await world.useCases.accounts.store(
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
    let world = try await World()
    let event = try await world.made { $0.conferenceProviderID = FakeRooms.id }
    #expect(event.conference.link?.hasPrefix("https://rooms.example/") == true)
    try await world.useCases.runner.runDueJobs()
    #expect(world.rooms.updates.isEmpty)
    try await world.update(event) { $0.startsAt = World.june(3, "09:00") }
    try await world.useCases.runner.runDueJobs()
    #expect(world.rooms.updates.map(\.startsAt) == [World.june(3, "09:00").instant])
    // What its service is not told of is no reason to ask it.
    try await world.update(event) { $0.location = .set("Here") }
    try await world.useCases.runner.runDueJobs()
    #expect(world.rooms.updates.count == 1)
    try await world.delete(event.reference)
    try await world.useCases.runner.runDueJobs()
    #expect(world.rooms.rooms.isEmpty)
    #expect(try await kept(event, world).isEmpty)
  }

  @Test func `after a lost answer there is one`() async throws {
    let world = try await World()
    world.rooms.loseNextAnswer()
    let event = try await world.made { $0.conferenceProviderID = FakeRooms.id }
    #expect(event.push.status == .pending && world.calendar.eventCount == 0)
    try await world.runNextJob()
    let stored = try #require(try await world.stored(event.id))
    #expect(stored.push.status == .synced && stored.conference.status == .success)
    #expect(world.rooms.rooms.count == 1)
  }

  @Test func `a calendar that is down makes no second one`() async throws {
    let world = try await World()
    world.calendar.whenCreating { _, _ throws(ProviderError) in throw .unavailable(reason: "down") }
    let event = try await world.made { $0.conferenceProviderID = FakeRooms.id }
    try await world.runNextJob()
    world.calendar.whenCreating { draft, _ in FakeCalendar.made(draft) }
    try await world.runNextJob()
    #expect(try await world.stored(event.id)?.push.status == .synced)
    #expect(world.rooms.rooms.count == 1)
  }

  @Test func `a meeting that the calendar refuses leaves none behind`() async throws {
    let world = try await World()
    world.calendar.whenCreating { _, _ throws(ProviderError) in throw .rejected(reason: "Too long.") }
    let input = world.input { ($0.conferenceProviderID, $0.idempotencyKey) = (FakeRooms.id, "k") }
    await #expect(throws: ProviderRejection.self) {
      try await world.useCases.events.create(input, caller: world.ada).event
    }
    #expect(try await world.listed().isEmpty)
    world.rooms.fail(.unavailable(reason: "down"))
    try await world.useCases.runner.runDueJobs()
    #expect(world.rooms.rooms.count == 1)
    try await world.runNextJob()
    #expect(world.rooms.rooms.isEmpty)
    // Nothing stands against doing it again.
    world.calendar.whenCreating { draft, _ in FakeCalendar.made(draft) }
    _ = try await world.useCases.events.create(input, caller: world.ada)
    #expect(world.rooms.rooms.count == 1)
  }

  @Test func `a meeting that is deleted before it was delivered leaves none behind`() async throws {
    let world = try await World()
    world.calendar.whenCreating { _, _ throws(ProviderError) in throw .unavailable(reason: "down") }
    let event = try await world.made { $0.conferenceProviderID = FakeRooms.id }
    #expect(world.rooms.rooms.count == 1)
    try await world.delete(event.reference)
    try await world.runAllJobs()
    #expect(world.rooms.rooms.isEmpty)
  }

  @Test func `its service may be down: the calendar has the change at once, the service later`() async throws
  {
    let world = try await World()
    let event = try await world.made { $0.conferenceProviderID = FakeRooms.id }
    world.rooms.fail(.unavailable(reason: "down"), .rateLimited(retryAfter: .seconds(5)))
    try await world.update(event) { $0.title = "Renamed" }
    #expect(world.calendar.event(event.id)?.content.title == "Renamed")
    #expect(try await world.stored(event.id)?.push.status == .synced)
    try await world.runAllJobs()
    #expect(world.rooms.rooms.values.map(\.title) == ["Renamed"])
    world.rooms.fail(.unavailable(reason: "down"))
    try await world.delete(event.reference)
    #expect(world.calendar.event(event.id) == nil)
    try await world.runAllJobs()
    #expect(world.rooms.rooms.isEmpty)
  }

  @Test func `another choice takes its place, and the old one goes`() async throws {
    let world = try await World()
    let event = try await world.made { $0.conferenceProviderID = FakeRooms.id }
    try await world.update(event) {
      ($0.conferenceProviderID, $0.customConferenceLink) = (FakeLink.id, "https://else.example/1")
    }
    try await world.useCases.runner.runDueJobs()
    #expect(world.rooms.rooms.isEmpty)
    #expect(try await world.stored(event.id)?.conference.link == "https://else.example/1")
  }

  @Test func `one that somebody has deleted there is no error`() async throws {
    let world = try await World()
    let event = try await world.made { $0.conferenceProviderID = FakeRooms.id }
    world.rooms.deleteOutside()
    try await world.update(event) { $0.title = "Renamed" }
    try await world.delete(event.reference)
    try await world.runAllJobs()
    #expect(try await world.useCases.failedJobs.list(caller: world.ada).jobs.isEmpty)
  }

  @Test func `what a service refuses for good is there for its owner to see`() async throws {
    let world = try await World()
    let event = try await world.made { $0.conferenceProviderID = FakeRooms.id }
    world.rooms.fail(.forbidden(reason: "no"))
    try await world.delete(event.reference)
    try await world.useCases.runner.runDueJobs()
    #expect(try await world.listed().isEmpty)
    let failed = try await world.useCases.failedJobs.list(caller: world.ada).jobs
    #expect(failed.map(\.reason).first?.contains("still exists") == true)
    try await world.useCases.failedJobs.retry(try #require(failed.first).job.id, caller: world.ada)
    #expect(world.rooms.rooms.isEmpty)
  }

  @Test func `without an account of its service it cannot be chosen, and it says what to do`() async throws {
    let world = try await World()
    let offered = try await world.useCases.conferences.available(accountID: nil, caller: world.ada)
    let studio = try #require(offered.first { $0.providerID == FakeRooms.studioID })
    #expect(studio.unavailableReason == "Connect a Fake studio account in Settings first.")
    let error = await #expect(throws: InvalidInput.self) {
      try await world.made { $0.conferenceProviderID = FakeRooms.studioID }
    }
    #expect(error?.field == "conferenceProviderId")
  }

  @Test func `it is made with the owner's account, and with the secrets of no other`() async throws {
    let world = try await World()
    _ = try await studioAccount(world, of: world.ben, token: "bens")
    let account = try await studioAccount(world, of: world.ada, token: "adas")
    let event = try await world.made { $0.conferenceProviderID = FakeRooms.studioID }
    #expect(event.conference.status == .success)
    #expect(try await kept(event, world).map(\.accountID) == [account.id])
    try await world.delete(event.reference)
    try await world.useCases.runner.runDueJobs()
    #expect(world.studio.rooms.isEmpty && Set(world.studio.tokens) == ["adas"])
  }

  @Test func `an account that was taken off before the room was made gives way to the one that is there now`()
    async throws
  {
    let world = try await World()
    let first = try await studioAccount(world, of: world.ada, token: "first")
    world.studio.fail(.unavailable(reason: "down"))
    let event = try await world.made { $0.conferenceProviderID = FakeRooms.studioID }
    #expect(event.push.status == .pending)
    try await world.useCases.accounts.disconnect(first.id, caller: world.ada)
    let second = try await studioAccount(world, of: world.ada, token: "second")
    try await world.runNextJob()
    #expect(try await world.stored(event.id)?.conference.status == .success)
    #expect(try await kept(event, world).map(\.accountID) == [second.id])
  }

  @Test func `a service that refuses its account does not make the calendar's suspect`() async throws {
    let world = try await World()
    let account = try await studioAccount(world, of: world.ada, token: "adas")
    world.studio.fail(.authExpired(reason: "revoked"))
    let error = await #expect(throws: ProviderRejection.self) {
      try await world.made { $0.conferenceProviderID = FakeRooms.studioID }
    }
    #expect(error?.message.contains("Fake studio connection has expired") == true)
    let views = try await world.useCases.accounts.queries.accounts(caller: world.ada)
    #expect(views.first { $0.account.id == account.id }?.account.authFailedAt != nil)
    #expect(views.first { $0.account.id == world.account }?.account.authFailedAt == nil)
    let offered = try await world.useCases.conferences.available(accountID: nil, caller: world.ada)
    let studio = try #require(offered.first { $0.providerID == FakeRooms.studioID })
    #expect(studio.unavailableReason?.contains("expired") == true)
  }
}
