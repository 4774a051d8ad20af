extension RuleIterator {
  /// Sets the next period to the one in which a wall clock lies, or the next that INTERVAL allows.
  mutating func jump(to first: Int) {
    let start = LocalDateTime(nominalSeconds: rule.start).date
    let target = LocalDateTime(nominalSeconds: first).date
    switch rule.stride {
    case .years:
      year = Self.aligned(target.year, from: start.year, by: rule.interval)
      if !rule.picks {
        monthsLeft = rule.months
        if year == target.year { monthsLeft &= ~CompiledRule.lowest(target.month) }
        month = year
        year += rule.interval
      }
    case .months:
      let index = Self.aligned(
        target.year * 12 + target.month - 1,
        from: start.year * 12 + start.month - 1,
        by: rule.interval
      )
      year = index / 12
      month = index % 12 + 1
    case .weeks:
      let into = (YearScope.weekday(start.dayNumber) - rule.weekStart + 7) % 7
      let week = start.dayNumber - into
      let weeks = Self.floor(target.dayNumber - week, 7)
      day = week + Self.aligned(weeks, from: 0, by: rule.interval) * 7
    case .days:
      day = Self.aligned(target.dayNumber, from: start.dayNumber, by: rule.interval)
    case .scaledYears, .scaledMonths: rule.scaledDays.map { jumpScaled(to: first, $0) }
    case .clock(let length):
      unit = Self.aligned(
        Self.floor(first, length),
        from: Self.floor(rule.start, length),
        by: rule.interval
      )
    }
  }

  /// Fills in the next period's days and times; false past the year 9999.
  mutating func enterNextPeriod() -> Bool {
    switch rule.stride {
    case .years: rule.picks ? enterPickedYear() : enterMonthOfYear()
    case .months: enterMonth()
    case .weeks: enterWeek()
    case .days: enterDay()
    case .clock(let length): enterUnit(of: length)
    case .scaledYears, .scaledMonths: rule.scaledDays.map { enterScaled($0) } ?? false
    }
  }

  /// The first of `start`, `start + interval`, … that is `target` or later.
  private static func aligned(_ target: Int, from start: Int, by interval: Int) -> Int {
    target <= start ? start : start + (target - start + interval - 1) / interval * interval
  }

  /// `month` holds the year whose months are left, `year` the one after.
  private mutating func enterMonthOfYear() -> Bool {
    while monthsLeft == 0 {
      guard year <= 9999 else { return false }
      monthsLeft = rule.months
      month = year
      year += rule.interval
    }
    let number = monthsLeft.trailingZeroBitCount
    monthsLeft &= monthsLeft - 1
    guard month <= 9999 else { return false }
    (base, dayBits) = days(ofMonth: number, in: month)
    return true
  }

  private mutating func enterPickedYear() -> Bool {
    guard year <= 9999 else { return false }
    picked.begin(hours: hours, minutes: minutes, seconds: seconds)
    base = CalendarDate.dayNumber(year: year, month: 1)
    for number in 1...12 where rule.months & (1 << UInt64(number)) != 0 {
      let (first, bits) = days(ofMonth: number, in: year)
      picked.add(base: first, bits: bits)
    }
    year += rule.interval
    return true
  }

  private mutating func enterMonth() -> Bool {
    guard year <= 9999 else { return false }
    if rule.months & (1 << UInt64(month)) != 0 {
      (base, dayBits) = days(ofMonth: month, in: year)
    } else {
      base = CalendarDate.dayNumber(year: year, month: month)
      dayBits = 0
    }
    pickIfNeeded()
    month += rule.interval
    if month > 12 {
      year += (month - 1) / 12
      month = (month - 1) % 12 + 1
    }
    return true
  }

  private mutating func enterWeek() -> Bool {
    guard day <= CalendarDate.lastDayNumber else { return false }
    base = day
    dayBits = rule.weekDays
    if rule.limitsWeeks {
      for index in 0..<7 where !matches(day + index) { dayBits &= ~(1 << UInt64(index)) }
    }
    pickIfNeeded()
    day += rule.interval * 7
    return true
  }

  private mutating func enterDay() -> Bool {
    guard day <= CalendarDate.lastDayNumber else { return false }
    base = day
    dayBits = !rule.choosesDays || matches(day) ? 1 : 0
    pickIfNeeded()
    day += rule.interval
    return true
  }

  /// An hour, a minute or a second that may be; what may not be is jumped over, not walked through.
  private mutating func enterUnit(of length: Int) -> Bool {
    let wall = unit * length
    guard wall <= Self.endOfTime else { return false }
    base = Self.floor(wall, 86_400)
    let time = wall - base * 86_400
    let (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60)
    var next = unit + rule.interval
    func skip(to wall: Int) {
      next = Self.aligned(Self.floor(wall + length - 1, length), from: unit, by: rule.interval)
    }
    dayBits = 0
    if rule.choosesDays, !matches(base) {
      skip(to: nextDay(after: base) * 86_400)
    } else if rule.hours & (1 << UInt64(hour)) == 0 {
      let later = rule.hours & ~CompiledRule.lowest(hour + 1)
      skip(to: base * 86_400 + (later == 0 ? 86_400 : later.trailingZeroBitCount * 3600))
    } else if length <= 60, rule.minutes & (1 << UInt64(minute)) == 0 {
      let later = rule.minutes & ~CompiledRule.lowest(minute + 1)
      skip(to: wall - time % 3600 + (later == 0 ? 3600 : later.trailingZeroBitCount * 60))
    } else if length == 1, rule.seconds & (1 << UInt64(second)) == 0 {
      let later = rule.seconds & ~CompiledRule.lowest(second + 1)
      skip(to: wall - second + (later == 0 ? 60 : later.trailingZeroBitCount))
    } else {
      dayBits = 1
      hours = 1 << UInt64(hour)
      if length <= 60 { minutes = 1 << UInt64(minute) }
      if length == 1 { seconds = 1 << UInt64(second) }
      pickIfNeeded()
    }
    unit = next
    return true
  }

  mutating func pickIfNeeded() {
    guard rule.picks else { return }
    picked.begin(hours: hours, minutes: minutes, seconds: seconds)
    picked.add(base: base, bits: dayBits)
    dayBits = 0
  }

  /// The day number of the first and the days that may be.
  private mutating func days(ofMonth month: Int, in year: Int) -> (first: Int, bits: UInt64) {
    let first = CalendarDate.dayNumber(year: year, month: month)
    let index = CompiledRule.monthIndex(
      length: CalendarDate.days(inMonth: month, of: year),
      firstWeekday: YearScope.weekday(first)
    )
    var bits = rule.monthDays[index]
    if let scope = rule.yearScope { bits &= yearWords.days(ofMonth: month, in: year, scope) }
    return (first, bits)
  }

  /// Whether the rule's BY parts allow a day.
  private mutating func matches(_ dayNumber: Int) -> Bool {
    if dayNumber == checkedDay { return checkedDayMatches }
    checkedDay = dayNumber
    checkedDayMatches = false
    guard dayNumber <= CalendarDate.lastDayNumber else { return false }
    if let days = rule.scaledDays {
      checkedDayMatches = matchesScaled(dayNumber, days)
      return checkedDayMatches
    }
    let date = CalendarDate(dayNumber: dayNumber)
    guard rule.months & (1 << UInt64(date.month)) != 0 else { return false }
    let (_, bits) = days(ofMonth: date.month, in: date.year)
    checkedDayMatches = bits & (1 << UInt64(date.day - 1)) != 0
    return checkedDayMatches
  }

  /// The next day that may be, or the first of the next month, to be looked at then.
  private mutating func nextDay(after dayNumber: Int) -> Int {
    if rule.scaledDays != nil { return dayNumber + 1 }
    let date = CalendarDate(dayNumber: min(dayNumber, CalendarDate.lastDayNumber))
    let length = CalendarDate.days(inMonth: date.month, of: date.year)
    guard rule.months & (1 << UInt64(date.month)) != 0 else { return dayNumber + length - date.day + 1 }
    let (first, bits) = days(ofMonth: date.month, in: date.year)
    let later = bits & ~CompiledRule.lowest(date.day)
    return first + (later == 0 ? length : later.trailingZeroBitCount)
  }
}

extension CalendarDate {
  /// The day number of the first of a month.
  static func dayNumber(year: Int, month: Int) -> Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
