import Foundation
import Testing

@testable import ICalendar

/// RSCALE and SKIP (RFC 7529).
@Suite(.timeLimit(.minutes(5))) struct ScaledRuleTests {
  private func days(
    _ rule: String,
    from start: String,
    _ count: Int = 4,
    limits: RecurrenceLimits = .default
  ) throws -> [String] {
    let set = RecurrenceSet(start: .date(try date(start)), rules: [try RecurrenceRule(rule)], limits: limits)
    return set.prefix(count).map { "\($0.date)" }
  }

  @Test(
    arguments: [
      // The examples of RFC 7529 §4.3.
      ("RSCALE=CHINESE;FREQ=YEARLY", ["2013-02-10", "2014-01-31", "2015-02-19", "2016-02-08"]),
      (
        "RSCALE=ETHIOPIC;FREQ=MONTHLY;BYMONTH=13", ["2013-09-06", "2014-09-06", "2015-09-06", "2016-09-06"]
      ),
      (
        "RSCALE=HEBREW;FREQ=YEARLY;BYMONTH=5L;BYMONTHDAY=8;SKIP=FORWARD",
        ["2014-02-08", "2015-02-27", "2016-02-17", "2017-03-06"]
      ),
      (
        "RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=FORWARD", ["2012-02-29", "2013-03-01", "2014-03-01", "2015-03-01"]
      ),
      (
        "RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=BACKWARD",
        ["2012-02-29", "2013-02-28", "2014-02-28", "2015-02-28"]
      ),
      ("RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=OMIT", ["2012-02-29", "2016-02-29", "2020-02-29", "2024-02-29"]),
      ("RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=OMIT", ["2014-01-31", "2014-03-31", "2014-05-31", "2014-07-31"]),
      (
        "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD",
        ["2014-01-31", "2014-02-28", "2014-03-31", "2014-04-30"]
      ),
      (
        "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD",
        ["2014-01-31", "2014-03-01", "2014-03-31", "2014-05-01"]
      ),
      // Rosh Hashanah, Passover and the Chinese mid-autumn festival, as published for these years.
      ("RSCALE=HEBREW;FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1", ["2023-09-16", "2024-10-03", "2025-09-23"]),
      ("RSCALE=HEBREW;FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=15", ["2023-04-06", "2024-04-23", "2025-04-13"]),
      ("RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=15", ["2023-09-29", "2024-09-17", "2025-10-06"]),
      // The ends of Hebrew months, as Temporal has them.
      (
        "RSCALE=HEBREW;FREQ=DAILY;BYMONTHDAY=-1",
        ["2024-02-09", "2024-03-10", "2024-04-08", "2024-05-08", "2024-06-06", "2024-07-06"]
      ),
      // The leap month of 2023 came after the second, that of 2025 after the sixth.
      ("RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=2L;BYMONTHDAY=1", ["2023-03-22", "2042-03-22"]),
      (
        "RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=2L;BYMONTHDAY=1;SKIP=BACKWARD",
        ["2023-03-22", "2024-03-10", "2025-02-28"]
      ),
      ("RSCALE=CHINESE;FREQ=MONTHLY;BYMONTHDAY=1", ["2025-06-25", "2025-07-25", "2025-08-23"]),
    ]
  )
  func `rules are counted in their calendar`(rule: String, expected: [String]) throws {
    #expect(try days(rule, from: expected[0], expected.count) == expected)
  }

  @Test(
    arguments: [
      "FREQ=MONTHLY;BYDAY=MO,TU,WE;BYSETPOS=-1", "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU",
      "FREQ=YEARLY;BYYEARDAY=-1,100",
      "FREQ=YEARLY;BYDAY=20MO", "FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=-2,15",
      "FREQ=DAILY;INTERVAL=3;BYMONTH=1,7",
      "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU;BYMONTH=4,5",
      "FREQ=YEARLY;INTERVAL=3;BYMONTH=2;BYMONTHDAY=1",
      "FREQ=HOURLY;INTERVAL=7;BYMONTHDAY=5,6", "FREQ=YEARLY;BYMONTH=1,12;BYDAY=FR;BYSETPOS=1,-1",
      "FREQ=YEARLY;BYWEEKNO=20,-3;BYDAY=MO",
    ]
  )
  func `where every day exists, SKIP changes nothing`(rule: String) throws {
    let plain = try days(rule, from: "2024-01-01", 60)
    #expect(plain.count == 60)
    for skip in ["FORWARD", "BACKWARD"] {
      #expect(try days("RSCALE=GREGORIAN;SKIP=\(skip);\(rule)", from: "2024-01-01", 60) == plain)
    }
  }

  @Test func `two days that are moved to one are one, and count once`() throws {
    let rule = "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=29,30,31,1;SKIP=FORWARD;COUNT=7"
    #expect(
      try days(rule, from: "2025-01-29", 20) == [
        "2025-01-29", "2025-01-30", "2025-01-31", "2025-02-01", "2025-03-01", "2025-03-29", "2025-03-30",
      ]
    )
    let last = "RSCALE=GREGORIAN;FREQ=YEARLY;BYMONTH=2,3;BYMONTHDAY=30,1;SKIP=FORWARD;BYSETPOS=2"
    #expect(try days(last, from: "2025-03-01", 2) == ["2025-03-01", "2026-03-01"])
  }

  @Test func `a span is entered in the middle, and a moved day is found where it is`() throws {
    for rule in [
      "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=FORWARD",
      "RSCALE=HEBREW;FREQ=MONTHLY;BYMONTHDAY=30;SKIP=FORWARD",
    ] {
      let set = RecurrenceSet(start: .date(try date("2020-01-31")), rules: [try RecurrenceRule(rule)])
      let all = Array(set.prefix(200))
      for year in 2021...2028 {
        let (from, to) = (try utc("\(year)-03-01T00:00:00"), try utc("\(year)-09-02T00:00:00"))
        let found = set.between(from, to)
        #expect(found.occurrences == all.filter { $0.instant >= from && $0.instant < to })
        #expect(found.isComplete)
      }
    }
  }

  @Test func `a series is divided in its calendar too`() throws {
    var event = try meeting(from: "2014-01-31T09:00:00 UTC", to: "2014-01-31T10:00:00 UTC")
    try event.setRecurrence(["RRULE:RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD;COUNT=6"])
    let series = EventSeries(master: event)
    let ids = series.map(\.id)
    let parts = try series.splitting(at: ids[3], uid: "2")
    #expect(parts.before.map(\.id) + parts.after.map(\.id) == ids)
  }

  @Test func `an impossible rule of a slow calendar is given up`() throws {
    for rule in [
      "RSCALE=HEBREW;FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=31", "RSCALE=PERSIAN;FREQ=MONTHLY;INTERVAL=2147483647",
    ] {
      let set = RecurrenceSet(start: .date(try date("2024-01-01")), rules: [try RecurrenceRule(rule)])
      var iterator = set.makeIterator()
      #expect(iterator.next() != nil)
      #expect(iterator.next() == nil)
      #expect(iterator.reachedLimit)
    }
  }

  @Test func `rules are written as they were read`() throws {
    for rule in [
      "RSCALE=HEBREW;FREQ=YEARLY;BYMONTHDAY=8;BYMONTH=6,5L;SKIP=FORWARD",
      "RSCALE=CHINESE;FREQ=YEARLY;COUNT=3",
      "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD",
    ] {
      #expect(try RecurrenceRule(rule, isStrict: true).description == rule)
    }
    #expect(try RecurrenceRule("FREQ=MONTHLY;SKIP=BACKWARD").skip == .backward)
    #expect(throws: RecurrenceRuleError.skipAlone) {
      try RecurrenceRule("FREQ=MONTHLY;SKIP=BACKWARD", isStrict: true)
    }
  }

  @Test(
    arguments: [
      ("FREQ=YEARLY;RSCALE=MAYAN", .unsupportedCalendar("RSCALE=MAYAN")),
      ("FREQ=YEARLY;RSCALE=GREGORIAN;SKIP=SIDEWAYS", .unsupportedCalendar("SKIP=SIDEWAYS")),
      ("FREQ=YEARLY;RSCALE=PERSIAN;BYMONTH=5L", .outOfRange(.byMonth, 5)),
      ("FREQ=YEARLY;BYMONTH=13", .outOfRange(.byMonth, 13)),
    ] as [(String, RecurrenceRuleError)]
  )
  func `what no calendar has is refused`(rule: String, error: RecurrenceRuleError) {
    #expect(throws: error) { try RecurrenceRule(rule) }
  }
}
