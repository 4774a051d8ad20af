extension CompiledRule {
  /// How many wall clocks of the rule are before one; nil where that has to be counted one by one.
  func count(before wall: Int) -> Int? {
    guard !picks, wall > start else { return wall > start ? nil : 0 }
    switch stride {
    case .days where !choosesDays: return passed(before: wall, period: interval, first: 0, days: 1)
    case .months where isEveryDay: return passed(before: wall, period: 1, first: 0, days: 1)
    case .weeks where !limitsWeeks:
      let into = (YearScope.weekday(RuleIterator.floor(start, 86_400)) - weekStart + 7) % 7
      return passed(before: wall, period: interval * 7, first: -into, days: weekDays)
    default: return nil
    }
  }

  /// Periods are so many days apart, the first begins `first` days after DTSTART's, and `days` of each may be.
  private func passed(before wall: Int, period: Int, first: Int, days: UInt64) -> Int {
    let origin = RuleIterator.floor(start, 86_400) + first
    let times = timesOfDay(before: 86_400)
    func count(before wall: Int) -> Int {
      let day = RuleIterator.floor(wall, 86_400) - origin
      let (periods, into) = (day / period, day % period)
      let low = CompiledRule.lowest(min(into, 63))
      var count = (periods * days.nonzeroBitCount + (days & low).nonzeroBitCount) * times
      if into < 63, days & (1 << UInt64(into)) != 0 {
        count += timesOfDay(before: wall - (origin + day) * 86_400)
      }
      return count
    }
    return count(before: wall) - count(before: start)
  }

  /// How many times of a day are before a second of it.
  private func timesOfDay(before time: Int) -> Int {
    let (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60)
    func below(_ bits: UInt64, _ number: Int) -> Int { (bits & Self.lowest(number)).nonzeroBitCount }
    func has(_ bits: UInt64, _ number: Int) -> Bool { bits & (1 << UInt64(number)) != 0 }
    var count = below(hours, hour) * minutes.nonzeroBitCount * seconds.nonzeroBitCount
    guard has(hours, hour) else { return count }
    count += below(minutes, minute) * seconds.nonzeroBitCount
    return has(minutes, minute) ? count + below(seconds, second) : count
  }
}
