import CalendarCore
import CalendarService
import Foundation
import ICalendar
import Testing

@Suite(.timeLimit(.minutes(5))) struct RecurringEventTests {
  static let berlin = SampleSeries.event("2026-03-24 10:00 11:00 Europe/Berlin", "RRULE:FREQ=WEEKLY")

  func clocks(
    _ event: RecurringEvent,
    _ from: String,
    _ to: String,
    limit: Int = 100
  ) -> [String] {
    event.occurrences(
      from: SampleSeries.instant(from),
      to: SampleSeries.instant(to),
      limit: limit
    ).map(SampleSeries.clock)
  }

  @Test func `a weekly meeting stays at ten when the clocks change`() {
    let spring = RecurringEvent(Self.berlin, exceptions: [])
    #expect(
      clocks(spring, "2026-03-20T00:00:00Z", "2026-04-08T00:00:00Z")
        == ["2026-03-24 10:00", "2026-03-31 10:00", "2026-04-07 10:00"]
    )
    let starts = spring.occurrences(
      from: SampleSeries.instant("2026-10-19T00:00:00Z"),
      to: SampleSeries.instant("2026-10-31T00:00:00Z"),
      limit: 10
    )
    #expect(starts.map { $0.originalStart?.description } == ["20261020T080000Z", "20261027T090000Z"])
    let newYork = RecurringEvent(
      SampleSeries.event("2026-03-03 18:30 19:30 America/New_York", "RRULE:FREQ=WEEKLY;COUNT=2"),
      exceptions: []
    )
    let evenings = newYork.occurrences(from: .distantPast, to: .distantFuture, limit: 10)
    #expect(evenings.map { $0.originalStart?.description } == ["20260303T233000Z", "20260310T223000Z"])
  }

  @Test func `an occurrence is the series at its own time`() throws {
    var master = Self.berlin
    master.push = PushState(status: .synced, externalID: "x", etag: "1")
    master.agreed = master.editable
    master.pendingDeletion = PendingDeletion(
      scope: .this,
      originalStart: SampleSeries.original("20260407T080000Z"),
      dueAt: master.createdAt
    )
    let name = SampleSeries.original("20260331T080000Z")
    let event = try #require(RecurringEvent(master, exceptions: []).occurrence(name))
    #expect(event.id == master.id && event.seriesID == master.id && event.originalStart == name)
    #expect(event.reference == EventReference(master.id, name))
    #expect(event.recurrence.isEmpty && event.push == master.push && event.pendingDeletion == nil)
    #expect(event.timing == SampleSeries.timing("2026-03-31 10:00 11:00 Europe/Berlin"))
    #expect(event.agreed == event.editable)
  }

  @Test func `nothing is agreed about an occurrence of a series that was moved since`() throws {
    var master = Self.berlin
    master.agreed = master.editable
    master.timing = SampleSeries.timing("2026-03-24 12:00 13:00 Europe/Berlin")
    let event = RecurringEvent(master, exceptions: [])
      .occurrence(SampleSeries.original("20260331T100000Z"))
    #expect(try #require(event).agreed == nil)
  }

  @Test func `what touches the span counts, and the end of one is not in it`() {
    let event = RecurringEvent(Self.berlin, exceptions: [])
    #expect(clocks(event, "2026-03-31T08:59:59Z", "2026-03-31T09:00:00Z") == ["2026-03-31 10:00"])
    #expect(clocks(event, "2026-03-31T09:00:00Z", "2026-04-07T08:00:00Z") == [])
    #expect(clocks(event, "2026-03-31T09:00:00Z", "2026-04-07T08:00:01Z") == ["2026-04-07 10:00"])
    #expect(clocks(event, "2026-04-07T00:00:00Z", "2026-03-07T00:00:00Z") == [])
  }

  @Test func `an endless series is followed for as long as occurrences are wanted`() {
    let event = RecurringEvent(
      SampleSeries.event("2026-01-31 10:00 11:00 Europe/Berlin", "RRULE:FREQ=MONTHLY;BYMONTHDAY=31"),
      exceptions: []
    )
    let all = event.occurrences(from: .distantPast, to: .distantFuture, limit: 700)
    #expect(all.count == 700)
    #expect(Set(all.compactMap(\.originalStart)).count == 700)
    let starts = all.map { $0.timing.startInstant(in: .utc) }
    #expect(starts == starts.sorted())
    #expect(clocks(event, "2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z", limit: 2).count == 2)
    #expect(clocks(event, "2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z", limit: 0).isEmpty)
  }

  @Test func `long occurrences that overlap are found once`() {
    let event = RecurringEvent(
      SampleSeries.event("2026-01-01 2026-01-11", "RRULE:FREQ=DAILY;COUNT=300"),
      exceptions: []
    )
    let all = event.occurrences(from: .distantPast, to: .distantFuture, limit: 1000)
    #expect(all.count == 300 && Set(all.compactMap(\.originalStart)).count == 300)
    #expect(clocks(event, "2026-01-11T00:00:00Z", "2026-01-12T00:00:00Z").count == 10)
  }

  @Test func `whole days are named by their date`() {
    let event = RecurringEvent(
      SampleSeries.event("2026-12-24 2026-12-27", "RRULE:FREQ=YEARLY;COUNT=2"),
      exceptions: []
    )
    let found = event.occurrences(from: .distantPast, to: .distantFuture, limit: 9)
    #expect(found.map { $0.originalStart?.description } == ["20261224", "20271224"])
    #expect(found.last?.timing == SampleSeries.timing("2027-12-24 2027-12-27"))
    #expect(event.occurrence(SampleSeries.original("20271224"))?.timing == found.last?.timing)
    #expect(event.occurrence(SampleSeries.original("20271224T000000Z")) == nil)
    #expect(event.occurrence(SampleSeries.original("20271225")) == nil)
  }

  @Test func `changed and canceled occurrences are not listed as plain ones`() {
    let moved = SampleSeries.exception(
      2,
      of: Self.berlin,
      at: "20260331T080000Z",
      timing: "2026-04-02 15:00 16:00 Europe/Berlin"
    )
    let gone = SampleSeries.exception(3, of: Self.berlin, at: "20260407T080000Z", isDeleted: true)
    let event = RecurringEvent(Self.berlin, exceptions: [moved, gone])
    #expect(
      clocks(event, "2026-03-20T00:00:00Z", "2026-04-15T00:00:00Z")
        == ["2026-03-24 10:00", "2026-04-14 10:00"]
    )
    #expect(event.occurrence(SampleSeries.original("20260331T080000Z")) == moved)
    #expect(event.occurrence(SampleSeries.original("20260407T080000Z")) == nil)
    #expect(event.occurrence(SampleSeries.original("20260402T130000Z")) == nil)
  }

  @Test(arguments: [
    (RecurrenceScope.this, ["2026-03-24 10:00", "2026-04-07 10:00"]),
    (.thisAndFollowing, ["2026-03-24 10:00"]),
    (.all, []),
  ])
  func `what is about to be deleted is not shown`(scope: RecurrenceScope, left: [String]) {
    var master = Self.berlin
    let name = SampleSeries.original("20260331T080000Z")
    master.pendingDeletion = PendingDeletion(scope: scope, originalStart: name, dueAt: master.createdAt)
    let changed = SampleSeries.exception(2, of: master, at: "20260414T080000Z", title: "Other")
    let event = RecurringEvent(master, exceptions: [changed])
    #expect(clocks(event, "2026-03-20T00:00:00Z", "2026-04-15T00:00:00Z") == left)
    #expect(event.occurrence(name) == nil)
    #expect((event.occurrence(SampleSeries.original("20260414T080000Z")) == nil) == (scope != .this))
  }

  @Test func `a series that is deleted has no occurrences`() {
    var master = Self.berlin
    master.deletedAt = master.createdAt
    let event = RecurringEvent(master, exceptions: [])
    #expect(clocks(event, "2026-03-20T00:00:00Z", "2026-04-15T00:00:00Z").isEmpty)
  }

  @Test func `the first occurrence is the first that is not canceled`() {
    let first = SampleSeries.exception(2, of: Self.berlin, at: "20260324T090000Z", isDeleted: true)
    let second = SampleSeries.exception(3, of: Self.berlin, at: "20260331T080000Z", title: "Other")
    #expect(RecurringEvent(Self.berlin, exceptions: []).firstOriginalStart?.description == "20260324T090000Z")
    #expect(
      RecurringEvent(Self.berlin, exceptions: [first]).firstOriginalStart?.description == "20260331T080000Z"
    )
    #expect(
      RecurringEvent(Self.berlin, exceptions: [first, second]).firstOriginalStart?.description
        == "20260331T080000Z"
    )
    let excluded = SampleSeries.event(
      "2026-03-24 10:00 11:00 Europe/Berlin",
      "RRULE:FREQ=WEEKLY",
      "EXDATE;TZID=Europe/Berlin:20260324T100000"
    )
    #expect(RecurringEvent(excluded, exceptions: []).firstOriginalStart?.description == "20260331T080000Z")
  }

  @Test func `the end is that of the last occurrence there is`() {
    let master = SampleSeries.event("2026-03-24 10:00 11:00 Europe/Berlin", "RRULE:FREQ=WEEKLY;COUNT=3")
    func ends(_ exceptions: CalendarEvent...) -> Date? {
      RecurringEvent(master, exceptions: exceptions).endsAt
    }
    let last = "20260407T080000Z"
    #expect(ends() == SampleSeries.instant("2026-04-07T09:00:00Z"))
    #expect(
      ends(SampleSeries.exception(2, of: master, at: last, isDeleted: true))
        == SampleSeries.instant("2026-03-31T09:00:00Z")
    )
    #expect(
      ends(SampleSeries.exception(2, of: master, at: last, timing: "2026-05-01 10:00 12:00 Europe/Berlin"))
        == SampleSeries.instant("2026-05-01T10:00:00Z")
    )
    #expect(RecurringEvent(Self.berlin, exceptions: []).endsAt == nil)
  }
}
