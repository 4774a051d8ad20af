/// Turns wall clocks into instants, and remembers between which two changes of the clocks it is.
///
/// RFC 5545 §3.3.5: a time that the clock skips has the offset before the gap, one that it shows twice is the first.
struct ZoneCursor {
  private let zone: Zone?
  private let changes: [OffsetChange]
  // Wall clocks from `lower` up to `upper` have this one offset.
  private var lower = Int.max
  private var upper = Int.min
  private var offset = 0

  /// Without a zone every wall clock is its own instant.
  init(_ zone: Zone?) {
    guard let zone, !zone.isUTC else {
      self.zone = nil
      changes = []
      lower = .min
      upper = .max
      return
    }
    self.zone = zone
    changes = zone.rules.offsetChanges
  }

  /// The instant in seconds since 1970, and whether the clock skips the wall clock.
  mutating func resolve(_ wall: Int) -> (second: Int, isSkipped: Bool) {
    if wall >= lower, wall < upper { return (wall - offset, false) }
    return find(wall)
  }

  private mutating func find(_ wall: Int) -> (second: Int, isSkipped: Bool) {
    guard let zone else { return (wall, false) }
    var (low, high) = (0, changes.count)
    while low < high {
      let middle = (low + high) / 2
      if changes[middle].wallStart <= wall { low = middle + 1 } else { high = middle }
    }
    if low == 0, changes.first.map({ wall < $0.wallStart }) ?? true,
      zone.rules.rule == nil || !zone.rules.table.isEmpty
    {
      lower = .min
      upper = changes.first?.wallStart ?? .max
      offset = zone.rules.initial.offset
      return (wall - offset, false)
    }
    // Between the change before and the one after, and not so near that a third could reach here.
    let before = low > 0 ? changes[low - 1] : nil
    if let before, wall >= before.wallEnd, low > 1 ? changes[low - 2].wallEnd <= before.wallStart : true {
      let isLast = low == changes.count
      if !isLast || zone.rules.rule == nil {
        lower = before.wallEnd
        upper = isLast ? Int.max : changes[low].wallStart
        offset = before.offsetAfter
        return (wall - offset, false)
      }
    }
    switch zone.reading(of: LocalDateTime(nominalSeconds: wall)) {
    case .once(let offset): return (wall - offset, false)
    case .skipped(let before): return (wall - before, true)
    case .repeated(let first, _): return (wall - first, false)
    }
  }
}
