import Foundation
import TestSupport
import Testing

@testable import ICalendar

/// Whatever is read, nothing traps and everything ends.
@Suite(.timeLimit(.minutes(5))) struct HostileRuleTests {
  @Test func `no text makes the reader trap, and what it takes can be written and expanded`() throws {
    let pieces = [
      "FREQ=", "DAILY", "SECONDLY", "YEARLY", "MONTHLY", "WEEKLY", ";", "=", ",", "BYDAY=", "MO", "-1FR",
      "+53SU", "BYMONTHDAY=",
      "BYSETPOS=", "BYYEARDAY=", "BYWEEKNO=", "INTERVAL=", "COUNT=", "UNTIL=", "WKST=", "BYHOUR=",
      "BYMINUTE=", "BYSECOND=",
      "BYMONTH=", "0", "1", "-1", "31", "53", "366", "2147483647", "-", "+", "20261231", "T235960Z", "é",
      "\u{0}", " ", "٣", "😀",
    ]
    var random = SeededRandom(seed: 99)
    var read = 0
    for _ in 0..<20_000 {
      var text =
        Bool.random(using: &random)
        ? "FREQ=\(RecurrenceRule.Frequency.allCases.randomElement(using: &random)?.rawValue ?? "");" : ""
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        text += pieces.randomElement(using: &random) ?? ""
      }
      guard let rule = try? RecurrenceRule(text) else { continue }
      read += 1
      #expect(try RecurrenceRule(rule.description) == rule)
      let set = RecurrenceSet(
        start: .date(CalendarDate(dayNumber: 20_000)),
        rules: [rule],
        limits: RecurrenceLimits(emptyPeriods: 50)
      )
      _ = set.prefix(3).map { $0.date }
    }
    #expect(read > 1500)
  }

  @Test(arguments: [
    "0001-01-01T00:00:00", "0001-12-31T23:59:59", "9998-12-27T23:59:59", "9999-12-31T23:59:59",
  ])
  func `the edges of time are ends, not traps`(start: String) throws {
    var random = RandomRule(seed: 11)
    let local = try #require(LocalDateTime(start))
    for number in 0..<400 {
      let rule = try random.rule()
      let wide = try RecurrenceRule(
        rule.frequency,
        interval: number % 2 == 0 ? RecurrenceRule.largestNumber : rule.interval,
        end: rule.end,
        byDay: rule.byDay,
        byWeekNumber: rule.byWeekNumber,
        bySetPosition: rule.bySetPosition,
        weekStart: rule.weekStart
      )
      for rule in [rule, wide] {
        var set = RecurrenceSet(
          start: .floating(local),
          rules: [rule],
          limits: RecurrenceLimits(emptyPeriods: 100, skippedInstances: 500, instances: 50)
        )
        let found = set.prefix(5).map(\.local)
        #expect(found.first == local)
        #expect(found == found.sorted())
        set.start = .zoned(ZonedDateTime(local: local, zone: try zone("Pacific/Apia")))
        _ = set.prefix(3).map { set.time(of: $0) }
        _ = set.between(.distantPast, .distantFuture)
      }
    }
  }

  @Test func `a hundred rules with a thousand dates are one set in order`() throws {
    var set = RecurrenceSet(start: .zoned(try time("2026-01-01T09:00:00 Europe/Berlin")))
    set.rules = try (1...100).map { try RecurrenceRule(.daily, interval: $0) }
    set.dates = (0..<1000).map { RecurrenceDate(set.start.sameForm(second: set.start.second + $0 * 7000)) }
    set.exclusions = (0..<1000).map { set.start.sameForm(second: set.start.second + $0 * 14_000) }
    let seconds = set.prefix(2000).map(\.second)
    #expect(seconds == Set(seconds).sorted())
    #expect(!seconds.contains(set.start.second))
  }
}
