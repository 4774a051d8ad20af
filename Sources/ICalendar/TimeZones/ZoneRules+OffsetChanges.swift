import Synchronization

/// A change of the offset, laid out for looking up a wall clock quickly.
struct OffsetChange: Sendable {
  /// The wall clocks from here up to `wallEnd` are skipped or repeated.
  var wallStart: Int
  var wallEnd: Int
  var offsetAfter: Int
}

extension ZoneRules {
  /// The changes of the offset among those that are spelt out, in order.
  var offsetChanges: [OffsetChange] {
    madeOffsetChanges.withLock { made in
      if let made { return made }
      let changes = spelledOut.filter { $0.offsetBefore != $0.offsetAfter }.map { change in
        OffsetChange(
          wallStart: change.second + min(change.offsetBefore, change.offsetAfter),
          wallEnd: change.second + max(change.offsetBefore, change.offsetAfter),
          offsetAfter: change.offsetAfter
        )
      }
      made = changes
      return changes
    }
  }
}
