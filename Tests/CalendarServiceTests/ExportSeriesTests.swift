import CalendarCore
import Foundation
import ICalendar
import Testing

@testable import CalendarService

/// A series in a calendar file: its rules once, what differs beside them, and nothing twice.
@Suite(.timeLimit(.minutes(5))) struct ExportSeriesTests {
  private func exported(_ fixture: TestWorkspace, as caller: Caller) async throws -> CalendarObject {
    try CalendarObject.parse(
      try await fixture.useCases.events.export(
        from: TestWorkspace.start,
        to: TestWorkspace.start.addingTimeInterval(30 * 86_400),
        caller: caller
      )
    )
  }

  private func starts(_ calendar: CalendarObject) throws -> [String] {
    let series = try #require(EventSeries.grouping(calendar.events).series.first)
    let span = series.between(TestWorkspace.start, TestWorkspace.start.addingTimeInterval(60 * 86_400))
    return span.instances.map { instance in
      guard case .timed(let start, _) = instance.timing else { return "?" }
      let title = series.event(for: instance).summary ?? ""
      return "\(start.instant.ISO8601Format().prefix(16)) \(title)"
    }
  }

  @Test func `another program sees the same meetings as the list`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made { $0.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=4"] }
    func occurrence(_ day: String) -> EventReference {
      EventReference(event.id, OriginalStart("\(day)T080000Z"))
    }
    try await fixture.update(occurrence("20260609")) {
      ($0.title, $0.startsAt) = ("Moved", TestWorkspace.june(10, "12:00"))
    }
    try await fixture.delete(occurrence("20260616"))
    let calendar = try await exported(fixture, as: fixture.ada)
    #expect(Set(calendar.events.map(\.uid)) == ["\(event.id)@fake"])
    #expect(
      try starts(calendar) == [
        "2026-06-02T08:00 Kick-off", "2026-06-10T10:00 Moved", "2026-06-23T08:00 Kick-off",
      ]
    )
  }

  @Test func `of a series whose content is hidden only the times are written`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made { $0.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=4"] }
    try await fixture.update(EventReference(event.id, OriginalStart("20260609T080000Z"))) {
      $0.title = "Secret"
    }
    let channels = try await fixture.database.read(fixture.workspace.id) { [account = fixture.account] in
      try $0.accounts.channels(accountIDs: [account])
    }
    var changes = UpdateChannel.Changes()
    changes.visibility = .metadata
    _ = try await fixture.useCases.accounts.updateChannel(
      try #require(channels.first).id,
      changes,
      caller: fixture.ada
    )
    let calendar = try await exported(fixture, as: fixture.ben)
    #expect(calendar.events.count == 2 && calendar.events.allSatisfy { $0.summary == "Busy" })
    #expect(try starts(calendar).count == 4)
  }

  @Test func `the invitation to a series has what differs from it`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made { $0.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=4"] }
    func occurrence(_ day: String) -> EventReference {
      EventReference(event.id, OriginalStart("\(day)T080000Z"))
    }
    try await fixture.update(occurrence("20260609")) {
      ($0.title, $0.startsAt) = ("Moved", TestWorkspace.june(10, "12:00"))
    }
    try await fixture.delete(occurrence("20260616"))
    let file = try #require(
      try await fixture.useCases.events.queries.invitation(
        to: try await fixture.shown(event),
        caller: fixture.ada
      )
    )
    let calendar = try CalendarObject.parse(Array(file.content.utf8))
    #expect(
      try starts(calendar) == [
        "2026-06-02T08:00 Kick-off", "2026-06-10T10:00 Moved", "2026-06-23T08:00 Kick-off",
      ]
    )
  }

  @Test func `the invitation to one changed meeting names which one`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made { $0.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=4"] }
    let reference = EventReference(event.id, OriginalStart("20260609T080000Z"))
    try await fixture.update(reference) { $0.title = "Moved" }
    let changed = try #require(
      try await fixture.useCases.events.queries.event(reference, caller: fixture.ada)
    )
    .event
    let file = try #require(try InvitationFile(of: changed, now: TestWorkspace.start))
    let component = try #require(try CalendarObject.parse(Array(file.content.utf8)).events.first)
    #expect(component.uid == "\(event.id)@fake" && component.summary == "Moved")
    #expect(component.recurrenceID.map { OriginalStart($0.time) } == reference.originalStart)
    try await fixture.delete(reference)
    let deleted = try await fixture.database.read(fixture.workspace.id) {
      try $0.events.exception(try #require(reference.originalStart), ofSeries: event.id)
    }
    #expect(try InvitationFile(of: try #require(deleted), now: TestWorkspace.start) == nil)
  }
}
