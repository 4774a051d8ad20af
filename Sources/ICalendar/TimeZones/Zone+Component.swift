public import Foundation

extension Zone {
  /// The VTIMEZONE that gives this zone's offsets from one instant to another (RFC 5545 §3.6.5).
  ///
  /// - Parameters:
  ///   - from: The first instant that must be right.
  ///   - to: The last instant that must be right, or nil to hold for ever, as an endless rule needs.
  /// - Returns: The component, or nil for UTC; a file's own zone as the file defines it.
  public func timeZoneComponent(from: Date, to: Date?) -> Component? {
    timeZoneComponent(named: identifier, from: from, to: to)
  }

  /// The VTIMEZONE under another name, as properties that were kept may use.
  func timeZoneComponent(named tzid: String, from: Date, to: Date?) -> Component? {
    guard !isUTC, !isFloating else { return nil }
    if let definition { return definition }
    // Readers compare wall clocks, not instants: a change less than a day away can decide.
    let first = from.wholeSeconds - 86_400
    let last = to.map { max($0.wholeSeconds, from.wholeSeconds) + 86_400 }
    return Component(
      "VTIMEZONE",
      properties: [ContentLine("TZID", text: tzid)],
      components: rules.observances(from: first, to: last)
    )
  }
}

extension ZoneRules {
  func observances(from first: Int, to last: Int?) -> [Component] {
    let inForce = lastTransition(atOrBefore: first)
    // Where the clocks were never changed before, any onset earlier than the first instant will do.
    let opening =
      inForce.map { Self.observance($0) }
      ?? Self.observance(
        offsetBefore: initial.offset,
        kind: initial,
        onset: LocalDateTime(nominalSeconds: min(0, first - 86_400))
      )
    if let last {
      return [opening] + transitions(in: (first + 1)..<(last + 1)).map { Self.observance($0) }
    }
    guard let rule, let tableEnd = table.last?.second ?? inForce?.second,
      let pivot = firstRepeated(from: lastTransition(atOrBefore: max(first, tableEnd)), by: rule),
      let following = rule.transitions(in: (pivot.second + 1)..<(pivot.second + 366 * 86_400)).first,
      let even = rule.recurrence(of: pivot), let odd = rule.recurrence(of: following)
    else {
      return [opening] + transitions(in: (first + 1)..<horizon(from: first)).map { Self.observance($0) }
    }
    let beforePivot =
      pivot.second > first
      ? [opening] + transitions(in: (first + 1)..<pivot.second).map { Self.observance($0) } : []
    return beforePivot + [Self.observance(pivot, rule: even), Self.observance(following, rule: odd)]
  }

  /// The transition, if the rule makes it; else the next that it makes.
  private func firstRepeated(from last: ZoneTransition?, by rule: DaylightRule) -> ZoneTransition? {
    guard let last, !rule.makes(last) else { return last }
    return rule.transitions(in: (last.second + 1)..<(last.second + 2 * 366 * 86_400)).first
  }

  /// Where there is no rule, or none that iCalendar can say, changes are spelt out: all of the table, which for
  /// Morocco goes to 2087, or fifty years of the rule.
  private func horizon(from first: Int) -> Int {
    let tableEnd = max(first, table.last?.second ?? first) + 2
    return rule == nil ? tableEnd : tableEnd + 50 * 366 * 86_400
  }

  private static func observance(_ transition: ZoneTransition, rule: String? = nil) -> Component {
    observance(
      offsetBefore: transition.offsetBefore,
      kind: Kind(
        offset: transition.offsetAfter,
        isDaylight: transition.isDaylight,
        abbreviation: transition.abbreviation
      ),
      onset: transition.onset,
      rule: rule
    )
  }

  private static func observance(
    offsetBefore: Int,
    kind: Kind,
    onset: LocalDateTime,
    rule: String? = nil
  ) -> Component {
    var properties = [ContentLine("DTSTART", value: onset.basic)]
    if let rule { properties.append(ContentLine("RRULE", value: rule)) }
    properties.append(ContentLine("TZOFFSETFROM", value: UTCOffset(seconds: offsetBefore).description))
    properties.append(ContentLine("TZOFFSETTO", value: UTCOffset(seconds: kind.offset).description))
    if !kind.abbreviation.isEmpty { properties.append(ContentLine("TZNAME", text: kind.abbreviation)) }
    return Component(kind.isDaylight ? "DAYLIGHT" : "STANDARD", properties: properties)
  }
}

extension DaylightRule {
  /// The rule that repeats a transition every year (RFC 5545 §3.3.10), or nil where iCalendar has none.
  fileprivate func recurrence(of transition: ZoneTransition) -> String? {
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
