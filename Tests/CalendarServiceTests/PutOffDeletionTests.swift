import CalendarCore
import JobQueue
@testable import CalendarService
import Foundation
import ICalendar
import TestSupport
import Testing

/// Deletions that can be taken back, with other things done before they are carried out.
@Suite(.timeLimit(.minutes(5))) struct PutOffDeletionTests {
  private func weekly(_ world: World) async throws -> CalendarEvent {
    try await world.made { $0.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=6"] }
  }

  private func occurrence(_ event: CalendarEvent, _ day: String) -> EventReference {
    EventReference(event.id, OriginalStart("\(day)T080000Z"))
  }

  private func starts(_ world: World) async throws -> [String] {
    try await world.listed().map {
      "\($0.timing.firstStart.local.description.dropFirst(5).prefix(5)) \($0.title)"
    }
  }

  private func settle(_ world: World) async throws {
    try await world.runAllJobs()
  }

  @Test(arguments: [RecurrenceScope.all, .thisAndFollowing])
  func `what is hidden does not come back with a change of the rest`(scope: RecurrenceScope) async throws {
    let world = try await World()
    let event = try await weekly(world)
    try await world.update(occurrence(event, "20260630")) { $0.title = "Own" }
    try await world.delete(occurrence(event, "20260623"), scope: .thisAndFollowing, undoWindow: 20)
    let changed = try await world.update(occurrence(event, "20260609")) {
      ($0.startsAt, $0.title, $0.scope) = (World.june(10, "11:00"), "New", scope)
    }
    let wanted =
      scope == .all
      ? ["06-03 New", "06-10 New", "06-17 New"] : ["06-02 Kick-off", "06-10 New", "06-17 New"]
    #expect(try await starts(world) == wanted)
    try await settle(world)
    #expect(try await starts(world) == wanted)
    let there = try #require(world.calendar.event(changed.eventID)).content
    #expect(there.recurrence.first?.contains("COUNT=\(scope == .all ? 3 : 2)") == true)
  }

  @Test(arguments: [0, 20])
  func `a second deletion does not bring back what the first has hidden`(undoWindow: Int) async throws {
    let world = try await World()
    let event = try await weekly(world)
    try await world.update(occurrence(event, "20260630")) { $0.title = "Own" }
    try await world.delete(occurrence(event, "20260623"), scope: .thisAndFollowing, undoWindow: 20)
    try await world.delete(occurrence(event, "20260616"), scope: .thisAndFollowing, undoWindow: undoWindow)
    #expect(try await starts(world) == ["06-02 Kick-off", "06-09 Kick-off"])
    if undoWindow > 0 {
      let name = occurrence(event, "20260616")
      _ = try await world.useCases.events.undoDeletion(name, caller: world.ada)
      #expect(try await starts(world) == ["06-02 Kick-off", "06-09 Kick-off", "06-16 Kick-off"])
    }
    try await settle(world)
    #expect(try await starts(world).count == (undoWindow > 0 ? 3 : 2))
    let rule = try #require(world.calendar.event(event.id)).content.recurrence
    #expect(rule == ["RRULE:FREQ=WEEKLY;COUNT=\(undoWindow > 0 ? 3 : 2)"])
  }

  @Test func `this and following is taken back also where it began with a changed occurrence`() async throws {
    let world = try await World()
    let event = try await weekly(world)
    let name = occurrence(event, "20260623")
    try await world.update(name) { $0.title = "Own" }
    try await world.delete(name, scope: .thisAndFollowing, undoWindow: 20)
    _ = try await world.useCases.events.undoDeletion(name, caller: world.ada)
    try await settle(world)
    #expect(try await starts(world).count == 6)
  }

  @Test func `where the named occurrence is gone by then, the deletion begins with the next`() async throws {
    let world = try await World()
    let event = try await weekly(world)
    world.calendar.changeOutside(event.id) {
      $0.content.recurrence = ["RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=6"]
    }
    try await world.delete(occurrence(event, "20260609"), scope: .thisAndFollowing, undoWindow: 20)
    // What was changed outside is learnt with a delivery.
    try await world.database.write(world.workspace.id) { transaction in
      guard var stored = try transaction.events.find(event.id) else { return }
      stored.recurrence = ["RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=6"]
      stored.agreed?.content.recurrence = stored.recurrence
      try transaction.events.update(stored)
    }
    try await settle(world)
    #expect(try await starts(world) == ["06-02 Kick-off"])
    #expect(world.calendar.event(event.id)?.content.recurrence.first?.contains("COUNT=1") == true)
  }

  @Test func `a job of a deletion that was taken back does not carry out the next one early`() async throws {
    let world = try await World()
    let event = try await world.made()
    try await world.delete(event.reference, undoWindow: 5)
    // A process has claimed the job, and dies with it.
    world.clock.advance(by: 5)
    let leased = try await world.database.system { [now = world.clock.now] in
      try $0.jobs.claimNext(
        JobClaimTerms(now: now, lease: JobLease(owner: "dead", expiresAt: now.addingTimeInterval(12)))
      )
    }
    #expect(leased?.kind == .deleteEvent)
    _ = try await world.useCases.events.undoDeletion(.init(event.id), caller: world.ada)
    world.clock.advance(by: 1)
    try await world.delete(event.reference, undoWindow: 30)
    world.clock.advance(by: 20)
    try await world.useCases.runner.runDueJobs()
    #expect(world.calendar.event(event.id) != nil)
    _ = try await world.useCases.events.undoDeletion(.init(event.id), caller: world.ada)
    try await settle(world)
    #expect(try await world.listed().map(\.id) == [event.id])
    #expect(world.calendar.event(event.id) != nil)
  }

  @Test func `a deletion that comes to no end is there for everybody to see`() async throws {
    let world = try await World()
    let event = try await world.made()
    try await world.delete(event.reference, undoWindow: 5)
    world.clock.advance(by: 5)
    for _ in 0..<10 {
      // Each process that takes the job up dies.
      _ = try await world.database.system { [now = world.clock.now] in
        try $0.jobs.claimNext(
          JobClaimTerms(now: now, lease: JobLease(owner: "dead", expiresAt: now.addingTimeInterval(12)))
        )
      }
      world.clock.advance(by: 13)
    }
    try await settle(world)
    #expect(try await world.listed().map(\.id) == [event.id])
    #expect(try await world.useCases.failedJobs.list(caller: world.ada).jobs.count == 1)
  }
}
