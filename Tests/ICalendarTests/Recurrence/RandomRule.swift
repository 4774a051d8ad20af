@testable import ICalendar
import TestSupport

/// Rules with whatever may stand in them, from a seed.
struct RandomRule {
  var random: SeededRandom

  init(seed: UInt64) {
    random = SeededRandom(seed: seed)
  }

  mutating func start() -> LocalDateTime {
    let day = number(4000...25_000)
    // Often the end of a month or year, where most goes wrong.
    let edge = CalendarDate(year: number(1990...2030), month: chance(2) ? 12 : 1, day: number(26...31))
    let date = chance(4) ? edge ?? CalendarDate(dayNumber: day) : CalendarDate(dayNumber: day)
    return LocalDateTime(startOf: date).adding(seconds: number(0...86_399))
  }

  /// Two or three BY parts at most: with more of them hardly a day is left.
  mutating func rule() throws(RecurrenceRuleError) -> RecurrenceRule {
    let frequency = RecurrenceRule.Frequency.allCases.randomElement(using: &random) ?? .daily
    let isClock = [.secondly, .minutely, .hourly].contains(frequency)
    let canBeNumbered = frequency == .monthly || frequency == .yearly
    var lists: [RecurrenceRuleError.Part: [Int]] = [:]
    var byDay: [NumberedWeekday] = []
    for _ in 0..<number(0...3) {
      switch number(0...9) {
      case 0, 1: byDay = weekdays(numbered: canBeNumbered && chance(2))
      case 2 where frequency != .weekly: lists[.byMonthDay] = list(-31...31, upTo: 6)
      case 3 where isClock || frequency == .yearly: lists[.byYearDay] = list(-366...366, upTo: 12)
      case 4 where frequency == .yearly: lists[.byWeekNumber] = list(-53...53, upTo: 4)
      case 5: lists[.byHour] = list(0...23, upTo: isClock ? 8 : 3)
      case 6: lists[.byMinute] = list(0...59, upTo: isClock ? 8 : 3)
      case 7: lists[.bySecond] = list(0...59, upTo: isClock ? 8 : 3)
      case 8: lists[.byMonth] = list(1...12, upTo: 6)
      default: break
      }
    }
    if lists[.byWeekNumber] != nil { byDay = byDay.map { .every($0.weekday) } }
    let canPick = !byDay.isEmpty || !lists.isEmpty
    return try RecurrenceRule(
      frequency,
      interval: chance(2) ? 1 : number(2...(isClock && chance(4) ? 1000 : 5)),
      end: chance(3) ? .count(number(1...15)) : .never,
      bySecond: lists[.bySecond] ?? [],
      byMinute: lists[.byMinute] ?? [],
      byHour: lists[.byHour] ?? [],
      byDay: byDay,
      byMonthDay: lists[.byMonthDay] ?? [],
      byYearDay: lists[.byYearDay] ?? [],
      byWeekNumber: lists[.byWeekNumber] ?? [],
      byMonth: lists[.byMonth] ?? [],
      bySetPosition: canPick && chance(4) ? list(-5...5, upTo: 3) : [],
      weekStart: chance(2) ? .monday : Weekday.allCases.randomElement(using: &random) ?? .monday
    )
  }

  private mutating func weekdays(numbered: Bool) -> [NumberedWeekday] {
    (0..<number(1...4)).map { _ in
      let weekday = Weekday.allCases.randomElement(using: &random) ?? .monday
      let reach = chance(8) ? 53 : 5
      return NumberedWeekday(weekday, ordinal: numbered ? nonzero(-reach...reach) : nil)
    }
  }

  /// One to `limit` numbers.
  private mutating func list(_ range: ClosedRange<Int>, upTo limit: Int) -> [Int] {
    (0..<number(1...limit)).map { _ in range.contains(-1) ? nonzero(range) : number(range) }
  }

  private mutating func nonzero(_ range: ClosedRange<Int>) -> Int {
    let number = number(range)
    return number == 0 ? 1 : number
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
  mutating func chance(_ once: Int) -> Bool { number(1...once) == 1 }
}
