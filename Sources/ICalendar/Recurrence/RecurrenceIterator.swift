/// Goes through the instances of a `RecurrenceSet` in order of time.
public struct RecurrenceIterator: IteratorProtocol {
  /// Whether looking for further instances was given up: the end is then not known to be one.
  public private(set) var reachedLimit = false

  private var rules: MergedRules
  private var excluding: MergedRules?
  private var excludingHead: Occurrence?
  /// DTSTART and RDATE, in order.
  private let dates: [Occurrence]
  private var nextDate = 0
  /// The next of the rules, where it had to be looked at beside a date.
  private var head: Occurrence?
  private var hasHead = false
  private let excludedSeconds: [Int]
  private var nextExcludedSecond = 0
  private let excludedDays: [Int]
  private let from: Int
  private var last = Int.min
  private let limits: RecurrenceLimits

  init(_ set: RecurrenceSet, _ span: InstantSpan) {
    limits = set.limits
    self.from = span.first ?? Int.min
    rules = MergedRules(set.rules, set, span)
    excluding = set.exclusionRules.isEmpty ? nil : MergedRules(set.exclusionRules, set, span)
    excludingHead = excluding?.next()
    var dates = [set.occurrence(of: set.start)]
    for (index, date) in set.dates.enumerated() {
      dates.append(set.occurrence(of: date.start, dateIndex: Int32(clamping: index)))
    }
    if dates.count > 1 {
      // At one instant the one with a length of its own comes first, and stays.
      let hasLength = set.dates.map { $0.end != nil }
      func rank(_ occurrence: Occurrence) -> Int {
        occurrence.dateIndex >= 0 && hasLength[Int(occurrence.dateIndex)] ? 0 : 1
      }
      dates.sort { ($0.second, rank($0)) < ($1.second, rank($1)) }
    }
    self.dates = dates
    var seconds: [Int] = []
    var days: [Int] = []
    for time in set.exclusions {
      if time.isDate, !set.start.isDate {
        days.append(RuleIterator.floor(time.wall, 86_400))
      } else {
        seconds.append(set.occurrence(of: time).second)
      }
    }
    excludedSeconds = seconds.sorted()
    excludedDays = days.sorted()
  }

  /// The next instance; nil at the end, or when `reachedLimit`.
  public mutating func next() -> Occurrence? {
    var skipped = 0
    while let candidate = nextCandidate() {
      if candidate.second != last, candidate.second >= from {
        last = candidate.second
        if !isExcluded(candidate) { return candidate }
      }
      skipped += 1
      if skipped > limits.skippedInstances {
        reachedLimit = true
        rules = MergedRules()
        head = nil
        nextDate = dates.count
        return nil
      }
    }
    if rules.reachedLimit { reachedLimit = true }
    return nil
  }

  private mutating func nextCandidate() -> Occurrence? {
    if nextDate == dates.count, !hasHead { return rules.next() }
    if !hasHead {
      head = rules.next()
      hasHead = true
    }
    if nextDate < dates.count, head.map({ dates[nextDate].second <= $0.second }) ?? true {
      nextDate += 1
      return dates[nextDate - 1]
    }
    hasHead = false
    return head
  }

  private mutating func isExcluded(_ occurrence: Occurrence) -> Bool {
    while nextExcludedSecond < excludedSeconds.count,
      excludedSeconds[nextExcludedSecond] < occurrence.second
    {
      nextExcludedSecond += 1
    }
    if nextExcludedSecond < excludedSeconds.count,
      excludedSeconds[nextExcludedSecond] == occurrence.second
    {
      return true
    }
    if !excludedDays.isEmpty, excludedDays.contains(sorted: RuleIterator.floor(occurrence.wall, 86_400)) {
      return true
    }
    while let head = excludingHead, head.second < occurrence.second { excludingHead = excluding?.next() }
    return excludingHead?.second == occurrence.second
  }
}

extension [Int] {
  fileprivate func contains(sorted number: Int) -> Bool {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == number
  }
}
