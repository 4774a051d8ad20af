import CalendarCore
import JobQueue
@testable import CalendarService
import Foundation
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct EventPermissionTests {
  private func denials(_ fixture: TestWorkspace, _ event: CalendarEvent, as caller: Caller) async throws
    -> EventPermissions
  {
    let found = try await fixture.useCases.events.queries.event(.init(event.id), caller: caller)
    return try #require(found).visible.permissions
  }

  private func expect(
    edit: PermissionDenial?,
    delete: PermissionDenial?,
    _ fixture: TestWorkspace,
    _ event: CalendarEvent,
    as caller: Caller? = nil
  ) async throws {
    let caller = caller ?? fixture.ada
    #expect(try await denials(fixture, event, as: caller) == EventPermissions(edit: edit, delete: delete))
    if let edit {
      await #expect(throws: edit) { try await fixture.update(event, as: caller) { $0.title = "No" } }
    }
    if let delete {
      await #expect(throws: delete) {
        try await fixture.useCases.events.delete(
          .init(event.id),
          scope: nil,
          occurrenceStart: nil,
          caller: caller
        )
      }
    }
    #expect(fixture.calendar.changes.isEmpty && fixture.calendar.deletions.isEmpty)
    #expect(try await fixture.stored(event.id)?.title == event.title)
  }

  @Test func `a meeting of one's own may be changed and deleted`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    #expect(try await denials(fixture, event, as: fixture.ada) == EventPermissions())
  }

  @Test func `a colleague's may not`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    try await expect(edit: .notOwn, delete: .notOwn, fixture, event, as: fixture.ben)
  }

  @Test(arguments: [
    (FeatureFlagKey.eventEdit, true, false), (.eventDelete, false, true), (.compose, true, true),
  ])
  func `each has a flag of its own, below the master`(
    flag: FeatureFlagKey,
    stopsEdit: Bool,
    stopsDelete: Bool
  ) async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    try await fixture.setFlag(flag, false)
    try await expect(
      edit: stopsEdit ? .featureDisabled(flag) : nil,
      delete: stopsDelete ? .featureDisabled(flag) : nil,
      fixture,
      event
    )
  }

  @Test func `what is over may only be deleted`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    fixture.clock.advance(by: 3 * 86_400)
    try await expect(edit: .over, delete: nil, fixture, event)
    try await fixture.delete(event.reference)
    #expect(fixture.calendar.deletions.count == 1)
  }

  @Test func `a meeting is not moved into the past`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    fixture.clock.advance(by: 86_400)
    await #expect(throws: InvalidInput.self) {
      try await fixture.update(event) { $0.startsAt = TestWorkspace.june(1, "12:00") }
    }
  }

  @Test func `a change that waited until the meeting was over is not sent`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    fixture.calendar.beforeChanging { _ throws(ProviderError) in throw .unavailable(reason: "down") }
    try await fixture.update(event) { $0.title = "Waiting" }
    fixture.calendar.beforeChanging { _ in }
    fixture.clock.advance(by: 2 * 86_400)
    try await fixture.useCases.runner.runDueJobs()
    let stored = try #require(try await fixture.stored(event.id))
    #expect(stored.title == "Kick-off" && stored.push.status == .synced)
    let failed = try await fixture.useCases.failedJobs.list(caller: fixture.ada).jobs
    #expect(failed.map(\.reason) == ["The meeting is over, so the change wasn't sent to the calendar."])
    #expect(fixture.calendar.changes.isEmpty)
  }

  @Test func `only the organizer can change another person's meeting`() async throws {
    let fixture = try await TestWorkspace()
    var event = try await fixture.made()
    let stranger = try #require(EmailAddress("stranger@example.com"))
    event.participants[0] = CalendarEventParticipant(handle: stranger, isOrganizer: true)
    let foreign = event
    try await fixture.database.write(fixture.workspace.id) { try $0.events.update(foreign) }
    try await expect(edit: .notOrganizer, delete: .notOrganizer, fixture, foreign)
  }

  @Test func `an account that may only read, or must be connected again, says so`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    var account = try await fixture.account()
    account.grantedScopes = []
    let reading = account
    try await fixture.database.write(fixture.workspace.id) { try $0.accounts.update(reading) }
    try await expect(edit: .reconnect(.noWriteScope), delete: .reconnect(.noWriteScope), fixture, event)
    account.authFailedAt = TestWorkspace.start
    let refused = account
    try await fixture.database.write(fixture.workspace.id) { try $0.accounts.update(refused) }
    try await expect(edit: .reconnect(.refused), delete: .reconnect(.refused), fixture, event)
  }
}
