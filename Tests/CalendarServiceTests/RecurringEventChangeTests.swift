import CalendarCore
import Foundation
import ICalendar
import JobQueue
import TestSupport
import Testing

@testable import CalendarService

/// Recurring meetings, through the use cases: Tuesdays at 10 in Berlin from 2 June 2026.
@Suite(.timeLimit(.minutes(5))) struct RecurringEventChangeTests {
  private func weekly(_ fixture: TestWorkspace, _ rule: String = "RRULE:FREQ=WEEKLY;COUNT=6") async throws
    -> CalendarEvent
  {
    try await fixture.made { $0.recurrence = [rule] }
  }

  private func starts(_ fixture: TestWorkspace, _ days: ClosedRange<Double> = 0...60) async throws -> [String]
  {
    try await fixture.listed(days).map { event in
      guard case .timed(let start, _) = event.timing else { return "\(event.timing)" }
      return "\(start.local.description.dropFirst(5).prefix(11)) \(event.title)"
    }
  }

  private func occurrence(_ event: CalendarEvent, _ day: String) -> EventReference {
    EventReference(event.id, OriginalStart("\(day)T080000Z"))
  }

  private func expectEqualSides(_ fixture: TestWorkspace) async throws {
    for event in try await fixture.listed() {
      let found = try await fixture.useCases.events.queries.event(event.reference, caller: fixture.ada)
      let stored = try #require(found).event
      #expect(stored.push.status == .synced, "\(event.reference)")
      let key = event.originalStart.map { "x-\(event.seriesID ?? event.id)_\($0)" } ?? "x-\(event.id)"
      if let there = fixture.calendar.events[key] { #expect(there.content == stored.content, "\(key)") }
    }
  }

  @Test func `occurrences are listed, each with a name that stays`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    #expect(
      try await starts(fixture) == [
        "06-02T10:00 Kick-off", "06-09T10:00 Kick-off", "06-16T10:00 Kick-off", "06-23T10:00 Kick-off",
        "06-30T10:00 Kick-off", "07-07T10:00 Kick-off",
      ]
    )
    let names = try await fixture.listed().map(\.reference)
    #expect(names[1] == (occurrence(event, "20260609")))
    for name in names {
      let found = try await fixture.useCases.events.queries.event(name, caller: fixture.ada)
      #expect(found?.event.reference == name)
    }
    let other = try #require(EventReference("\(event.id)_20260610T080000Z"))
    #expect(try await fixture.useCases.events.queries.event(other, caller: fixture.ada) == nil)
  }

  @Test func `pages of a list take up where the last one ended`() async throws {
    let fixture = try await TestWorkspace()
    _ = try await weekly(fixture, "RRULE:FREQ=DAILY")
    _ = try await fixture.made {
      ($0.title, $0.startsAt, $0.endsAt) = (
        "Single", TestWorkspace.june(4, "10:00"), TestWorkspace.june(4, "11:00")
      )
    }
    var (found, after): ([EventReference], EventCursor?) = ([], nil)
    repeat {
      let (page, hasMore) = try await fixture.useCases.events.queries.events(
        from: TestWorkspace.start,
        to: TestWorkspace.start.addingTimeInterval(100 * 86_400),
        in: .all,
        first: 7,
        after: after,
        caller: fixture.ada
      )
      found += page.events.map(\.event.reference)
      after = hasMore ? page.events.last.map { EventCursor(of: $0.event) } : nil
    } while after != nil
    #expect(found.count == 100 && Set(found).count == 100)
  }

  @Test func `a rule that the provider cannot hold is refused before anything is saved`() async throws {
    let fixture = try await TestWorkspace()
    fixture.calendar.refuseRecurrence("This calendar knows no such rule.")
    let refusal = await #expect(throws: InvalidInput.self) { try await weekly(fixture) }
    #expect(refusal?.message == "This calendar knows no such rule." && refusal?.field == "recurrence")
    #expect(try await fixture.eventCount() == 0 && fixture.calendar.drafts.isEmpty)
  }

  @Test func `one meeting is changed, and the others are not`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    let reference = occurrence(event, "20260609")
    let changed = try await fixture.update(reference) {
      ($0.title, $0.startsAt) = ("Long one", TestWorkspace.june(10, "14:00"))
    }
    #expect(changed == reference)
    #expect(
      try await starts(fixture, 0...20) == [
        "06-02T10:00 Kick-off", "06-10T14:00 Long one", "06-16T10:00 Kick-off",
      ]
    )
    #expect(fixture.calendar.changes.map(\.key) == ["x-\(reference)"])
    #expect(fixture.calendar.changes.map(\.fields) == [[.title, .timing]])
    try await expectEqualSides(fixture)
    // It keeps its name, and is changed again by it.
    try await fixture.update(reference) { $0.location = .set("Room 2") }
    #expect(fixture.calendar.changes.last?.fields == [.location])
  }

  @Test func `all meetings move, and exceptions keep what they have of their own`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    try await fixture.update(occurrence(event, "20260609")) { $0.title = "Own title" }
    try await fixture.update(occurrence(event, "20260616")) { $0.startsAt = TestWorkspace.june(16, "17:00") }
    let third = occurrence(event, "20260623")
    let moved = try await fixture.update(third) {
      ($0.startsAt, $0.scope, $0.location) = (TestWorkspace.june(24, "11:00"), .all, .set("Room 1"))
    }
    try await fixture.useCases.runner.runDueJobs()
    fixture.clock.advance(by: 10)
    try await fixture.useCases.runner.runDueJobs()
    #expect(
      try await starts(fixture) == [
        "06-03T11:00 Kick-off", "06-10T11:00 Own title", "06-16T17:00 Kick-off", "06-24T11:00 Kick-off",
        "07-01T11:00 Kick-off", "07-08T11:00 Kick-off",
      ]
    )
    #expect(try await fixture.listed().allSatisfy { $0.location == "Room 1" })
    #expect(moved == EventReference(event.id, OriginalStart("20260624T090000Z")))
    try await expectEqualSides(fixture)
  }

  @Test(arguments: [RecurrenceScope.all, .thisAndFollowing])
  func `an exception's own values do not spread to the series with another change`(
    scope: RecurrenceScope
  ) async throws {
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    try await fixture.update(occurrence(event, "20260616")) {
      ($0.startsAt, $0.endsAt, $0.location) = (
        TestWorkspace.june(17, "15:00"), TestWorkspace.june(17, "17:00"), .set("Own")
      )
    }
    let name = try await fixture.update(occurrence(event, "20260616")) {
      ($0.title, $0.scope) = ("New", scope)
    }
    let first = scope == .all ? "New" : "Kick-off"
    #expect(
      try await starts(fixture, 0...25) == [
        "06-02T10:00 \(first)", "06-09T10:00 \(first)", "06-17T15:00 New", "06-23T10:00 New",
      ]
    )
    #expect(try await fixture.listed(0...25).map(\.location) == [nil, nil, "Own", nil])
    // Another length alone is for all, from where each begins.
    try await fixture.update(name) { ($0.endsAt, $0.scope) = (TestWorkspace.june(17, "15:30"), .all) }
    let lengths = try await fixture.listed(20...25).map {
      $0.timing.endInstant(in: .utc).timeIntervalSince($0.timing.startInstant(in: .utc))
    }
    #expect(lengths == [1800])
    fixture.clock.advance(by: 10)
    try await fixture.useCases.runner.runDueJobs()
    try await expectEqualSides(fixture)
  }

  @Test func `an occurrence of what happens once is not there`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    await #expect(throws: AccessError.self) {
      try await fixture.update(event) {
        ($0.title, $0.occurrenceStart) = ("No", TestWorkspace.june(9, "10:00"))
      }
    }
    try await fixture.update(event) {
      ($0.title, $0.occurrenceStart) = ("Yes", TestWorkspace.june(2, "10:00"))
    }
    #expect(try await fixture.stored(event.id)?.title == "Yes")
  }

  @Test func `this and following becomes a series of its own`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    try await fixture.update(occurrence(event, "20260609")) { $0.title = "Before" }
    try await fixture.update(occurrence(event, "20260630")) { $0.title = "After" }
    let second = try await fixture.update(occurrence(event, "20260623")) {
      ($0.title, $0.startsAt, $0.scope) = ("Later", TestWorkspace.june(23, "15:00"), .thisAndFollowing)
    }
    fixture.clock.advance(by: 10)
    try await fixture.useCases.runner.runDueJobs()
    #expect(
      try await starts(fixture) == [
        "06-02T10:00 Kick-off", "06-09T10:00 Before", "06-16T10:00 Kick-off", "06-23T15:00 Later",
        "06-30T15:00 After", "07-07T15:00 Later",
      ]
    )
    #expect(second.eventID != event.id)
    let (first, rest) = (try await fixture.stored(event.id), try await fixture.stored(second.eventID))
    #expect(
      first?.recurrence == ["RRULE:FREQ=WEEKLY;COUNT=3"] && rest?.recurrence == ["RRULE:FREQ=WEEKLY;COUNT=3"]
    )
    #expect(first?.iCalUID != rest?.iCalUID)
    #expect(fixture.calendar.eventCount == 2)
    try await expectEqualSides(fixture)
  }

  @Test func `a division that the provider refuses leaves everything as it was`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    try await fixture.update(occurrence(event, "20260630")) { $0.title = "After" }
    let before = try await starts(fixture)
    fixture.calendar.whenCreating { _, _ throws(ProviderError) in throw .rejected(reason: "No more series.") }
    await #expect(throws: ProviderRejection.self) {
      try await fixture.update(occurrence(event, "20260623")) {
        ($0.title, $0.scope) = ("Later", .thisAndFollowing)
      }
    }
    fixture.clock.advance(by: 10)
    try await fixture.useCases.runner.runDueJobs()
    #expect(try await starts(fixture) == before)
    #expect(fixture.calendar.event(event.id)?.content.recurrence == ["RRULE:FREQ=WEEKLY;COUNT=6"])
    try await expectEqualSides(fixture)
    #expect(try await fixture.nextJob() == nil)
  }

  @Test func `summer ends, and the meeting stays at ten`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture, "RRULE:FREQ=WEEKLY")
    let reference = EventReference(event.id, OriginalStart("20261027T090000Z"))
    let found = try #require(try await fixture.useCases.events.queries.event(reference, caller: fixture.ada))
    guard case .timed(let start, _) = found.event.timing else { throw StoreError.inconsistent }
    #expect(start.rfc3339 == "2026-10-27T10:00:00+01:00")
    try await fixture.update(reference) {
      ($0.startsAt, $0.scope) = (
        TestWorkspace.written(ZonedDateTime("2026-10-27T09:00:00+01:00[Europe/Berlin]")), .all
      )
    }
    #expect(try await starts(fixture, 0...9) == ["06-02T09:00 Kick-off", "06-09T09:00 Kick-off"])
  }

  @Test func `one meeting is deleted, and can be taken back, another after it too`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    let (second, third) = (occurrence(event, "20260609"), occurrence(event, "20260616"))
    try await fixture.delete(second, undoWindow: 8)
    try await fixture.delete(third, undoWindow: 8)
    #expect(try await starts(fixture, 0...25).count == 2)
    #expect(try await fixture.useCases.events.queries.event(second, caller: fixture.ada) == nil)
    _ = try await fixture.useCases.events.undoDeletion(second, caller: fixture.ada)
    #expect(try await fixture.listed(0...25).map(\.reference).contains(second))
    fixture.clock.advance(by: 9)
    try await fixture.useCases.runner.runDueJobs()
    #expect(fixture.calendar.deletions.map(\.key) == ["x-\(third)"])
    #expect(
      try await starts(fixture, 0...25) == [
        "06-02T10:00 Kick-off", "06-09T10:00 Kick-off", "06-23T10:00 Kick-off",
      ]
    )
    // It stays deleted when all are changed.
    try await fixture.update(event) { $0.title = "New" }
    #expect(try await starts(fixture, 0...25) == ["06-02T10:00 New", "06-09T10:00 New", "06-23T10:00 New"])
  }

  @Test(arguments: [0, 8])
  func `this and following are deleted`(undoWindow: Int) async throws {
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    try await fixture.update(occurrence(event, "20260630")) { $0.title = "Goes too" }
    let third = occurrence(event, "20260616")
    try await fixture.delete(third, scope: .thisAndFollowing, undoWindow: undoWindow)
    #expect(try await starts(fixture) == ["06-02T10:00 Kick-off", "06-09T10:00 Kick-off"])
    if undoWindow > 0 {
      _ = try await fixture.useCases.events.undoDeletion(third, caller: fixture.ada)
      #expect(try await starts(fixture).count == 6)
      try await fixture.delete(third, scope: .thisAndFollowing, undoWindow: undoWindow)
    }
    fixture.clock.advance(by: 9)
    try await fixture.useCases.runner.runDueJobs()
    #expect(try await starts(fixture) == ["06-02T10:00 Kick-off", "06-09T10:00 Kick-off"])
    #expect(fixture.calendar.event(event.id)?.content.recurrence == ["RRULE:FREQ=WEEKLY;COUNT=2"])
    #expect(fixture.calendar.deletions.isEmpty)
    #expect(try await fixture.nextJob() == nil)
  }

  @Test func `a deletion that is put off is done before more of the series is changed`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    try await fixture.delete(occurrence(event, "20260623"), scope: .thisAndFollowing, undoWindow: 20)
    try await fixture.update(occurrence(event, "20260609")) { ($0.title, $0.scope) = ("All", .all) }
    #expect(try await starts(fixture) == ["06-02T10:00 All", "06-09T10:00 All", "06-16T10:00 All"])
    try await fixture.delete(occurrence(event, "20260609"), scope: .thisAndFollowing, undoWindow: 20)
    try await fixture.delete(event.reference, undoWindow: 20)
    _ = try await fixture.useCases.events.undoDeletion(.init(event.id), caller: fixture.ada)
    #expect(try await starts(fixture) == ["06-02T10:00 All"])
    fixture.clock.advance(by: 30)
    try await fixture.useCases.runner.runDueJobs()
    #expect(try await fixture.nextJob() == nil)
    try await expectEqualSides(fixture)
  }

  @Test func `what is deleted from a meeting on may begin with one that is deleted already`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    try await fixture.delete(occurrence(event, "20260616"), scope: .thisAndFollowing, undoWindow: 8)
    let third = OriginalStart("20260616T080000Z")
    try await fixture.database.write(fixture.workspace.id) { transaction in
      guard var exception = try transaction.events.find(event.id) else { return }
      exception.id = .init(UUID())
      exception.seriesID = event.id
      exception.originalStart = third
      exception.recurrence = []
      exception.deletedAt = TestWorkspace.start
      exception.pendingDeletion = nil
      try transaction.events.insert(exception, idempotencyKey: nil, fingerprint: nil)
    }
    fixture.clock.advance(by: 9)
    try await fixture.useCases.runner.runDueJobs()
    #expect(try await starts(fixture) == ["06-02T10:00 Kick-off", "06-09T10:00 Kick-off"])
    #expect(try await fixture.nextJob() == nil)
  }

  @Test(arguments: [0, 8])
  func `all are deleted with one word to the guests`(undoWindow: Int) async throws {
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    try await fixture.update(occurrence(event, "20260630")) { $0.title = "Goes too" }
    try await fixture.delete(occurrence(event, "20260616"), scope: .all, undoWindow: undoWindow)
    #expect(try await starts(fixture) == [])
    if undoWindow > 0 {
      _ = try await fixture.useCases.events.undoDeletion(.init(event.id), caller: fixture.ada)
      #expect(try await starts(fixture).count == 6)
      try await fixture.delete(event.reference, undoWindow: undoWindow)
    }
    fixture.clock.advance(by: 9)
    try await fixture.useCases.runner.runDueJobs()
    #expect(try await starts(fixture) == [])
    #expect(fixture.calendar.deletions.map(\.key) == ["x-\(event.id)"])
    #expect(try await fixture.nextJob() == nil)
  }

  @Test func `a past meeting of a series stays as it was, the series can be changed`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    fixture.clock.advance(by: 10 * 86_400)
    let past = occurrence(event, "20260602")
    await #expect(throws: PermissionDenial.over) { try await fixture.update(past) { $0.title = "No" } }
    try await fixture.update(occurrence(event, "20260616")) { $0.title = "Yes" }
    fixture.clock.advance(by: 60 * 86_400)
    await #expect(throws: PermissionDenial.over) { try await fixture.update(event) { $0.title = "No" } }
  }

  @Test func `a series becomes a single meeting, and a single meeting a series`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    try await fixture.update(occurrence(event, "20260609")) { $0.title = "Goes" }
    try await fixture.update(event) { $0.recurrence = [] }
    #expect(try await starts(fixture) == ["06-02T10:00 Kick-off"])
    try await fixture.update(event) { $0.recurrence = ["RRULE:FREQ=DAILY;COUNT=2"] }
    #expect(try await starts(fixture) == ["06-02T10:00 Kick-off", "06-03T10:00 Kick-off"])
    #expect(fixture.calendar.event(event.id)?.content.recurrence == ["RRULE:FREQ=DAILY;COUNT=2"])
  }

  @Test func `a series whose recurrence is removed from one meeting on ends with it`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    let single = try await fixture.update(occurrence(event, "20260616")) {
      ($0.recurrence, $0.scope) = ([], .thisAndFollowing)
    }
    #expect(
      try await starts(fixture) == ["06-02T10:00 Kick-off", "06-09T10:00 Kick-off", "06-16T10:00 Kick-off"]
    )
    let stored = try #require(try await fixture.stored(single.eventID))
    #expect(stored.recurrence == [] && single == stored.reference)
    fixture.clock.advance(by: 10)
    try await fixture.useCases.runner.runDueJobs()
    try await expectEqualSides(fixture)
    try await fixture.update(occurrence(event, "20260609")) { ($0.recurrence, $0.scope) = ([], .all) }
    #expect(try await starts(fixture) == ["06-02T10:00 Kick-off", "06-16T10:00 Kick-off"])
  }

  @Test func `other rules given with one meeting are for the scope that was named`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    try await fixture.update(occurrence(event, "20260609")) {
      ($0.recurrence, $0.scope) = (["RRULE:FREQ=WEEKLY;COUNT=2"], .all)
    }
    #expect(try await starts(fixture) == ["06-02T10:00 Kick-off", "06-09T10:00 Kick-off"])
  }

  @Test func `an occurrence canceled in the calendar does not hold up a change of the others`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    try await fixture.update(occurrence(event, "20260609")) { $0.title = "Own" }
    fixture.calendar.deleteOutside(occurrence(event, "20260609"))
    try await fixture.update(event) { $0.location = .set("Room 1") }
    #expect(fixture.calendar.event(event.id)?.content.location == "Room 1")
    #expect(try await starts(fixture, 0...16) == ["06-02T10:00 Kick-off", "06-16T10:00 Kick-off"])
    #expect(try await fixture.nextJob() == nil)
  }

  @Test func `an occurrence that differs gets the link of its series, or one of its own`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made {
      ($0.recurrence, $0.conferenceProviderID) = (["RRULE:FREQ=WEEKLY;COUNT=4"], FakeMeet.id)
    }
    try await fixture.update(occurrence(event, "20260609")) { $0.title = "Own" }
    fixture.calendar.changeOutside(event.id) {
      $0.conference = .success(Conference(link: "https://meet.example/all"))
    }
    try await fixture.runAllJobs()
    #expect(
      try await fixture.listed(0...16).map(\.conference.link)
        == Array(repeating: "https://meet.example/all", count: 3)
    )
    #expect(try await fixture.listed(0...16).map(\.conference.status) == [.success, .success, .success])
  }

  @Test func `an exception waits for its series`() async throws {
    let fixture = try await TestWorkspace()
    fixture.calendar.whenCreating { draft, attempt throws(ProviderError) in
      if attempt == 1 { throw .unavailable(reason: "down") }
      return FakeCalendar.made(draft)
    }
    let event = try await weekly(fixture)
    try await fixture.update(occurrence(event, "20260609")) { $0.title = "Early" }
    #expect(fixture.calendar.changes.isEmpty)
    fixture.clock.advance(by: 30)
    try await fixture.useCases.runner.runDueJobs()
    fixture.clock.advance(by: 30)
    try await fixture.useCases.runner.runDueJobs()
    #expect(fixture.calendar.changes.map(\.fields) == [[.title]])
    try await expectEqualSides(fixture)
  }

  @Test func `the scope must say which meeting`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    await #expect(throws: InvalidInput.self) {
      try await fixture.update(event) { ($0.title, $0.scope) = ("x", .this) }
    }
    try await fixture.update(event) {
      ($0.title, $0.scope, $0.occurrenceStart) = ("By start", .this, TestWorkspace.june(9, "10:00"))
    }
    #expect(try await starts(fixture, 0...10) == ["06-02T10:00 Kick-off", "06-09T10:00 By start"])
    await #expect(throws: AccessError.self) {
      try await fixture.update(event) {
        ($0.title, $0.occurrenceStart) = ("x", TestWorkspace.june(10, "10:00"))
      }
    }
    await #expect(throws: InvalidInput.self) {
      try await fixture.update(occurrence(event, "20260616")) { $0.recurrence = ["RRULE:FREQ=DAILY"] }
    }
  }
}
