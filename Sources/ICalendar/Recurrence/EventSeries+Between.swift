public import Foundation

extension EventSeries {
  /// The instances in a span of time, and whether they are all.
  public struct Expansion: Sendable, Hashable {
    /// The instances by the time at which they take place.
    public var instances: [EventInstance]
    /// Whether these are all; false when a limit of `RecurrenceLimits` was reached first.
    public var isComplete: Bool
  }

  /// The instances that take place in a span of time, also those that have begun before it.
  ///
  /// - Parameters:
  ///   - from: The start of the span, included.
  ///   - to: Its end, not included.
  ///   - zone: The zone in which days are read.
  /// - Returns: The instances by time, and whether they are all.
  public func between(_ from: Date, _ to: Date, in zone: Zone = .utc) -> Expansion {
    guard from < to else { return Expansion(instances: [], isComplete: true) }
    let reach = reach
    let expansion = recurrenceSet.between(
      from.addingTimeInterval(TimeInterval(-reach.back)),
      to.addingTimeInterval(TimeInterval(reach.ahead)),
      in: zone
    )
    var found: [EventInstance] = []
    found.reserveCapacity(expansion.occurrences.count)
    var cursor = ZoneCursor(recurrenceSet.start.zone)
    for occurrence in expansion.occurrences where override(at: occurrence) == nil {
      let instance = instance(occurrence, &cursor)
      if overlaps(instance, from, to, in: zone) { found.append(instance) }
    }
    for id in ids {
      let instance = instance(id, &cursor)
      if overlaps(instance, from, to, in: zone) { found.append(instance) }
    }
    if !overrides.isEmpty {
      found.sort { $0.timing.startInstant(in: zone) < $1.timing.startInstant(in: zone) }
    }
    return Expansion(instances: found, isComplete: expansion.isComplete)
  }

  /// Whether an instance takes place in the span; the instants of most are known without asking their zone again.
  private func overlaps(_ instance: EventInstance, _ from: Date, _ to: Date, in zone: Zone) -> Bool {
    let occurrence = instance.occurrence
    guard !instance.isOverridden, case .zoned = plan.start, ownEnd(of: occurrence) == nil else {
      return instance.timing.overlaps(from, to, in: zone)
    }
    return overlap(
      start: Double(occurrence.second),
      end: Double(occurrence.second + plan.length),
      from: from.timeIntervalSince1970,
      to: to.timeIntervalSince1970
    )
  }

  /// How many seconds before and after a span the identifier of an instance in it may be.
  private var reach: (back: Int, ahead: Int) {
    var longest = Self.seconds(of: master.timing)
    for date in recurrenceSet.dates {
      if let end = date.end { longest = Swift.max(longest, end.second - date.start.second + 86_400) }
    }
    var (back, ahead) = (longest, 0)
    for index in ranges {
      let timing = overrides[index].timing
      let shift = timing.recurrenceStart.second - ids[index].second
      // Two days for a change of zone or of the clocks.
      back = Swift.max(back, Self.seconds(of: timing) + shift + 2 * 86_400)
      ahead = Swift.max(ahead, 2 * 86_400 - shift)
    }
    return (back, ahead)
  }

  private static func seconds(of timing: EventTiming) -> Int {
    // A day that has 25 hours.
    timing.isAllDay ? timing.length * 86_400 + 3600 : timing.length
  }
}

extension EventTiming {
  fileprivate func overlaps(_ from: Date, _ to: Date, in zone: Zone) -> Bool {
    overlap(start: startInstant(in: zone), end: endInstant(in: zone), from: from, to: to)
  }
}

/// Whether an event takes place in a span; one without a length does at the span's start, and not at its end.
private func overlap<Instant: Comparable>(start: Instant, end: Instant, from: Instant, to: Instant) -> Bool {
  start < to && (end > from || (start == end && start >= from))
}
