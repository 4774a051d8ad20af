import CalendarCore
import JobQueue
@testable import CalendarService
import Foundation
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct EventPermissionTests {
  private func denials(_ world: World, _ event: CalendarEvent, as caller: Caller) async throws
    -> EventPermissions
  {
    let found = try await world.useCases.events.queries.event(.init(event.id), caller: caller)
    return try #require(found).visible.permissions
  }

  private func expect(
    edit: PermissionDenial?,
    delete: PermissionDenial?,
    _ world: World,
    _ event: CalendarEvent,
    as caller: Caller? = nil
  ) async throws {
    let caller = caller ?? world.ada
    #expect(try await denials(world, event, as: caller) == EventPermissions(edit: edit, delete: delete))
    if let edit {
      await #expect(throws: edit) { try await world.update(event, as: caller) { $0.title = "No" } }
    }
    if let delete {
      await #expect(throws: delete) {
        try await world.useCases.events.delete(
          .init(event.id),
          scope: nil,
          occurrenceStart: nil,
          caller: caller
        )
      }
    }
    #expect(world.calendar.changes.isEmpty && world.calendar.deletions.isEmpty)
    #expect(try await world.stored(event.id)?.title == event.title)
  }

  @Test func `a meeting of one's own may be changed and deleted`() async throws {
    let world = try await World()
    let event = try await world.made()
    #expect(try await denials(world, event, as: world.ada) == EventPermissions())
  }

  @Test func `a colleague's may not`() async throws {
    let world = try await World()
    let event = try await world.made()
    try await expect(edit: .notOwn, delete: .notOwn, world, event, as: world.ben)
  }

  @Test(arguments: [
    (FeatureFlagKey.eventEdit, true, false), (.eventDelete, false, true), (.compose, true, true),
  ])
  func `each has a flag of its own, below the master`(
    flag: FeatureFlagKey,
    stopsEdit: Bool,
    stopsDelete: Bool
  ) async throws {
    let world = try await World()
    let event = try await world.made()
    try await world.setFlag(flag, false)
    try await expect(
      edit: stopsEdit ? .featureDisabled(flag) : nil,
      delete: stopsDelete ? .featureDisabled(flag) : nil,
      world,
      event
    )
  }

  @Test func `what is over may only be deleted`() async throws {
    let world = try await World()
    let event = try await world.made()
    world.clock.advance(by: 3 * 86_400)
    try await expect(edit: .over, delete: nil, world, event)
    try await world.delete(event.reference)
    #expect(world.calendar.deletions.count == 1)
  }

  @Test func `a meeting is not moved into the past`() async throws {
    let world = try await World()
    let event = try await world.made()
    world.clock.advance(by: 86_400)
    await #expect(throws: InvalidInput.self) {
      try await world.update(event) { $0.startsAt = World.june(1, "12:00") }
    }
  }

  @Test func `a change that waited until the meeting was over is not sent`() async throws {
    let world = try await World()
    let event = try await world.made()
    world.calendar.beforeChanging { _ throws(ProviderError) in throw .unavailable(reason: "down") }
    try await world.update(event) { $0.title = "Waiting" }
    world.calendar.beforeChanging { _ in }
    world.clock.advance(by: 2 * 86_400)
    try await world.useCases.runner.runDueJobs()
    let stored = try #require(try await world.stored(event.id))
    #expect(stored.title == "Kick-off" && stored.push.status == .synced)
    let failed = try await world.useCases.failedJobs.list(caller: world.ada).jobs
    #expect(failed.map(\.reason) == ["The meeting is over, so the change wasn't sent to the calendar."])
    #expect(world.calendar.changes.isEmpty)
  }

  @Test func `somebody else's meeting is the organizer's to change`() async throws {
    let world = try await World()
    var event = try await world.made()
    let stranger = try #require(EmailAddress("stranger@example.com"))
    event.participants[0] = CalendarEventParticipant(handle: stranger, isOrganizer: true)
    let foreign = event
    try await world.database.write(world.workspace.id) { try $0.events.update(foreign) }
    try await expect(edit: .notOrganizer, delete: .notOrganizer, world, foreign)
  }

  @Test func `an account that may only read, or must be connected again, says so`() async throws {
    let world = try await World()
    let event = try await world.made()
    var account = try await world.account()
    account.grantedScopes = []
    let reading = account
    try await world.database.write(world.workspace.id) { try $0.accounts.update(reading) }
    try await expect(edit: .reconnect(.noWriteScope), delete: .reconnect(.noWriteScope), world, event)
    account.authFailedAt = World.start
    let refused = account
    try await world.database.write(world.workspace.id) { try $0.accounts.update(refused) }
    try await expect(edit: .reconnect(.refused), delete: .reconnect(.refused), world, event)
  }
}
