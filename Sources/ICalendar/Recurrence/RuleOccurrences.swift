/// The instances of one rule: wall clocks resolved in a zone, ended by COUNT or UNTIL.
struct RuleOccurrences {
  private var walls: RuleIterator
  private var cursor: ZoneCursor
  /// How many COUNT still allows; wall clocks count, also where two of them are one instant.
  private var remaining: Int
  /// No instance is after this instant.
  private let lastSecond: Int
  /// Taken out of order around a skipped hour; the next is the last.
  private var reordered: [Occurrence] = []
  private(set) var reachedLimit = false

  /// Begins with the first instance that may be in the span.
  init(_ rule: RecurrenceRule, start: RecurrenceTime, span: InstantSpan, limits: RecurrenceLimits) {
    let compiled = CompiledRule(rule, start: start.wall)
    var last = rule.lastTimes(start: start)
    // No zone is two days from UTC.
    if let end = span.end { last.wall = min(last.wall, end + 2 * 86_400) }
    lastSecond = last.second
    cursor = ZoneCursor(start.zone)
    let target = span.first.map { Self.earliestWall(at: $0, in: start.zone) } ?? compiled.start
    func iterator(from wall: Int) -> RuleIterator {
      RuleIterator(compiled, from: wall, last: last.wall, patience: limits.emptyPeriods)
    }
    guard case .count(let count) = rule.end else {
      remaining = Int.max
      walls = iterator(from: target)
      return
    }
    walls = iterator(from: compiled.start)
    var ahead = walls
    // DTSTART is the first instance, also where the rule does not make it (RFC 5545 §3.3.10).
    remaining = ahead.next() == compiled.start ? count : count - 1
    guard target > compiled.start else { return }
    if let passed = compiled.count(before: target) {
      walls = iterator(from: target)
      remaining = max(0, remaining - passed)
      return
    }
    ahead = walls
    var skipped = 0
    while remaining > 0, let wall = ahead.next(), wall < target {
      walls = ahead
      remaining -= 1
      skipped += 1
      guard skipped <= limits.skippedInstances else {
        reachedLimit = true
        remaining = 0
        return
      }
    }
    if ahead.ending == .limit { reachedLimit = true }
  }

  mutating func next() -> Occurrence? {
    if !reordered.isEmpty { return reordered.removeLast() }
    while let occurrence = take() {
      if occurrence.isShifted { return reorder(from: occurrence) }
      return occurrence
    }
    return nil
  }

  private mutating func take() -> Occurrence? {
    while remaining > 0 {
      guard let wall = walls.next() else {
        if walls.ending == .limit { reachedLimit = true }
        return nil
      }
      remaining -= 1
      let (second, isSkipped) = cursor.resolve(wall)
      if second <= lastSecond { return Occurrence(wall: wall, second: second, isShifted: isSkipped) }
      // One that was shifted past the end may be followed by one that is not.
      if !isSkipped { remaining = 0 }
    }
    return nil
  }

  /// Wall clocks in a skipped hour come to instants among those of the hour after it: sort them, drop the doubles.
  private mutating func reorder(from first: Occurrence) -> Occurrence? {
    var batch = [first]
    var latest = first.second
    while let following = take() {
      batch.append(following)
      if following.second > latest, !following.isShifted { break }
      latest = max(latest, following.second)
    }
    // Of two at one instant the one stays that the clock does show.
    batch.sort { ($0.second, $0.isShifted ? 1 : 0) < ($1.second, $1.isShifted ? 1 : 0) }
    var last = Int.min
    batch.removeAll { occurrence in
      defer { last = occurrence.second }
      return occurrence.second == last
    }
    reordered = batch.reversed()
    return reordered.popLast()
  }

  /// The time on the clock at an instant, or earlier where a skipped time could come to it or after it.
  private static func earliestWall(at second: Int, in zone: Zone?) -> Int {
    guard let zone, !zone.isUTC else { return second }
    let wall = second + zone.offset(atSecond: second)
    let dayBefore = second - 2 * 86_400
    return zone.offset(atSecond: dayBefore) == wall - second ? wall : wall - 2 * 86_400
  }
}

/// Seconds since 1970 UTC between which instances are wanted.
struct InstantSpan {
  /// Included; nil for DTSTART.
  var first: Int?
  /// Not included; nil for no end.
  var end: Int?
}

extension RecurrenceRule {
  /// The last wall clock and the last instant that UNTIL allows; it is inclusive (RFC 5545 §3.3.10).
  ///
  /// UNTIL should have DTSTART's type. Where it has not, a day ends with its last second, and a time given for a
  /// series of days counts by its date.
  fileprivate func lastTimes(start: RecurrenceTime) -> (wall: Int, second: Int) {
    guard let until else { return (.max, .max) }
    switch (start, until) {
    case (_, .date): return (until.wall + 86_399, .max)
    case (.date, _), (.floating, _), (.zoned, .floating): return (until.wall, .max)
    // Two days on the wall clock are further than any zone is from UTC.
    case (.zoned, .zoned): return (until.second + 2 * 86_400, until.second)
    }
  }
}
