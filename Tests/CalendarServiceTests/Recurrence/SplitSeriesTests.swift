import CalendarCore
import CalendarService
import Foundation
import ICalendar
import Testing

@Suite(.timeLimit(.minutes(5))) struct SplitSeriesTests {
  static let start = "2026-10-06 10:00 11:00 Europe/Berlin"

  static func days(_ content: EventContent) -> [String] {
    EventSeries(content.timing, repeating: content.recurrence).prefix(8).map { SampleSeries.clock($0.timing) }
  }

  @Test(arguments: [
    ["RRULE:FREQ=WEEKLY;COUNT=6"], ["RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20261110T090000Z"],
    ["RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=TU,WE;COUNT=8"],
    ["RRULE:FREQ=WEEKLY;COUNT=6", "EXDATE:20261013T080000Z,20261103T090000Z", "RDATE:20261030T090000Z"],
  ])
  func `both parts together are the series`(lines: [String]) throws {
    var master = SampleSeries.event(Self.start)
    master.recurrence = lines
    let event = RecurringEvent(master, exceptions: [])
    let (before, second) = try event.split(at: SampleSeries.original("20261027T090000Z"))
    let after = second.master.content
    #expect(Self.days(before) + Self.days(after) == Self.days(master.content))
    #expect(Self.days(after).first == "2026-10-27 10:00")
    #expect(after.timing == SampleSeries.timing("2026-10-27 10:00 11:00 Europe/Berlin"))
    #expect(second.exceptions.isEmpty)
    for content in [before, after] {
      #expect(throws: Never.self) {
        try RecurrenceRules.normalized(content.recurrence, timing: content.timing)
      }
    }
  }

  @Test func `an endless series ends with the day before and goes on for ever`() throws {
    let event = RecurringEvent(
      SampleSeries.event("2026-03-01 2026-03-02", "RRULE:FREQ=MONTHLY"),
      exceptions: []
    )
    let (before, second) = try event.split(at: SampleSeries.original("20260601"))
    let after = second.master.content
    #expect(before.recurrence == ["RRULE:FREQ=MONTHLY;UNTIL=20260531"])
    #expect(after.recurrence == ["RRULE:FREQ=MONTHLY"])
    #expect(after.timing == SampleSeries.timing("2026-06-01 2026-06-02"))
  }

  @Test func `exceptions go where their original start is, wherever they were moved to`() throws {
    let master = SampleSeries.event(Self.start, "RRULE:FREQ=WEEKLY")
    let early = SampleSeries.exception(
      2,
      of: master,
      at: "20261013T080000Z",
      timing: "2026-12-01 15:00 16:00 Europe/Berlin"
    )
    let cut = SampleSeries.exception(3, of: master, at: "20261027T090000Z", isDeleted: true)
    let late = SampleSeries.exception(
      4,
      of: master,
      at: "20261103T090000Z",
      timing: "2026-10-07 15:00 16:00 Europe/Berlin"
    )
    let event = RecurringEvent(master, exceptions: [late, early, cut])
    let second = try event.split(at: SampleSeries.original("20261027T090000Z")).after
    #expect(Set(second.exceptions.map(\.id)) == [cut.id, late.id])
    #expect(Self.days(second.master.content).first == "2026-10-27 10:00")

    // The second part is moved to another day as a series of its own.
    var changed = second.master
    changed.id = SampleSeries.identifier(9)
    changed.content = try second.moved(
      from: SampleSeries.timing("2026-10-27 10:00 11:00 Europe/Berlin"),
      to: SampleSeries.timing("2026-10-28 12:00 13:00 Europe/Berlin")
    )
    let followed = second.exceptions(following: changed)
    #expect(followed.dropped.isEmpty && Set(followed.kept.map(\.seriesID)) == [changed.id])
    #expect(
      followed.kept.map { $0.originalStart?.description } == ["20261104T110000Z", "20261028T110000Z"]
    )
    #expect(followed.kept.map(SampleSeries.clock) == ["2026-10-07 15:00", "2026-10-28 12:00"])
  }

  @Test func `there is nothing to cut before the first occurrence that is left`() {
    let master = SampleSeries.event(Self.start, "RRULE:FREQ=WEEKLY")
    let first = SampleSeries.exception(2, of: master, at: "20261006T080000Z", isDeleted: true)
    for (exceptions, start) in [([], "20261006T080000Z"), ([first], "20261013T080000Z")] {
      let error = #expect(throws: InvalidInput.self) {
        try RecurringEvent(master, exceptions: exceptions).split(at: SampleSeries.original(start))
      }
      #expect(error?.field == "scope" && error?.message.contains("first") == true)
    }
  }

  @Test(arguments: ["20261014T080000Z", "20261013", "20270101T000000Z"])
  func `there is nothing to cut where no occurrence is`(start: String) {
    let event = RecurringEvent(SampleSeries.event(Self.start, "RRULE:FREQ=WEEKLY;COUNT=3"), exceptions: [])
    let error = #expect(throws: InvalidInput.self) { try event.split(at: SampleSeries.original(start)) }
    #expect(error?.field == "occurrenceStart")
  }

  @Test func `a series of several rules is not cut`() {
    let master = SampleSeries.event(Self.start, "RRULE:FREQ=WEEKLY", "RRULE:FREQ=MONTHLY")
    let error = #expect(throws: InvalidInput.self) {
      try RecurringEvent(master, exceptions: []).split(at: SampleSeries.original("20261013T080000Z"))
    }
    #expect(error?.field == "scope" && error?.message.contains("split") == true)
  }
}
