/// A change of the offset, laid out for looking up a wall clock quickly.
struct OffsetChange: Sendable {
  /// The wall clocks from here up to `wallEnd` are skipped or repeated.
  var wallStart: Int
  var wallEnd: Int
  var offsetAfter: Int

  /// Nil where only the name changes.
  init?(_ change: ZoneTransition) {
    guard change.offsetBefore != change.offsetAfter else { return nil }
    wallStart = change.second + min(change.offsetBefore, change.offsetAfter)
    wallEnd = change.second + max(change.offsetBefore, change.offsetAfter)
    offsetAfter = change.offsetAfter
  }
}

/// Wall clocks from `lower` up to `upper`, which all have one offset.
struct OffsetStretch {
  var lower: Int
  var upper: Int
  var offset: Int
}

extension ZoneRules {
  /// The stretch between two changes in which a wall clock is; nil where that takes a closer look, as it does near a
  /// change and after the last one that is spelled out.
  func stretch(ofWall wall: Int) -> OffsetStretch? {
    guard areOffsetChangesApart else { return nil }
    var (low, high) = (0, offsetChanges.count)
    while low < high {
      let middle = (low + high) / 2
      if offsetChanges[middle].wallStart <= wall { low = middle + 1 } else { high = middle }
    }
    let following = low < offsetChanges.count ? offsetChanges[low].wallStart : Int.max
    guard low > 0 else {
      // Without a table the rule goes back for ever.
      guard rule == nil || !table.isEmpty else { return nil }
      return OffsetStretch(lower: .min, upper: following, offset: initial.offset)
    }
    let before = offsetChanges[low - 1]
    guard wall >= before.wallEnd, low < offsetChanges.count || rule == nil else { return nil }
    return OffsetStretch(lower: before.wallEnd, upper: following, offset: before.offsetAfter)
  }
}
