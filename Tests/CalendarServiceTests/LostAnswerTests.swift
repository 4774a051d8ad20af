import CalendarCore
@testable import CalendarService
import Foundation
import ICalendar
import Synchronization
import Testing

/// A member's changes after a lost answer are kept, and are not taken for another person's.
@Suite(.timeLimit(.minutes(5))) struct LostAnswerTests {
  @Test func `an edit of a meeting whose making was never answered arrives`() async throws {
    let fixture = try await TestWorkspace()
    fixture.calendar.loseNextAnswer()
    let event = try await fixture.made()
    #expect(event.push.status == .pending)
    try await fixture.update(event) { $0.title = "Better title" }
    try await fixture.runAllJobs()
    #expect(fixture.calendar.event(event.id)?.content.title == "Better title")
    let stored = try #require(try await fixture.stored(event.id))
    #expect(stored.title == "Better title" && stored.push.status == .synced)
    #expect(fixture.calendar.eventCount == 1)
  }

  @Test func `changes that others made in the calendar are kept as well`() async throws {
    let fixture = try await TestWorkspace()
    fixture.calendar.loseNextAnswer()
    let event = try await fixture.made()
    fixture.calendar.changeOutside(event.id) { $0.content.location = "Their room" }
    try await fixture.update(event) { $0.title = "Better title" }
    try await fixture.runAllJobs()
    let there = try #require(fixture.calendar.event(event.id)).content
    #expect(there.title == "Better title" && there.location == "Their room")
    #expect(try await fixture.stored(event.id)?.content == there)
  }

  /// A meeting whose title became "First" by an edit that the provider kept and never answered.
  private func unanswered(
    _ strategy: ConflictResolutionStrategy
  ) async throws -> (fixture: TestWorkspace, event: CalendarEvent) {
    let fixture = try await TestWorkspace()
    try await fixture.setStrategy(strategy)
    let event = try await fixture.made()
    fixture.calendar.loseNextAnswer()
    try await fixture.update(event) { $0.title = "First" }
    return (fixture, event)
  }

  @Test(arguments: ConflictResolutionStrategy.allCases)
  func `the next edit does not quarrel with an edit that was never answered`(
    strategy: ConflictResolutionStrategy
  ) async throws {
    let (fixture, event) = try await unanswered(strategy)
    #expect(fixture.calendar.event(event.id)?.content.title == "First")
    try await fixture.update(event) { $0.title = "Second" }
    #expect(fixture.calendar.event(event.id)?.content.title == "Second")
    let stored = try #require(try await fixture.stored(event.id))
    #expect(stored.title == "Second" && stored.push.status == .synced)
  }

  @Test func `no person has to choose between their own edits when the database is away for a moment`()
    async throws
  {
    let (fixture, event) = try await unanswered(.manual)
    let database = MomentarilyAway(base: fixture.database)
    // The next thing that is read tells the first edit from another client's.
    fixture.calendar.beforeReading { _ in database.refuseNextRead() }
    var input = UpdateEventInput()
    input.title = "Second"
    _ = try await fixture.another(on: database).events.update(.init(event.id), input, caller: fixture.ada)
    #expect(database.hasRefused)
    #expect(try await fixture.stored(event.id)?.push.status == .pending)
    try await fixture.runAllJobs()
    #expect(fixture.calendar.event(event.id)?.content.title == "Second")
    let stored = try #require(try await fixture.stored(event.id))
    #expect(stored.title == "Second" && stored.push.status == .synced)
  }

  @Test
  func `choosing their version keeps changes made here after an edit that was never answered`()
    async throws
  {
    let (fixture, event) = try await unanswered(.manual)
    fixture.calendar.changeOutside(event.id) { $0.content.location = "Their room" }
    try await fixture.update(event) { ($0.title, $0.location) = ("Second", .set("Our room")) }
    #expect(try await fixture.stored(event.id)?.conflict?.fields == [.location])
    _ = try await fixture.useCases.events.resolveConflict(
      .init(event.id),
      keepCRM: false,
      caller: fixture.ada
    )
    let there = try #require(fixture.calendar.event(event.id)).content
    #expect(there.title == "Second" && there.location == "Their room")
    #expect(try await fixture.stored(event.id)?.content == there)
  }

  @Test func `an edit that was never answered can be taken back`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    fixture.calendar.loseNextAnswer()
    try await fixture.update(event) { $0.attendees = [] }
    try await fixture.update(event) { $0.attendees = [.init(email: "guest@example.com")] }
    #expect(
      fixture.calendar.event(event.id)?.content.attendees.map(\.handle.rawValue) == ["guest@example.com"]
    )
  }

  @Test func `an occurrence does not quarrel with an edit of its series that was never answered`()
    async throws
  {
    let fixture = try await TestWorkspace()
    try await fixture.setStrategy(.providerWins)
    let event = try await fixture.made { $0.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=6"] }
    fixture.calendar.loseNextAnswer()
    try await fixture.update(event) { ($0.location, $0.scope) = (.set("Room 1"), .all) }
    fixture.calendar.beforeChanging { _ throws(ProviderError) in throw .unavailable(reason: "down") }
    try await fixture.update(event) { ($0.location, $0.scope) = (.set("Room 2"), .all) }
    #expect(fixture.calendar.event(event.id)?.content.location == "Room 1")
    fixture.calendar.beforeChanging { _ in }
    let occurrence = EventReference(event.id, OriginalStart("20260623T080000Z"))
    try await fixture.update(occurrence) { $0.title = "Special" }
    try await fixture.runAllJobs()
    let there = try #require(fixture.calendar.events["x-\(occurrence)"]?.content)
    #expect(there.title == "Special" && there.location == "Room 2")
    #expect(try await fixture.listed().allSatisfy { $0.location == "Room 2" })
  }

  @Test func `a value that another person restored is theirs`() async throws {
    let fixture = try await TestWorkspace()
    try await fixture.setStrategy(.providerWins)
    let event = try await fixture.made()
    try await fixture.update(event) { $0.title = "Second" }
    fixture.calendar.changeOutside(event.id) { $0.content.title = "Kick-off" }
    try await fixture.update(event) { $0.location = .set("Berlin") }
    let stored = try #require(try await fixture.stored(event.id))
    #expect(stored.title == "Kick-off" && stored.location == "Berlin")
    #expect(fixture.calendar.event(event.id)?.content.title == "Kick-off")
  }
}

