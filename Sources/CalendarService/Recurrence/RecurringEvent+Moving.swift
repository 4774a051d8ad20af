package import CalendarCore
package import ICalendar

extension RecurringEvent {
  /// Returns the series with one occurrence moved to another time, and all others moved by as much.
  ///
  /// Everything moves by as much on the clock and gets the new length: the start, the days that rules name, single dates
  /// and the end.
  ///
  /// - Parameters:
  ///   - old: When the occurrence was, as the series has it.
  ///   - new: When it shall be.
  /// - Returns: The series' content, with another time and recurrence.
  /// - Throws: `InvalidInput` where it is not clear how the rule should follow.
  package func moved(from old: EventTiming, to new: EventTiming) throws(InvalidInput) -> EventContent {
    var content = master.content
    let (before, after) = (day(of: old), new.startLocal.date)
    if before == after {
      content.timing = new.moved(to: master.timing.startLocal.date)
      guard let lines = master.content.recurrence(at: content.timing) else { throw Self.cannotFollow }
      content.recurrence = lines
      return content
    }
    var pattern = master.content.pattern
    let fitted = pattern.fits(master.timing)
    let days = after.dayNumber - before.dayNumber
    func follow(_ rules: Set<RecurrenceRule>) throws(InvalidInput) -> Set<RecurrenceRule> {
      var followed: Set<RecurrenceRule> = []
      for rule in rules {
        guard let moved = rule.following(from: before, to: after) else { throw Self.cannotFollow }
        followed.insert(end(of: rule, moved, SeriesMove(days: days, rule: moved)))
      }
      return followed
    }
    pattern.rules = try follow(pattern.rules)
    pattern.exclusionRules = try follow(pattern.exclusionRules)
    let move = SeriesMove(days: days, rule: pattern.rules.count == 1 ? pattern.rules.first : nil)
    pattern.exclusions = Set(pattern.exclusions.map { move($0) })
    pattern.dates = Set(pattern.dates.map { .init(start: move($0.start), length: $0.length) })
    content.timing = new.moved(to: move(master.timing.startLocal.date))
    guard let lines = pattern.lines(for: content.timing), pattern.fits(content.timing) || !fitted else {
      throw Self.cannotFollow
    }
    content.recurrence = lines
    return content
  }

  /// Returns the series with other rules, one occurrence moved to another time, and all others moved by as much.
  ///
  /// The first is on the first day, from where it would be moved to, that the new rule names.
  package func moved(
    from old: EventTiming,
    to new: EventTiming,
    repeating lines: [String]
  ) throws(InvalidInput) -> EventContent {
    var content = master.content
    let days = new.startLocal.date.dayNumber - day(of: old).dayNumber
    content.timing = new.moved(to: master.timing.startLocal.date.adding(days: days))
    let given = EventSeries(content.timing, repeating: lines).recurrenceSet.rules
    if given.count == 1, let rule = given.first, let first = content.timing.first(of: rule) {
      content.timing = content.timing.moved(to: first)
    }
    content.recurrence = try RecurrenceRules.normalized(lines, timing: content.timing)
    return content
  }

  private static let cannotFollow = RecurrenceRules.refused(
    Messages.Recurrence.doesNotFitDay
  )

  /// On which day of the series' own clock something is.
  private func day(of timing: EventTiming) -> CalendarDate {
    timing.firstStart.inForm(of: master.timing).local.date
  }

  /// The last day of a canonical rule, moved along.
  private func end(of rule: RecurrenceRule, _ moved: RecurrenceRule, _ move: SeriesMove) -> RecurrenceRule {
    guard case .until(let until) = rule.end else { return moved }
    let days = RecurrenceSet(start: .date(master.timing.startLocal.date), rules: [rule])
    // The last instance, as the day in its place may be on either side of the bound.
    let last = moved.isOncePerPeriod ? days.reduce(nil) { $1.date } : nil
    let end: RecurrenceTime =
      until.isDate
      ? .date(move(last ?? until.local.date))
      : .zoned(ZonedDateTime(local: move(until.local), zone: .utc))
    return (try? moved.ending(.until(end))) ?? moved
  }
}
