import CalendarCore
import Foundation
import ICalendar
import JobQueue
import TestSupport
import Testing

@testable import CalendarService

/// Series at a provider that drops all exceptions whenever their time, rule or end is written.
@Suite(.timeLimit(.minutes(5))) struct DroppedExceptionsTests {
  /// Tuesdays at 10, six times: the second is on a Wednesday, the third deleted, the sixth renamed.
  private func weekly(_ world: World) async throws -> CalendarEvent {
    world.calendar.dropExceptions()
    let event = try await world.made { $0.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=6"] }
    try await world.update(occurrence(event, "20260609")) {
      ($0.startsAt, $0.endsAt) = (World.june(17, "09:00"), World.june(17, "10:00"))
    }
    try await world.delete(occurrence(event, "20260616"))
    try await world.update(occurrence(event, "20260707")) { $0.title = "Last" }
    return event
  }

  private func occurrence(_ event: CalendarEvent, _ day: String) -> EventReference {
    EventReference(event.id, OriginalStart("\(day)T080000Z"))
  }

  /// Start and title of what takes place here, and there.
  private func sides(_ world: World) async throws -> (here: [String], there: [String]) {
    for _ in 0..<4 {
      world.clock.advance(by: 10)
      try await world.useCases.runner.runDueJobs()
    }
    #expect(try await world.nextJob() == nil)
    let shown = try await world.listed()
    #expect(shown.allSatisfy { $0.push.status == .synced })
    let there = world.calendar.takingPlace.map(line)
    return (shown.map { line($0.content) }.sorted(), there.sorted())
  }

  private func line(_ content: EventContent) -> String {
    guard case .timed(let start, _) = content.timing else { return "\(content.timing)" }
    return "\(start.local.description.dropFirst(5).prefix(11)) \(content.title)"
  }

  @Test func `the first part of a divided series keeps its exceptions`() async throws {
    let world = try await World()
    let event = try await weekly(world)
    try await world.update(occurrence(event, "20260630")) {
      ($0.title, $0.scope) = ("New", .thisAndFollowing)
    }
    let (here, there) = try await sides(world)
    #expect(
      here == [
        "06-02T10:00 Kick-off", "06-17T09:00 Kick-off", "06-23T10:00 Kick-off", "06-30T10:00 New",
        "07-07T10:00 Last",
      ]
    )
    #expect(there == here)
  }

  @Test(arguments: [0, 8])
  func `a series that ends earlier keeps its exceptions`(undoWindow: Int) async throws {
    let world = try await World()
    let event = try await weekly(world)
    try await world.delete(occurrence(event, "20260630"), scope: .thisAndFollowing, undoWindow: undoWindow)
    let (here, there) = try await sides(world)
    #expect(here == ["06-02T10:00 Kick-off", "06-17T09:00 Kick-off", "06-23T10:00 Kick-off"])
    #expect(there == here)
  }

  @Test func `a series with another rule keeps the exceptions that are still occurrences`() async throws {
    let world = try await World()
    let event = try await weekly(world)
    try await world.update(event) { ($0.recurrence, $0.scope) = (["RRULE:FREQ=WEEKLY;COUNT=5"], .all) }
    let (here, there) = try await sides(world)
    #expect(
      here == [
        "06-02T10:00 Kick-off", "06-17T09:00 Kick-off", "06-23T10:00 Kick-off", "06-30T10:00 Kick-off",
      ]
    )
    #expect(there == here)
  }

  @Test func `a series that takes place once loses them on both sides`() async throws {
    let world = try await World()
    let event = try await weekly(world)
    try await world.update(event) { ($0.recurrence, $0.scope) = ([], .all) }
    let (here, there) = try await sides(world)
    #expect(here == ["06-02T10:00 Kick-off"])
    #expect(there == here)
  }

  @Test(arguments: [true, false])
  func `exceptions follow the time of a series that a person chooses`(keepsOurs: Bool) async throws {
    let world = try await World()
    let event = try await weekly(world)
    world.calendar.changeOutside(event.id) { event in
      event.content.timing = SampleSeries.timing("2026-06-02 12:00 13:00 Europe/Berlin")
    }
    try await world.setStrategy(.manual)
    try await world.update(event) {
      ($0.startsAt, $0.endsAt, $0.scope) = (World.june(2, "11:00"), World.june(2, "12:00"), .all)
    }
    #expect(try await world.stored(event.id)?.push.status == .conflict)
    world.clock.advance(by: 400)
    try await world.useCases.runner.runDueJobs()
    // They wait for the choice, as they are no occurrences there yet.
    #expect(try await world.listed().contains { $0.title == "Last" && $0.push.status == .pending })
    _ = try await world.useCases.events.resolveConflict(
      event.reference,
      keepCRM: keepsOurs,
      caller: world.ada
    )
    let (here, there) = try await sides(world)
    let hour = keepsOurs ? "11" : "12"
    #expect(
      here == [
        "06-02T\(hour):00 Kick-off", "06-17T09:00 Kick-off", "06-23T\(hour):00 Kick-off",
        "06-30T\(hour):00 Kick-off", "07-07T\(hour):00 Last",
      ]
    )
    #expect(there == here)
  }

  @Test func `exceptions wait for a change of their series that is given up, and follow its retry`()
    async throws
  {
    let world = try await World()
    let event = try await weekly(world)
    world.calendar.beforeChanging { _ throws(ProviderError) in throw .unavailable(reason: "down") }
    try await world.update(event) {
      ($0.startsAt, $0.endsAt, $0.scope) = (World.june(2, "11:00"), World.june(2, "12:00"), .all)
    }
    world.clock.advance(by: PushEvent.patience + 60)
    try await world.useCases.runner.runDueJobs()
    #expect(try await world.stored(event.id)?.push.status == .failed)
    world.clock.advance(by: 400)
    try await world.useCases.runner.runDueJobs()
    #expect(try await world.listed().first { $0.title == "Last" }?.push.status == .failed)
    world.calendar.beforeChanging { _ in }
    let failed = try await world.useCases.failedJobs.list(caller: world.ada).jobs
    let job = try #require(failed.first { $0.job.eventID == event.id }?.job.id)
    try await world.useCases.failedJobs.retry(job, caller: world.ada)
    let (here, there) = try await sides(world)
    #expect(
      here == [
        "06-02T11:00 Kick-off", "06-17T09:00 Kick-off", "06-23T11:00 Kick-off", "06-30T11:00 Kick-off",
        "07-07T11:00 Last",
      ]
    )
    #expect(there == here)
  }

  @Test func `a division that is refused leaves the exceptions on both sides`() async throws {
    let world = try await World()
    let event = try await weekly(world)
    let (before, _) = try await sides(world)
    world.calendar.whenCreating { _, _ throws(ProviderError) in throw .rejected(reason: "No more series.") }
    await #expect(throws: ProviderRejection.self) {
      try await world.update(occurrence(event, "20260630")) {
        ($0.title, $0.scope) = ("New", .thisAndFollowing)
      }
    }
    let (here, there) = try await sides(world)
    #expect(here == before && there == before)
  }

  @Test func `exceptions are written so that each is between its neighbors`() throws {
    let daily = SampleSeries.event("2026-06-02 10:00 11:00 Europe/Berlin", "RRULE:FREQ=DAILY")
    func exception(_ number: UInt8, _ day: Int, on other: Int, isDeleted: Bool = false) -> CalendarEvent {
      SampleSeries.exception(
        number,
        of: daily,
        at: "202606\(day)T080000Z",
        timing: "2026-06-\(other) 10:00 11:00 Europe/Berlin",
        isDeleted: isDeleted
      )
    }
    let exceptions = [
      exception(2, 16, on: 22), exception(3, 23, on: 29), exception(4, 30, on: 30, isDeleted: true),
      exception(5, 10, on: 10), exception(6, 12, on: 11),
    ]
    #expect(exceptions.inWritingOrder.map(\.id) == [4, 3, 2, 5, 6].map(SampleSeries.identifier))
  }
}
