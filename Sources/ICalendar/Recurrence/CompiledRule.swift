/// A rule made ready for counting: sets are bit masks, and what the rule leaves out is taken from DTSTART.
///
/// Everything here is wall-clock time in seconds since 1970; zones come later (RFC 5545 §3.3.5).
final class CompiledRule: Sendable {
  /// The unit that is stepped over from one period to the next, `interval` at a time.
  enum Stride {
    case years
    case months
    case weeks
    case days
    /// Hours, minutes or seconds, of so many seconds.
    case clock(unit: Int)
    /// Years or months of `scaledDays`.
    case scaledYears, scaledMonths
  }

  let stride: Stride
  let interval: Int
  /// The wall clock of DTSTART.
  let start: Int
  /// Hours, minutes and seconds that may be, as bits.
  let hours: UInt64
  let minutes: UInt64
  let seconds: UInt64
  /// The second of the day, where there is but one.
  let onlyTime: Int?
  /// Months that may be, bit 1 for January.
  let months: UInt64
  /// The days of a month that may be, for its length and the weekday of its first: see `monthIndex`.
  let monthDays: [UInt64]
  /// The days of a week that may be; bit 0 is `weekStart`.
  let weekDays: UInt64
  let weekStart: Int
  /// Whether days are chosen by month, day of the month or weekday.
  let choosesDays: Bool
  /// Whether days are chosen by more than their weekday.
  let limitsWeeks: Bool
  /// Whether all days are in the set, which is stepped through by months.
  let isEveryDay: Bool
  /// Days chosen in another calendar, or moved where they do not exist; nil for a rule of RFC 5545.
  let scaledDays: ScaledDays?
  /// Days chosen by their place in the year; nil when none are.
  let yearScope: YearScope?
  let positions: [Int]
  /// Whether BYSETPOS picks, so that a period has to be looked at as a whole.
  var picks: Bool { !positions.isEmpty }

  /// Makes the rule ready.
  ///
  /// The meaning of BY parts for each frequency is in the table of RFC 5545 §3.3.10; a part without a place there limits,
  /// as in dateutil.
  init(_ rule: RecurrenceRule, start: Int) {
    let clock = LocalDateTime(nominalSeconds: start)
    let frequency = rule.frequency
    self.start = start
    positions = rule.bySetPosition
    scaledDays = ScaledDays(rule, start: RuleIterator.floor(start, 86_400))
    weekStart = rule.weekStart.number

    let unit =
      switch frequency {
      case .secondly: 1
      case .minutely: 60
      case .hourly: 3600
      case .daily, .weekly, .monthly, .yearly: 86_400
      }
    // The time on the clock is free below the period, unless the rule says; then DTSTART does.
    hours = Self.bits(rule.byHour) ?? (unit <= 3600 ? Self.lowest(24) : 1 << UInt64(clock.hour))
    minutes = Self.bits(rule.byMinute) ?? (unit <= 60 ? Self.lowest(60) : 1 << UInt64(clock.minute))
    seconds =
      Self.bits(rule.bySecond.map { min($0, 59) })
      ?? (unit == 1 ? Self.lowest(60) : 1 << UInt64(clock.second))
    let isOnce = hours.nonzeroBitCount * minutes.nonzeroBitCount * seconds.nonzeroBitCount == 1
    onlyTime =
      isOnce
      ? hours.trailingZeroBitCount * 3600 + minutes.trailingZeroBitCount * 60 + seconds.trailingZeroBitCount
      : nil

    let saysDay =
      !rule.byDay.isEmpty || !rule.byMonthDay.isEmpty || !rule.byYearDay.isEmpty
      || !rule.byWeekNumber.isEmpty
    var byMonth = rule.byMonth
    var byMonthDay = rule.byMonthDay
    if !saysDay, frequency == .yearly || frequency == .monthly {
      byMonthDay = [clock.date.day]
      if frequency == .yearly, byMonth.isEmpty { byMonth = [clock.date.month] }
    }
    months = Self.bits(byMonth) ?? Self.lowest(13) & ~1

    let countsInYear = frequency == .yearly && rule.byMonth.isEmpty
    let countsInMonth = frequency == .monthly || (frequency == .yearly && !countsInYear)
    // Elsewhere a number has no meaning; every such weekday is the reading of dateutil.
    let byDay = countsInYear || countsInMonth ? rule.byDay : rule.byDay.map { .every($0.weekday) }
    let isInYear = countsInYear && byDay.contains { $0.ordinal != nil }
    yearScope = YearScope(rule, weekdays: isInYear ? byDay : [])
    monthDays = Self.monthDays(byMonthDay, isInYear ? [] : byDay)
    limitsWeeks = !byMonth.isEmpty || !rule.byLeapMonth.isEmpty || !byMonthDay.isEmpty || yearScope != nil
    choosesDays = limitsWeeks || !byDay.isEmpty

    var week: UInt64 = 0
    for weekday in byDay.isEmpty ? [clock.date.weekday] : byDay.map(\.weekday) {
      week |= 1 << UInt64((weekday.number - weekStart + 7) % 7)
    }
    // Without BYDAY a week has DTSTART's day, unless the year's or month's days are given.
    weekDays = saysDay && byDay.isEmpty ? Self.lowest(7) : week

    interval = rule.interval
    isEveryDay = unit < 86_400 || frequency == .daily ? !choosesDays : false
    let isScaled = scaledDays != nil
    switch frequency {
    case .yearly: stride = isScaled ? .scaledYears : .years
    case .monthly: stride = isScaled ? .scaledMonths : .months
    case .weekly: stride = .weeks
    // Every hour of every day is all hours of all days of the month: far fewer periods, the same set.
    case .daily, .hourly, .minutely, .secondly:
      if rule.interval == 1, rule.bySetPosition.isEmpty {
        stride = isScaled && choosesDays ? .scaledMonths : .months
      } else {
        stride = frequency == .daily ? .days : .clock(unit: unit)
      }
    }
  }

