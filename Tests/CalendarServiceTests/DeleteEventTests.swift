import CalendarCore
import CalendarService
import Foundation
import ICalendar
import JobQueue
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct DeleteEventTests {
  @Test func `a deleted event is gone on both sides, guests are told once, and it never comes back`()
    async throws
  {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    // What was changed quietly before does not make the deletion a secret.
    try await fixture.update(event) { ($0.title, $0.sendInvitations) = ("Quietly", false) }
    #expect(try await fixture.delete(event.reference) == nil)
    #expect(fixture.calendar.event(event.id) == nil)
    #expect(fixture.calendar.deletions.map(\.notifies) == [true])
    #expect(try await fixture.listed().isEmpty)
    #expect(try await fixture.useCases.events.queries.event(.init(event.id), caller: fixture.ada) == nil)
    // What is kept of it is the knowledge that it is deleted.
    #expect(try await fixture.stored(event.id)?.deletedAt == TestWorkspace.start)
    await #expect(throws: AccessError.self) { try await fixture.update(event) { $0.title = "Again" } }
    await #expect(throws: AccessError.self) { try await fixture.delete(event.reference) }
    await #expect(throws: AccessError.self) {
      try await fixture.useCases.events.retry(.init(event.id), caller: fixture.ada)
    }
    #expect(try await fixture.nextJob() == nil)
  }

  @Test(arguments: [ProviderError.gone, .notFound])
  func `an event that the provider no longer has counts as deleted`(_ answer: ProviderError) async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    fixture.calendar.beforeDeleting { _ throws(ProviderError) in throw answer }
    try await fixture.delete(event.reference)
    #expect(try await fixture.stored(event.id)?.push.status == .synced)
    #expect(try await fixture.nextJob() == nil)
  }

  @Test func `nothing leaves while the deletion can be taken back`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    let until = try await fixture.delete(event.reference, undoWindow: 8)
    #expect(until == TestWorkspace.start.addingTimeInterval(8))
    #expect(try await fixture.listed().isEmpty)
    fixture.clock.advance(by: 7)
    try await fixture.useCases.runner.runDueJobs()
    #expect(fixture.calendar.event(event.id) != nil)
    let back = try await fixture.useCases.events.undoDeletion(.init(event.id), caller: fixture.ada)
    #expect(back.event.reference == event.reference)
    #expect(try await fixture.listed().map(\.id) == [event.id])
    fixture.clock.advance(by: 60)
    try await fixture.useCases.runner.runDueJobs()
    #expect(fixture.calendar.event(event.id) != nil)
    #expect(try await fixture.nextJob() == nil)
  }

  @Test func `when the time is over it is carried out, and cannot be taken back`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    try await fixture.delete(event.reference, undoWindow: 8)
    fixture.clock.advance(by: 8)
    try await fixture.useCases.runner.runDueJobs()
    #expect(fixture.calendar.event(event.id) == nil && fixture.calendar.deletions.count == 1)
    await #expect(throws: UndoTooLate.self) {
      try await fixture.useCases.events.undoDeletion(.init(event.id), caller: fixture.ada)
    }
    #expect(try await fixture.nextJob() == nil)
  }

  @Test func `an edit that has not left yet does not leave before the deletion`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    fixture.calendar.beforeChanging { _ throws(ProviderError) in throw .unavailable(reason: "down") }
    try await fixture.update(event) { $0.title = "Waiting" }
    fixture.calendar.beforeChanging { _ in }
    try await fixture.delete(event.reference, undoWindow: 8)
    fixture.clock.advance(by: 5)
    try await fixture.useCases.runner.runDueJobs()
    #expect(fixture.calendar.changes.isEmpty)
    fixture.clock.advance(by: 5)
    try await fixture.useCases.runner.runDueJobs()
    #expect(fixture.calendar.changes.isEmpty && fixture.calendar.deletions.count == 1)
    #expect(try await fixture.nextJob() == nil)
  }

  @Test func `taking a deletion back lets the waiting edit go on`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    fixture.calendar.beforeChanging { _ throws(ProviderError) in throw .unavailable(reason: "down") }
    try await fixture.update(event) { $0.title = "Waiting" }
    fixture.calendar.beforeChanging { _ in }
    try await fixture.delete(event.reference, undoWindow: 8)
    _ = try await fixture.useCases.events.undoDeletion(.init(event.id), caller: fixture.ada)
    try await fixture.useCases.runner.runDueJobs()
    #expect(fixture.calendar.event(event.id)?.content.title == "Waiting")
  }

  @Test func `a meeting that was never delivered leaves nothing behind`() async throws {
    let fixture = try await TestWorkspace()
    fixture.calendar.whenCreating { _, _ throws(ProviderError) in throw .unavailable(reason: "down") }
    let event = try await fixture.made()
    #expect(event.push.status == .pending)
    try await fixture.delete(event.reference)
    try await fixture.runAllJobs()
    #expect(try await fixture.stored(event.id) == nil)
    #expect(fixture.calendar.drafts.count == 1, "It is not made to be deleted.")
  }

  @Test func `a meeting whose making was never answered is deleted where it may have arrived`() async throws {
    let fixture = try await TestWorkspace()
    // It arrives, and the answer is lost.
    fixture.calendar.whenCreating { draft, attempt throws(ProviderError) in
      if attempt > 1 { throw .unavailable(reason: "down") }
      return FakeCalendar.made(draft)
    }
    let event = try await fixture.made()
    var unanswered = event
    unanswered.push = PushState(error: "The calendar hasn't answered yet.")
    unanswered.agreed = nil
    let stored = unanswered
    try await fixture.database.write(fixture.workspace.id) { try $0.events.update(stored) }
    try await fixture.delete(event.reference)
    #expect(fixture.calendar.event(event.id) == nil && fixture.calendar.deletions.count == 1)
    #expect(try await fixture.stored(event.id) == nil)
  }

  @Test func `a deletion while the provider is down is delivered later`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    fixture.calendar.beforeDeleting { _ throws(ProviderError) in throw .unavailable(reason: "down") }
    try await fixture.delete(event.reference)
    #expect(try await fixture.listed().isEmpty)
    fixture.calendar.beforeDeleting { _ in }
    try await fixture.runNextJob()
    #expect(fixture.calendar.deletions.count == 1)
    #expect(try await fixture.stored(event.id)?.push.status == .synced)
  }

  @Test func `a deletion that the provider refuses is taken back, with the reason`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    fixture.calendar.beforeDeleting { _ throws(ProviderError) in throw .forbidden(reason: "no") }
    let refusal = await #expect(throws: ProviderRejection.self) { try await fixture.delete(event.reference) }
    #expect(refusal?.message == "The calendar doesn't allow this account to delete this meeting.")
    #expect(try await fixture.listed().map(\.id) == [event.id])
    #expect(try await fixture.stored(event.id)?.push.status == .synced)
    #expect(try await fixture.nextJob() == nil)
  }

  @Test func `the refusal of a scheduled deletion is visible to everyone`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    fixture.calendar.beforeDeleting { _ throws(ProviderError) in throw .forbidden(reason: "no") }
    try await fixture.delete(event.reference, undoWindow: 8)
    fixture.clock.advance(by: 9)
    try await fixture.useCases.runner.runDueJobs()
    let stored = try #require(try await fixture.listed().first)
    #expect(stored.push.status == .failed && stored.push.error?.contains("delete") == true)
    let failed = try await fixture.useCases.failedJobs.list(caller: fixture.ada)
    #expect(failed.jobs.count == 1)
  }

  @Test(arguments: [-1, 31])
  func `a deletion is put off by half a minute at most`(seconds: Int) async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    await #expect(throws: InvalidInput.self) {
      try await fixture.delete(event.reference, undoWindow: seconds)
    }
    #expect(try await fixture.listed().count == 1)
  }
}
