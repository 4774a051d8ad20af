import Foundation
import ICalendar

/// One rule of a caller, for an event of a known time.
struct RuleCheck {
  let rule: RecurrenceRule
  let timing: EventTiming

  init(_ rule: RecurrenceRule, timing: EventTiming) {
    self.rule = rule
    self.timing = timing
  }

  /// The rule in the form that is written, or the reason why there is none.
  func normalized() throws(InvalidInput) -> RecurrenceRule {
    guard [.daily, .weekly, .monthly, .yearly].contains(rule.frequency), timesOfDay <= 1 else {
      throw RecurrenceRules.refused(Messages.Recurrence.tooOften)
    }
    // Calendars disagree about the weeks around New Year (RFC 5545 §3.3.10 leaves much of it open).
    guard rule.byWeekNumber.isEmpty else {
      throw RecurrenceRules.refused(Messages.Recurrence.weekNumbers)
    }
    var draft = RuleDraft(rule)
    try removeTimeOfDay(&draft)
    // Some read it as every month of the year, others as the first meeting's.
    if rule.frequency == .yearly, !rule.byMonthDay.isEmpty, rule.byMonth.isEmpty {
      draft.byMonth = [timing.startLocal.date.month]
    }
    draft.end = try end()
    guard let normal = draft.rule, normal.includes(timing.firstStart) else {
      throw RecurrenceRules.refused(Messages.Recurrence.firstNotOnRule)
    }
    return normal
  }

  private var timesOfDay: Int {
    max(rule.byHour.count, 1) * max(rule.byMinute.count, 1) * max(rule.bySecond.count, 1)
  }

  /// The time of day is the event's own; a rule that says the same again is not understood everywhere.
  private func removeTimeOfDay(_ draft: inout RuleDraft) throws(InvalidInput) {
    let start = timing.startLocal
    let named = [(rule.byHour, start.hour), (rule.byMinute, start.minute), (rule.bySecond, start.second)]
    guard named.allSatisfy({ $0.0.isEmpty || !timing.isAllDay && $0.0 == [$0.1] }) else {
      throw RecurrenceRules.refused(Messages.Recurrence.otherTimeOfDay)
    }
    draft.byHour = []
    draft.byMinute = []
    draft.bySecond = []
  }

  private func end() throws(InvalidInput) -> RecurrenceRule.End {
    guard case .until(let until) = rule.end else { return rule.end }
    let last = until.asUntil(of: timing)
    guard last.isOnOrAfter(timing.firstStart) else {
      throw RecurrenceRules.refused(Messages.Recurrence.endsBeforeFirst)
    }
    return .until(last)
  }
}

extension RecurrenceTime {
  /// UNTIL in the form that RFC 5545 §3.3.10 wants for an event: a day for whole days, else UTC.
  ///
  /// A day given for an event with a time of day means that day's end where the event is.
  func asUntil(of timing: EventTiming) -> RecurrenceTime {
    guard case .timed(let start, _) = timing else { return .date(local.date) }
    if start.zone.isFloating {
      guard isDate else { return .floating(local) }
      return .floating(LocalDateTime(startOf: local.date).adding(seconds: 86_399))
    }
    switch self {
    case .zoned(let time):
      return .zoned(ZonedDateTime(instant: time.instant, zone: .utc))
    case .floating(let local):
      return .zoned(ZonedDateTime(instant: ZonedDateTime(local: local, zone: start.zone).instant, zone: .utc))
    case .date(let date):
      // The second before the next midnight, also where the clocks change in that hour.
      let midnight = ZonedDateTime(local: LocalDateTime(startOf: date.adding(days: 1)), zone: start.zone)
      return .zoned(ZonedDateTime(instant: midnight.instant.addingTimeInterval(-1), zone: .utc))
    }
  }

  /// Compares two of one form.
  fileprivate func isOnOrAfter(_ other: RecurrenceTime) -> Bool {
    if case .zoned(let time) = self, case .zoned(let first) = other { return time.instant >= first.instant }
    return local >= other.local
  }
}

extension RecurrenceRule {
  var endless: RecurrenceRule? { try? ending(.never) }

  /// Whether an event that starts then starts with an instance of the rule, its end apart.
  ///
  /// Never write a rule that does not: calendars disagree about what it means.
  func includes(_ start: RecurrenceTime) -> Bool {
    guard let endless else { return false }
    // The set with the start alone, without what the rule makes: nothing is left where the rule makes it.
    let limits = RecurrenceLimits(emptyPeriods: 1000)
    var rest = RecurrenceSet(start: start, exclusionRules: [endless], limits: limits).makeIterator()
    return rest.next() == nil
  }
}
