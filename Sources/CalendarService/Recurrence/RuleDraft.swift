import ICalendar

/// The parts of a rule while it is being changed.
struct RuleDraft {
  var frequency: RecurrenceRule.Frequency
  var interval: Int
  var end: RecurrenceRule.End
  var bySecond: [Int]
  var byMinute: [Int]
  var byHour: [Int]
  var byDay: [NumberedWeekday]
  var byMonthDay: [Int]
  var byYearDay: [Int]
  var byWeekNumber: [Int]
  var byMonth: [Int]
  var bySetPosition: [Int]
  var weekStart: Weekday

  init(_ rule: RecurrenceRule) {
    frequency = rule.frequency
    interval = rule.interval
    end = rule.end
    bySecond = rule.bySecond
    byMinute = rule.byMinute
    byHour = rule.byHour
    byDay = rule.byDay
    byMonthDay = rule.byMonthDay
    byYearDay = rule.byYearDay
    byWeekNumber = rule.byWeekNumber
    byMonth = rule.byMonth
    bySetPosition = rule.bySetPosition
    weekStart = rule.weekStart
  }

  /// The rule; nil where a part has a number that it cannot have.
  var rule: RecurrenceRule? {
    try? RecurrenceRule(
      frequency,
      interval: interval,
      end: end,
      bySecond: bySecond,
      byMinute: byMinute,
      byHour: byHour,
      byDay: byDay,
      byMonthDay: byMonthDay,
      byYearDay: byYearDay,
      byWeekNumber: byWeekNumber,
      byMonth: byMonth,
      bySetPosition: bySetPosition,
      weekStart: weekStart
    )
  }
}
