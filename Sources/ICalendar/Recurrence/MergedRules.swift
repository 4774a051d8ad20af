/// The instances of some rules in one order; mostly there is one rule, and nothing to merge.
struct MergedRules {
  private var only: RuleOccurrences?
  private var several: [(rule: RuleOccurrences, head: Occurrence?)] = []

  /// Without instances.
  init() {}

  init(_ rules: [RecurrenceRule], _ set: RecurrenceSet, _ span: InstantSpan) {
    var all = rules.map { RuleOccurrences($0, start: set.start, span: span, limits: set.limits) }
    if all.count == 1 {
      only = all[0]
    } else {
      several = all.indices.map { index in
        let head = all[index].next()
        return (all[index], head)
      }
    }
  }

  var reachedLimit: Bool { only?.reachedLimit ?? several.contains { $0.rule.reachedLimit } }

  mutating func next() -> Occurrence? {
    if several.isEmpty { return only?.next() }
    var first: (index: Int, occurrence: Occurrence)?
    for index in several.indices {
      guard let head = several[index].head else { continue }
      if first.map({ head.second < $0.occurrence.second }) ?? true { first = (index, head) }
    }
    guard let first else { return nil }
    several[first.index].head = several[first.index].rule.next()
    return first.occurrence
  }
}