  /// Where the days of a month of that length, beginning on that weekday, stand in `monthDays`.
  static func monthIndex(length: Int, firstWeekday: Int) -> Int { (length - 28) * 7 + firstWeekday }

  static func lowest(_ count: Int) -> UInt64 { (1 << UInt64(count)) - 1 }

  static func bits(_ numbers: [Int]) -> UInt64? {
    numbers.isEmpty ? nil : numbers.reduce(0) { $0 | 1 << UInt64($1) }
  }

  private static func monthDays(_ byMonthDay: [Int], _ byDay: [NumberedWeekday]) -> [UInt64] {
    [UInt64](unsafeUninitializedCapacity: 28) { table, count in
      for length in 28...31 {
        var days = lowest(length)
        if !byMonthDay.isEmpty {
          days = 0
          for day in byMonthDay {
            let index = day > 0 ? day - 1 : length + day
            if index >= 0, index < length { days |= 1 << UInt64(index) }
          }
        }
        for firstWeekday in 0..<7 {
          var ofWeekdays: UInt64 = byDay.isEmpty ? days : 0
          for day in byDay {
            ofWeekdays |= NumberedWeekday.bits(day, length: length, firstWeekday: firstWeekday)
          }
          table.initializeElement(
            at: monthIndex(length: length, firstWeekday: firstWeekday),
            to: days & ofWeekdays
          )
        }
      }
      count = 28
    }
  }
}

extension NumberedWeekday {
  /// The days of a month on which it falls, bit 0 for the first.
  fileprivate static func bits(_ day: NumberedWeekday, length: Int, firstWeekday: Int) -> UInt64 {
    let first = (day.weekday.number - firstWeekday + 7) % 7
    guard let ordinal = day.ordinal else {
      // Every seventh bit of 31.
      return (0x1020_4081 << UInt64(first)) & CompiledRule.lowest(length)
    }
    let last = first + (length - 1 - first) / 7 * 7
    let index = ordinal > 0 ? first + (ordinal - 1) * 7 : last + (ordinal + 1) * 7
    return index >= 0 && index < length ? 1 << UInt64(index) : 0
  }
}
