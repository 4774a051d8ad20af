extension Zone {
  /// How often the clocks of a zone show a wall-clock time, and the offsets that lead to its instants.
  enum Reading: Sendable, Hashable {
    case once(offset: Int)
    /// Never: the clock is put forward over it; `before` is the offset until then.
    case skipped(before: Int)
    case repeated(first: Int, second: Int)

    var isRepeated: Bool {
      if case .repeated = self { true } else { false }
    }
  }

  func reading(of local: LocalDateTime) -> Reading {
    let wall = local.nominalSeconds
    if let stretch = rules.stretch(ofWall: wall) { return .once(offset: stretch.offset) }
    // No offset is as long as a day, so that changes further away cannot matter.
    let reach = 86_400
    let nearby = rules.transitions(in: (wall - reach)..<(wall + reach))
    guard !nearby.isEmpty else { return .once(offset: offset(atSecond: wall)) }
    var offsets: [Int] = []
    var since = Int.min
    var current = nearby[0].offsetBefore
    for transition in nearby {
      if (since..<transition.second).contains(wall - current) { offsets.append(current) }
      since = transition.second
      current = transition.offsetAfter
    }
    if wall - current >= since { offsets.append(current) }
    if offsets.count > 1 { return .repeated(first: offsets[0], second: offsets[1]) }
    if let offset = offsets.first { return .once(offset: offset) }
    let gap = nearby.first { wall - $0.offsetBefore >= $0.second && wall - $0.offsetAfter < $0.second }
    return .skipped(before: (gap ?? nearby[0]).offsetBefore)
  }
}
