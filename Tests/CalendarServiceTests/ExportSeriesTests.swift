import CalendarCore
import Foundation
import ICalendar
import Testing

@testable import CalendarService

/// A series in a calendar file: its rules once, what differs beside them, and nothing twice.
@Suite(.timeLimit(.minutes(5))) struct ExportSeriesTests {
  private func exported(_ world: World, as caller: Caller) async throws -> CalendarObject {
    try CalendarObject.parse(
      try await world.useCases.events.export(
        from: World.start,
        to: World.start.addingTimeInterval(30 * 86_400),
        caller: caller
      )
    )
  }

  private func starts(_ calendar: CalendarObject) throws -> [String] {
    let series = try #require(EventSeries.grouping(calendar.events).series.first)
    let span = series.between(World.start, World.start.addingTimeInterval(60 * 86_400))
    return span.instances.map { instance in
      guard case .timed(let start, _) = instance.timing else { return "?" }
      let title = series.event(for: instance).summary ?? ""
      return "\(start.instant.ISO8601Format().prefix(16)) \(title)"
    }
  }

  @Test func `another program sees the same meetings as the list`() async throws {
    let world = try await World()
    let event = try await world.made { $0.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=4"] }
    func occurrence(_ day: String) -> EventReference {
      EventReference(event.id, OriginalStart("\(day)T080000Z"))
    }
    try await world.update(occurrence("20260609")) {
      ($0.title, $0.startsAt) = ("Moved", World.june(10, "12:00"))
    }
    try await world.delete(occurrence("20260616"))
    let calendar = try await exported(world, as: world.ada)
    #expect(Set(calendar.events.map(\.uid)) == ["\(event.id)@fake"])
    #expect(
      try starts(calendar) == [
        "2026-06-02T08:00 Kick-off", "2026-06-10T10:00 Moved", "2026-06-23T08:00 Kick-off",
      ]
    )
  }

  @Test func `of a series whose content is hidden only the times are written`() async throws {
    let world = try await World()
    let event = try await world.made { $0.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=4"] }
    try await world.update(EventReference(event.id, OriginalStart("20260609T080000Z"))) {
      $0.title = "Secret"
    }
    let channels = try await world.database.read(world.workspace.id) { [account = world.account] in
      try $0.accounts.channels(accountIDs: [account])
    }
    var changes = UpdateChannel.Changes()
    changes.visibility = .metadata
    _ = try await world.useCases.accounts.updateChannel(
      try #require(channels.first).id,
      changes,
      caller: world.ada
    )
    let calendar = try await exported(world, as: world.ben)
    #expect(calendar.events.count == 2 && calendar.events.allSatisfy { $0.summary == "Busy" })
    #expect(try starts(calendar).count == 4)
  }

  @Test func `the invitation to a series has what differs from it`() async throws {
    let world = try await World()
    let event = try await world.made { $0.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=4"] }
    func occurrence(_ day: String) -> EventReference {
      EventReference(event.id, OriginalStart("\(day)T080000Z"))
    }
    try await world.update(occurrence("20260609")) {
      ($0.title, $0.startsAt) = ("Moved", World.june(10, "12:00"))
    }
    try await world.delete(occurrence("20260616"))
    let file = try #require(
      try await world.useCases.events.queries.invitation(to: try await world.shown(event), caller: world.ada)
    )
    let calendar = try CalendarObject.parse(Array(file.content.utf8))
    #expect(
      try starts(calendar) == [
        "2026-06-02T08:00 Kick-off", "2026-06-10T10:00 Moved", "2026-06-23T08:00 Kick-off",
      ]
    )
  }

  @Test func `the invitation to one changed meeting names which one`() async throws {
    let world = try await World()
    let event = try await world.made { $0.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=4"] }
    let reference = EventReference(event.id, OriginalStart("20260609T080000Z"))
    try await world.update(reference) { $0.title = "Moved" }
    let changed = try #require(try await world.useCases.events.queries.event(reference, caller: world.ada))
      .event
    let file = try #require(try InvitationFile(of: changed, now: World.start))
    let component = try #require(try CalendarObject.parse(Array(file.content.utf8)).events.first)
    #expect(component.uid == "\(event.id)@fake" && component.summary == "Moved")
    #expect(component.recurrenceID.map { OriginalStart($0.time) } == reference.originalStart)
    try await world.delete(reference)
    let deleted = try await world.database.read(world.workspace.id) {
      try $0.events.exception(try #require(reference.originalStart), ofSeries: event.id)
    }
    #expect(try InvitationFile(of: try #require(deleted), now: World.start) == nil)
  }
}
