import CalendarCore
import Foundation
import ICalendar
import Testing

@testable import CalendarService

/// A series whose meetings are deleted one by one.
@Suite(.timeLimit(.minutes(5))) struct LastOccurrenceTests {
  @Test(arguments: [0, 8])
  func `with the last of its meetings the series is deleted as a whole`(undoWindow: Int) async throws {
    let world = try await World()
    let event = try await world.made { $0.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=3"] }
    for day in ["20260602", "20260616", "20260609"] {
      try await world.delete(
        EventReference(event.id, OriginalStart("\(day)T080000Z")),
        scope: .this,
        undoWindow: undoWindow
      )
      #expect(try await world.stored(event.id)?.deletedAt == nil || day == "20260609")
    }
    try await world.runAllJobs()
    #expect(try await world.stored(event.id)?.deletedAt != nil)
    #expect(try await world.useCases.events.queries.event(.init(event.id), caller: world.ada) == nil)
    #expect(world.calendar.event(event.id) == nil)
    #expect(
      world.calendar.deletions.map(\.key).last == "x-\(event.id)" && world.calendar.deletions.count == 3
    )
  }

  @Test func `one that was moved is still a meeting of it`() async throws {
    let world = try await World()
    let event = try await world.made { $0.recurrence = ["RRULE:FREQ=WEEKLY;COUNT=2"] }
    let second = EventReference(event.id, OriginalStart("20260609T080000Z"))
    try await world.update(second) {
      ($0.startsAt, $0.endsAt) = (World.june(20, "10:00"), World.june(20, "11:00"))
    }
    try await world.delete(EventReference(event.id, OriginalStart("20260602T080000Z")))
    #expect(try await world.listed().map(\.reference) == [second])
    #expect(world.calendar.event(event.id) != nil)
  }
}
