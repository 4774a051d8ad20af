extension ZoneRules {
  /// Reads the rules of a VTIMEZONE (RFC 5545 §3.6.5); nil when there are none that can be read.
  ///
  /// Onsets are spelt out until the year 2100; from then on the last offset stays. Before the first of them, the
  /// offset that it comes from is in force.
  convenience init?(definition: Component, tzid: String) {
    let read = ZoneDefinition(definition)
    // A zone that is known in part is not known: its times would be an hour off now and then.
    guard read.isComplete, let first = read.onsets.first else { return nil }
    let initial = Kind(offset: first.offsetBefore, isDaylight: false, abbreviation: "")
    var table: [ZoneTransition] = []
    var offset = first.offsetBefore
    for (onset, next) in zip(read.onsets, read.onsets.dropFirst().map(\.second) + [.max]) {
      // Of several at once the last counts.
      guard onset.second != next, onset.offset != offset else { continue }
      table.append(
        ZoneTransition(
          second: onset.second,
          offsetBefore: offset,
          offsetAfter: onset.offset,
          isDaylight: onset.isDaylight,
          abbreviation: onset.name
        )
      )
      offset = onset.offset
    }
    self.init(identifier: tzid, initial: initial, table: table, rule: nil, definition: definition)
  }
}

/// The onsets that a VTIMEZONE defines, and the problems in it.
struct ZoneDefinition {
  struct Onset {
    var second: Int
    var offsetBefore: Int
    var offset: Int
    var isDaylight: Bool
    var name: String
  }

  struct Problem {
    /// Which of the zone's components.
    let part: Int
    let property: PropertyName
    let message: String
  }

  /// In order of time.
  private(set) var onsets: [Onset] = []
  private(set) var problems: [Problem] = []
  /// Whether all observances are known, if not as they were written.
  private(set) var isComplete = true

  /// How much reading the zones of one file may cost, see `cost(of:)`.
  static let budget = 3000

  /// About how long it takes to read a definition: one for each part whose rule is of a day of a month, as in all that
  /// honest programs write, and many times that for others.
  static func cost(of definition: Component) -> Int {
    definition.components.reduce(1) { cost, part in
      part.properties(.rrule).reduce(cost + 1) { cost, line in
        let rule = line.value.uppercased()
        let isCheap =
          rule.contains("FREQ=YEARLY") && rule.contains("BYMONTH=") && !rule.contains("BYWEEKNO")
          && !rule.contains("BYYEARDAY")
        return cost + (isCheap ? 0 : 50)
      }
    }
  }

  private static let mostObservances = 500
  private static let mostOnsets = 20_000

  init(_ definition: Component) {
    let parts = definition.components.prefix(Self.mostObservances)
    for (index, part) in parts.enumerated() where part.name == "STANDARD" || part.name == "DAYLIGHT" {
      guard let observance = observance(part, index, definition) else {
        isComplete = false
        continue
      }
      onsets += observance
      guard onsets.count <= Self.mostOnsets else {
        isComplete = false
        break
      }
    }
    if !isComplete { onsets = [] }
    onsets.sort { ($0.second, $0.offset) < ($1.second, $1.offset) }
  }

  private mutating func note(_ part: Int, _ property: PropertyName, _ message: String) {
    problems.append(Problem(part: part, property: property, message: message))
  }

  private mutating func observance(_ part: Component, _ index: Int, _ zone: Component) -> [Onset]? {
    // One part ends with what the other begins from.
    let given = part.offset(.tzoffsetto)
    if given == nil { note(index, .tzoffsetto, "The offset cannot be read; the other part's is taken.") }
    guard let after = given ?? zone.offset(.tzoffsetfrom, besides: part) else { return nil }
    guard let start = part.property(.dtstart)?.onset else {
      note(index, .dtstart, "The onset cannot be read.")
      return nil
    }
    let before: Int
    if let offset = part.offset(.tzoffsetfrom) {
      before = offset
    } else {
      note(index, .tzoffsetfrom, "The offset cannot be read; the other part's is taken.")
      before = zone.offset(.tzoffsetto, besides: part) ?? after
    }
    guard let times = times(of: part, index, from: start, offset: before) else { return nil }
    let name = part.property(.tzname)?.text ?? ""
    return times.map { time in
      Onset(
        second: time - before,
        offsetBefore: before,
        offset: after,
        isDaylight: part.name == "DAYLIGHT",
        name: name
      )
    }
  }

  /// The wall clocks, in seconds, at which an observance begins.
  private mutating func times(
    of part: Component,
    _ index: Int,
    from start: LocalDateTime,
    offset: Int
  ) -> Set<Int>? {
    var times: Set<Int> = [start.nominalSeconds]
    for line in part.properties(.rdate) {
      for text in line.value.split(separator: ",") {
        if let time = ContentLine("RDATE", value: String(text.prefix { $0 != "/" })).onset {
          times.insert(time.nominalSeconds)
        } else {
          note(index, .rdate, "The onset cannot be read.")
        }
      }
    }
    for line in part.properties(.rrule) {
      let (rule, remarks) = RecurrenceRule.readingForZone(line.value)
      for remark in remarks where remark != .countAndUntil { note(index, .rrule, remark.description) }
      guard let rule, let more = rule.onsets(from: start, offset: offset) else {
        note(index, .rrule, "The rule has too many onsets for a zone.")
        return nil
      }
      times.formUnion(more)
    }
    return times
  }
}

extension RecurrenceRule {
  /// The onsets from 1900 to 2100; nil when there are more than clocks are ever changed.
  ///
  /// Bounded, since a hostile file has no end of zones that begin in 1601.
  fileprivate func onsets(from start: LocalDateTime, offset: Int) -> [Int]? {
    guard start.nominalSeconds < Self.lastOnset else { return [] }
    var rule = self
    // UNTIL is in UTC, where onsets are wall clocks on the offset until then.
    if case .zoned(let time)? = until {
      let last = RecurrenceTime.floating(time.local.adding(seconds: offset))
      let local = try? untilBesideCount == nil ? ending(.until(last)) : ending(end, untilBesideCount: last)
      guard let local else { return nil }
      rule = local
    }
    let set = RecurrenceSet(
      start: .floating(start),
      rules: [rule],
      limits: RecurrenceLimits(emptyPeriods: 10_000, skippedInstances: 10_000, instances: 2000)
    )
    var iterator = RecurrenceIterator(set, InstantSpan(first: Self.firstOnset, end: Self.lastOnset))
    var found: [Int] = []
    while let next = iterator.next(), next.second < Self.lastOnset {
      found.append(next.second)
      guard found.count <= set.limits.instances else { return nil }
    }
    return found
  }

  private static let firstOnset = -2_208_988_800  // 1900-01-01
  private static let lastOnset = 4_133_980_800  // 2101-01-01
}

extension Component {
  fileprivate func offset(_ name: PropertyName) -> Int? {
    property(name).flatMap { UTCOffset($0.value) }?.seconds
  }

  /// An offset of the part that takes turns with another: of the other kind, the latest.
  fileprivate func offset(_ name: PropertyName, besides part: Component) -> Int? {
    components.filter { $0.name != part.name && $0.offset(name) != nil }
      .max { ($0.property(.dtstart)?.value ?? "") < ($1.property(.dtstart)?.value ?? "") }?.offset(name)
  }
}

extension ContentLine {
  /// The wall-clock time of an onset; some write it as UTC.
  fileprivate var onset: LocalDateTime? {
    switch timeValue {
    case .utc(let local), .local(let local): local
    case .date(let date): LocalDateTime(startOf: date)
    case nil: nil
    }
  }
}
