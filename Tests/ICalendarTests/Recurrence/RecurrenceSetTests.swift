import Foundation
import Testing

@testable import ICalendar

@Suite(.timeLimit(.minutes(5))) struct RecurrenceSetTests {
  private func set(_ start: String, _ rules: String...) throws -> RecurrenceSet {
    RecurrenceSet(
      start: .zoned(try time(start)),
      rules: try rules.map { try RecurrenceRule($0, isStrict: true) }
    )
  }

  private func locals(_ set: RecurrenceSet, _ count: Int = 20) -> [String] {
    set.prefix(count).map { "\($0.local)" }
  }

  private func instants(_ set: RecurrenceSet, _ count: Int = 20) -> [String] {
    set.prefix(count).map {
      String(ZonedDateTime(instant: $0.instant, zone: .utc).local.description.dropLast(3))
    }
  }

  @Test func `a skipped time is shifted, counted, and not carried on`() throws {
    let set = try set("2026-03-28T02:30:00 Europe/Berlin", "FREQ=DAILY;COUNT=3")
    #expect(instants(set) == ["2026-03-28T01:30", "2026-03-29T01:30", "2026-03-30T00:30"])
    #expect(set.map(\.isShifted) == [false, true, false])
    #expect(set.between(try utc("2026-03-01T00:00:00"), try utc("2026-04-01T00:00:00")).shiftedCount == 1)
  }

  @Test func `a time that comes twice is the first`() throws {
    let set = try set("2026-10-24T02:30:00 Europe/Berlin", "FREQ=DAILY;COUNT=3")
    #expect(instants(set) == ["2026-10-24T00:30", "2026-10-25T00:30", "2026-10-26T01:30"])
  }

  @Test func `two wall clocks that are one instant are one occurrence`() throws {
    let hourly = try set("2026-03-29T01:00:00 Europe/Berlin", "FREQ=HOURLY;COUNT=4")
    #expect(locals(hourly) == ["2026-03-29T01:00:00", "2026-03-29T03:00:00", "2026-03-29T04:00:00"])
    let byMinutes = try set("2026-03-29T01:50:00 Europe/Berlin", "FREQ=MINUTELY;INTERVAL=25;COUNT=6")
    // 02:15 → 03:15, 02:40 → 03:40, then 03:05, 03:30, 03:55.
    #expect(
      instants(byMinutes) == [
        "2026-03-29T00:50", "2026-03-29T01:05", "2026-03-29T01:15", "2026-03-29T01:30", "2026-03-29T01:40",
        "2026-03-29T01:55",
      ]
    )
  }

  /// Found by the fuzzer: before 1970 a month that the rule passes over was taken for the end of the span.
  @Test(arguments: ["0002-01-01T00:00:00 UTC", "1969-01-01T00:00:00 UTC", "2026-01-01T00:00:00 UTC"])
  func `a span is a part of the whole in every age`(start: String) throws {
    for rule in [
      "FREQ=DAILY;BYMONTH=9;COUNT=50", "FREQ=HOURLY;BYMONTH=9;COUNT=106", "FREQ=MONTHLY;BYMONTH=2,9",
    ] {
      let set = try set(start, rule)
      let whole = Array(set.prefix(30))
      #expect(
        set.between(whole[10].instant, whole[19].instant).occurrences == Array(whole[10..<19]),
        "\(rule)"
      )
    }
  }

  @Test func `a span that begins in or after a skipped hour has what was shifted into it`() throws {
    let set = try set("2026-03-29T01:50:00 Europe/Berlin", "FREQ=MINUTELY;INTERVAL=25;COUNT=40")
    let endless = try self.set("2026-03-29T01:50:00 Europe/Berlin", "FREQ=MINUTELY;INTERVAL=25")
    let all = Array(set)
    for (index, first) in all.enumerated() {
      for set in [set, endless] {
        let found = set.between(first.instant, all[all.count - 1].instant)
        #expect(found.occurrences == Array(all[index..<all.count - 1]))
      }
    }
  }

  @Test func `a day without clocks is passed over by instants, not by days`() throws {
    // Samoa left out 30 December 2011: the 30th's instance falls on the 31st, where one is already.
    let set = try set("2011-12-29T10:00:00 Pacific/Apia", "FREQ=DAILY;COUNT=4")
    #expect(locals(set) == ["2011-12-29T10:00:00", "2011-12-31T10:00:00", "2012-01-01T10:00:00"])
  }

  @Test(arguments: [
    ("UNTIL=20261025T003000Z", 2), ("UNTIL=20261025T002959Z", 1), ("UNTIL=20261025T013000Z", 2),
    ("UNTIL=20261025T023000", 2), ("UNTIL=20261025T022959", 1), ("UNTIL=20261025", 2), ("UNTIL=20261024", 1),
  ])
  func `UNTIL is inclusive, in whatever form it is given`(until: String, count: Int) throws {
    let set = try set("2026-10-24T02:30:00 Europe/Berlin", "FREQ=DAILY;\(until)")
    #expect(set.map { $0 }.count == count)
  }

  @Test func `days have no zone, and end with the day of UNTIL`() throws {
    var set = RecurrenceSet(
      start: .date(try date("2026-01-31")),
      rules: [try RecurrenceRule("FREQ=MONTHLY;UNTIL=20260531")]
    )
    #expect(set.map { "\($0.date)" } == ["2026-01-31", "2026-03-31", "2026-05-31"])
    set.exclusions = [.date(try date("2026-03-31"))]
    #expect(set.map { "\($0.date)" } == ["2026-01-31", "2026-05-31"])
    let berlin = try zone("Europe/Berlin")
    let may = set.between(try utc("2026-05-30T22:00:00"), try utc("2026-05-31T21:00:00"), in: berlin)
    #expect(may.occurrences.map { "\($0.date)" } == ["2026-05-31"])
    #expect(
      set.between(try utc("2026-05-30T22:00:01"), try utc("2026-06-30T21:00:00"), in: berlin).occurrences
        == []
    )
  }

  @Test func `EXDATE is matched by instant, a day takes the whole day`() throws {
    var set = try set("2026-01-05T09:00:00 Europe/Berlin", "FREQ=DAILY;COUNT=6")
    set.exclusions = [
      .zoned(try time("2026-01-06T08:00:00 UTC")), .zoned(try time("2026-01-07T03:00:00 America/New_York")),
      .floating(try time("2026-01-08T09:00:00 UTC").local), .date(try date("2026-01-09")),
      .zoned(try time("2026-01-10T09:00:00 UTC")),
    ]
    #expect(locals(set) == ["2026-01-05T09:00:00", "2026-01-10T09:00:00"])
    set.exclusions = [set.start]
    #expect(locals(set).first == "2026-01-06T09:00:00")
    // COUNT counts before EXDATE.
    #expect(locals(set).count == 5)
  }

  @Test func `RDATE adds in order, each instant once, in its own zone`() throws {
    var set = try set("2026-01-05T09:00:00 Europe/Berlin", "FREQ=WEEKLY;COUNT=2")
    set.dates = [
      RecurrenceDate(.zoned(try time("2026-01-20T09:00:00 Europe/Berlin"))),
      RecurrenceDate(.zoned(try time("2026-01-12T08:00:00 UTC"))),
      RecurrenceDate(.zoned(try time("2026-01-07T09:00:00 America/New_York"))),
      RecurrenceDate(.date(try date("2026-01-04"))),
    ]
    #expect(
      locals(set) == [
        "2026-01-04T09:00:00", "2026-01-05T09:00:00", "2026-01-07T15:00:00", "2026-01-12T09:00:00",
        "2026-01-20T09:00:00",
      ]
    )
  }

  @Test func `several rules are one set, and EXRULE takes from it`() throws {
    var set = try set(
      "2026-01-01T09:00:00 UTC",
      "FREQ=DAILY;INTERVAL=2;COUNT=4",
      "FREQ=DAILY;INTERVAL=3;COUNT=3"
    )
    #expect(set.map { $0.date.day } == [1, 3, 4, 5, 7])
    set.exclusionRules = [try RecurrenceRule("FREQ=DAILY;INTERVAL=4")]
    #expect(set.map { $0.date.day } == [3, 4, 7])
  }

  @Test func `DTSTART is the first instance and counts, also where the rule does not make it`() throws {
    let set = try set("2026-01-06T09:00:00 UTC", "FREQ=WEEKLY;BYDAY=MO;COUNT=3")
    #expect(set.map { $0.date.day } == [6, 12, 19])
    let numbered = try self.set("2026-01-06T09:00:00 UTC", "FREQ=MONTHLY;BYDAY=1TU,MO;COUNT=5")
    // Weekdays with and without a number are a union (RFC 5545 §3.3.10); dateutil makes it an intersection.
    #expect(numbered.map { $0.date.day } == [6, 12, 19, 26, 2])
  }

  @Test func `BYSETPOS picks from the week before DTSTART too`() throws {
    // §3.3.10; dateutil would take Friday the 2nd, the first of what is left of the week.
    let set = try set("2026-01-01T09:00:00 UTC", "FREQ=WEEKLY;BYDAY=MO,FR;BYSETPOS=1;COUNT=3")
    #expect(set.map { $0.date.description } == ["2026-01-01", "2026-01-05", "2026-01-12"])
  }

  @Test func `days of January in the old year's last week are in it`() throws {
    // ISO 8601: 1 January 2039 is in week 52 of 2038; dateutil misses it.
    let set = try set("2038-12-27T09:00:00 UTC", "FREQ=YEARLY;BYWEEKNO=52;COUNT=8")
    #expect(set.map { "\($0.date)" }.contains("2039-01-01"))
  }

  @Test(arguments: [
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=4",
    "FREQ=DAILY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=31", "FREQ=SECONDLY;INTERVAL=7;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=HOURLY;INTERVAL=2;BYHOUR=10", "FREQ=YEARLY;BYDAY=MO;BYSETPOS=60",
    "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30",
  ])
  func `an impossible rule ends in bounded time, at a limit or at the year 9999`(rule: String) throws {
    var set = RecurrenceSet(
      start: .zoned(try time("2026-01-01T09:00:00 Europe/Berlin")),
      rules: [try RecurrenceRule(rule)],
      limits: RecurrenceLimits(emptyPeriods: 5000)
    )
    var iterator = set.makeIterator()
    #expect(iterator.next()?.date.year == 2026)
    #expect(iterator.next() == nil)
    #expect(iterator.reachedLimit)
    // A span is looked through to its end, and no further.
    let span = set.between(try utc("2026-02-01T00:00:00"), try utc("2027-02-01T00:00:00"))
    #expect(span == RecurrenceExpansion(occurrences: [], isComplete: true))
    set.limits.emptyPeriods = 1
    #expect(!set.between(try utc("2026-02-01T00:00:00"), try utc("2036-02-01T00:00:00")).isComplete)
  }

  @Test func `a rule that ends by itself is not at a limit`() throws {
    var iterator = try set("2026-01-01T09:00:00 UTC", "FREQ=DAILY;COUNT=2").makeIterator()
    #expect(iterator.next() != nil && iterator.next() != nil && iterator.next() == nil)
    #expect(!iterator.reachedLimit)
    var last = try set("9998-01-01T09:00:00 UTC", "FREQ=YEARLY").makeIterator()
    #expect(last.next() != nil && last.next() != nil && last.next() == nil)
    #expect(!last.reachedLimit)
  }

  @Test func `hostile rules fill no memory and pass no limit in silence`() throws {
    var set = try set("2026-01-01T09:00:00 UTC", "FREQ=SECONDLY")
    set.limits.instances = 1000
    let many = set.between(try utc("2026-01-01T00:00:00"), try utc("2036-01-01T00:00:00"))
    #expect(many.occurrences.count == 1000)
    #expect(!many.isComplete)
    set.limits.skippedInstances = 5000
    set.exclusionRules = set.rules
    #expect(!set.between(try utc("2026-01-01T00:00:00"), try utc("2036-01-01T00:00:00")).isComplete)
    var counted = try self.set("2026-01-01T09:00:00 UTC", "FREQ=SECONDLY;BYMONTH=1;COUNT=2000000000")
    counted.limits.skippedInstances = 5000
    #expect(!counted.between(try utc("2030-01-01T00:00:00"), try utc("2030-01-02T00:00:00")).isComplete)
  }

  @Test func `random rules entered in the middle give what they give from the start`() throws {
    var random = RandomRule(seed: 41)
    let zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC", "Asia/Kolkata"]
    var compared = 0
    for number in 0..<500 {
      let (start, rule) = (random.start(), try random.rule())
      var set = RecurrenceSet(
        start: .zoned(ZonedDateTime(local: start, zone: try zone(zones[number % zones.count]))),
        rules: [rule],
        limits: RecurrenceLimits(emptyPeriods: 2000)
      )
      let all = Array(set.prefix(60))
      // The same instants must be there in the same order, however the set is entered.
      #expect(all.map(\.second) == all.map(\.second).sorted())
      guard all.count > 2 else { continue }
      for (low, high) in [(0, all.count / 2), (all.count / 3, all.count - 1), (all.count / 2, all.count - 1)]
      {
        let found = set.between(all[low].instant, all[high].instant)
        compared += found.occurrences.count
        #expect(found.occurrences == Array(all[low..<high]), "\(start) \(rule)")
      }
      set.limits.instances = 3
      let few = set.between(all[1].instant.addingTimeInterval(1), all[all.count - 1].instant)
      #expect(few.occurrences == Array(all[2..<all.count - 1].prefix(3)), "\(start) \(rule)")
    }
    #expect(compared > 13_000)
  }
}
