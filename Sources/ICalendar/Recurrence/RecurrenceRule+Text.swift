extension RecurrenceRule: CustomStringConvertible {
  /// The form of RFC 5545 §3.3.10, "FREQ=WEEKLY;BYDAY=MO,WE", with nothing in it that goes without saying.
  public var description: String {
    var parts = scale.map { ["RSCALE=\($0.rawValue)"] } ?? []
    parts.append("FREQ=\(frequency.rawValue)")
    switch end {
    case .never: break
    case .count(let count): parts.append("COUNT=\(count)")
    case .until: break
    }
    switch until {
    case .date(let date)?: parts.append("UNTIL=\(date.basic)")
    case .floating(let local)?: parts.append("UNTIL=\(local.basic)")
    case .zoned(let time)?: parts.append("UNTIL=\(time.local.basic)Z")
    case nil: break
    }
    if interval != 1 { parts.append("INTERVAL=\(interval)") }
    let lists: [(String, [String])] = [
      ("BYSECOND", bySecond.map(String.init)), ("BYMINUTE", byMinute.map(String.init)),
      ("BYHOUR", byHour.map(String.init)), ("BYDAY", byDay.map(\.description)),
      ("BYMONTHDAY", byMonthDay.map(String.init)), ("BYYEARDAY", byYearDay.map(String.init)),
      ("BYWEEKNO", byWeekNumber.map(String.init)),
      ("BYMONTH", byMonth.map(String.init) + byLeapMonth.map { "\($0)L" }),
      ("BYSETPOS", bySetPosition.map(String.init)),
    ]
    for (name, values) in lists where !values.isEmpty {
      parts.append("\(name)=\(values.joined(separator: ","))")
    }
    if weekStart != .monday { parts.append("WKST=\(weekStart.rawValue)") }
    if skip != .omit { parts.append("SKIP=\(skip.rawValue)") }
    return parts.joined(separator: ";")
  }

  /// The objections of RFC 5545 §3.3.10 to the rule although its meaning is clear; empty for a good one.
  public var defects: [RecurrenceRuleError] {
    var found: [RecurrenceRuleError] = []
    if !byWeekNumber.isEmpty, frequency != .yearly { found.append(.notAllowed(.byWeekNumber, frequency)) }
    if !byMonthDay.isEmpty, frequency == .weekly { found.append(.notAllowed(.byMonthDay, frequency)) }
    if !byYearDay.isEmpty, [.daily, .weekly, .monthly].contains(frequency) {
      found.append(.notAllowed(.byYearDay, frequency))
    }
    let isNumbered = byDay.contains { $0.ordinal != nil }
    if isNumbered, ![.monthly, .yearly].contains(frequency) || !byWeekNumber.isEmpty {
      found.append(.notAllowed(.byDay, frequency))
    }
    if skip != .omit, scale == nil { found.append(.skipAlone) }
    let lists = [bySecond, byMinute, byHour, byMonthDay, byYearDay, byWeekNumber, byMonth, byLeapMonth]
    if !bySetPosition.isEmpty, byDay.isEmpty, lists.allSatisfy(\.isEmpty) { found.append(.setPositionAlone) }
    return found
  }
}
