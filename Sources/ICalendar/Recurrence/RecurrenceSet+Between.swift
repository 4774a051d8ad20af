public import Foundation

/// The instances in a span of time.
public struct RecurrenceExpansion: Sendable, Hashable {
  /// The instances in order of time.
  public var occurrences: [Occurrence]
  /// Whether these are all; false when a limit of `RecurrenceLimits` was reached first.
  public var isComplete: Bool

  /// How many of the instances are at times that the clock skips, and so are later than they should be.
  public var shiftedCount: Int { occurrences.count { $0.isShifted } }
}

extension RecurrenceSet {
  /// The instances that begin in a span of time.
  ///
  /// Does not count from the first instance where a rule can be entered in the middle: without COUNT always, with it
  /// where each period has the same number of instances.
  ///
  /// - Parameters:
  ///   - from: The start of the span, included.
  ///   - to: Its end, not included.
  ///   - zone: The zone in which days and floating times are read.
  /// - Returns: The instances, and whether they are all.
  public func between(_ from: Date, _ to: Date, in zone: Zone = .utc) -> RecurrenceExpansion {
    let (first, end) = (second(of: from, in: zone), second(of: to, in: zone))
    var found: [Occurrence] = []
    guard first < end else { return RecurrenceExpansion(occurrences: [], isComplete: true) }
    var iterator = RecurrenceIterator(self, InstantSpan(first: first, end: end))
    while let occurrence = iterator.next(), occurrence.second < end {
      guard found.count < limits.instances else {
        return RecurrenceExpansion(occurrences: found, isComplete: false)
      }
      found.append(occurrence)
    }
    return RecurrenceExpansion(occurrences: found, isComplete: !iterator.reachedLimit)
  }

  /// An instant as the seconds by which this set's instances are ordered; rounded up, so that none is too early.
  private func second(of instant: Date, in zone: Zone) -> Int {
    let seconds = instant.wholeSeconds
    let whole = Date(timeIntervalSince1970: TimeInterval(seconds)) < instant ? seconds + 1 : seconds
    return start.zone == nil ? whole + zone.offset(atSecond: seconds) : whole
  }
}
