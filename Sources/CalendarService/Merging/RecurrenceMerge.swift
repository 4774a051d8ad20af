import CalendarCore

extension RecurrencePattern {
  /// Merges the dates that two sides added or excluded with the rules that at most one of them changed.
  ///
  /// Someone who takes one meeting out of a series and someone who ends it earlier do not contradict each other.
  ///
  /// - Returns: The merged pattern with the side that the rules are from; nil where both sides changed them, each in its
  ///   own way, or one added the date that the other excluded.
  static func merging(base: Self, mine: Self, theirs: Self) -> (pattern: Self, rules: EventMerge.Side)? {
    let side: EventMerge.Side
    if mine.hasSameRules(as: base) {
      side = .theirs
    } else if theirs.hasSameRules(as: base) || mine.hasSameRules(as: theirs) {
      side = .mine
    } else {
      return nil
    }
    func merged<Value>(_ values: KeyPath<Self, Set<Value>>) -> Set<Value> {
      let (before, ours, others) = (base[keyPath: values], mine[keyPath: values], theirs[keyPath: values])
      return before.intersection(ours).intersection(others)
        .union(ours.subtracting(before)).union(others.subtracting(before))
    }
    var pattern = side == .mine ? mine : theirs
    pattern.dates = merged(\.dates)
    pattern.exclusions = merged(\.exclusions)
    guard pattern.exclusions.isDisjoint(with: pattern.dates.map(\.start)) else { return nil }
    return (pattern, side)
  }
}
