import ICalendar

extension RecurrenceRule {
  /// A canonical rule as it follows when one of its instances is moved to another day, its end apart.
  ///
  /// A rule that names days names those as far away, or the one that the instance was moved to; nil where that would be
  /// a guess.
  func following(from old: CalendarDate, to new: CalendarDate) -> RecurrenceRule? {
    let days = new.dayNumber - old.dayNumber
    guard days != 0 else { return self }
    guard bySetPosition.isEmpty, byWeekNumber.isEmpty, byYearDay.isEmpty else { return nil }
    var draft = RuleDraft(self)
    switch (frequency, byDay.isEmpty, byMonthDay.isEmpty) {
    case (.yearly, true, false) where byMonth.count == 1 && isOncePerPeriod:
      draft.byMonth = [new.month]
      draft.byMonthDay = [new.day]
    case (.monthly, true, false), (.yearly, true, false):
      // The end of a month is another number of days away in each.
      guard old.isInSameMonth(as: new),
        byMonthDay.allSatisfy({ ($0 > 0) == ($0 + days > 0) && $0 + days != 0 })
      else { return nil }
      draft.byMonthDay = byMonthDay.map { $0 + days }
    case (.monthly, false, true) where isOncePerPeriod, (.yearly, false, true) where isOncePerPeriod:
      guard old.isInSameMonth(as: new), let day = byDay.first?.following(to: new) else { return nil }
      draft.byDay = [day]
    case (.weekly, false, true), (.daily, false, true):
      guard abs(days) < 7 || byDay.count == 1 else { return nil }
      draft.byDay = byDay.map { NumberedWeekday($0.weekday.adding(days)) }
      // So that days that are counted in one week stay in one.
      if interval > 1, byDay.count > 1 { draft.weekStart = weekStart.adding(days) }
    case (_, true, true) where byMonth.isEmpty: break
    default: return nil
    }
    return draft.rule
  }

  /// Whether it makes one day a month or year that is not the same number of days from another rule's in each.
  var isOncePerPeriod: Bool {
    guard bySetPosition.isEmpty, byWeekNumber.isEmpty, byYearDay.isEmpty else { return false }
    let isNumbered = byDay.count == 1 && byDay[0].ordinal != nil && byMonthDay.isEmpty
    return switch frequency {
    case .monthly: isNumbered
    case .yearly:
      byMonth.count == 1 && (isNumbered || byDay.isEmpty && byMonthDay.count == 1 && byMonthDay[0] > 0)
    default: false
    }
  }
}

extension NumberedWeekday {
  /// The place of a day in its month, counted from the same end; nil for a fifth, which most months have not.
  fileprivate func following(to day: CalendarDate) -> NumberedWeekday? {
    guard let ordinal else { return nil }
    let last = day.lastOfMonth
    let place = ordinal > 0 ? (day.day - 1) / 7 + 1 : -((last.day - day.day) / 7 + 1)
    return abs(place) < 5 ? NumberedWeekday(day.weekday, ordinal: place) : nil
  }
}

extension Weekday {
  fileprivate func adding(_ days: Int) -> Weekday {
    let week = Weekday.allCases
    guard let index = week.firstIndex(of: self) else { return self }
    return week[((index + days) % 7 + 7) % 7]
  }
}

extension CalendarDate {
  var firstOfMonth: CalendarDate { adding(days: 1 - day) }
  var firstOfYear: CalendarDate { CalendarDate(year: year, month: 1, day: 1) ?? self }
  fileprivate var lastOfMonth: CalendarDate { firstOfMonth.adding(days: 31).firstOfMonth.adding(days: -1) }
  func isInSameMonth(as other: CalendarDate) -> Bool { (year, month) == (other.year, other.month) }
}
