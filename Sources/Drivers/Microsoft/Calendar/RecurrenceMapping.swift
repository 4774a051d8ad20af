import CalendarCore
import Foundation
import ICalendar

/// A series that Microsoft 365 cannot hold; the reason is a sentence for people.
struct RecurrenceProblem: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}

extension WireRecurrence {
  /// The pattern that has the same occurrences, or why there is none.
  init(_ lines: [String], _ timing: EventTiming) throws(RecurrenceProblem) {
    var event = EventComponent(uid: "", dtstamp: .distantPast, timing: timing)
    guard (try? event.setRecurrence(lines)) != nil, event.typedRecurrence.unread.isEmpty else {
      throw .init(Messages.recurrenceUnreadable)
    }
    let recurrence = event.typedRecurrence
    guard recurrence.rules.count == 1, let rule = recurrence.rules.first, recurrence.exclusionRules.isEmpty
    else {
      throw .init(Messages.severalRules)
    }
    guard recurrence.dates.isEmpty, recurrence.exclusions.isEmpty else {
      throw .init(Messages.extraDates)
    }
    guard rule.byHour.isEmpty, rule.byMinute.isEmpty, rule.bySecond.isEmpty, rule.byYearDay.isEmpty,
      rule.byWeekNumber.isEmpty
    else { throw .unknownPattern }
    self.init(.daily, interval: rule.interval, start: timing.firstDay, end: try End(rule.end, timing))
    switch rule.frequency {
    case .daily: try setDaily(rule)
    case .weekly: try setWeekly(rule)
    case .monthly: try setMonthly(rule)
    case .yearly: try setYearly(rule)
    case .hourly, .minutely, .secondly:
      throw .init(Messages.tooOften)
    }
    guard interval <= (kind == .daily ? 999 : 99) else {
      throw .init(Messages.intervalTooLong)
    }
    // There a series begins on the first day of its pattern, wherever its start is.
    guard beginsOnItsDay else {
      throw .init(Messages.firstNotOnRule)
    }
  }

  private mutating func setDaily(_ rule: RecurrenceRule) throws(RecurrenceProblem) {
    guard rule.byDay.isEmpty, rule.byMonth.isEmpty, rule.byMonthDay.isEmpty, rule.bySetPosition.isEmpty else {
      throw .unknownPattern
    }
  }

  private mutating func setWeekly(_ rule: RecurrenceRule) throws(RecurrenceProblem) {
    guard rule.byMonth.isEmpty, rule.byMonthDay.isEmpty, rule.bySetPosition.isEmpty,
      rule.byDay.allSatisfy({ $0.ordinal == nil })
    else { throw .unknownPattern }
    kind = .weekly
    daysOfWeek = rule.byDay.isEmpty ? [start.weekday] : Set(rule.byDay.map(\.weekday))
    firstDayOfWeek = rule.weekStart
  }

  private mutating func setMonthly(_ rule: RecurrenceRule) throws(RecurrenceProblem) {
    guard rule.byMonth.isEmpty else { throw .unknownPattern }
    if rule.byDay.isEmpty {
      kind = .absoluteMonthly
      dayOfMonth = try Self.day(rule, start)
    } else {
      kind = .relativeMonthly
      try setRelative(rule)
    }
  }

  private mutating func setYearly(_ rule: RecurrenceRule) throws(RecurrenceProblem) {
    guard rule.byMonth.count <= 1 else { throw .unknownPattern }
    if rule.byDay.isEmpty {
      kind = .absoluteYearly
      dayOfMonth = try Self.day(rule, start, ofOneMonth: true)
      // February's last day is another one in a leap year.
      guard dayOfMonth != 29 || (rule.byMonth.first ?? start.month) != 2 else { throw .shortMonth }
    } else {
      // Without a month the day would be counted from the start of the year.
      guard !rule.byMonth.isEmpty else { throw .unknownPattern }
      kind = .relativeYearly
      try setRelative(rule)
    }
    month = rule.byMonth.first ?? start.month
    guard rule.byMonth.isEmpty == false || rule.byMonthDay.isEmpty else { throw .unknownPattern }
  }

  /// The first Monday, or the last of several days.
  private mutating func setRelative(_ rule: RecurrenceRule) throws(RecurrenceProblem) {
    guard rule.byMonthDay.isEmpty else { throw .unknownPattern }
    daysOfWeek = Set(rule.byDay.map(\.weekday))
    if let ordinal = rule.byDay.first?.ordinal, rule.byDay.count == 1, rule.bySetPosition.isEmpty {
      index = ordinal
    } else if rule.byDay.allSatisfy({ $0.ordinal == nil }), rule.bySetPosition.count == 1 {
      index = rule.bySetPosition.first
    }
    guard let index, Self.indexNames[index] != nil else { throw .unknownPattern }
  }

  private static func day(
    _ rule: RecurrenceRule,
    _ start: CalendarDate,
    ofOneMonth: Bool = false
  ) throws(RecurrenceProblem) -> Int {
    guard rule.byMonthDay.count <= 1, rule.bySetPosition.isEmpty else { throw .unknownPattern }
    let day = rule.byMonthDay.first ?? start.day
    if day == -1, !ofOneMonth { return 31 }
    guard (1...31).contains(day) else { throw .unknownPattern }
    // Exchange takes the last day of a month that is too short; iCalendar leaves that month out.
    guard day <= 28 || ofOneMonth else { throw .shortMonth }
    return day
  }

