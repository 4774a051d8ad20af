/// Two changes of the clocks that follow one another, and the rules that repeat them every year.
struct YearlyPair {
  let first: ZoneTransition
  let firstRule: String
  let second: ZoneTransition
  let secondRule: String

  /// Longer than from one change of the clocks to the next where there are two a year.
  static let longestSeason = 300 * 86_400

  /// The STANDARD and the DAYLIGHT, in order of time.
  var parts: [Component] { [first.observance(rule: firstRule), second.observance(rule: secondRule)] }
}

extension YearlyPair {
  /// Says changes by yearly rules that hold until an instant, whatever becomes of them later.
  ///
  /// Nil where the clocks are not put forward and back within a year, or the rules would make a change before the instant
  /// that is none.
  init?(_ changes: ArraySlice<ZoneTransition>, in rules: ZoneRules, until last: Int) {
    guard let first = changes.first, let second = changes.last, changes.count == 2,
      first.isDaylight != second.isDaylight, first.offsetBefore == second.offsetAfter,
      second.second - first.second < Self.longestSeason,
      // The same weekday a year later is at most a week off the day.
      last < first.second + 356 * 86_400
    else { return nil }
    self.init(
      first: first,
      firstRule: first.yearlyRule(in: rules),
      second: second,
      secondRule: second.yearlyRule(in: rules)
    )
  }
}

extension ZoneTransition {
  /// The change as a part of a VTIMEZONE.
  func observance(rule: String? = nil) -> Component {
    var properties = [ContentLine("DTSTART", value: onset.basic)]
    if let rule { properties.append(ContentLine("RRULE", value: rule)) }
    properties.append(ContentLine("TZOFFSETFROM", value: UTCOffset(seconds: offsetBefore).description))
    properties.append(ContentLine("TZOFFSETTO", value: UTCOffset(seconds: offsetAfter).description))
    if !abbreviation.isEmpty { properties.append(ContentLine("TZNAME", text: abbreviation)) }
    return Component(isDaylight ? "DAYLIGHT" : "STANDARD", properties: properties)
  }

  /// The rule that repeats the change on that weekday of the month.
  fileprivate func yearlyRule(in rules: ZoneRules) -> String {
    let day = onset.date
    var week = (day.day + 6) / 7
    if day.isInLastWeek {
      // The fourth is the last in some years only: the next year tells which is meant.
      let later = rules.transitions(in: second + 300 * 86_400..<second + 430 * 86_400)
        .first { $0.offsetAfter == offsetAfter }
      if week == 5 || later?.onset.date.isInLastWeek != false { week = -1 }
    }
    return "FREQ=YEARLY;BYMONTH=\(day.month);BYDAY=\(week)\(day.weekday.rawValue)"
  }
}

extension CalendarDate {
  fileprivate var isInLastWeek: Bool { day + 7 > Self.days(inMonth: month, of: year) }
}

extension DaylightRule {
  /// The rule that repeats a transition every year (RFC 5545 §3.3.10), or nil where iCalendar has none.
  func recurrence(of transition: ZoneTransition) -> String? {
    let change = transition.offsetAfter == daylight.offset ? toDaylight : toStandard
    guard case .weekday(let weekday, let week, let month) = change.day else { return nil }
    // A time before 0 or after 24 o'clock is one on another day: Nuuk, Gaza.
    let shift = change.time >= 0 ? change.time / 86_400 : (change.time - 86_399) / 86_400
    if shift == 0 {
      return "FREQ=YEARLY;BYMONTH=\(month);BYDAY=\(week == 5 ? -1 : week)\(weekday.rawValue)"
    }
    guard week < 5 || month != 2 else { return nil }
    let length = CalendarDate.days(inMonth: month, of: 2001)
    let firstDay = (week == 5 ? length - 6 : 7 * week - 6) + shift
    guard firstDay >= 1, firstDay + 6 <= length else { return nil }
    let days = (firstDay...firstDay + 6).map(String.init).joined(separator: ",")
    let shifted = Weekday.allCases[((weekday.number + shift) % 7 + 7) % 7]
    return "FREQ=YEARLY;BYMONTH=\(month);BYMONTHDAY=\(days);BYDAY=\(shifted.rawValue)"
  }
}
