import CalendarCore
import CalendarService
import Foundation
import ICalendar
import Testing

@Suite(.timeLimit(.minutes(5))) struct RecurrenceRulesTests {
  /// A Tuesday.
  static let meeting = "2026-06-02 10:00 11:00 Europe/Berlin"
  static let days = "2026-06-02 2026-06-03"

  @Test(arguments: [
    (meeting, ["rrule:freq=weekly;byday=tu;"], ["RRULE:FREQ=WEEKLY;BYDAY=TU"]),
    (meeting, [" RRULE:FREQ=WEEKLY;BYDAY=TH,TU;INTERVAL=1 ", ""], ["RRULE:FREQ=WEEKLY;BYDAY=TU,TH"]),
    (meeting, ["RRULE:FREQ=MONTHLY;BYDAY=+1TU"], ["RRULE:FREQ=MONTHLY;BYDAY=1TU"]),
    (meeting, ["RRULE:FREQ=DAILY;COUNT=3"], ["RRULE:FREQ=DAILY;COUNT=3"]),
    // UNTIL has the start's form: UTC, and a day ends where the event is.
    (meeting, ["RRULE:FREQ=DAILY;UNTIL=20260630"], ["RRULE:FREQ=DAILY;UNTIL=20260630T215959Z"]),
    (meeting, ["RRULE:FREQ=DAILY;UNTIL=20261031"], ["RRULE:FREQ=DAILY;UNTIL=20261031T225959Z"]),
    (meeting, ["RRULE:FREQ=DAILY;UNTIL=20260630T100000"], ["RRULE:FREQ=DAILY;UNTIL=20260630T080000Z"]),
    (meeting, ["RRULE:FREQ=DAILY;UNTIL=20260602T080000Z"], ["RRULE:FREQ=DAILY;UNTIL=20260602T080000Z"]),
    (days, ["RRULE:FREQ=DAILY;UNTIL=20260630T100000Z"], ["RRULE:FREQ=DAILY;UNTIL=20260630"]),
    (days, ["RRULE:FREQ=DAILY;UNTIL=20260602"], ["RRULE:FREQ=DAILY;UNTIL=20260602"]),
    (meeting, ["RRULE:FREQ=YEARLY;BYMONTHDAY=2"], ["RRULE:FREQ=YEARLY;BYMONTHDAY=2;BYMONTH=6"]),
    (meeting, ["RRULE:FREQ=DAILY;BYHOUR=10;BYMINUTE=0;BYSECOND=0"], ["RRULE:FREQ=DAILY"]),
    (
      meeting, ["RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=2"],
      ["RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=2"]
    ),
    (
      meeting,
      ["EXDATE:20260616T080000Z,20260609T080000Z", "RRULE:FREQ=WEEKLY", "EXDATE;VALUE=DATE:20260623"],
      ["RRULE:FREQ=WEEKLY", "EXDATE;TZID=Europe/Berlin:20260609T100000,20260616T100000,20260623T100000"]
    ),
    (
      meeting, ["RDATE;TZID=America/New_York:20260701T040000", "RDATE:20260615T120000"],
      ["RDATE;TZID=Europe/Berlin:20260615T120000,20260701T100000"]
    ),
    (
      days, ["RRULE:FREQ=DAILY", "EXDATE:20260604T100000Z", "EXDATE;VALUE=DATE:20260604,20260603"],
      ["RRULE:FREQ=DAILY", "EXDATE;VALUE=DATE:20260603,20260604"]
    ),
    ("2026-06-02 10:00 11:00 UTC", ["RDATE:20260603T100000"], ["RDATE:20260603T100000Z"]),
    (meeting, [], []),
    (meeting, ["EXDATE:20260609T080000Z"], []),
  ])
  func `lines are written in one form`(timing: String, lines: [String], written: [String]) throws {
    let timing = SampleSeries.timing(timing)
    let found = try RecurrenceRules.normalized(lines, timing: timing)
    #expect(found == written)
    #expect(try RecurrenceRules.normalized(found, timing: timing) == found)
  }

  @Test(arguments: [
    (meeting, ["DTSTART:20260602T100000", "RRULE:FREQ=DAILY"], "RRULE, RDATE and EXDATE"),
    (meeting, ["EXRULE:FREQ=DAILY"], "RRULE, RDATE and EXDATE"),
    (meeting, ["FREQ=DAILY"], "RRULE, RDATE and EXDATE"),
    (meeting, ["RRULE:FREQ=DAILY\r\nATTENDEE:mailto:x@example.com"], "can't be read"),
    (meeting, ["RRULE"], "can't be read"),
    (meeting, ["RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY"], "only one recurrence rule"),
    (meeting, ["RRULE:FREQ=HOURLY"], "once a day"),
    (meeting, ["RRULE:FREQ=SECONDLY"], "once a day"),
    (meeting, ["RRULE:FREQ=DAILY;BYHOUR=10,15"], "once a day"),
    (meeting, ["RRULE:FREQ=DAILY;BYHOUR=11"], "time of day"),
    (days, ["RRULE:FREQ=DAILY;BYHOUR=0"], "time of day"),
    (meeting, ["RRULE:FREQ=DAILY;COUNT=3;UNTIL=20260630T080000Z"], "not both"),
    (meeting, ["RRULE:FREQ=DAILY;COUNT=0"], "COUNT cannot be 0"),
    (meeting, ["RRULE:FREQ=DAILY;INTERVAL=0"], "INTERVAL cannot be 0"),
    (meeting, ["RRULE:FREQ=DAILY;X-WHEN=NOON"], "no part named X-WHEN"),
    (meeting, ["RRULE:FREQ=DAILY;FREQ=WEEKLY"], "more than once"),
    (meeting, ["RRULE:FREQ=SOMETIMES"], "FREQ cannot be"),
    (meeting, ["RRULE:COUNT=3"], "no FREQ"),
    (meeting, ["RRULE:FREQ=WEEKLY;BYDAY=1TU"], "no meaning"),
    (meeting, ["RRULE:FREQ=YEARLY;BYWEEKNO=23"], "week number"),
    (meeting, ["RRULE:FREQ=DAILY;UNTIL=20260601"], "before the first"),
    (meeting, ["RRULE:FREQ=DAILY;UNTIL=20260602T075959Z"], "before the first"),
    (days, ["RRULE:FREQ=DAILY;UNTIL=20260601"], "before the first"),
    (meeting, ["RRULE:FREQ=WEEKLY;BYDAY=MO"], "day that matches"),
    (days, ["RRULE:FREQ=WEEKLY;BYDAY=MO"], "day that matches"),
    (meeting, ["RRULE:FREQ=MONTHLY;BYMONTHDAY=1"], "day that matches"),
    (meeting, ["RRULE:FREQ=MONTHLY;BYDAY=-1TU"], "day that matches"),
    (meeting, ["RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"], "day that matches"),
    (meeting, ["RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"], "day that matches"),
    (meeting, ["EXDATE:tomorrow"], "tomorrow"),
    (meeting, ["EXDATE;TZID=Mars/Olympus:20260609T100000"], "isn't a valid date"),
    (meeting, ["RDATE:20260230T100000Z"], "isn't a valid date"),
    (meeting, ["RDATE;VALUE=PERIOD:20260609T100000Z/PT5H"], "their own duration"),
    (meeting, ["RDATE:20260601T080000Z"], "before the first"),
    (meeting, ["RDATE:22010101T080000Z"], "2200"),
    (
      meeting, ["RRULE:FREQ=DAILY;COUNT=2", "EXDATE:20260602T080000Z,20260603T080000Z"],
      "Every occurrence is excluded"
    ),
    (meeting, Array(repeating: "RDATE:20260609T080000Z", count: 101), "too long"),
    (meeting, ["RDATE:" + String(repeating: "20260609T080000Z,", count: 501)], "500"),
    (meeting, ["RRULE:FREQ=DAILY;BYDAY=" + String(repeating: "TU,", count: 9000)], "too long"),
  ])
  func `what calendars would not agree on is refused`(timing: String, lines: [String], words: String) {
    let error = #expect(throws: InvalidInput.self) {
      try RecurrenceRules.normalized(lines, timing: SampleSeries.timing(timing))
    }
    #expect(error?.field == "recurrence")
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  @Test func `the first meeting may be one that is left out`() throws {
    let lines = ["RRULE:FREQ=WEEKLY;BYDAY=TU", "EXDATE;TZID=Europe/Berlin:20260602T100000"]
    #expect(try RecurrenceRules.normalized(lines, timing: SampleSeries.timing(Self.meeting)) == lines)
  }

  @Test func `a meeting at a time that the clock skips later may start`() throws {
    let timing = SampleSeries.timing("2026-03-28 02:30 03:30 Europe/Berlin")
    #expect(try RecurrenceRules.normalized(["RRULE:FREQ=DAILY"], timing: timing) == ["RRULE:FREQ=DAILY"])
    let skipped = SampleSeries.timing("2026-03-29 02:30 03:30 Europe/Berlin")
    #expect(try RecurrenceRules.normalized(["RRULE:FREQ=DAILY"], timing: skipped) == ["RRULE:FREQ=DAILY"])
  }
}
