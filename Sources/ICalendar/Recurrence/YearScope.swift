/// Days chosen by their place in the year: BYYEARDAY, BYWEEKNO, and BYDAY numbers of a year (RFC 5545 §3.3.10).
struct YearScope: Sendable {
  let yearDays: [Int]
  let weekNumbers: [Int]
  /// Empty unless one of them has a number.
  let weekdays: [NumberedWeekday]
  let weekStart: Int

  init?(_ rule: RecurrenceRule, weekdays: [NumberedWeekday]) {
    guard !rule.byYearDay.isEmpty || !rule.byWeekNumber.isEmpty || !weekdays.isEmpty else { return nil }
    yearDays = rule.byYearDay
    weekNumbers = rule.byWeekNumber
    self.weekdays = weekdays
    weekStart = rule.weekStart.number
  }

  /// Whether a day may be; all numbers count from 0, `newYear` is the day number of 1 January.
  func contains(dayOfYear: Int, of year: Int, newYear: Int) -> Bool {
    let length = CalendarDate.isLeap(year) ? 366 : 365
    if !yearDays.isEmpty, !yearDays.contains(dayOfYear + 1), !yearDays.contains(dayOfYear - length) {
      return false
    }
    if !weekNumbers.isEmpty, !isInWeek(dayOfYear: dayOfYear, length: length, year: year, newYear: newYear) {
      return false
    }
    guard !weekdays.isEmpty else { return true }
    let weekday = Self.weekday(newYear + dayOfYear)
    let fromStart = dayOfYear / 7 + 1
    let fromEnd = -((length - 1 - dayOfYear) / 7 + 1)
    return weekdays.contains { day in
      day.weekday.number == weekday
        && (day.ordinal == nil || day.ordinal == fromStart || day.ordinal == fromEnd)
    }
  }

  /// The first week of a year is the first with four days in it; a day belongs to the week it is in, also across
  /// the year's end.
  private func isInWeek(dayOfYear: Int, length: Int, year: Int, newYear: Int) -> Bool {
    var (firstWeek, weeks) = weekOne(newYear: newYear, length: length)
    var day = newYear + dayOfYear
    if day < firstWeek {
      let before = CalendarDate.isLeap(year - 1) ? 366 : 365
      (firstWeek, weeks) = weekOne(newYear: newYear - before, length: before)
    } else if day >= firstWeek + weeks * 7 {
      let after = CalendarDate.isLeap(year + 1) ? 366 : 365
      (firstWeek, weeks) = weekOne(newYear: newYear + length, length: after)
    }
    day -= firstWeek
    let number = day / 7 + 1
    return weekNumbers.contains(number) || weekNumbers.contains(number - weeks - 1)
  }

  /// The day number on which week 1 begins, and how many weeks the year has.
  private func weekOne(newYear: Int, length: Int) -> (first: Int, weeks: Int) {
    func first(_ newYear: Int) -> Int {
      let into = (Self.weekday(newYear) - weekStart + 7) % 7
      return into <= 3 ? newYear - into : newYear + 7 - into
    }
    let start = first(newYear)
    return (start, (first(newYear + length) - start) / 7)
  }

  /// 0 for Sunday; 1970-01-01 was a Thursday, and 720,300 is a multiple of 7 beyond all days before it.
  static func weekday(_ dayNumber: Int) -> Int { (dayNumber + 720_300 + 4) % 7 }
}
