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
    let world = try await World()
    let event = try await world.made()
    // What was changed quietly before does not make the deletion a secret.
    try await world.update(event) { ($0.title, $0.sendInvitations) = ("Quietly", false) }
    #expect(try await world.delete(event.reference) == nil)
    #expect(world.calendar.event(event.id) == nil)
    #expect(world.calendar.deletions.map(\.notifies) == [true])
    #expect(try await world.listed().isEmpty)
    #expect(try await world.useCases.events.queries.event(.init(event.id), caller: world.ada) == nil)
    // What is kept of it is the knowledge that it is deleted.
    #expect(try await world.stored(event.id)?.deletedAt == World.start)
    await #expect(throws: AccessError.self) { try await world.update(event) { $0.title = "Again" } }
    await #expect(throws: AccessError.self) { try await world.delete(event.reference) }
    await #expect(throws: AccessError.self) {
      try await world.useCases.events.retry(.init(event.id), caller: world.ada)
    }
    #expect(try await world.nextJob() == nil)
  }

  @Test(arguments: [ProviderError.gone, .notFound])
  func `what the provider has not any more is deleted`(_ answer: ProviderError) async throws {
    let world = try await World()
    let event = try await world.made()
    world.calendar.beforeDeleting { _ throws(ProviderError) in throw answer }
    try await world.delete(event.reference)
    #expect(try await world.stored(event.id)?.push.status == .synced)
    #expect(try await world.nextJob() == nil)
  }

  @Test func `nothing leaves while the deletion can be taken back`() async throws {
    let world = try await World()
    let event = try await world.made()
    let until = try await world.delete(event.reference, undoWindow: 8)
    #expect(until == World.start.addingTimeInterval(8))
    #expect(try await world.listed().isEmpty)
    world.clock.advance(by: 7)
    try await world.useCases.runner.runDueJobs()
    #expect(world.calendar.event(event.id) != nil)
    let back = try await world.useCases.events.undoDeletion(.init(event.id), caller: world.ada)
    #expect(back.event.reference == event.reference)
    #expect(try await world.listed().map(\.id) == [event.id])
    world.clock.advance(by: 60)
    try await world.useCases.runner.runDueJobs()
    #expect(world.calendar.event(event.id) != nil)
    #expect(try await world.nextJob() == nil)
  }

  @Test func `when the time is over it is carried out, and cannot be taken back`() async throws {
    let world = try await World()
    let event = try await world.made()
    try await world.delete(event.reference, undoWindow: 8)
    world.clock.advance(by: 8)
    try await world.useCases.runner.runDueJobs()
    #expect(world.calendar.event(event.id) == nil && world.calendar.deletions.count == 1)
    await #expect(throws: UndoTooLate.self) {
      try await world.useCases.events.undoDeletion(.init(event.id), caller: world.ada)
    }
    #expect(try await world.nextJob() == nil)
  }

  @Test func `an edit that has not left yet does not leave before the deletion`() async throws {
    let world = try await World()
    let event = try await world.made()
    world.calendar.beforeChanging { _ throws(ProviderError) in throw .unavailable(reason: "down") }
    try await world.update(event) { $0.title = "Waiting" }
    world.calendar.beforeChanging { _ in }
    try await world.delete(event.reference, undoWindow: 8)
    world.clock.advance(by: 5)
    try await world.useCases.runner.runDueJobs()
    #expect(world.calendar.changes.isEmpty)
    world.clock.advance(by: 5)
    try await world.useCases.runner.runDueJobs()
    #expect(world.calendar.changes.isEmpty && world.calendar.deletions.count == 1)
    #expect(try await world.nextJob() == nil)
  }

  @Test func `taking a deletion back lets the waiting edit go on`() async throws {
    let world = try await World()
    let event = try await world.made()
    world.calendar.beforeChanging { _ throws(ProviderError) in throw .unavailable(reason: "down") }
    try await world.update(event) { $0.title = "Waiting" }
    world.calendar.beforeChanging { _ in }
    try await world.delete(event.reference, undoWindow: 8)
    _ = try await world.useCases.events.undoDeletion(.init(event.id), caller: world.ada)
    try await world.useCases.runner.runDueJobs()
    #expect(world.calendar.event(event.id)?.content.title == "Waiting")
  }

  @Test func `a meeting that was never delivered leaves nothing behind`() async throws {
    let world = try await World()
    world.calendar.whenCreating { _, _ throws(ProviderError) in throw .unavailable(reason: "down") }
    let event = try await world.made()
    #expect(event.push.status == .pending)
    try await world.delete(event.reference)
    try await world.runAllJobs()
    #expect(try await world.stored(event.id) == nil)
    #expect(world.calendar.drafts.count == 1, "It is not made to be deleted.")
  }

  @Test func `a meeting whose making was never answered is deleted where it may have arrived`() async throws {
    let world = try await World()
    // It arrives, and the answer is lost.
    world.calendar.whenCreating { draft, attempt throws(ProviderError) in
      if attempt > 1 { throw .unavailable(reason: "down") }
      return FakeCalendar.made(draft)
    }
    let event = try await world.made()
    var unanswered = event
    unanswered.push = PushState(error: "The calendar hasn't answered yet.")
    unanswered.agreed = nil
    let stored = unanswered
    try await world.database.write(world.workspace.id) { try $0.events.update(stored) }
    try await world.delete(event.reference)
    #expect(world.calendar.event(event.id) == nil && world.calendar.deletions.count == 1)
    #expect(try await world.stored(event.id) == nil)
  }

  @Test func `a deletion while the provider is down is delivered later`() async throws {
    let world = try await World()
    let event = try await world.made()
    world.calendar.beforeDeleting { _ throws(ProviderError) in throw .unavailable(reason: "down") }
    try await world.delete(event.reference)
    #expect(try await world.listed().isEmpty)
    world.calendar.beforeDeleting { _ in }
    try await world.runNextJob()
    #expect(world.calendar.deletions.count == 1)
    #expect(try await world.stored(event.id)?.push.status == .synced)
  }

  @Test func `a deletion that the provider refuses is taken back, with the reason`() async throws {
    let world = try await World()
    let event = try await world.made()
    world.calendar.beforeDeleting { _ throws(ProviderError) in throw .forbidden(reason: "no") }
    let refusal = await #expect(throws: ProviderRejection.self) { try await world.delete(event.reference) }
    #expect(refusal?.message == "The calendar doesn't allow this account to delete this meeting.")
    #expect(try await world.listed().map(\.id) == [event.id])
    #expect(try await world.stored(event.id)?.push.status == .synced)
    #expect(try await world.nextJob() == nil)
  }

  @Test func `a deletion that was put off is refused in sight of everybody`() async throws {
    let world = try await World()
    let event = try await world.made()
    world.calendar.beforeDeleting { _ throws(ProviderError) in throw .forbidden(reason: "no") }
    try await world.delete(event.reference, undoWindow: 8)
    world.clock.advance(by: 9)
    try await world.useCases.runner.runDueJobs()
    let stored = try #require(try await world.listed().first)
    #expect(stored.push.status == .failed && stored.push.error?.contains("delete") == true)
    let failed = try await world.useCases.failedJobs.list(caller: world.ada)
    #expect(failed.jobs.count == 1)
  }

  @Test(arguments: [-1, 31])
  func `a deletion is put off by half a minute at most`(seconds: Int) async throws {
    let world = try await World()
    let event = try await world.made()
    await #expect(throws: InvalidInput.self) { try await world.delete(event.reference, undoWindow: seconds) }
    #expect(try await world.listed().count == 1)
  }
}
