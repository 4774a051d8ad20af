import CalendarCore
import Foundation
import ICalendar

/// Which day each day of a series becomes, when the series is moved.
///
/// Mostly all are moved by as many days. The second Tuesday and the second Wednesday of a month are not one day apart in
/// each month, though, nor are the last of February and the first of March in each year: there the day that the new
/// rule has in the same month or year counts.
struct SeriesMove {
  let days: Int
  /// The new rule, where it has one day a period.
  private let rule: RecurrenceRule?

  init(days: Int, rule: RecurrenceRule?) {
    self.days = days
    self.rule = rule.flatMap { $0.isOncePerPeriod ? $0 : nil }
  }

  /// How a series was moved, when it became another one.
  ///
  /// Not at all where the new rule is not the old one moved along: its days are then other days of the same calendar.
  init(from old: EventContent, to new: EventContent) {
    let (before, after) = (old.timing.startLocal.date, new.timing.startLocal.date)
    let rules = new.pattern.rules
    // The end may have been changed as well.
    let followed = Set(old.pattern.rules.map { $0.following(from: before, to: after).flatMap(\.endless) })
    guard before != after, followed == Set(rules.map(\.endless)) else {
      self.init(days: 0, rule: nil)
      return
    }
    self.init(days: after.dayNumber - before.dayNumber, rule: rules.count == 1 ? rules.first : nil)
  }

  /// Moves a time that is no day of the series.
  var byDaysAlone: SeriesMove { SeriesMove(days: days, rule: nil) }

  func callAsFunction(_ day: CalendarDate) -> CalendarDate {
    let moved = day.adding(days: days)
    guard let rule, let endless = rule.endless else { return moved }
    let isMonthly = rule.frequency == .monthly
    let first = isMonthly ? day.firstOfMonth : moved.firstOfYear
    guard let found = EventTiming.allDay(start: first, end: first.adding(days: 1)).first(of: endless),
      isMonthly ? found.isInSameMonth(as: day) : found.year == moved.year
    else { return moved }
    return found
  }

  /// The original start of an occurrence in the series that it is moved to.
  func callAsFunction(_ start: OriginalStart, from old: EventTiming, to new: EventTiming) -> OriginalStart {
    let nominal = start.time.inForm(of: old).local.adding(seconds: -old.secondOfDay)
    let moved = self(nominal).adding(seconds: new.secondOfDay)
    return OriginalStart(RecurrenceTime.floating(moved).inForm(of: new))
  }

  /// Moves the wall clock of a rule that names times of day.
  func callAsFunction(_ nominal: LocalDateTime) -> LocalDateTime {
    let rest = nominal.hour * 3600 + nominal.minute * 60 + nominal.second
    return LocalDateTime(startOf: self(nominal.date)).adding(seconds: rest)
  }
}

extension EventTiming {
  /// The first day from the start on that a rule names; nil where there is none.
  func first(of rule: RecurrenceRule) -> CalendarDate? {
    if rule.includes(firstStart) { return startLocal.date }
    guard let endless = rule.endless else { return nil }
    // The start comes first, whether the rule makes it or not.
    return RecurrenceSet(start: firstStart, rules: [endless]).dropFirst().first { _ in true }?.date
  }
}
