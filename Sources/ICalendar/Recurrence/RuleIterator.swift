/// The wall clocks of one rule from a given one on, in order, counted and not searched.
///
/// A period's days are bits of one word, and so are the hours, minutes and seconds of a day; the next instance is the
/// lowest bit that is set. A year is twelve such words. Nothing is allocated for an instance.
struct RuleIterator: IteratorProtocol {
  /// Why there was no further wall clock.
  enum Ending {
    /// The rule ends, or the year 9999 does.
    case exhausted
    /// So many periods held nothing that looking further was given up.
    case limit
  }

  let rule: CompiledRule
  /// Nothing is made after this wall clock.
  var last: Int
  var ending: Ending?
  private let patience: Int
  private var fruitless = 0

  // The next period.
  var year = 0
  var month = 0
  var day = 0
  var unit = 0
  var monthsLeft: UInt64 = 0

  // The rest of this one: `base` is the day number of the lowest bit of `dayBits`.
  var base = 0
  var dayBits: UInt64 = 0
  private var dayStart = 0
  private var hourStart = 0
  private var minuteStart = 0
  private var hourBits: UInt64 = 0
  private var minuteBits: UInt64 = 0
  private var secondBits: UInt64 = 0
  // The times that each day of it has.
  var hours: UInt64
  var minutes: UInt64
  var seconds: UInt64

  var picked = PickedPeriod()
  var yearWords = YearWords()
  var checkedDay = Int.min
  var checkedDayMatches = false
  /// Where a rule of another calendar is.
  var scaled: ScaledPlace?
  /// The instances of such a rule are after this, since days that are moved may be in two months.
  private var lastScaled: Int

  /// Begins at the first wall clock of the rule that is not before `from`, and not before DTSTART.
  init(_ rule: CompiledRule, from: Int, last: Int, patience: Int) {
    self.rule = rule
    self.last = min(last, Self.endOfTime)
    self.patience = patience
    hours = rule.hours
    minutes = rule.minutes
    seconds = rule.seconds
    let first = max(from, rule.start)
    lastScaled = first - 1
    guard first <= self.last else {
      ending = .exhausted
      return
    }
    jump(to: first)
    // The period in which it lies may have begun before.
    guard advance() else { return }
    if rule.picks { picked.drop(before: first) } else { drop(before: first) }
  }

  mutating func next() -> Int? {
    guard rule.scaledDays != nil else { return nextWall() }
    while let wall = nextWall() {
      guard wall > lastScaled else { continue }
      lastScaled = wall
      return wall
    }
    return nil
  }

  private mutating func nextWall() -> Int? {
    if let time = rule.onlyTime, !rule.picks {
      while dayBits == 0 {
        guard advance() else { return nil }
      }
      let day = base + dayBits.trailingZeroBitCount
      dayBits &= dayBits - 1
      return checked(day * 86_400 + time)
    }
    while ending == nil {
      if rule.picks {
        if let wall = picked.next(rule) { return checked(wall) }
      } else if let wall = nextTime() {
        return checked(wall)
      }
      guard advance() else { return nil }
    }
    return nil
  }

  private mutating func checked(_ wall: Int) -> Int? {
    fruitless = 0
    if wall <= last { return wall }
    dayBits = 0
    ending = .exhausted
    return nil
  }

  /// The lowest second of the lowest minute of the lowest hour that is left.
  private mutating func nextTime() -> Int? {
    while true {
      if secondBits != 0 {
        let second = minuteStart + secondBits.trailingZeroBitCount
        secondBits &= secondBits - 1
        return second
      }
      if minuteBits != 0 {
        minuteStart = hourStart + minuteBits.trailingZeroBitCount * 60
        minuteBits &= minuteBits - 1
        secondBits = seconds
      } else if hourBits != 0 {
        hourStart = dayStart + hourBits.trailingZeroBitCount * 3600
        hourBits &= hourBits - 1
        minuteBits = minutes
      } else if dayBits != 0 {
        dayStart = (base + dayBits.trailingZeroBitCount) * 86_400
        dayBits &= dayBits - 1
        hourBits = hours
      } else {
        return nil
      }
    }
  }

  /// Goes to the next period, or the next month of this year; false when there is none.
  private mutating func advance() -> Bool {
    guard ending == nil else { return false }
    fruitless += 1
    guard fruitless <= patience else {
      ending = .limit
      return false
    }
    guard enterNextPeriod(), base * 86_400 <= last else {
      ending = ending ?? .exhausted
      return false
    }
    return true
  }

  /// Clears what is before the wall clock from the period at hand.
  private mutating func drop(before first: Int) {
    let day = Self.floor(first, 86_400)
    guard day >= base else { return }
    guard day - base < 64 else {
      dayBits = 0
      return
    }
    let bit: UInt64 = 1 << UInt64(day - base)
    let isOnFirstDay = dayBits & bit != 0
    // Through this day: its times are taken apart below.
    dayBits &= ~(bit | (bit - 1))
    guard isOnFirstDay else { return }
    let time = first - day * 86_400
    if let only = rule.onlyTime {
      if only >= time { dayBits |= bit }
      return
    }
    dayStart = day * 86_400
    let (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60)
    hourBits = hours & ~CompiledRule.lowest(hour)
    guard hourBits & (1 << UInt64(hour)) != 0 else { return }
    hourBits &= hourBits - 1
    hourStart = dayStart + hour * 3600
    minuteBits = minutes & ~CompiledRule.lowest(minute)
    guard minuteBits & (1 << UInt64(minute)) != 0 else { return }
    minuteBits &= minuteBits - 1
    minuteStart = hourStart + minute * 60
    secondBits = seconds & ~CompiledRule.lowest(second)
  }

  /// 9999-12-31T23:59:59.
  static let endOfTime = CalendarDate.lastDayNumber * 86_400 + 86_399

  static func floor(_ number: Int, _ divisor: Int) -> Int {
    number >= 0 ? number / divisor : -((divisor - 1 - number) / divisor)
  }
}
