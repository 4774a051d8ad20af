import Synchronization

/// A zone's name, and the changes of its clocks, past and future: a table, then a rule for ever (RFC 8536 §3).
final class ZoneRules: Sendable {
  struct Kind: Sendable, Hashable {
    var offset: Int
    var isDaylight: Bool
    var abbreviation: String
  }

  static let utc = ZoneRules(
    identifier: "UTC",
    initial: Kind(offset: 0, isDaylight: false, abbreviation: "UTC"),
    table: [],
    rule: nil
  )

  /// Those of UTC; told apart by being another object.
  static let floating = ZoneRules(identifier: "floating", initial: utc.initial, table: [], rule: nil)

  /// The name in the IANA database, or the TZID of the VTIMEZONE.
  let identifier: String
  /// Whether it is UTC under one of its names.
  let isUTC: Bool
  /// In force before the first change.
  let initial: Kind
  /// Changes in order of time, without those that `rule` makes by itself save the first.
  let table: [ZoneTransition]
  /// Makes the changes after the table; nil when there are none.
  let rule: DaylightRule?
  /// The table and what the rule makes after it until 2100, so that most questions are a search in it.
  let spelledOut: [ZoneTransition]
  /// The VTIMEZONE that the rules were read from; nil for those of the IANA.
  let definition: Component?
  /// The changes of the offset among those that are spelled out, in order.
  let offsetChanges: [OffsetChange]
  /// Whether a wall clock is skipped or repeated by one of these at the most, as in all zones but made-up ones.
  let areOffsetChangesApart: Bool
  /// The parts that were made for VTIMEZONEs, by the instant of the change that is in force when they begin.
  let repeatedParts = Mutex<[Int: RepeatedParts?]>([:])

  init(
    identifier: String,
    initial: Kind,
    table: [ZoneTransition],
    rule: DaylightRule?,
    definition: Component? = nil
  ) {
    self.identifier = identifier
    isUTC = definition == nil && Self.namesOfUTC.contains(identifier)
    self.definition = definition
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
    let end = self.table.last?.second ?? -2_208_988_800
    if let rule, end < Self.spelledUntil {
      spelledOut = self.table + rule.transitions(in: end + 1..<Self.spelledUntil)
    } else {
      spelledOut = self.table
    }
    let changes = spelledOut.compactMap { OffsetChange($0) }
    offsetChanges = changes
    areOffsetChangesApart = zip(changes, changes.dropFirst()).allSatisfy { $0.wallEnd <= $1.wallStart }
  }

  private static let namesOfUTC: Set<String> = [
    "UTC", "Etc/UTC", "UCT", "Etc/UCT", "Universal", "Etc/Universal", "Zulu", "Etc/Zulu",
  ]

  /// 2100-01-01.
  private static let spelledUntil = 4_102_444_800

  func offset(at second: Int) -> Int {
    lastTransition(atOrBefore: second)?.offsetAfter ?? initial.offset
  }

  func lastTransition(atOrBefore second: Int) -> ZoneTransition? {
    if second < Self.spelledUntil || rule == nil {
      let after = Self.firstIndex(after: second, in: spelledOut)
      // Without a table the rule goes back for ever.
      if after > 0 { return spelledOut[after - 1] }
      if table.isEmpty, let rule { return rule.lastTransition(atOrBefore: second) }
      return nil
    }
    if let rule, second >= table.last?.second ?? .min,
      let made = rule.lastTransition(atOrBefore: second), made.second > table.last?.second ?? .min
    {
      return made
    }
    return table.last
  }

  func transitions(in seconds: Range<Int>) -> [ZoneTransition] {
    if seconds.upperBound <= Self.spelledUntil, !table.isEmpty || rule == nil {
      let first = Self.firstIndex(after: seconds.lowerBound - 1, in: spelledOut)
      let end = Self.firstIndex(after: seconds.upperBound - 1, in: spelledOut)
      return first < end ? Array(spelledOut[first..<end]) : []
    }
    var found = Array(
      table[
        Self.firstIndex(
          after: seconds.lowerBound - 1,
          in: table
        )..<Self.firstIndex(
          after: seconds.upperBound - 1,
          in: table
        )
      ]
    )
    guard let rule, seconds.upperBound > table.last?.second ?? .min else { return found }
    let start = max(seconds.lowerBound, table.last.map { $0.second + 1 } ?? .min)
    if start < seconds.upperBound { found += rule.transitions(in: start..<seconds.upperBound) }
    return found
  }

  private static func firstIndex(after second: Int, in table: [ZoneTransition]) -> Int {
    var (low, high) = (0, table.count)
    while low < high {
      let middle = (low + high) / 2
      if table[middle].second <= second { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
