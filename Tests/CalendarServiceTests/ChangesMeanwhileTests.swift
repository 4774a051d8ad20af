import CalendarCore
@testable import CalendarService
import Foundation
import ICalendar
import TestSupport
import Testing

/// What else happens to an event while a change of it is on its way, and is then refused or not.
@Suite(.timeLimit(.minutes(5))) struct ChangesMeanwhileTests {
  private func weekly(_ world: World) async throws -> CalendarEvent {
    try await world.made { $0.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=6"] }
  }

  private func occurrence(_ event: CalendarEvent, _ day: String) -> EventReference {
    EventReference(event.id, OriginalStart("\(day)T080000Z"))
  }

  private func settle(_ world: World) async throws {
    try await world.runAllJobs()
  }

  @Test func `a put off deletion is carried out although an edit of the meeting was refused meanwhile`()
    async throws
  {
    let world = try await World()
    let event = try await world.made()
    world.calendar.beforeChanging { _ throws(ProviderError) in
      _ = try? await world.delete(event.reference, undoWindow: 5)
      throw .rejected(reason: "no")
    }
    await #expect(throws: ProviderRejection.self) { try await world.update(event) { $0.title = "Refused" } }
    #expect(try await world.listed().isEmpty)
    try await settle(world)
    #expect(world.calendar.deletions.count == 1 && world.calendar.events.isEmpty)
  }

  @Test(arguments: [RecurrenceScope.this, .all])
  func `likewise for a series and for one of its occurrences`(scope: RecurrenceScope) async throws {
    let world = try await World()
    let event = try await weekly(world)
    let name = occurrence(event, "20260609")
    world.calendar.beforeChanging { _ throws(ProviderError) in
      _ = try? await world.delete(name, scope: scope, undoWindow: 5)
      throw .rejected(reason: "no")
    }
    await #expect(throws: ProviderRejection.self) {
      try await world.update(name) { ($0.title, $0.scope) = ("Refused", scope) }
    }
    try await settle(world)
    let left = scope == .this ? 5 : 0
    #expect(try await world.listed().map(\.title) == Array(repeating: "Kick-off", count: left))
    #expect(world.calendar.deletions.map(\.key) == ["x-\(scope == .this ? name : event.reference)"])
  }

  @Test(arguments: [false, true])
  func `what was deleted while its edit is refused to nobody stays deleted`(isSeries: Bool) async throws {
    let world = try await World()
    let event = isSeries ? try await weekly(world) : try await world.made()
    let edited = isSeries ? occurrence(event, "20260609") : event.reference
    world.calendar.beforeChanging { attempt throws(ProviderError) in
      guard attempt > 1 else { throw .unavailable(reason: "down") }
      // As deleting does, but for waiting until this edit is done.
      try? await world.database.write(world.workspace.id) { transaction in
        let target = try EventTarget.find(
          .init(event.id),
          occurrenceStart: nil,
          scope: .all,
          reader: transaction
        )
        var deletion = Deletion(
          transaction: transaction,
          calendars: CalendarProviderRegistry([world.calendar]),
          ids: .random,
          now: world.clock.now
        )
        try deletion.carryOut(on: target)
      }
      throw .rejected(reason: "no")
    }
    try await world.update(edited) { $0.title = "Waiting" }
    try await settle(world)
    #expect(try await world.listed().isEmpty)
    #expect(world.calendar.events["x-\(event.id)"] == nil)
  }

  @Test(arguments: [true, false])
  func `a link to a person that is made meanwhile leaves no delivery open`(isRefused: Bool) async throws {
    let world = try await World()
    let event = try await world.made()
    let person = Person(id: .init(UUID()), lastName: "Eve")
    try await world.database.write(world.workspace.id) { try $0.records.insert(person) }
    world.calendar.beforeChanging { _ throws(ProviderError) in
      _ = try? await world.update(event) { $0.linkedPersonIDs = [person.id] }
      if isRefused { throw .rejected(reason: "no") }
    }
    _ = try? await world.update(event) { $0.title = "New" }
    let stored = try #require(try await world.stored(event.id))
    #expect(stored.links.personIDs == [person.id] && stored.push.status == .synced)
    #expect(stored.title == (isRefused ? "Kick-off" : "New"))
  }

  @Test func `a meeting that waits without a job is delivered when somebody asks for it`() async throws {
    let world = try await World()
    let event = try await world.made()
    try await world.database.write(world.workspace.id) { transaction in
      guard var stored = try transaction.events.find(event.id) else { return }
      stored.title = "Stuck"
      stored.push.status = .pending
      try transaction.events.update(stored)
    }
    _ = try await world.useCases.events.retry(.init(event.id), caller: world.ada)
    #expect(world.calendar.event(event.id)?.content.title == "Stuck")
  }

  @Test(arguments: [false, true])
  func `a refused division leaves what differs from the series on both sides`(isOtherRule: Bool) async throws
  {
    let world = try await World()
    let event = try await weekly(world)
    try await world.update(occurrence(event, "20260630")) { $0.title = "Own" }
    try await world.delete(occurrence(event, "20260707"))
    let before = try await world.listed().map { "\($0.reference) \($0.title)" }
    world.calendar.whenCreating { _, _ throws(ProviderError) in throw .rejected(reason: "No more series.") }
    await #expect(throws: ProviderRejection.self) {
      try await world.update(occurrence(event, "20260623")) {
        ($0.title, $0.scope) = ("Later", .thisAndFollowing)
        if isOtherRule { $0.recurrence = ["RRULE:FREQ=DAILY;COUNT=2"] }
      }
    }
    try await settle(world)
    #expect(try await world.listed().map { "\($0.reference) \($0.title)" } == before)
    #expect(world.calendar.event(event.id)?.content.recurrence == ["RRULE:FREQ=WEEKLY;COUNT=6"])
    #expect(world.calendar.events["x-\(occurrence(event, "20260630"))"]?.content.title == "Own")
    #expect(world.calendar.deletions.map(\.key).filter { $0.hasSuffix("20260707T080000Z") }.count == 2)
    #expect(try await world.listed().allSatisfy { $0.push.status == .synced })
  }

  @Test(arguments: [false, true])
  func `an edit of what was deleted in the calendar shows it as called off`(isOccurrence: Bool) async throws {
    let world = try await World()
    let event = isOccurrence ? try await weekly(world) : try await world.made()
    let name = isOccurrence ? occurrence(event, "20260609") : event.reference
    if isOccurrence {
      world.calendar.beforeChanging { _ throws(ProviderError) in throw .gone }
    } else {
      world.calendar.deleteOutside(event.id)
    }
    await #expect(throws: ProviderRejection.self) { try await world.update(name) { $0.title = "Refused" } }
    let shown = try #require(try await world.listed().first { $0.reference == name })
    #expect(shown.isCanceled && shown.title == "Kick-off")
    await #expect(throws: PermissionDenial.calledOff) { try await world.update(name) { $0.title = "Again" } }
    try await world.delete(name)
    #expect(try await world.listed().contains { $0.reference == name } == false)
    #expect(try await world.nextJob() == nil)
  }

  @Test func `of a series in conflict no part is deleted before somebody has chosen`() async throws {
    let world = try await World()
    try await world.setStrategy(.manual)
    let event = try await weekly(world)
    world.calendar.changeOutside(event.id) { $0.content.title = "Theirs" }
    try await world.update(event) { $0.title = "Ours" }
    #expect(try await world.stored(event.id)?.push.status == .conflict)
    let name = occurrence(event, "20260616")
    await #expect(throws: PermissionDenial.undecided) {
      try await world.delete(name, scope: .thisAndFollowing)
    }
    try await world.delete(name, scope: .all)
    #expect(world.calendar.event(event.id) == nil)
  }
}
