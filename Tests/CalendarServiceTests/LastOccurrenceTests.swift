import CalendarCore
import Foundation
import ICalendar
import Testing

@testable import CalendarService

/// A series whose meetings are deleted one by one.
@Suite(.timeLimit(.minutes(5))) struct LastOccurrenceTests {
  @Test(arguments: [0, 8])
  func `with the last of its meetings the series is deleted as a whole`(undoWindow: Int) async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made { $0.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=3"] }
    for day in ["20260602", "20260616", "20260609"] {
      try await fixture.delete(
        EventReference(event.id, OriginalStart("\(day)T080000Z")),
        scope: .this,
        undoWindow: undoWindow
      )
      #expect(try await fixture.stored(event.id)?.deletedAt == nil || day == "20260609")
    }
    try await fixture.runAllJobs()
    #expect(try await fixture.stored(event.id)?.deletedAt != nil)
    #expect(try await fixture.useCases.events.queries.event(.init(event.id), caller: fixture.ada) == nil)
    #expect(fixture.calendar.event(event.id) == nil)
    #expect(
      fixture.calendar.deletions.map(\.key).last == "x-\(event.id)" && fixture.calendar.deletions.count == 3
    )
  }

  @Test func `one that was moved is still a meeting of it`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made { $0.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=2"] }
    let second = EventReference(event.id, OriginalStart("20260609T080000Z"))
    try await fixture.update(second) {
      ($0.startsAt, $0.endsAt) = (TestWorkspace.june(20, "10:00"), TestWorkspace.june(20, "11:00"))
    }
    try await fixture.delete(EventReference(event.id, OriginalStart("20260602T080000Z")))
    #expect(try await fixture.listed().map(\.reference) == [second])
    #expect(fixture.calendar.event(event.id) != nil)
  }
}
