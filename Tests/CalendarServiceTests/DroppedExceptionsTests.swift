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
  private func weekly(_ fixture: TestWorkspace) async throws -> CalendarEvent {
    fixture.calendar.dropExceptions()
    let event = try await fixture.made { $0.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=6"] }
    try await fixture.update(occurrence(event, "20260609")) {
      ($0.startsAt, $0.endsAt) = (TestWorkspace.june(17, "09:00"), TestWorkspace.june(17, "10:00"))
    }
    try await fixture.delete(occurrence(event, "20260616"))
    try await fixture.update(occurrence(event, "20260707")) { $0.title = "Last" }
    return event
  }

  private func occurrence(_ event: CalendarEvent, _ day: String) -> EventReference {
    EventReference(event.id, OriginalStart("\(day)T080000Z"))
  }

  /// Start and title of what takes place here, and there.
  private func sides(_ fixture: TestWorkspace) async throws -> (here: [String], there: [String]) {
    for _ in 0..<4 {
      fixture.clock.advance(by: 10)
      try await fixture.useCases.runner.runDueJobs()
    }
    #expect(try await fixture.nextJob() == nil)
    let shown = try await fixture.listed()
    #expect(shown.allSatisfy { $0.push.status == .synced })
    let there = fixture.calendar.takingPlace.map(line)
    return (shown.map { line($0.content) }.sorted(), there.sorted())
  }

  private func line(_ content: EventContent) -> String {
    guard case .timed(let start, _) = content.timing else { return "\(content.timing)" }
    return "\(start.local.description.dropFirst(5).prefix(11)) \(content.title)"
  }

  @Test func `the first part of a divided series keeps its exceptions`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    try await fixture.update(occurrence(event, "20260630")) {
      ($0.title, $0.scope) = ("New", .thisAndFollowing)
    }
    let (here, there) = try await sides(fixture)
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
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    try await fixture.delete(occurrence(event, "20260630"), scope: .thisAndFollowing, undoWindow: undoWindow)
    let (here, there) = try await sides(fixture)
    #expect(here == ["06-02T10:00 Kick-off", "06-17T09:00 Kick-off", "06-23T10:00 Kick-off"])
    #expect(there == here)
  }

  @Test func `a series with another rule keeps the exceptions that are still occurrences`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    try await fixture.update(event) { ($0.recurrence, $0.scope) = (["RRULE:FREQ=WEEKLY;COUNT=5"], .all) }
    let (here, there) = try await sides(fixture)
    #expect(
      here == [
        "06-02T10:00 Kick-off", "06-17T09:00 Kick-off", "06-23T10:00 Kick-off", "06-30T10:00 Kick-off",
      ]
    )
    #expect(there == here)
  }

  @Test func `a series that takes place once loses them on both sides`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    try await fixture.update(event) { ($0.recurrence, $0.scope) = ([], .all) }
    let (here, there) = try await sides(fixture)
    #expect(here == ["06-02T10:00 Kick-off"])
    #expect(there == here)
  }

  @Test(arguments: [true, false])
  func `exceptions follow the time of a series that a person chooses`(keepsOurs: Bool) async throws {
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    fixture.calendar.changeOutside(event.id) { event in
      event.content.timing = SampleSeries.timing("2026-06-02 12:00 13:00 Europe/Berlin")
    }
    try await fixture.setStrategy(.manual)
    try await fixture.update(event) {
      ($0.startsAt, $0.endsAt, $0.scope) = (
        TestWorkspace.june(2, "11:00"), TestWorkspace.june(2, "12:00"), .all
      )
    }
    #expect(try await fixture.stored(event.id)?.push.status == .conflict)
    fixture.clock.advance(by: 400)
    try await fixture.useCases.runner.runDueJobs()
    // They wait for the choice, as they are no occurrences there yet, and offer it.
    let last = try #require(try await fixture.listed().first { $0.title == "Last" })
    #expect(last.push.status == .pending)
    let shown = try await fixture.useCases.events.queries.event(last.reference, caller: fixture.ada)
    #expect(shown?.visible.undecidedSeries?.conflict?.fields == [.timing])
    _ = try await fixture.useCases.events.resolveConflict(
      last.reference,
      keepCRM: keepsOurs,
      caller: fixture.ada
    )
    let (here, there) = try await sides(fixture)
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
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    fixture.calendar.beforeChanging { _ throws(ProviderError) in throw .unavailable(reason: "down") }
    try await fixture.update(event) {
      ($0.startsAt, $0.endsAt, $0.scope) = (
        TestWorkspace.june(2, "11:00"), TestWorkspace.june(2, "12:00"), .all
      )
    }
    fixture.clock.advance(by: PushEvent.patience + 60)
    try await fixture.useCases.runner.runDueJobs()
    #expect(try await fixture.stored(event.id)?.push.status == .failed)
    fixture.clock.advance(by: 400)
    try await fixture.useCases.runner.runDueJobs()
    #expect(try await fixture.listed().first { $0.title == "Last" }?.push.status == .failed)
    fixture.calendar.beforeChanging { _ in }
    let failed = try await fixture.useCases.failedJobs.list(caller: fixture.ada).jobs
    let job = try #require(failed.first { $0.job.eventID == event.id }?.job.id)
    try await fixture.useCases.failedJobs.retry(job, caller: fixture.ada)
    let (here, there) = try await sides(fixture)
    #expect(
      here == [
        "06-02T11:00 Kick-off", "06-17T09:00 Kick-off", "06-23T11:00 Kick-off", "06-30T11:00 Kick-off",
        "07-07T11:00 Last",
      ]
    )
    #expect(there == here)
  }

  @Test func `a division that is refused leaves the exceptions on both sides`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await weekly(fixture)
    let (before, _) = try await sides(fixture)
    fixture.calendar.whenCreating { _, _ throws(ProviderError) in throw .rejected(reason: "No more series.") }
    await #expect(throws: ProviderRejection.self) {
      try await fixture.update(occurrence(event, "20260630")) {
        ($0.title, $0.scope) = ("New", .thisAndFollowing)
      }
    }
    let (here, there) = try await sides(fixture)
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
