import CalendarCore
@testable import CalendarService
import Foundation
import ICalendar
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct ConflictTests {
  /// Both sides give the meeting another title; the guest adds a place besides.
  ///
  /// Ours is written at 8:00.
  private func quarrel(
    _ strategy: ConflictResolutionStrategy,
    theirsAt minutes: Double?
  ) async throws -> (fixture: TestWorkspace, event: CalendarEvent) {
    let fixture = try await TestWorkspace()
    try await fixture.setStrategy(strategy)
    let event = try await fixture.made()
    fixture.calendar.changeOutside(
      event.id,
      at: minutes.map { TestWorkspace.start.addingTimeInterval($0 * 60) }
    ) {
      ($0.content.title, $0.content.location) = ("Theirs", "Their room")
    }
    try await fixture.update(event) { ($0.title, $0.details) = ("Mine", .set("My notes")) }
    return (fixture, event)
  }

  @Test(arguments: [
    (ConflictResolutionStrategy.crmWins, 5.0, "Mine"), (.providerWins, -5, "Theirs"), (.merge, -5, "Mine"),
    (.merge, 5, "Theirs"), (.lastWriteWins, -5, "Mine"), (.lastWriteWins, 5, "Theirs"),
  ])
  func `the strategy decides about what both changed, and about nothing else`(
    strategy: ConflictResolutionStrategy,
    theirsAt: Double,
    title: String
  ) async throws {
    let (fixture, event) = try await quarrel(strategy, theirsAt: theirsAt)
    let there = try #require(fixture.calendar.event(event.id)).content
    #expect(there.title == title && there.location == "Their room" && there.details == "My notes")
    let stored = try #require(try await fixture.stored(event.id))
    #expect(stored.content == there && stored.push.status == .synced)
  }

  @Test func `with MANUAL a member is asked, and until then nothing is overwritten`() async throws {
    let (fixture, event) = try await quarrel(.manual, theirsAt: 5)
    let stored = try #require(try await fixture.stored(event.id))
    #expect(stored.push.status == .conflict && stored.title == "Mine")
    #expect(stored.conflict?.fields == [.title] && stored.conflict?.theirs.content.title == "Theirs")
    #expect(fixture.calendar.changes.isEmpty)
    #expect(try await fixture.nextJob() == nil)
    await #expect(throws: PermissionDenial.undecided) {
      try await fixture.update(event) { $0.title = "More" }
    }
  }

  @Test(arguments: [(true, "Mine"), (false, "Theirs")])
  func `what was chosen is on both sides, with what each side changed alone`(
    keepsMine: Bool,
    title: String
  ) async throws {
    let (fixture, event) = try await quarrel(.manual, theirsAt: 5)
    _ = try await fixture.useCases.events.resolveConflict(
      .init(event.id),
      keepCRM: keepsMine,
      caller: fixture.ada
    )
    let there = try #require(fixture.calendar.event(event.id)).content
    #expect(there.title == title && there.location == "Their room" && there.details == "My notes")
    let stored = try #require(try await fixture.stored(event.id))
    #expect(stored.content == there && stored.push.status == .synced && stored.conflict == nil)
    await #expect(throws: NoConflict.self) {
      try await fixture.useCases.events.resolveConflict(
        .init(event.id),
        keepCRM: keepsMine,
        caller: fixture.ada
      )
    }
  }

  @Test func `what changed there since the choice was shown is not overwritten by it`() async throws {
    let (fixture, event) = try await quarrel(.manual, theirsAt: 5)
    fixture.calendar.changeOutside(event.id) { $0.content.title = "Theirs, again" }
    _ = try await fixture.useCases.events.resolveConflict(.init(event.id), keepCRM: true, caller: fixture.ada)
    let stored = try #require(try await fixture.stored(event.id))
    #expect(stored.push.status == .conflict && stored.conflict?.theirs.content.title == "Theirs, again")
    #expect(fixture.calendar.event(event.id)?.content.title == "Theirs, again")
  }

  @Test func `when the meeting is over, what the calendar has can still be taken`() async throws {
    let (fixture, event) = try await quarrel(.manual, theirsAt: 5)
    fixture.clock.advance(by: 3 * 86_400)
    await #expect(throws: PermissionDenial.over) {
      try await fixture.useCases.events.resolveConflict(.init(event.id), keepCRM: true, caller: fixture.ada)
    }
    _ = try await fixture.useCases.events.resolveConflict(
      .init(event.id),
      keepCRM: false,
      caller: fixture.ada
    )
    let stored = try #require(try await fixture.stored(event.id))
    #expect(stored.push.status == .synced && stored.title == "Theirs")
    #expect(fixture.calendar.changes.isEmpty)
  }

  @Test func `only who may change the meeting may choose`() async throws {
    let (fixture, event) = try await quarrel(.manual, theirsAt: 5)
    await #expect(throws: PermissionDenial.notOwn) {
      try await fixture.useCases.events.resolveConflict(.init(event.id), keepCRM: true, caller: fixture.ben)
    }
  }

  @Test func `a meeting in conflict may be deleted`() async throws {
    let (fixture, event) = try await quarrel(.manual, theirsAt: 5)
    try await fixture.delete(event.reference)
    #expect(fixture.calendar.event(event.id) == nil)
  }

  @Test func `a member who had an older version keeps what others changed since`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    try await fixture.update(event) { $0.location = .set("Berlin") }
    try await fixture.update(event) {
      ($0.title, $0.location, $0.expectedVersion) = ("New", .set(nil), event.version)
    }
    let stored = try #require(try await fixture.stored(event.id))
    #expect(stored.title == "New" && stored.location == "Berlin")
  }

  @Test func `of two members who change the same the last one is right, or with MANUAL has to choose`()
    async throws
  {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    try await fixture.update(event) { $0.title = "First" }
    try await fixture.update(event) { ($0.title, $0.expectedVersion) = ("Second", event.version) }
    #expect(try await fixture.stored(event.id)?.title == "Second")
    try await fixture.setStrategy(.manual)
    await #expect(throws: EditConflict(fields: [.title])) {
      try await fixture.update(event) { ($0.title, $0.expectedVersion) = ("Third", event.version) }
    }
    #expect(try await fixture.stored(event.id)?.title == "Second")
  }

  @Test(arguments: [0, 99])
  func `a version that never was is refused`(version: Int) async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    await #expect(throws: InvalidInput.self) {
      try await fixture.update(event) { ($0.title, $0.expectedVersion) = ("New", version) }
    }
  }
}
