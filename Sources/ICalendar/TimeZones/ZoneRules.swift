import Synchronization

/// What the clocks of one zone did and will do: a table of changes, then a rule for ever (RFC 8536 §3).
final class ZoneRules: Sendable {
  struct Kind: Sendable, Hashable {
    var offset: Int
    var isDaylight: Bool
    var abbreviation: String
  }

  static let utc = ZoneRules(
    initial: Kind(offset: 0, isDaylight: false, abbreviation: "UTC"),
    table: [],
    rule: nil
  )

  /// In force before the first change.
  let initial: Kind
  /// Changes in order of time, without those that `rule` makes by itself save the first.
  let table: [ZoneTransition]
  /// Makes the changes after the table; nil when there are none.
  let rule: DaylightRule?
  /// Made when a recurrence is first expanded in this zone, see `offsetChanges`.
  let madeOffsetChanges = Mutex<[OffsetChange]?>(nil)

  init(initial: Kind, table: [ZoneTransition], rule: DaylightRule?) {
    self.initial = initial
    self.rule = rule
    // tzdata is often built "fat", with the rule's changes up to 2037 spelt out. Cut them off, so that an
    // endless VTIMEZONE is two observances instead of thirty.
    var kept = table.count
    if let rule {
      while kept > 0, rule.makes(table[kept - 1]) { kept -= 1 }
      kept = min(kept + 1, table.count)
    }
    self.table = Array(table.prefix(kept))
  }

  func offset(at second: Int) -> Int {
    lastTransition(atOrBefore: second)?.offsetAfter ?? initial.offset
  }

  func lastTransition(atOrBefore second: Int) -> ZoneTransition? {
    if let rule, second >= table.last?.second ?? .min,
      let made = rule.lastTransition(atOrBefore: second), made.second > table.last?.second ?? .min
    {
      return made
    }
    let after = firstIndex(after: second)
    return after == 0 ? nil : table[after - 1]
  }

  func transitions(in seconds: Range<Int>) -> [ZoneTransition] {
    var found = Array(
      table[firstIndex(after: seconds.lowerBound - 1)..<firstIndex(after: seconds.upperBound - 1)]
    )
    guard let rule, seconds.upperBound > table.last?.second ?? .min else { return found }
    let start = max(seconds.lowerBound, table.last.map { $0.second + 1 } ?? .min)
    if start < seconds.upperBound { found += rule.transitions(in: start..<seconds.upperBound) }
    return found
  }

  private func firstIndex(after second: Int) -> Int {
    var (low, high) = (0, table.count)
    while low < high {
      let middle = (low + high) / 2
      if table[middle].second <= second { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
