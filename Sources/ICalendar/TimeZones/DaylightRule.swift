/// The rule of a POSIX TZ string, by which clocks are changed twice a year for ever (RFC 8536 §3.3.1).
struct DaylightRule: Sendable, Hashable {
  /// A day of the year.
  enum Day: Sendable, Hashable {
    /// `week` 1…4, or 5 for the last.
    case weekday(Weekday, week: Int, month: Int)
    /// 1…365; 29 February is never counted.
    case dayWithoutLeap(Int)
    /// 0…365.
    case dayOfYear(Int)

    func dayNumber(in year: Int) -> Int {
      let newYear = CalendarDate(year: year, month: 1, day: 1)?.dayNumber ?? 0
      switch self {
      case .dayOfYear(let day):
        return newYear + day
      case .dayWithoutLeap(let day):
        return newYear + day - (CalendarDate.isLeap(year) && day >= 60 ? 0 : 1)
      case .weekday(let weekday, let week, let month):
        let first = CalendarDate(year: year, month: month, day: 1)
        let ahead = (weekday.number - (first?.weekday.number ?? 0) + 7) % 7
        let length = CalendarDate.days(inMonth: month, of: year)
        var day = ahead + 7 * (week - 1)
        if day >= length { day -= 7 }
        return (first?.dayNumber ?? 0) + day
      }
    }
  }

  struct Change: Sendable, Hashable {
    var day: Day
    /// Seconds after midnight of `day` on the clock until then; up to a week either way.
    var time: Int
  }

  let standard: ZoneRules.Kind
  let daylight: ZoneRules.Kind
  let toDaylight: Change
  let toStandard: Change

  func transition(toDaylight isDaylight: Bool, in year: Int) -> ZoneTransition {
    let change = isDaylight ? toDaylight : toStandard
    let (before, after) = isDaylight ? (standard, daylight) : (daylight, standard)
    return ZoneTransition(
      second: change.day.dayNumber(in: year) * 86_400 + change.time - before.offset,
      offsetBefore: before.offset,
      offsetAfter: after.offset,
      isDaylight: after.offset > before.offset,
      abbreviation: after.abbreviation
    )
  }

  func makes(_ transition: ZoneTransition) -> Bool {
    let year = LocalDateTime(nominalSeconds: transition.second).date.year
    return inOrder(ofYear: year).contains { made in
      made.second == transition.second && made.offsetAfter == transition.offsetAfter
        && made.offsetBefore == transition.offsetBefore
    }
  }

  func lastTransition(atOrBefore second: Int) -> ZoneTransition? {
    let year = LocalDateTime(nominalSeconds: second).date.year
    return [year + 1, year, year - 1].lazy.compactMap { year in
      inOrder(ofYear: year).last { $0.second <= second }
    }.first
  }

  func transitions(in seconds: Range<Int>) -> [ZoneTransition] {
    let first = LocalDateTime(nominalSeconds: seconds.lowerBound).date.year
    let last = LocalDateTime(nominalSeconds: seconds.upperBound).date.year
    return (first - 1...last + 1).flatMap { inOrder(ofYear: $0) }.filter { seconds.contains($0.second) }
  }

  private func inOrder(ofYear year: Int) -> [ZoneTransition] {
    guard (1...9999).contains(year) else { return [] }
    return [transition(toDaylight: true, in: year), transition(toDaylight: false, in: year)]
      .sorted { $0.second < $1.second }
  }
}
