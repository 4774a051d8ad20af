import CalendarCore
import CalendarService
import Foundation
import ICalendar
import Testing

@Suite(.timeLimit(.minutes(5))) struct RepeatsUntilTests {
  static let daily = "2026-03-27 10:00 11:30 Europe/Berlin"

  @Test(arguments: [
    // Across the change of the clocks on 29 March.
    (daily, ["RRULE:FREQ=DAILY;COUNT=4"], "2026-03-30T09:30:00Z"),
    (daily, ["RRULE:FREQ=DAILY;UNTIL=20260330T080000Z"], "2026-03-30T09:30:00Z"),
    // A day is one in the event's zone.
    (daily, ["RRULE:FREQ=DAILY;UNTIL=20260330"], "2026-03-30T23:30:00Z"),
    (daily, ["RRULE:FREQ=DAILY;UNTIL=20260330T100000"], "2026-03-30T09:30:00Z"),
    (daily, ["RRULE:FREQ=DAILY;COUNT=1"], "2026-03-27T10:30:00Z"),
    (daily, ["RRULE:FREQ=DAILY;UNTIL=20200101T000000Z"], "2026-03-27T10:30:00Z"),
    (daily, ["RDATE:20260501T080000Z,20260401T080000Z"], "2026-05-01T09:30:00Z"),
    (daily, ["RDATE;VALUE=PERIOD:20260501T080000Z/PT5H,20260401T080000Z/PT1H"], "2026-05-01T13:00:00Z"),
    (daily, ["RRULE:FREQ=DAILY;COUNT=2", "EXDATE:20260328T090000Z"], "2026-03-28T10:30:00Z"),
    (daily, ["RRULE:FREQ=SOMETIMES"], "2026-03-27T10:30:00Z"),
    ("2026-03-27 2026-03-29", ["RRULE:FREQ=WEEKLY;COUNT=2"], "2026-04-05T00:00:00Z"),
    ("2026-03-27 2026-03-29", ["RRULE:FREQ=WEEKLY;UNTIL=20260403"], "2026-04-05T00:00:00Z"),
    ("2026-03-01 23:00 23:30 America/New_York", ["RRULE:FREQ=WEEKLY;COUNT=2"], "2026-03-09T03:30:00Z"),
  ])
  func `the bound is the end of the last occurrence`(timing: String, lines: [String], end: String) {
    var event = SampleSeries.event(timing)
    event.recurrence = lines
    #expect(event.repeatsUntil == SampleSeries.instant(end))
  }

  @Test func `nothing ends that has no end in sight`() {
    func bound(_ line: String) -> Date? { SampleSeries.event(Self.daily, line).repeatsUntil }
    #expect(bound("RRULE:FREQ=DAILY") == .distantFuture)
    #expect(bound("RRULE:FREQ=DAILY;COUNT=5001") == .distantFuture)
    #expect(bound("RRULE:FREQ=DAILY;COUNT=5000") != .distantFuture)
    #expect(
      bound("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3")
        == SampleSeries.instant("2026-03-27T10:30:00Z")
    )
  }

  @Test func `what happens once does not repeat`() {
    #expect(SampleSeries.event(Self.daily).repeatsUntil == nil)
  }

  @Test func `a line that cannot be read does not hide the others`() {
    let event = SampleSeries.event(Self.daily, "X-RULE:FREQ=DAILY", "RRULE:FREQ=DAILY;COUNT=2")
    #expect(event.repeatsUntil == SampleSeries.instant("2026-03-28T10:30:00Z"))
  }

  @Test func `no occurrence ends after the bound`() {
    let rules = [
      "FREQ=WEEKLY;BYDAY=MO,FR;UNTIL=20270101T000000Z", "FREQ=MONTHLY;BYDAY=-1FR;COUNT=30",
      "FREQ=DAILY;INTERVAL=3;UNTIL=20261231", "FREQ=YEARLY;COUNT=9",
    ]
    for timing in [Self.daily, "2026-03-27 2026-04-02", "2026-03-27 20:00 23:00 America/New_York"] {
      for rule in rules {
        let event = SampleSeries.event(timing, "RRULE:\(rule)")
        let last = RecurringEvent(event, exceptions: []).endsAt
        #expect(last ?? .distantFuture <= event.repeatsUntil ?? .distantPast, "\(timing) \(rule)")
      }
    }
  }
}
