import CalendarCore
import Foundation
import ICalendar
import JobQueue
import TestSupport
import Testing

@testable import CalendarService

/// Recurring meetings, through the use cases: Tuesdays at 10 in Berlin from 2 June 2026.
@Suite(.timeLimit(.minutes(5))) struct RecurringEventChangeTests {
  private func weekly(_ world: World, _ rule: String = "RRULE:FREQ=WEEKLY;COUNT=6") async throws
    -> CalendarEvent
  {
    try await world.made { $0.recurrence = [rule] }
  }

  private func starts(_ world: World, _ days: ClosedRange<Double> = 0...60) async throws -> [String] {
    try await world.listed(days).map { event in
      guard case .timed(let start, _) = event.timing else { return "\(event.timing)" }
      return "\(start.local.description.dropFirst(5).prefix(11)) \(event.title)"
    }
  }

  private func occurrence(_ event: CalendarEvent, _ day: String) -> EventReference {
    EventReference(event.id, OriginalStart("\(day)T080000Z"))
  }

  private func expectEqualSides(_ world: World) async throws {
    for event in try await world.listed() {
      let found = try await world.useCases.events.queries.event(event.reference, caller: world.ada)
      let stored = try #require(found).event
      #expect(stored.push.status == .synced, "\(event.reference)")
      let key = event.originalStart.map { "x-\(event.seriesID ?? event.id)_\($0)" } ?? "x-\(event.id)"
      if let there = world.calendar.events[key] { #expect(there.content == stored.content, "\(key)") }
    }
  }

  @Test func `occurrences are listed, each with a name that stays`() async throws {
    let world = try await World()
    let event = try await weekly(world)
    #expect(
      try await starts(world) == [
        "06-02T10:00 Kick-off", "06-09T10:00 Kick-off", "06-16T10:00 Kick-off", "06-23T10:00 Kick-off",
        "06-30T10:00 Kick-off", "07-07T10:00 Kick-off",
      ]
    )
    let names = try await world.listed().map(\.reference)
    #expect(names[1] == (occurrence(event, "20260609")))
    for name in names {
      let found = try await world.useCases.events.queries.event(name, caller: world.ada)
      #expect(found?.event.reference == name)
    }
    let other = try #require(EventReference("\(event.id)_20260610T080000Z"))
    #expect(try await world.useCases.events.queries.event(other, caller: world.ada) == nil)
  }

  @Test func `pages of a list take up where the last one ended`() async throws {
    let world = try await World()
    _ = try await weekly(world, "RRULE:FREQ=DAILY")
    _ = try await world.made {
      ($0.title, $0.startsAt, $0.endsAt) = ("Single", World.june(4, "10:00"), World.june(4, "11:00"))
    }
    var (found, after): ([EventReference], EventCursor?) = ([], nil)
    repeat {
      let (page, hasMore) = try await world.useCases.events.queries.events(
        from: World.start,
        to: World.start.addingTimeInterval(100 * 86_400),
        in: .all,
        first: 7,
        after: after,
        caller: world.ada
      )
      found += page.events.map(\.event.reference)
      after = hasMore ? page.events.last.map { EventCursor(of: $0.event) } : nil
    } while after != nil
    #expect(found.count == 100 && Set(found).count == 100)
  }

  @Test func `a rule that the provider cannot hold is refused before anything is saved`() async throws {
    let world = try await World()
    world.calendar.refuseRecurrence("This calendar knows no such rule.")
    let refusal = await #expect(throws: InvalidInput.self) { try await weekly(world) }
    #expect(refusal?.message == "This calendar knows no such rule." && refusal?.field == "recurrence")
    #expect(try await world.eventCount() == 0 && world.calendar.drafts.isEmpty)
  }

  @Test func `one meeting is changed, and the others are not`() async throws {
    let world = try await World()
    let event = try await weekly(world)
    let reference = occurrence(event, "20260609")
    let changed = try await world.update(reference) {
      ($0.title, $0.startsAt) = ("Long one", World.june(10, "14:00"))
    }
    #expect(changed == reference)
    #expect(
      try await starts(world, 0...20) == [
        "06-02T10:00 Kick-off", "06-10T14:00 Long one", "06-16T10:00 Kick-off",
      ]
    )
    #expect(world.calendar.changes.map(\.key) == ["x-\(reference)"])
    #expect(world.calendar.changes.map(\.fields) == [[.title, .timing]])
    try await expectEqualSides(world)
    // It keeps its name, and is changed again by it.
    try await world.update(reference) { $0.location = .set("Room 2") }
    #expect(world.calendar.changes.last?.fields == [.location])
  }

  @Test func `all meetings move, and exceptions keep what they have of their own`() async throws {
    let world = try await World()
    let event = try await weekly(world)
    try await world.update(occurrence(event, "20260609")) { $0.title = "Own title" }
    try await world.update(occurrence(event, "20260616")) { $0.startsAt = World.june(16, "17:00") }
    let third = occurrence(event, "20260623")
    let moved = try await world.update(third) {
      ($0.startsAt, $0.scope, $0.location) = (World.june(24, "11:00"), .all, .set("Room 1"))
    }
    try await world.useCases.runner.runDueJobs()
    world.clock.advance(by: 10)
    try await world.useCases.runner.runDueJobs()
    #expect(
      try await starts(world) == [
        "06-03T11:00 Kick-off", "06-10T11:00 Own title", "06-16T17:00 Kick-off", "06-24T11:00 Kick-off",
        "07-01T11:00 Kick-off", "07-08T11:00 Kick-off",
      ]
    )
    #expect(try await world.listed().allSatisfy { $0.location == "Room 1" })
    #expect(moved == EventReference(event.id, OriginalStart("20260624T090000Z")))
    try await expectEqualSides(world)
  }

  @Test(arguments: [RecurrenceScope.all, .thisAndFollowing])
  func `what an exception has of its own does not become everybody's with another change`(
    scope: RecurrenceScope
  ) async throws {
    let world = try await World()
    let event = try await weekly(world)
    try await world.update(occurrence(event, "20260616")) {
      ($0.startsAt, $0.endsAt, $0.location) = (World.june(17, "15:00"), World.june(17, "17:00"), .set("Own"))
    }
    let name = try await world.update(occurrence(event, "20260616")) { ($0.title, $0.scope) = ("New", scope) }
    let first = scope == .all ? "New" : "Kick-off"
    #expect(
      try await starts(world, 0...25) == [
        "06-02T10:00 \(first)", "06-09T10:00 \(first)", "06-17T15:00 New", "06-23T10:00 New",
      ]
    )
    #expect(try await world.listed(0...25).map(\.location) == [nil, nil, "Own", nil])
    // Another length alone is for all, from where each begins.
    try await world.update(name) { ($0.endsAt, $0.scope) = (World.june(17, "15:30"), .all) }
    let lengths = try await world.listed(20...25).map {
      $0.timing.endInstant(in: .utc).timeIntervalSince($0.timing.startInstant(in: .utc))
    }
    #expect(lengths == [1800])
    world.clock.advance(by: 10)
    try await world.useCases.runner.runDueJobs()
    try await expectEqualSides(world)
  }

  @Test func `an occurrence of what happens once is not there`() async throws {
    let world = try await World()
    let event = try await world.made()
    await #expect(throws: AccessError.self) {
      try await world.update(event) { ($0.title, $0.occurrenceStart) = ("No", World.june(9, "10:00")) }
    }
    try await world.update(event) { ($0.title, $0.occurrenceStart) = ("Yes", World.june(2, "10:00")) }
    #expect(try await world.stored(event.id)?.title == "Yes")
  }

  @Test func `this and following becomes a series of its own`() async throws {
    let world = try await World()
    let event = try await weekly(world)
    try await world.update(occurrence(event, "20260609")) { $0.title = "Before" }
    try await world.update(occurrence(event, "20260630")) { $0.title = "After" }
    let second = try await world.update(occurrence(event, "20260623")) {
      ($0.title, $0.startsAt, $0.scope) = ("Later", World.june(23, "15:00"), .thisAndFollowing)
    }
    world.clock.advance(by: 10)
    try await world.useCases.runner.runDueJobs()
    #expect(
      try await starts(world) == [
        "06-02T10:00 Kick-off", "06-09T10:00 Before", "06-16T10:00 Kick-off", "06-23T15:00 Later",
        "06-30T15:00 After", "07-07T15:00 Later",
      ]
    )
    #expect(second.eventID != event.id)
    let (first, rest) = (try await world.stored(event.id), try await world.stored(second.eventID))
    #expect(
      first?.recurrence == ["RRULE:FREQ=WEEKLY;COUNT=3"] && rest?.recurrence == ["RRULE:FREQ=WEEKLY;COUNT=3"]
    )
    #expect(first?.iCalUID != rest?.iCalUID)
    #expect(world.calendar.eventCount == 2)
    try await expectEqualSides(world)
  }

  @Test func `a division that the provider refuses leaves everything as it was`() async throws {
    let world = try await World()
    let event = try await weekly(world)
    try await world.update(occurrence(event, "20260630")) { $0.title = "After" }
    let before = try await starts(world)
    world.calendar.whenCreating { _, _ throws(ProviderError) in throw .rejected(reason: "No more series.") }
    await #expect(throws: ProviderRejection.self) {
      try await world.update(occurrence(event, "20260623")) {
        ($0.title, $0.scope) = ("Later", .thisAndFollowing)
      }
    }
    world.clock.advance(by: 10)
    try await world.useCases.runner.runDueJobs()
    #expect(try await starts(world) == before)
    #expect(world.calendar.event(event.id)?.content.recurrence == ["RRULE:FREQ=WEEKLY;COUNT=6"])
    try await expectEqualSides(world)
    #expect(try await world.nextJob() == nil)
  }

  @Test func `summer ends, and the meeting stays at ten`() async throws {
    let world = try await World()
    let event = try await weekly(world, "RRULE:FREQ=WEEKLY")
    let reference = EventReference(event.id, OriginalStart("20261027T090000Z"))
    let found = try #require(try await world.useCases.events.queries.event(reference, caller: world.ada))
    guard case .timed(let start, _) = found.event.timing else { throw StoreError.inconsistent }
    #expect(start.rfc3339 == "2026-10-27T10:00:00+01:00")
    try await world.update(reference) {
      ($0.startsAt, $0.scope) = (
        World.written(ZonedDateTime("2026-10-27T09:00:00+01:00[Europe/Berlin]")), .all
      )
    }
    #expect(try await starts(world, 0...9) == ["06-02T09:00 Kick-off", "06-09T09:00 Kick-off"])
  }

  @Test func `one meeting is deleted, and can be taken back, another after it too`() async throws {
    let world = try await World()
    let event = try await weekly(world)
    let (second, third) = (occurrence(event, "20260609"), occurrence(event, "20260616"))
    try await world.delete(second, undoWindow: 8)
    try await world.delete(third, undoWindow: 8)
    #expect(try await starts(world, 0...25).count == 2)
    #expect(try await world.useCases.events.queries.event(second, caller: world.ada) == nil)
    _ = try await world.useCases.events.undoDeletion(second, caller: world.ada)
    #expect(try await world.listed(0...25).map(\.reference).contains(second))
    world.clock.advance(by: 9)
    try await world.useCases.runner.runDueJobs()
    #expect(world.calendar.deletions.map(\.key) == ["x-\(third)"])
    #expect(
      try await starts(world, 0...25) == [
        "06-02T10:00 Kick-off", "06-09T10:00 Kick-off", "06-23T10:00 Kick-off",
      ]
    )
    // It stays deleted when all are changed.
    try await world.update(event) { $0.title = "New" }
    #expect(try await starts(world, 0...25) == ["06-02T10:00 New", "06-09T10:00 New", "06-23T10:00 New"])
  }

  @Test(arguments: [0, 8])
  func `this and following are deleted`(undoWindow: Int) async throws {
    let world = try await World()
    let event = try await weekly(world)
    try await world.update(occurrence(event, "20260630")) { $0.title = "Goes too" }
    let third = occurrence(event, "20260616")
    try await world.delete(third, scope: .thisAndFollowing, undoWindow: undoWindow)
    #expect(try await starts(world) == ["06-02T10:00 Kick-off", "06-09T10:00 Kick-off"])
    if undoWindow > 0 {
      _ = try await world.useCases.events.undoDeletion(third, caller: world.ada)
      #expect(try await starts(world).count == 6)
      try await world.delete(third, scope: .thisAndFollowing, undoWindow: undoWindow)
    }
    world.clock.advance(by: 9)
    try await world.useCases.runner.runDueJobs()
    #expect(try await starts(world) == ["06-02T10:00 Kick-off", "06-09T10:00 Kick-off"])
    #expect(world.calendar.event(event.id)?.content.recurrence == ["RRULE:FREQ=WEEKLY;COUNT=2"])
    #expect(world.calendar.deletions.isEmpty)
    #expect(try await world.nextJob() == nil)
  }

  @Test func `a deletion that is put off is done before more of the series is changed`() async throws {
    let world = try await World()
    let event = try await weekly(world)
    try await world.delete(occurrence(event, "20260623"), scope: .thisAndFollowing, undoWindow: 20)
    try await world.update(occurrence(event, "20260609")) { ($0.title, $0.scope) = ("All", .all) }
    #expect(try await starts(world) == ["06-02T10:00 All", "06-09T10:00 All", "06-16T10:00 All"])
    try await world.delete(occurrence(event, "20260609"), scope: .thisAndFollowing, undoWindow: 20)
    try await world.delete(event.reference, undoWindow: 20)
    _ = try await world.useCases.events.undoDeletion(.init(event.id), caller: world.ada)
    #expect(try await starts(world) == ["06-02T10:00 All"])
    world.clock.advance(by: 30)
    try await world.useCases.runner.runDueJobs()
    #expect(try await world.nextJob() == nil)
    try await expectEqualSides(world)
  }

  @Test func `what is deleted from a meeting on may begin with one that is deleted already`() async throws {
    let world = try await World()
    let event = try await weekly(world)
    try await world.delete(occurrence(event, "20260616"), scope: .thisAndFollowing, undoWindow: 8)
    let third = OriginalStart("20260616T080000Z")
    try await world.database.write(world.workspace.id) { transaction in
      guard var exception = try transaction.events.find(event.id) else { return }
      exception.id = .init(UUID())
      exception.seriesID = event.id
      exception.originalStart = third
      exception.recurrence = []
      exception.deletedAt = World.start
      exception.pendingDeletion = nil
      try transaction.events.insert(exception, idempotencyKey: nil, fingerprint: nil)
    }
    world.clock.advance(by: 9)
    try await world.useCases.runner.runDueJobs()
    #expect(try await starts(world) == ["06-02T10:00 Kick-off", "06-09T10:00 Kick-off"])
    #expect(try await world.nextJob() == nil)
  }

  @Test(arguments: [0, 8])
  func `all are deleted with one word to the guests`(undoWindow: Int) async throws {
    let world = try await World()
    let event = try await weekly(world)
    try await world.update(occurrence(event, "20260630")) { $0.title = "Goes too" }
    try await world.delete(occurrence(event, "20260616"), scope: .all, undoWindow: undoWindow)
    #expect(try await starts(world) == [])
    if undoWindow > 0 {
      _ = try await world.useCases.events.undoDeletion(.init(event.id), caller: world.ada)
      #expect(try await starts(world).count == 6)
      try await world.delete(event.reference, undoWindow: undoWindow)
    }
    world.clock.advance(by: 9)
    try await world.useCases.runner.runDueJobs()
    #expect(try await starts(world) == [])
    #expect(world.calendar.deletions.map(\.key) == ["x-\(event.id)"])
    #expect(try await world.nextJob() == nil)
  }

  @Test func `a past meeting of a series stays as it was, the series can be changed`() async throws {
    let world = try await World()
    let event = try await weekly(world)
    world.clock.advance(by: 10 * 86_400)
    let past = occurrence(event, "20260602")
    await #expect(throws: PermissionDenial.over) { try await world.update(past) { $0.title = "No" } }
    try await world.update(occurrence(event, "20260616")) { $0.title = "Yes" }
    world.clock.advance(by: 60 * 86_400)
    await #expect(throws: PermissionDenial.over) { try await world.update(event) { $0.title = "No" } }
  }

  @Test func `a series becomes a single meeting, and a single meeting a series`() async throws {
    let world = try await World()
    let event = try await weekly(world)
    try await world.update(occurrence(event, "20260609")) { $0.title = "Goes" }
    try await world.update(event) { $0.recurrence = [] }
    #expect(try await starts(world) == ["06-02T10:00 Kick-off"])
    try await world.update(event) { $0.recurrence = ["RRULE:FREQ=DAILY;COUNT=2"] }
    #expect(try await starts(world) == ["06-02T10:00 Kick-off", "06-03T10:00 Kick-off"])
    #expect(world.calendar.event(event.id)?.content.recurrence == ["RRULE:FREQ=DAILY;COUNT=2"])
  }

  @Test func `a series that is not to repeat any more, from one meeting on, ends with it`() async throws {
    let world = try await World()
    let event = try await weekly(world)
    let single = try await world.update(occurrence(event, "20260616")) {
      ($0.recurrence, $0.scope) = ([], .thisAndFollowing)
    }
    #expect(
      try await starts(world) == ["06-02T10:00 Kick-off", "06-09T10:00 Kick-off", "06-16T10:00 Kick-off"]
    )
    let stored = try #require(try await world.stored(single.eventID))
    #expect(stored.recurrence == [] && single == stored.reference)
    world.clock.advance(by: 10)
    try await world.useCases.runner.runDueJobs()
    try await expectEqualSides(world)
    try await world.update(occurrence(event, "20260609")) { ($0.recurrence, $0.scope) = ([], .all) }
    #expect(try await starts(world) == ["06-02T10:00 Kick-off", "06-16T10:00 Kick-off"])
  }

  @Test func `other rules given with one meeting are for the scope that was named`() async throws {
    let world = try await World()
    let event = try await weekly(world)
    try await world.update(occurrence(event, "20260609")) {
      ($0.recurrence, $0.scope) = (["RRULE:FREQ=WEEKLY;COUNT=2"], .all)
    }
    #expect(try await starts(world) == ["06-02T10:00 Kick-off", "06-09T10:00 Kick-off"])
  }

  @Test func `an occurrence that was called off there does not hold up a change of the others`() async throws
  {
    let world = try await World()
    let event = try await weekly(world)
    try await world.update(occurrence(event, "20260609")) { $0.title = "Own" }
    world.calendar.deleteOutside(occurrence(event, "20260609"))
    try await world.update(event) { $0.location = .set("Room 1") }
    #expect(world.calendar.event(event.id)?.content.location == "Room 1")
    #expect(try await starts(world, 0...16) == ["06-02T10:00 Kick-off", "06-16T10:00 Kick-off"])
    #expect(try await world.nextJob() == nil)
  }

  @Test func `an occurrence that differs gets the link of its series, or one of its own`() async throws {
    let world = try await World()
    let event = try await world.made {
      ($0.recurrence, $0.conferenceProviderID) = (["RRULE:FREQ=WEEKLY;COUNT=4"], FakeMeet.id)
    }
    try await world.update(occurrence(event, "20260609")) { $0.title = "Own" }
    world.calendar.changeOutside(event.id) {
      $0.conference = .success(Conference(link: "https://meet.example/all"))
    }
    try await world.runAllJobs()
    #expect(
      try await world.listed(0...16).map(\.conference.link)
        == Array(repeating: "https://meet.example/all", count: 3)
    )
    #expect(try await world.listed(0...16).map(\.conference.status) == [.success, .success, .success])
  }

  @Test func `an exception waits for its series`() async throws {
    let world = try await World()
    world.calendar.whenCreating { draft, attempt throws(ProviderError) in
      if attempt == 1 { throw .unavailable(reason: "down") }
      return FakeCalendar.made(draft)
    }
    let event = try await weekly(world)
    try await world.update(occurrence(event, "20260609")) { $0.title = "Early" }
    #expect(world.calendar.changes.isEmpty)
    world.clock.advance(by: 30)
    try await world.useCases.runner.runDueJobs()
    world.clock.advance(by: 30)
    try await world.useCases.runner.runDueJobs()
    #expect(world.calendar.changes.map(\.fields) == [[.title]])
    try await expectEqualSides(world)
  }

  @Test func `the scope must say which meeting`() async throws {
    let world = try await World()
    let event = try await weekly(world)
    await #expect(throws: InvalidInput.self) {
      try await world.update(event) { ($0.title, $0.scope) = ("x", .this) }
    }
    try await world.update(event) {
      ($0.title, $0.scope, $0.occurrenceStart) = ("By start", .this, World.june(9, "10:00"))
    }
    #expect(try await starts(world, 0...10) == ["06-02T10:00 Kick-off", "06-09T10:00 By start"])
    await #expect(throws: AccessError.self) {
      try await world.update(event) { ($0.title, $0.occurrenceStart) = ("x", World.june(10, "10:00")) }
    }
    await #expect(throws: InvalidInput.self) {
      try await world.update(occurrence(event, "20260616")) { $0.recurrence = ["RRULE:FREQ=DAILY"] }
    }
  }
}
