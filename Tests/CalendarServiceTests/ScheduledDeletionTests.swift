import CalendarCore
import JobQueue
@testable import CalendarService
import Foundation
import ICalendar
import TestSupport
import Testing

/// Deletions that can be taken back, with other things done before they are carried out.
@Suite(.timeLimit(.minutes(5))) struct ScheduledDeletionTests {
  private func weekly(_ fixture: TestWorkspace) async throws -> CalendarEvent {
    try await fixture.made { $0.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=6"] }
  }

  private func occurrence(_ event: CalendarEvent, _ day: String) -> EventReference {
    EventReference(event.id, OriginalStart("\(day)T080000Z"))
  }

  private func starts(_ fixture: TestWorkspace) async throws -> [String] {
    try await fixture.listed().map {
      "\($0.timing.firstStart.local.description.dropFirst(5).prefix(5)) \($0.title)"
    }
  }

  private func settle(_ fixture: TestWorkspace) async throws {
    try await fixture.runAllJobs()
  }

  @Test(arguments: [RecurrenceScope.all, .thisAndFollowing])
  func `what is hidden does not come back with a change of the rest`(scope: RecurrenceScope) async throws {
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    try await fixture.update(occurrence(event, "20260630")) { $0.title = "Own" }
    try await fixture.delete(occurrence(event, "20260623"), scope: .thisAndFollowing, undoWindow: 20)
    let changed = try await fixture.update(occurrence(event, "20260609")) {
      ($0.startsAt, $0.title, $0.scope) = (TestWorkspace.june(10, "11:00"), "New", scope)
    }
    let wanted =
      scope == .all
      ? ["06-03 New", "06-10 New", "06-17 New"] : ["06-02 Kick-off", "06-10 New", "06-17 New"]
    #expect(try await starts(fixture) == wanted)
    try await settle(fixture)
    #expect(try await starts(fixture) == wanted)
    let there = try #require(fixture.calendar.event(changed.eventID)).content
    #expect(there.recurrence.first?.contains("COUNT=\(scope == .all ? 3 : 2)") == true)
  }

  @Test(arguments: [0, 20])
  func `a second deletion does not bring back what the first has hidden`(undoWindow: Int) async throws {
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    try await fixture.update(occurrence(event, "20260630")) { $0.title = "Own" }
    try await fixture.delete(occurrence(event, "20260623"), scope: .thisAndFollowing, undoWindow: 20)
    try await fixture.delete(occurrence(event, "20260616"), scope: .thisAndFollowing, undoWindow: undoWindow)
    #expect(try await starts(fixture) == ["06-02 Kick-off", "06-09 Kick-off"])
    if undoWindow > 0 {
      let name = occurrence(event, "20260616")
      _ = try await fixture.useCases.events.undoDeletion(name, caller: fixture.ada)
      #expect(try await starts(fixture) == ["06-02 Kick-off", "06-09 Kick-off", "06-16 Kick-off"])
    }
    try await settle(fixture)
    #expect(try await starts(fixture).count == (undoWindow > 0 ? 3 : 2))
    let rule = try #require(fixture.calendar.event(event.id)).content.recurrence
    #expect(rule == ["RRULE:FREQ=WEEKLY;COUNT=\(undoWindow > 0 ? 3 : 2)"])
  }

  @Test func `this and following is taken back also where it began with a changed occurrence`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    let name = occurrence(event, "20260623")
    try await fixture.update(name) { $0.title = "Own" }
    try await fixture.delete(name, scope: .thisAndFollowing, undoWindow: 20)
    _ = try await fixture.useCases.events.undoDeletion(name, caller: fixture.ada)
    try await settle(fixture)
    #expect(try await starts(fixture).count == 6)
  }

  @Test func `where the named occurrence is gone by then, the deletion begins with the next`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    fixture.calendar.changeOutside(event.id) {
      $0.content.recurrence = ["RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=6"]
    }
    try await fixture.delete(occurrence(event, "20260609"), scope: .thisAndFollowing, undoWindow: 20)
    // What was changed outside is learnt with a delivery.
    try await fixture.database.write(fixture.workspace.id) { transaction in
      guard var stored = try transaction.events.find(event.id) else { return }
      stored.recurrence = ["RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=6"]
      stored.agreed?.content.recurrence = stored.recurrence
      try transaction.events.update(stored)
    }
    try await settle(fixture)
    #expect(try await starts(fixture) == ["06-02 Kick-off"])
    #expect(fixture.calendar.event(event.id)?.content.recurrence.first?.contains("COUNT=1") == true)
  }

  @Test func `a job of a deletion that was taken back does not carry out the next one early`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    try await fixture.delete(event.reference, undoWindow: 5)
    // A process has claimed the job, and dies with it.
    fixture.clock.advance(by: 5)
    let leased = try await fixture.database.system { [now = fixture.clock.now] in
      try $0.jobs.claimNext(
        JobClaimTerms(now: now, lease: JobLease(owner: "dead", expiresAt: now.addingTimeInterval(12)))
      )
    }
    #expect(leased?.kind == .deleteEvent)
    _ = try await fixture.useCases.events.undoDeletion(.init(event.id), caller: fixture.ada)
    fixture.clock.advance(by: 1)
    try await fixture.delete(event.reference, undoWindow: 30)
    fixture.clock.advance(by: 20)
    try await fixture.useCases.runner.runDueJobs()
    #expect(fixture.calendar.event(event.id) != nil)
    _ = try await fixture.useCases.events.undoDeletion(.init(event.id), caller: fixture.ada)
    try await settle(fixture)
    #expect(try await fixture.listed().map(\.id) == [event.id])
    #expect(fixture.calendar.event(event.id) != nil)
  }

  @Test func `a deletion that never completes is visible to everyone`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    try await fixture.delete(event.reference, undoWindow: 5)
    fixture.clock.advance(by: 5)
    for _ in 0..<10 {
      // Each process that takes the job up dies.
      _ = try await fixture.database.system { [now = fixture.clock.now] in
        try $0.jobs.claimNext(
          JobClaimTerms(now: now, lease: JobLease(owner: "dead", expiresAt: now.addingTimeInterval(12)))
        )
      }
      fixture.clock.advance(by: 13)
    }
    try await settle(fixture)
    #expect(try await fixture.listed().map(\.id) == [event.id])
    #expect(try await fixture.useCases.failedJobs.list(caller: fixture.ada).jobs.count == 1)
  }
}
