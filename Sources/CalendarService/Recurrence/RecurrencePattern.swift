import CalendarCore
import Foundation
import ICalendar

/// The meaning of recurrence lines, regardless of their notation and of the event's time of day.
///
/// Two are equal where calendars show the same days: what a rule leaves to the start is filled in, the order of lists
/// and the form of dates do not count, and UNTIL is the last day that it allows. A meeting that is moved from ten to
/// eleven, with the dates that are left out, repeats as before.
struct RecurrencePattern: Hashable {
  struct FurtherDate: Hashable {
    var start: LocalDateTime
    /// In seconds, where it has a length of its own.
    let length: TimeInterval?
  }

  /// Canonical: with UNTIL as the last day.
  var rules: Set<RecurrenceRule>
  var exclusionRules: Set<RecurrenceRule>
  /// Wall clocks less the event's time of day, which makes midnights of most of them.
  var dates: Set<FurtherDate>
  var exclusions: Set<LocalDateTime>
  private let unread: Set<ContentLine>

  init(_ lines: [String], timing: EventTiming) {
    let recurrence = EventSeries(timing, repeating: lines).master.typedRecurrence
    rules = Set(recurrence.rules.map { $0.canonical(timing) })
    exclusionRules = Set(recurrence.exclusionRules.map { $0.canonical(timing) })
    dates = Set(
      recurrence.dates.map { date in
        FurtherDate(
          start: date.start.nominal(timing),
          length: date.end.map { $0.instant(timing).timeIntervalSince(date.start.instant(timing)) }
        )
      }
    )
    exclusions = Set(recurrence.exclusions.map { $0.nominal(timing) })
    unread = Set(recurrence.unread)
  }

  /// Lines that mean this for an event of another time; nil where they would mean something else.
  func lines(for timing: EventTiming) -> [String]? {
    var recurrence = EventRecurrence()
    let zone = timing.firstStart.zone ?? .utc
    recurrence.rules = rules.map { $0.written(for: timing) }
    recurrence.exclusionRules = exclusionRules.map { $0.written(for: timing) }
    recurrence.dates = dates.map { date in
      let start = RecurrenceTime.floating(date.start.adding(seconds: timing.secondOfDay)).inForm(of: timing)
      guard let length = date.length else { return RecurrenceDate(start) }
      let end = ZonedDateTime(instant: start.instant(timing).addingTimeInterval(length), zone: zone)
      return RecurrenceDate(start, end: RecurrenceTime.zoned(end).inForm(of: timing))
    }
    recurrence.exclusions = exclusions.map {
      RecurrenceTime.floating($0.adding(seconds: timing.secondOfDay)).inForm(of: timing)
    }
    recurrence.unread = Array(unread)
    let lines = recurrence.compactLines
    return RecurrencePattern(lines, timing: timing) == self ? lines : nil
  }

  /// Whether both repeat by the same rules, single dates apart.
  func hasSameRules(as other: Self) -> Bool {
    rules == other.rules && exclusionRules == other.exclusionRules && unread == other.unread
  }

  /// Whether it is made of nothing but rules that go on for ever or by number.
  var namesNoDates: Bool {
    dates.isEmpty && exclusions.isEmpty && unread.isEmpty
      && rules.union(exclusionRules).allSatisfy { if case .until = $0.end { false } else { true } }
  }

  /// Whether an event of that time starts where each of its rules has an instance.
  func fits(_ timing: EventTiming) -> Bool { rules.allSatisfy { $0.includes(timing.firstStart) } }
}

extension EventContent {
  var pattern: RecurrencePattern { RecurrencePattern(recurrence, timing: timing) }

  /// The lines by which the event repeats as before when it is at another time; nil where it cannot.
  func recurrence(at other: EventTiming) -> [String]? {
    guard !recurrence.isEmpty, !timing.isSame(as: other) else { return recurrence }
    let pattern = pattern
    let there = RecurrencePattern(recurrence, timing: other)
    // A rule that leaves its day to the start goes with it.
    let isUnchanged = there == pattern || there.namesNoDates
    if isUnchanged, timing.isAllDay == other.isAllDay, there.fits(other) { return recurrence }
    // A rule from elsewhere that never fitted its own start cannot be asked to fit another.
    guard pattern.fits(other) || !pattern.fits(timing) else { return nil }
    return pattern.lines(for: other)
  }
}

extension RecurrenceTime {
  /// The wall clock where the event is, less its time of day.
  fileprivate func nominal(_ timing: EventTiming) -> LocalDateTime {
    inForm(of: timing).local.adding(seconds: -timing.secondOfDay)
  }

  fileprivate func instant(_ timing: EventTiming) -> Date { OriginalStart(inForm(of: timing)).instant }
}

extension RecurrenceRule {
  /// Whether it makes no more than one instance a day, at the event's own time.
  private var isAtEventsTime: Bool {
    [.daily, .weekly, .monthly, .yearly].contains(frequency) && byHour.isEmpty && byMinute.isEmpty
      && bySecond.isEmpty
  }

  /// The rule with all said that it leaves to the start, and nothing that makes no difference.
  fileprivate func canonical(_ timing: EventTiming) -> RecurrenceRule {
    var draft = RuleDraft(self)
    let start = timing.startLocal
    if byHour == [start.hour] { draft.byHour = [] }
    if byMinute == [start.minute] { draft.byMinute = [] }
    if bySecond == [start.second] { draft.bySecond = [] }
    if byDay.isEmpty, byMonthDay.isEmpty, byYearDay.isEmpty, byWeekNumber.isEmpty {
      switch frequency {
      case .weekly: draft.byDay = [.every(start.date.weekday)]
      case .monthly: draft.byMonthDay = [start.date.day]
      case .yearly:
        draft.byMonthDay = [start.date.day]
        if byMonth.isEmpty { draft.byMonth = [start.date.month] }
      default: break
      }
    }
    let isCountedInWeeks = frequency == .weekly && interval > 1 && draft.byDay != [.every(start.date.weekday)]
    let isPickedInWeeks = frequency == .weekly && !bySetPosition.isEmpty
    if !isCountedInWeeks, !isPickedInWeeks, byWeekNumber.isEmpty { draft.weekStart = .monday }
    guard let rule = draft.rule, case .until(let until) = end else { return draft.rule ?? self }
    draft.end = .until(until.asUntil(of: timing))
    if rule.isAtEventsTime {
      let zone = timing.firstStart.zone ?? .utc
      let local: LocalDateTime
      if case .zoned(let time) = until.asUntil(of: timing) {
        local = ZonedDateTime(instant: time.instant, zone: zone).local
      } else {
        local = until.asUntil(of: timing).local
      }
      draft.end = .until(.date(local.adding(seconds: -timing.secondOfDay).date))
    }
    return draft.rule ?? rule
  }

  /// A canonical rule with an UNTIL of the form that an event wants.
  fileprivate func written(for timing: EventTiming) -> RecurrenceRule {
    guard case .until(let until) = end else { return self }
    return (try? ending(.until(until.asUntil(of: timing)))) ?? self
  }
}
