import CalendarCore
@testable import CalendarService
import Foundation
import ICalendar
import TestSupport
import Testing

/// Other changes of an event while a change of it is being delivered, and is then accepted or refused.
@Suite(.timeLimit(.minutes(5))) struct ChangesMeanwhileTests {
  private func weekly(_ fixture: TestWorkspace) async throws -> CalendarEvent {
    try await fixture.made { $0.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=6"] }
  }

  private func occurrence(_ event: CalendarEvent, _ day: String) -> EventReference {
    EventReference(event.id, OriginalStart("\(day)T080000Z"))
  }

  private func settle(_ fixture: TestWorkspace) async throws {
    try await fixture.runAllJobs()
  }

  @Test func `a scheduled deletion is carried out although an edit in progress is refused`()
    async throws
  {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    fixture.calendar.beforeChanging { _ throws(ProviderError) in
      _ = try? await fixture.delete(event.reference, undoWindow: 5)
      throw .rejected(reason: "no")
    }
    await #expect(throws: ProviderRejection.self) { try await fixture.update(event) { $0.title = "Refused" } }
    #expect(try await fixture.listed().isEmpty)
    try await settle(fixture)
    #expect(fixture.calendar.deletions.count == 1 && fixture.calendar.events.isEmpty)
  }

  @Test(arguments: [RecurrenceScope.this, .all])
  func `a scheduled deletion in a series also survives a refused edit`(scope: RecurrenceScope) async throws {
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    let name = occurrence(event, "20260609")
    fixture.calendar.beforeChanging { _ throws(ProviderError) in
      _ = try? await fixture.delete(name, scope: scope, undoWindow: 5)
      throw .rejected(reason: "no")
    }
    await #expect(throws: ProviderRejection.self) {
      try await fixture.update(name) { ($0.title, $0.scope) = ("Refused", scope) }
    }
    try await settle(fixture)
    let left = scope == .this ? 5 : 0
    #expect(try await fixture.listed().map(\.title) == Array(repeating: "Kick-off", count: left))
    #expect(fixture.calendar.deletions.map(\.key) == ["x-\(scope == .this ? name : event.reference)"])
  }

  @Test(arguments: [false, true])
  func `what was deleted while its edit is refused to nobody stays deleted`(isSeries: Bool) async throws {
    let fixture = try await TestWorkspace()
    let event = isSeries ? try await weekly(fixture) : try await fixture.made()
    let edited = isSeries ? occurrence(event, "20260609") : event.reference
    fixture.calendar.beforeChanging { attempt throws(ProviderError) in
      guard attempt > 1 else { throw .unavailable(reason: "down") }
      // As deleting does, but for waiting until this edit is done.
      try? await fixture.database.write(fixture.workspace.id) { transaction in
        let target = try EventTarget.find(
          .init(event.id),
          occurrenceStart: nil,
          scope: .all,
          reader: transaction
        )
        var deletion = Deletion(
          transaction: transaction,
          calendars: CalendarProviderRegistry([fixture.calendar]),
          ids: .random,
          now: fixture.clock.now
        )
        try deletion.perform(on: target)
      }
      throw .rejected(reason: "no")
    }
    try await fixture.update(edited) { $0.title = "Waiting" }
    try await settle(fixture)
    #expect(try await fixture.listed().isEmpty)
    #expect(fixture.calendar.events["x-\(event.id)"] == nil)
  }

  @Test(arguments: [true, false])
  func `a link to a person added during a delivery leaves no delivery open`(isRefused: Bool)
    async throws
  {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    let person = Person(id: .init(UUID()), lastName: "Eve")
    try await fixture.database.write(fixture.workspace.id) { try $0.records.insert(person) }
    fixture.calendar.beforeChanging { _ throws(ProviderError) in
      _ = try? await fixture.update(event) { $0.linkedPersonIDs = [person.id] }
      if isRefused { throw .rejected(reason: "no") }
    }
    _ = try? await fixture.update(event) { $0.title = "New" }
    let stored = try #require(try await fixture.stored(event.id))
    #expect(stored.links.personIDs == [person.id] && stored.push.status == .synced)
    #expect(stored.title == (isRefused ? "Kick-off" : "New"))
  }

  @Test func `a meeting that waits without a job is delivered when a member asks for it`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    try await fixture.database.write(fixture.workspace.id) { transaction in
      guard var stored = try transaction.events.find(event.id) else { return }
      stored.title = "Stuck"
      stored.push.status = .pending
      try transaction.events.update(stored)
    }
    _ = try await fixture.useCases.events.retry(.init(event.id), caller: fixture.ada)
    #expect(fixture.calendar.event(event.id)?.content.title == "Stuck")
  }

  @Test(arguments: [false, true])
  func `a refused division leaves what differs from the series on both sides`(isOtherRule: Bool) async throws
  {
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    try await fixture.update(occurrence(event, "20260630")) { $0.title = "Own" }
    try await fixture.delete(occurrence(event, "20260707"))
    let before = try await fixture.listed().map { "\($0.reference) \($0.title)" }
    fixture.calendar.whenCreating { _, _ throws(ProviderError) in throw .rejected(reason: "No more series.") }
    await #expect(throws: ProviderRejection.self) {
      try await fixture.update(occurrence(event, "20260623")) {
        ($0.title, $0.scope) = ("Later", .thisAndFollowing)
        if isOtherRule { $0.recurrence = ["RRULE:FREQ=DAILY;COUNT=2"] }
      }
    }
    try await settle(fixture)
    #expect(try await fixture.listed().map { "\($0.reference) \($0.title)" } == before)
    #expect(fixture.calendar.event(event.id)?.content.recurrence == ["RRULE:FREQ=WEEKLY;COUNT=6"])
    #expect(fixture.calendar.events["x-\(occurrence(event, "20260630"))"]?.content.title == "Own")
    #expect(fixture.calendar.deletions.map(\.key).filter { $0.hasSuffix("20260707T080000Z") }.count == 2)
    #expect(try await fixture.listed().allSatisfy { $0.push.status == .synced })
  }

  @Test(arguments: [false, true])
  func `editing a meeting that was deleted in the calendar shows it as canceled`(isOccurrence: Bool)
    async throws
  {
    let fixture = try await TestWorkspace()
    let event = isOccurrence ? try await weekly(fixture) : try await fixture.made()
    let name = isOccurrence ? occurrence(event, "20260609") : event.reference
    if isOccurrence {
      fixture.calendar.beforeChanging { _ throws(ProviderError) in throw .gone }
    } else {
      fixture.calendar.deleteOutside(event.id)
    }
    await #expect(throws: ProviderRejection.self) { try await fixture.update(name) { $0.title = "Refused" } }
    let shown = try #require(try await fixture.listed().first { $0.reference == name })
    #expect(shown.isCanceled && shown.title == "Kick-off")
    await #expect(throws: PermissionDenial.canceled) {
      try await fixture.update(name) { $0.title = "Again" }
    }
    try await fixture.delete(name)
    #expect(try await fixture.listed().contains { $0.reference == name } == false)
    #expect(try await fixture.nextJob() == nil)
  }

  @Test func `no part of a series in conflict is deleted before a member has chosen`() async throws {
    let fixture = try await TestWorkspace()
    try await fixture.setStrategy(.manual)
    let event = try await weekly(fixture)
    fixture.calendar.changeOutside(event.id) { $0.content.title = "Theirs" }
    try await fixture.update(event) { $0.title = "Ours" }
    #expect(try await fixture.stored(event.id)?.push.status == .conflict)
    let name = occurrence(event, "20260616")
    await #expect(throws: PermissionDenial.undecided) {
      try await fixture.delete(name, scope: .thisAndFollowing)
    }
    try await fixture.delete(name, scope: .all)
    #expect(fixture.calendar.event(event.id) == nil)
  }
}
