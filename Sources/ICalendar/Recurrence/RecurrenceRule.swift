/// How an event repeats: the value of an RRULE (RFC 5545 §3.3.10).
///
/// A value holds only numbers that RFC 5545 allows. Lists are sorted and free of repetitions, since their order has no
/// meaning.
public struct RecurrenceRule: Sendable, Hashable {
  /// The period that is repeated.
  public enum Frequency: String, Sendable, Hashable, CaseIterable {
    /// Every second.
    case secondly = "SECONDLY"
    /// Every minute.
    case minutely = "MINUTELY"
    /// Every hour.
    case hourly = "HOURLY"
    /// Every day.
    case daily = "DAILY"
    /// Every week.
    case weekly = "WEEKLY"
    /// Every month.
    case monthly = "MONTHLY"
    /// Every year.
    case yearly = "YEARLY"
  }

  /// Where the rule ends.
  public enum End: Sendable, Hashable {
    /// Never.
    case never
    /// After so many instances, DTSTART's and excluded ones among them.
    case count(Int)
    /// With this time, which is included.
    case until(RecurrenceTime)
  }

  /// The period that is repeated.
  public let frequency: Frequency
  /// Every so many periods, 1 or more.
  public let interval: Int
  /// The treatment of days that do not exist, such as 30 February: SKIP (RFC 7529 §4.1).
  public enum Skip: String, Sendable, Hashable, CaseIterable {
    /// They are left out.
    case omit = "OMIT"
    /// The day before is taken.
    case backward = "BACKWARD"
    /// The day after is taken.
    case forward = "FORWARD"
  }

  /// Where the rule ends.
  public private(set) var end: End
  /// An UNTIL that a file gives beside COUNT, which RFC 5545 forbids: the rule ends with whichever comes first.
  public private(set) var untilBesideCount: RecurrenceTime?
  /// Seconds of the minute, 0…60; 60 counts as 59 (§3.3.5).
  public let bySecond: [Int]
  /// Minutes of the hour, 0…59.
  public let byMinute: [Int]
  /// Hours of the day, 0…23.
  public let byHour: [Int]
  /// Days of the week, with or without a number.
  public let byDay: [NumberedWeekday]
  /// Days of the month, 1…31, or −31…−1 from its end.
  public let byMonthDay: [Int]
  /// Days of the year, 1…366, or −366…−1 from its end.
  public let byYearDay: [Int]
  /// Weeks of the year, 1…53, or −53…−1 from its end.
  public let byWeekNumber: [Int]
  /// Months, 1…12, or 13 in calendars that have as many.
  public let byMonth: [Int]
  /// Leap months, by the number of the month before: "5L" of RFC 7529 §4.2.
  public let byLeapMonth: [Int]
  /// Which of a period's instances, 1…366, or −366…−1 from its end.
  public let bySetPosition: [Int]
  /// The first day of the week.
  public let weekStart: Weekday
  /// The calendar in which the rule counts, where it says so (RSCALE); otherwise the Gregorian.
  public let scale: CalendarScale?
  /// The treatment of days that do not exist.
  public let skip: Skip

  /// Makes a rule; what is not given is left to DTSTART.
  ///
  /// - Throws: `RecurrenceRuleError.outOfRange` for a number that its part cannot have, or `invalidValue` for an
  ///   UNTIL in a zone other than UTC.
  public init(
    _ frequency: Frequency,
    interval: Int = 1,
    end: End = .never,
    untilBesideCount: RecurrenceTime? = nil,
    bySecond: [Int] = [],
    byMinute: [Int] = [],
    byHour: [Int] = [],
    byDay: [NumberedWeekday] = [],
    byMonthDay: [Int] = [],
    byYearDay: [Int] = [],
    byWeekNumber: [Int] = [],
    byMonth: [Int] = [],
    byLeapMonth: [Int] = [],
    bySetPosition: [Int] = [],
    weekStart: Weekday = .monday,
    scale: CalendarScale? = nil,
    skip: Skip = .omit
  ) throws(RecurrenceRuleError) {
    self.frequency = frequency
    self.interval = try Self.checked(interval, .interval, 1...Self.largestNumber)
    self.end = end
    self.untilBesideCount = untilBesideCount
    self.bySecond = try Self.checked(bySecond, .bySecond, 0...60)
    self.byMinute = try Self.checked(byMinute, .byMinute, 0...59)
    self.byHour = try Self.checked(byHour, .byHour, 0...23)
    for day in byDay {
      if let ordinal = day.ordinal, ordinal == 0 || abs(ordinal) > 53 { throw .outOfRange(.byDay, ordinal) }
    }
    self.byDay = byDay.sortedOnce
    self.byMonthDay = try Self.checked(byMonthDay, .byMonthDay, -31...31, allowsZero: false)
    self.byYearDay = try Self.checked(byYearDay, .byYearDay, -366...366, allowsZero: false)
    self.byWeekNumber = try Self.checked(byWeekNumber, .byWeekNumber, -53...53, allowsZero: false)
    self.byMonth = try Self.checked(byMonth, .byMonth, 1...(scale == nil || scale == .gregorian ? 12 : 13))
    let leapMonths = scale?.hasLeapMonths == true ? 1...12 : 0...0
    self.byLeapMonth = try Self.checked(byLeapMonth, .byMonth, leapMonths, allowsZero: false)
    self.bySetPosition = try Self.checked(bySetPosition, .bySetPosition, -366...366, allowsZero: false)
    self.weekStart = weekStart
    self.scale = scale
    self.skip = skip
    try checkEnd()
  }

  private func checkEnd() throws(RecurrenceRuleError) {
    if case .count(let count) = end { _ = try Self.checked(count, .count, 1...Self.largestNumber) }
    if case .zoned(let time)? = until, !time.zone.isUTC { throw .invalidValue(.until, time.description) }
  }

  /// UNTIL, alone or beside COUNT.
  var until: RecurrenceTime? {
    if case .until(let time) = end { time } else { untilBesideCount }
  }

  /// Returns this rule with another end.
  ///
  /// - Parameters:
  ///   - end: Where it ends.
  ///   - until: An UNTIL beside COUNT.
  /// - Returns: The other rule.
  /// - Throws: As the initializer does.
  public func ending(
    _ end: End,
    untilBesideCount until: RecurrenceTime? = nil
  ) throws(RecurrenceRuleError) -> RecurrenceRule {
    var rule = self
    rule.end = end
    rule.untilBesideCount = until
    try rule.checkEnd()
    return rule
  }

  /// INTERVAL and COUNT go up to here, so that no sum of them can overflow; as seconds it is more than 60 years.
  static let largestNumber = Int(Int32.max)

  private static func checked(
    _ number: Int,
    _ part: RecurrenceRuleError.Part,
    _ range: ClosedRange<Int>
  ) throws(RecurrenceRuleError) -> Int {
    guard range.contains(number) else { throw .outOfRange(part, number) }
    return number
  }

  private static func checked(
    _ numbers: [Int],
    _ part: RecurrenceRuleError.Part,
    _ range: ClosedRange<Int>,
    allowsZero: Bool = true
  ) throws(RecurrenceRuleError) -> [Int] {
    for number in numbers where !range.contains(number) || (number == 0 && !allowsZero) {
      throw .outOfRange(part, number)
    }
    return numbers.sortedOnce
  }
}

extension Array where Element: Hashable & Comparable {
  /// Each element once, in order: mostly they are so already.
  fileprivate var sortedOnce: [Element] {
    zip(self, dropFirst()).allSatisfy { $0 < $1 } ? self : Set(self).sorted()
  }
}
