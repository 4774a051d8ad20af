import Synchronization

/// A change of the offset, laid out for looking up a wall clock quickly.
struct OffsetChange: Sendable {
  /// The wall clocks from here up to `wallEnd` are skipped or repeated.
  var wallStart: Int
  var wallEnd: Int
  var offsetAfter: Int
}

extension ZoneRules {
  /// Up to here the rule's changes are written out; what is later is computed each time.
  static let lastListedYear = 2100

  /// The changes of the offset in order, the rule's up to `lastListedYear` among them.
  var offsetChanges: [OffsetChange] {
    madeOffsetChanges.withLock { made in
      if let made { return made }
      var all = table
      if let rule {
        let end = CalendarDate.dayNumber(year: Self.lastListedYear + 1, month: 1) * 86_400
        let start = max(table.last.map { $0.second + 1 } ?? 0, -10_000_000_000)
        if start < end { all += rule.transitions(in: start..<end) }
      }
      let changes = all.filter { $0.offsetBefore != $0.offsetAfter }.map { change in
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