  private var beginsOnItsDay: Bool {
    let last = start.lengthOfMonth
    switch kind {
    case .daily: return true
    case .weekly: return daysOfWeek.contains(start.weekday)
    case .absoluteMonthly: return start.day == min(dayOfMonth ?? 0, last)
    case .absoluteYearly: return start.day == dayOfMonth && start.month == month
    case .relativeMonthly, .relativeYearly:
      guard month == nil || month == start.month, let index else { return false }
      let days = (1...last).compactMap { CalendarDate(year: start.year, month: start.month, day: $0) }
        .filter { daysOfWeek.contains($0.weekday) }
      let place = index > 0 ? index - 1 : days.count + index
      return days.indices.contains(place) && days[place] == start
    }
  }

  // MARK: Reading

  /// The recurrence as lines of iCalendar.
  func lines(_ timing: EventTiming) -> [String] {
    var parts: [String] = []
    func add(_ name: String, _ value: String) { parts.append("\(name)=\(value)") }
    func addDays(where isMeant: Bool = true) {
      if isMeant {
        add("BYDAY", Weekday.allCases.filter(daysOfWeek.contains).map(\.rawValue).joined(separator: ","))
      }
    }
    switch kind {
    case .daily: add("FREQ", "DAILY")
    case .weekly: add("FREQ", "WEEKLY")
    case .absoluteMonthly, .relativeMonthly: add("FREQ", "MONTHLY")
    case .absoluteYearly, .relativeYearly: add("FREQ", "YEARLY")
    }
    if interval > 1 { add("INTERVAL", "\(interval)") }
    if let month { add("BYMONTH", "\(month)") }
    switch kind {
    case .daily: break
    case .weekly:
      addDays(where: daysOfWeek != [start.weekday])
      if interval > 1, let first = firstDayOfWeek, first != .monday { add("WKST", first.rawValue) }
    case .absoluteMonthly, .absoluteYearly:
      // In a month that is too short it is the last day.
      switch dayOfMonth ?? start.day {
      case 31 where kind == .absoluteMonthly: add("BYMONTHDAY", "-1")
      case let day where day > 28 && (kind == .absoluteMonthly || month == 2):
        add("BYMONTHDAY", (28...day).map(String.init).joined(separator: ","))
        add("BYSETPOS", "-1")
      case let day: add("BYMONTHDAY", "\(day)")
      }
    case .relativeMonthly, .relativeYearly:
      addDays()
      add("BYSETPOS", "\(index ?? 1)")
    }
    switch end {
    case .never: break
    case .count(let count): add("COUNT", "\(count)")
    case .day(let day): add("UNTIL", timing.until(day))
    }
    return ["RRULE:" + parts.joined(separator: ";")]
  }
}

extension WireRecurrence.End {
  /// The last day on which an occurrence may begin.
  fileprivate init(_ end: RecurrenceRule.End, _ timing: EventTiming) throws(RecurrenceProblem) {
    switch end {
    case .never: self = .never
    case .count(let count):
      guard count <= 999 else {
        throw .init(Messages.tooManyOccurrences)
      }
      self = .count(count)
    case .until(let time):
      let last: CalendarDate
      switch (time, timing) {
      case (.zoned(let until), .timed(let start, _)):
        let local = ZonedDateTime(instant: until.instant, zone: start.zone).local
        last =
          local < LocalDateTime(date: local.date, like: start.local)
          ? local.date.adding(days: -1) : local.date
      default: last = time.local.date
      }
      guard last >= timing.firstDay else { throw .init(Messages.endsBeforeStart) }
      self = .day(last)
    }
  }
}

extension EventTiming {
  var firstDay: CalendarDate {
    switch self {
    case .allDay(let start, _): start
    case .timed(let start, _): start.local.date
    }
  }

  /// The UNTIL that includes what begins on a day.
  fileprivate func until(_ day: CalendarDate) -> String {
    switch self {
    case .allDay: return "\(day)".filter { $0 != "-" }
    case .timed(let start, _):
      let local = LocalDateTime(date: day, like: start.local)
      let utc = ZonedDateTime(instant: ZonedDateTime(local: local, zone: start.zone).instant, zone: .utc)
        .local
      return "\(utc)".filter { $0 != "-" && $0 != ":" } + "Z"
    }
  }
}

extension LocalDateTime {
  /// Returns this time on another day.
  fileprivate init(date: CalendarDate, like other: LocalDateTime) {
    self = LocalDateTime("\(date)\("\(other)".dropFirst(10))") ?? LocalDateTime(startOf: date)
  }
}

extension CalendarDate {
  var lengthOfMonth: Int {
    (28...31).last { CalendarDate(year: year, month: month, day: $0) != nil } ?? 28
  }
}

extension RecurrenceProblem {
  fileprivate static let unknownPattern = Self(Messages.unsupportedRecurrence)
  fileprivate static let shortMonth = Self(Messages.shortMonths)
}
