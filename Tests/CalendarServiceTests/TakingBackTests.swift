import CalendarCore
import JobQueue
@testable import CalendarService
import Foundation
import ICalendar
import TestSupport
import Testing

/// What the provider refuses leaves everything as it was, whatever else was going on.
@Suite(.timeLimit(.minutes(5))) struct TakingBackTests {
  private func weekly(_ world: World) async throws -> CalendarEvent {
    try await world.made { $0.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=6"] }
  }

  private func occurrence(_ event: CalendarEvent, _ day: String) -> EventReference {
    EventReference(event.id, OriginalStart("\(day)T080000Z"))
  }

  private func settle(_ world: World) async throws {
    try await world.runAllJobs()
  }

  /// An occurrence with an edit that could not be delivered yet.
  private func waitingOccurrence(_ world: World, of event: CalendarEvent) async throws -> EventReference {
    let name = occurrence(event, "20260623")
    world.calendar.beforeChanging { _ throws(ProviderError) in throw .unavailable(reason: "down") }
    try await world.update(name) { $0.title = "Waiting" }
    world.calendar.beforeChanging { _ in }
    return name
  }

  @Test(arguments: [RecurrenceScope.all, .thisAndFollowing])
  func `an edit that waits is delivered after a deletion of its series was refused`(
    scope: RecurrenceScope
  ) async throws {
    let world = try await World()
    let event = try await weekly(world)
    let waiting = try await waitingOccurrence(world, of: event)
    world.calendar.beforeDeleting { _ throws(ProviderError) in throw .forbidden(reason: "no") }
    world.calendar.beforeChanging { attempt throws(ProviderError) in
      if attempt == 2, scope != .all { throw .forbidden(reason: "no") }
    }
    await #expect(throws: ProviderRejection.self) {
      try await world.delete(occurrence(event, scope == .all ? "20260602" : "20260609"), scope: scope)
    }
    try await settle(world)
    #expect(try await world.listed().map(\.title).filter { $0 == "Waiting" }.count == 1)
    #expect(world.calendar.events["x-\(waiting)"]?.content.title == "Waiting")
    #expect(try await world.listed().allSatisfy { $0.push.status == .synced })
  }

  @Test func `a series whose put off deletion is refused is back with all its occurrences`() async throws {
    let world = try await World()
    let event = try await weekly(world)
    let waiting = try await waitingOccurrence(world, of: event)
    try await world.delete(occurrence(event, "20260616"))
    let before = try await world.listed().map(\.reference)
    world.clock.advance(by: 1)
    world.calendar.beforeDeleting { _ throws(ProviderError) in throw .forbidden(reason: "no") }
    try await world.delete(event.reference, undoWindow: 8)
    #expect(try await world.listed().isEmpty)
    try await settle(world)
    #expect(try await world.listed().map(\.reference) == before)
    #expect(world.calendar.events["x-\(waiting)"]?.content.title == "Waiting")
  }

  @Test func `a division is taken back also where others changed the series meanwhile`() async throws {
    let world = try await World()
    let event = try await weekly(world)
    world.calendar.changeOutside(event.id) { $0.content.location = "Their room" }
    world.calendar.whenCreating { _, _ throws(ProviderError) in throw .rejected(reason: "No more series.") }
    await #expect(throws: ProviderRejection.self) {
      try await world.update(occurrence(event, "20260623")) {
        ($0.title, $0.scope) = ("Later", .thisAndFollowing)
      }
    }
    try await settle(world)
    #expect(try await world.listed().count == 6)
    #expect(try await world.listed().allSatisfy { $0.location == "Their room" })
    #expect(world.calendar.event(event.id)?.content.recurrence == ["RRULE:FREQ=WEEKLY;COUNT=6"])
  }

  @Test func `a division that is refused after it was accepted is there to be seen`() async throws {
    let world = try await World()
    let event = try await weekly(world)
    world.calendar.beforeChanging { _ throws(ProviderError) in throw .unavailable(reason: "down") }
    world.calendar.whenCreating { _, _ throws(ProviderError) in throw .rejected(reason: "No more series.") }
    try await world.update(occurrence(event, "20260623")) {
      ($0.title, $0.scope) = ("Later", .thisAndFollowing)
    }
    world.calendar.beforeChanging { _ in }
    try await settle(world)
    let later = try await world.listed().filter { $0.title == "Later" }
    #expect(later.count == 3 && later.allSatisfy { $0.push.status == .failed && $0.push.error != nil })
    #expect(try await world.useCases.failedJobs.list(caller: world.ada).jobs.count == 1)
  }

  @Test func `one refused edit takes nothing else with it`() async throws {
    let world = try await World()
    let event = try await world.made()
    world.calendar.beforeChanging { attempt throws(ProviderError) in
      guard attempt == 1 else { return }
      // Ben's edit comes while this one is on its way.
      await world.changeMeanwhile(event.id) {
        ($0.location, $0.version) = ("Hamburg", $0.version + 1)
      }
      throw .rejected(reason: "Not this title.")
    }
    await #expect(throws: ProviderRejection.self) { try await world.update(event) { $0.title = "Refused" } }
    try await settle(world)
    let there = try #require(world.calendar.event(event.id)).content
    #expect(there.title == "Kick-off" && there.location == "Hamburg")
    let stored = try #require(try await world.stored(event.id))
    #expect(stored.content == there && stored.push.status == .synced)
  }

  @Test func `an occurrence whose change was refused is as its series has it`() async throws {
    let world = try await World()
    let event = try await weekly(world)
    world.calendar.beforeChanging { _ throws(ProviderError) in throw .rejected(reason: "no") }
    await #expect(throws: ProviderRejection.self) {
      try await world.update(occurrence(event, "20260609")) { $0.title = "Refused" }
    }
    let rows = try await world.database.read(world.workspace.id) {
      try $0.events.exceptions(ofSeries: [event.id])
    }
    #expect(rows.isEmpty)
  }

  @Test func `a meeting that is deleted while its making is refused stays deleted`() async throws {
    let world = try await World()
    world.calendar.whenCreating { draft, _ throws(ProviderError) in
      await world.changeMeanwhile(draft.eventID) { $0 = $0.deleted(at: world.clock.now) }
      throw .rejected(reason: "no")
    }
    _ = try? await world.made()
    try await settle(world)
    #expect(try await world.listed().isEmpty)
    #expect(world.calendar.events.isEmpty)
  }
}
