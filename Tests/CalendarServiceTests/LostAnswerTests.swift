import CalendarCore
@testable import CalendarService
import Foundation
import ICalendar
import Testing

/// What a member changes after an answer was lost is not taken for somebody else's change, nor lost.
@Suite(.timeLimit(.minutes(5))) struct LostAnswerTests {
  @Test func `an edit of a meeting whose making was never answered arrives`() async throws {
    let world = try await World()
    world.calendar.loseNextAnswer()
    let event = try await world.made()
    #expect(event.push.status == .pending)
    try await world.update(event) { $0.title = "Better title" }
    try await world.runAllJobs()
    #expect(world.calendar.event(event.id)?.content.title == "Better title")
    let stored = try #require(try await world.stored(event.id))
    #expect(stored.title == "Better title" && stored.push.status == .synced)
    #expect(world.calendar.eventCount == 1)
  }

  @Test func `what others changed of it meanwhile is kept besides`() async throws {
    let world = try await World()
    world.calendar.loseNextAnswer()
    let event = try await world.made()
    world.calendar.changeOutside(event.id) { $0.content.location = "Their room" }
    try await world.update(event) { $0.title = "Better title" }
    try await world.runAllJobs()
    let there = try #require(world.calendar.event(event.id)).content
    #expect(there.title == "Better title" && there.location == "Their room")
    #expect(try await world.stored(event.id)?.content == there)
  }

  @Test(arguments: ConflictResolutionStrategy.allCases)
  func `the next edit does not quarrel with an edit that was never answered`(
    strategy: ConflictResolutionStrategy
  ) async throws {
    let world = try await World()
    try await world.setStrategy(strategy)
    let event = try await world.made()
    world.calendar.loseNextAnswer()
    try await world.update(event) { $0.title = "First" }
    #expect(world.calendar.event(event.id)?.content.title == "First")
    try await world.update(event) { $0.title = "Second" }
    #expect(world.calendar.event(event.id)?.content.title == "Second")
    let stored = try #require(try await world.stored(event.id))
    #expect(stored.title == "Second" && stored.push.status == .synced)
  }

  @Test
  func `whoever takes theirs does not lose what was changed here after an edit that was never answered`()
    async throws
  {
    let world = try await World()
    try await world.setStrategy(.manual)
    let event = try await world.made()
    world.calendar.loseNextAnswer()
    try await world.update(event) { $0.title = "First" }
    world.calendar.changeOutside(event.id) { $0.content.location = "Their room" }
    try await world.update(event) { ($0.title, $0.location) = ("Second", .set("Our room")) }
    #expect(try await world.stored(event.id)?.conflict?.fields == [.location])
    _ = try await world.useCases.events.resolveConflict(.init(event.id), keepCRM: false, caller: world.ada)
    let there = try #require(world.calendar.event(event.id)).content
    #expect(there.title == "Second" && there.location == "Their room")
    #expect(try await world.stored(event.id)?.content == there)
  }

  @Test func `an edit that was never answered can be taken back`() async throws {
    let world = try await World()
    let event = try await world.made()
    world.calendar.loseNextAnswer()
    try await world.update(event) { $0.attendees = [] }
    try await world.update(event) { $0.attendees = [.init(email: "guest@example.com")] }
    #expect(world.calendar.event(event.id)?.content.attendees.map(\.handle.rawValue) == ["guest@example.com"])
  }

  @Test func `a value that somebody else put back is theirs`() async throws {
    let world = try await World()
    try await world.setStrategy(.providerWins)
    let event = try await world.made()
    try await world.update(event) { $0.title = "Second" }
    world.calendar.changeOutside(event.id) { $0.content.title = "Kick-off" }
    try await world.update(event) { $0.location = .set("Berlin") }
    let stored = try #require(try await world.stored(event.id))
    #expect(stored.title == "Kick-off" && stored.location == "Berlin")
    #expect(world.calendar.event(event.id)?.content.title == "Kick-off")
  }
}
