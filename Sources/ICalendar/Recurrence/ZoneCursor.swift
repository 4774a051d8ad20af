/// Turns wall clocks into instants, and remembers between which two changes of the clocks it is.
///
/// RFC 5545 §3.3.5: a time that the clock skips has the offset before the gap, one that it shows twice is the first.
struct ZoneCursor {
  private let zone: Zone?
  // Wall clocks from `lower` up to `upper` have this one offset.
  private var lower = Int.max
  private var upper = Int.min
  private var offset = 0

  /// Without a zone every wall clock is its own instant.
  init(_ zone: Zone?) {
    guard let zone, !zone.isUTC else {
      self.zone = nil
      lower = .min
      upper = .max
      return
    }
    self.zone = zone
  }

  /// The instant in seconds since 1970, and whether the clock skips the wall clock.
  mutating func resolve(_ wall: Int) -> (second: Int, isSkipped: Bool) {
    if wall >= lower, wall < upper { return (wall - offset, false) }
    return find(wall)
  }

  private mutating func find(_ wall: Int) -> (second: Int, isSkipped: Bool) {
    guard let zone else { return (wall, false) }
    if let stretch = zone.rules.stretch(ofWall: wall) {
      lower = stretch.lower
      upper = stretch.upper
      offset = stretch.offset
      return (wall - offset, false)
    }
    switch zone.reading(of: LocalDateTime(nominalSeconds: wall)) {
    case .once(let offset): return (wall - offset, false)
    case .skipped(let before): return (wall - before, true)
    case .repeated(let first, _): return (wall - first, false)
    }
  }
}
