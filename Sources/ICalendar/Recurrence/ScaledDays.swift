/// Which days a rule chooses in a calendar other than the Gregorian, or with days that do not exist moved to others
/// (RFC 7529).
struct ScaledDays: Sendable {
  let scale: CalendarScale
  private let skip: RecurrenceRule.Skip
  private let months: [Int]
  private let leapMonths: [Int]
  private let monthDays: [Int]
  private let yearDays: [Int]
  private let weekNumbers: [Int]
  private let weekdays: [NumberedWeekday]
  private let countsInYear: Bool
  private let weekStart: Int

  /// Nil for a rule that counts as RFC 5545 has it.
  init?(_ rule: RecurrenceRule, start day: Int) {
    let scale = rule.scale ?? .gregorian
    guard scale != .gregorian || rule.skip != .omit else { return nil }
    self.scale = scale
    skip = rule.skip
    yearDays = rule.byYearDay
    weekNumbers = rule.byWeekNumber
    weekStart = rule.weekStart.number
    let isYearly = rule.frequency == .yearly
    let isMonthly = rule.frequency == .monthly
    let saysMonth = !rule.byMonth.isEmpty || !rule.byLeapMonth.isEmpty
    countsInYear = isYearly && !saysMonth
    weekdays = isYearly || isMonthly ? rule.byDay : rule.byDay.map { .every($0.weekday) }
    let lists = [rule.byMonthDay, rule.byYearDay, rule.byWeekNumber]
    let saysDay = !rule.byDay.isEmpty || !lists.allSatisfy(\.isEmpty)
    // Parts that the rule leaves out are taken from DTSTART, as that calendar has it.
    let year = ScaledYear(scale, containing: day)
    let month = year.flatMap { year in year.month(of: day).map { year.months[$0] } }
    guard !saysDay, isYearly || isMonthly, let month else {
      (months, leapMonths, monthDays) = (rule.byMonth, rule.byLeapMonth, rule.byMonthDay)
      return
    }
    monthDays = [day - month.days.lowerBound + 1]
    months = isYearly && !saysMonth && !month.isLeap ? [month.number] : rule.byMonth
    leapMonths = isYearly && !saysMonth && month.isLeap ? [month.number] : rule.byLeapMonth
  }

  /// The rule with what it leaves to DTSTART: a DTSTART that was moved would say something else.
  func spelledOut(_ rule: RecurrenceRule) -> RecurrenceRule {
    guard rule.byMonthDay != monthDays else { return rule }
    var text = "\(rule);BYMONTHDAY=\(monthDays.map(String.init).joined(separator: ","))"
    let names = months.map(String.init) + leapMonths.map { "\($0)L" }
    if rule.byMonth.isEmpty, rule.byLeapMonth.isEmpty, !names.isEmpty {
      text += ";BYMONTH=\(names.joined(separator: ","))"
    }
    return (try? RecurrenceRule(text)) ?? rule
  }

  /// The days of a month that may be, bit 0 for its first; the bit after its last is for a day moved out of it.
  func bits(ofMonth index: Int, in year: ScaledYear) -> UInt64 {
    let month = year.months[index]
    guard allows(month, in: year) else { return 0 }
    let length = month.days.count
    var bits = monthDays.isEmpty ? CompiledRule.lowest(length) : 0
    for day in monthDays { bits |= bit(day > 0 ? day - 1 : length + day, length: length) }
    if !yearDays.isEmpty {
      bits &= yearBits(of: month, in: year, isLast: index == year.months.count - 1)
    }
    guard !weekNumbers.isEmpty || !weekdays.isEmpty else { return bits }
    var rest = bits
    while rest != 0 {
      let offset = rest.trailingZeroBitCount
      rest &= rest - 1
      let day = month.days.lowerBound + offset
      if !isInWeek(day, of: year) || !isWeekday(day, in: countsInYear ? year.days : month.days) {
        bits &= ~(1 << UInt64(offset))
      }
    }
    return bits
  }

  /// A day of a stretch, or where it goes that does not exist.
  private func bit(_ index: Int, length: Int) -> UInt64 {
    if index < 0 { return 0 }
    if index < length { return 1 << UInt64(index) }
    switch skip {
    case .omit: return 0
    case .backward: return 1 << UInt64(length - 1)
    case .forward: return 1 << UInt64(length)
    }
  }

  /// Whether BYMONTH has the month; of a leap month that a year has not, the one before or after stands for it.
  private func allows(_ month: ScaledYear.Month, in year: ScaledYear) -> Bool {
    if months.isEmpty, leapMonths.isEmpty { return true }
    if month.isLeap { return leapMonths.contains(month.number) }
    if months.contains(month.number) { return true }
    return leapMonths.contains { leap in
      guard !year.months.contains(where: { $0.isLeap && $0.number == leap }) else { return false }
      switch skip {
      case .omit: return false
      case .backward: return month.number == leap
      case .forward: return month.number == leap + 1
      }
    }
  }

  /// BYYEARDAY's days, as bits of the month.
  private func yearBits(of month: ScaledYear.Month, in year: ScaledYear, isLast: Bool) -> UInt64 {
    var bits: UInt64 = 0
    for day in yearDays {
      let number = year.days.lowerBound + (day > 0 ? day - 1 : year.days.count + day)
      if month.days.contains(number) {
        bits |= 1 << UInt64(number - month.days.lowerBound)
      } else if isLast, day > 0, number >= year.days.upperBound {
        bits |= bit(month.days.count, length: month.days.count)
      }
    }
    // A day that was moved out of the month by its number has no place in the year to be looked at.
    return monthDays.isEmpty ? bits : bits | 1 << UInt64(month.days.count)
  }

  private func isWeekday(_ day: Int, in period: Range<Int>) -> Bool {
    guard !weekdays.isEmpty else { return true }
    let weekday = YearScope.weekday(day)
    let fromStart = (day - period.lowerBound) / 7 + 1
    let fromEnd = -((period.upperBound - 1 - day) / 7 + 1)
    return weekdays.contains { wanted in
      wanted.weekday.number == weekday
        && (wanted.ordinal == nil || wanted.ordinal == fromStart || wanted.ordinal == fromEnd)
    }
  }

  /// Whether the day is in one of BYWEEKNO; the first week is the first with four days in the year.
  private func isInWeek(_ day: Int, of year: ScaledYear) -> Bool {
    guard !weekNumbers.isEmpty else { return true }
    func firstWeek(_ newYear: Int) -> Int {
      let into = (YearScope.weekday(newYear) - weekStart + 7) % 7
      return into <= 3 ? newYear - into : newYear + 7 - into
    }
    let first = firstWeek(year.days.lowerBound)
    let end = firstWeek(year.days.upperBound)
    // Days that are in a week of the year beside it are counted there.
    guard (first..<end).contains(day) else { return false }
    let number = (day - first) / 7 + 1
    return weekNumbers.contains(number) || weekNumbers.contains(number - (end - first) / 7 - 1)
  }
}
