import CalendarCore
import JobQueue
@testable import CalendarService
import Foundation
import ICalendar
import TestSupport
import Testing

/// A change that the provider refuses leaves everything as it was, whatever else was going on.
@Suite(.timeLimit(.minutes(5))) struct TakingBackTests {
  private func weekly(_ fixture: TestWorkspace) async throws -> CalendarEvent {
    try await fixture.made { $0.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=6"] }
  }

  private func occurrence(_ event: CalendarEvent, _ day: String) -> EventReference {
    EventReference(event.id, OriginalStart("\(day)T080000Z"))
  }

  private func settle(_ fixture: TestWorkspace) async throws {
    try await fixture.runAllJobs()
  }

  /// An occurrence with an edit that could not be delivered yet.
  private func waitingOccurrence(_ fixture: TestWorkspace, of event: CalendarEvent) async throws
    -> EventReference
  {
    let name = occurrence(event, "20260623")
    fixture.calendar.beforeChanging { _ throws(ProviderError) in throw .unavailable(reason: "down") }
    try await fixture.update(name) { $0.title = "Waiting" }
    fixture.calendar.beforeChanging { _ in }
    return name
  }

  @Test(arguments: [RecurrenceScope.all, .thisAndFollowing])
  func `an edit that waits is delivered after a deletion of its series was refused`(
    scope: RecurrenceScope
  ) async throws {
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    let waiting = try await waitingOccurrence(fixture, of: event)
    fixture.calendar.beforeDeleting { _ throws(ProviderError) in throw .forbidden(reason: "no") }
    fixture.calendar.beforeChanging { attempt throws(ProviderError) in
      if attempt == 2, scope != .all { throw .forbidden(reason: "no") }
    }
    await #expect(throws: ProviderRejection.self) {
      try await fixture.delete(occurrence(event, scope == .all ? "20260602" : "20260609"), scope: scope)
    }
    try await settle(fixture)
    #expect(try await fixture.listed().map(\.title).filter { $0 == "Waiting" }.count == 1)
    #expect(fixture.calendar.events["x-\(waiting)"]?.content.title == "Waiting")
    #expect(try await fixture.listed().allSatisfy { $0.push.status == .synced })
  }

  @Test func `a series whose put off deletion is refused is back with all its occurrences`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    let waiting = try await waitingOccurrence(fixture, of: event)
    try await fixture.delete(occurrence(event, "20260616"))
    let before = try await fixture.listed().map(\.reference)
    fixture.clock.advance(by: 1)
    fixture.calendar.beforeDeleting { _ throws(ProviderError) in throw .forbidden(reason: "no") }
    try await fixture.delete(event.reference, undoWindow: 8)
    #expect(try await fixture.listed().isEmpty)
    try await settle(fixture)
    #expect(try await fixture.listed().map(\.reference) == before)
    #expect(fixture.calendar.events["x-\(waiting)"]?.content.title == "Waiting")
  }

  @Test func `a refused split is reverted even when others changed the series`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    fixture.calendar.changeOutside(event.id) { $0.content.location = "Their room" }
    fixture.calendar.whenCreating { _, _ throws(ProviderError) in throw .rejected(reason: "No more series.") }
    await #expect(throws: ProviderRejection.self) {
      try await fixture.update(occurrence(event, "20260623")) {
        ($0.title, $0.scope) = ("Later", .thisAndFollowing)
      }
    }
    try await settle(fixture)
    #expect(try await fixture.listed().count == 6)
    #expect(try await fixture.listed().allSatisfy { $0.location == "Their room" })
    #expect(fixture.calendar.event(event.id)?.content.recurrence == ["RRULE:FREQ=WEEKLY;COUNT=6"])
  }

  @Test func `a division that is refused after it was accepted is there to be seen`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    fixture.calendar.beforeChanging { _ throws(ProviderError) in throw .unavailable(reason: "down") }
    fixture.calendar.whenCreating { _, _ throws(ProviderError) in throw .rejected(reason: "No more series.") }
    try await fixture.update(occurrence(event, "20260623")) {
      ($0.title, $0.scope) = ("Later", .thisAndFollowing)
    }
    fixture.calendar.beforeChanging { _ in }
    try await settle(fixture)
    let later = try await fixture.listed().filter { $0.title == "Later" }
    #expect(later.count == 3 && later.allSatisfy { $0.push.status == .failed && $0.push.error != nil })
    #expect(try await fixture.useCases.failedJobs.list(caller: fixture.ada).jobs.count == 1)
  }

  @Test func `one refused edit takes nothing else with it`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    fixture.calendar.beforeChanging { attempt throws(ProviderError) in
      guard attempt == 1 else { return }
      // Ben's edit comes while this one is on its way.
      await fixture.changeMeanwhile(event.id) {
        ($0.location, $0.version) = ("Hamburg", $0.version + 1)
      }
      throw .rejected(reason: "Not this title.")
    }
    await #expect(throws: ProviderRejection.self) { try await fixture.update(event) { $0.title = "Refused" } }
    try await settle(fixture)
    let there = try #require(fixture.calendar.event(event.id)).content
    #expect(there.title == "Kick-off" && there.location == "Hamburg")
    let stored = try #require(try await fixture.stored(event.id))
    #expect(stored.content == there && stored.push.status == .synced)
  }

  @Test func `an occurrence whose change was refused is as its series has it`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    fixture.calendar.beforeChanging { _ throws(ProviderError) in throw .rejected(reason: "no") }
    await #expect(throws: ProviderRejection.self) {
      try await fixture.update(occurrence(event, "20260609")) { $0.title = "Refused" }
    }
    let rows = try await fixture.database.read(fixture.workspace.id) {
      try $0.events.exceptions(ofSeries: [event.id])
    }
    #expect(rows.isEmpty)
  }

  @Test func `a meeting that is deleted while its making is refused stays deleted`() async throws {
    let fixture = try await TestWorkspace()
    fixture.calendar.whenCreating { draft, _ throws(ProviderError) in
      await fixture.changeMeanwhile(draft.eventID) { $0 = $0.deleted(at: fixture.clock.now) }
      throw .rejected(reason: "no")
    }
    _ = try? await fixture.made()
    try await settle(fixture)
    #expect(try await fixture.listed().isEmpty)
    #expect(fixture.calendar.events.isEmpty)
  }

  /// While this change waited for its turn, the delivery of another one learned `there`.
  @Test(
    arguments: [("Their room", "Their room"), ("Hamburg", nil)] as [(String, String?)],
    [true, false]
  )
  func `a refused edit brings back what others have made of its field, not its own value`(
    learned: (there: String, location: String?),
    wasAnswered: Bool
  ) async throws {
    let fixture = try await TestWorkspace()
    if !wasAnswered { fixture.calendar.loseNextAnswer() }
    let before = try await fixture.made()
    #expect((before.agreed != nil) == wasAnswered)
    var after = before
    (after.location, after.version, after.push.status) = ("Hamburg", before.version + 1, .pending)
    var current = after
    current.agreed = before.editable
    current.agreed?.content.location = learned.there
    current.push.externalID = "x-\(before.id)"
    try await fixture.database.write(fixture.workspace.id) { [after, current] transaction in
      try transaction.events.update(current)
      var change = ChangeSet()
      change.events = [(before, after)]
      try change.revert(in: transaction, ids: .random, now: fixture.clock.now)
    }
    fixture.calendar.changeOutside(before.id) { $0.content.location = learned.there }
    #expect(try await fixture.stored(before.id)?.location == learned.location)
    try await settle(fixture)
    #expect(fixture.calendar.event(before.id)?.content.location == learned.location)
  }
}
