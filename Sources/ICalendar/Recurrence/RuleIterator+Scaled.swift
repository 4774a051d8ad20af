/// Where a rule that counts in another calendar is.
struct ScaledPlace {
  /// The year whose months are gone through, and the next of them.
  var year: ScaledYear
  var month: Int
  /// Months that are still gone through before it is given up, some four hundred years: such calendars are slow.
  var monthsLeft = 5000

  /// Goes on by years; without a month left where the calendar or the year 9999 ends.
  mutating func advance(years: Int, _ scale: CalendarScale) {
    for _ in 0..<years {
      guard monthsLeft > 0, year.days.upperBound <= CalendarDate.lastDayNumber,
        let next = ScaledYear(scale, containing: year.days.upperBound)
      else {
        monthsLeft = 0
        return
      }
      year = next
      monthsLeft -= next.months.count
    }
  }
}

extension RuleIterator {
  /// Sets the next period to one before that in which a wall clock lies, since days can be moved out of their month.
  mutating func jumpScaled(to first: Int, _ days: ScaledDays) {
    let start = Self.floor(rule.start, 86_400)
    let target = Self.floor(first, 86_400)
    // With an interval the periods have to be counted from the first.
    let begin = rule.interval == 1 ? max(start, target - 40) : start
    guard let year = ScaledYear(days.scale, containing: begin) else {
      scaled = nil
      return
    }
    var month = 0
    if case .scaledMonths = rule.stride { month = year.month(of: begin) ?? 0 }
    scaled = ScaledPlace(year: year, month: month)
    if days.scale == .gregorian { scaled?.monthsLeft = 120_000 }
  }

  /// The next month of the year, or the month or year that the interval allows; false where the calendar ends.
  mutating func enterScaled(_ days: ScaledDays) -> Bool {
    guard var place = scaled, place.monthsLeft > 0 else {
      ending = scaled == nil ? .exhausted : .limit
      return false
    }
    defer { scaled = place }
    if case .scaledYears = rule.stride, rule.picks {
      picked.begin(hours: hours, minutes: minutes, seconds: seconds)
      base = place.year.days.lowerBound
      var given = Int.min
      for index in place.year.months.indices {
        let first = place.year.months[index].days.lowerBound
        var bits = days.bits(ofMonth: index, in: place.year)
        // A day that was moved into the month may be in it anyway.
        if given >= first { bits &= ~CompiledRule.lowest(given - first + 1) }
        if bits != 0 { given = first + 63 - bits.leadingZeroBitCount }
        picked.add(base: first, bits: bits)
      }
      place.advance(years: rule.interval, days.scale)
      return true
    }
    base = place.year.months[place.month].days.lowerBound
    dayBits = days.bits(ofMonth: place.month, in: place.year)
    var (months, years) = (1, rule.interval)
    if case .scaledMonths = rule.stride {
      (months, years) = (rule.interval, 1)
      pickIfNeeded()
    }
    place.month += months
    while place.monthsLeft > 0, place.month >= place.year.months.count {
      place.month -= place.year.months.count
      place.advance(years: years, days.scale)
    }
    return true
  }

  /// Whether the rule's BY parts allow a day.
  mutating func matchesScaled(_ day: Int, _ days: ScaledDays) -> Bool {
    if scaled?.year.days.contains(day) != true {
      guard let year = ScaledYear(days.scale, containing: day) else { return false }
      scaled = ScaledPlace(year: year, month: 0)
    }
    guard let year = scaled?.year, let month = year.month(of: day) else { return false }
    return days.bits(ofMonth: month, in: year) & (1 << UInt64(day - year.months[month].days.lowerBound)) != 0
  }
}