/// A database that refuses one read when it is told to.
private final class MomentarilyAway: Database {
  private let base: any Database
  private let isRefusing = Mutex(false)
  private let refusals = Mutex(0)

  init(base: any Database) { self.base = base }

  var hasRefused: Bool { refusals.withLock { $0 > 0 } }
  func refuseNextRead() { isRefusing.withLock { $0 = true } }

  func read<T: Sendable>(
    _ workspace: Workspace.ID,
    _ body: @escaping @Sendable (any WorkspaceReader) throws -> T
  ) async throws -> T {
    let refuses = isRefusing.withLock { isRefusing in
      defer { isRefusing = false }
      return isRefusing
    }
    if refuses {
      refusals.withLock { $0 += 1 }
      throw StoreError.unavailable
    }
    return try await base.read(workspace, body)
  }

  func write<T: Sendable>(
    _ workspace: Workspace.ID,
    _ body: @escaping @Sendable (any WorkspaceTransaction) throws -> T
  ) async throws -> T { try await base.write(workspace, body) }

  func systemRead<T: Sendable>(
    _ body: @escaping @Sendable (any SystemReader) throws -> T
  ) async throws -> T { try await base.systemRead(body) }

  func system<T: Sendable>(
    _ body: @escaping @Sendable (any SystemTransaction) throws -> T
  ) async throws -> T { try await base.system(body) }
}
