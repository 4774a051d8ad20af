public import Foundation

/// When a person is busy, computed from events and from availability (RFC 7953 §4).
public struct BusyTimes: Sendable, Hashable {
  /// A time interval and its kind (RFC 5545 §3.8.2.6).
  public struct Interval: Sendable, Hashable {
    /// When it begins.
    public var start: Date
    /// When it ends, exclusive.
    public var end: Date
    /// The kind in upper case: "BUSY", "BUSY-UNAVAILABLE" or "BUSY-TENTATIVE" (RFC 5545 §3.2.9).
    public var kind: String
  }

  /// The intervals in their order; none overlap, and what is between them is free.
  public private(set) var intervals: [Interval] = []
  /// Whether all was found: false where looking for instances was given up, or available times cannot be read.
  public private(set) var isComplete = true

  /// Computes the busy times in a span.
  ///
  /// An event makes busy unless it is canceled or says that it does not (TRANSP), or `attendee` has declined it. Where
  /// availabilities overlap, the one of the highest priority counts, of 1 to 9 the lowest number (RFC 7953 §3.1).
  ///
  /// - Parameters:
  ///   - series: The events.
  ///   - availabilities: What says when there is time at all.
  ///   - start: The start of the span.
  ///   - end: The end of the span, exclusive.
  ///   - zone: The zone of whole days and of times without one.
  ///   - attendee: Whose busy times they are; nil does not look at answers.
  public init(
    of series: [EventSeries],
    availabilities: [AvailabilityComponent] = [],
    from start: Date,
    to end: Date,
    in zone: Zone,
    for attendee: String? = nil
  ) {
    guard start < end else { return }
    var layers: [Layer] = []
    // Priority 0 says nothing, and is the lowest.
    let sorted = availabilities.sorted { ($0.priority ?? 0).rank > ($1.priority ?? 0).rank }
    // Each is compared with each; a person has a few.
    if sorted.count > Self.mostAvailabilities { isComplete = false }
    for availability in sorted.suffix(Self.mostAvailabilities) {
      layers += self.layers(of: availability, from: start, to: end, in: zone)
    }
    let own = attendee.map { CalendarAddress($0) }
    var (tentative, busy) = (Layer(kind: "BUSY-TENTATIVE"), Layer(kind: "BUSY"))
    for series in series {
      let found = series.between(start, end, in: zone)
      isComplete = isComplete && found.isComplete
      for instance in found.instances {
        let event = series.event(for: instance)
        let answer = own.flatMap { own in
          event.attendees.first { CalendarAddress($0.user.address) == own }?.participationStatus
        }
        guard event.status != .cancelled, event.transparency != .transparent, answer != .declined else {
          continue
        }
        let span = (instance.timing.startInstant(in: zone), instance.timing.endInstant(in: zone))
        let isFirm = event.status != .tentative && answer != .tentative && answer != .needsAction
        if isFirm { busy.add(span.0, span.1) } else { tentative.add(span.0, span.1) }
      }
    }
    intervals = Self.merged(layers + [tentative, busy], from: start, to: end)
  }

  private static let mostAvailabilities = 100

  /// The busy time that an availability makes, and over it the times that are available.
  private mutating func layers(
    of availability: AvailabilityComponent,
    from start: Date,
    to end: Date,
    in zone: Zone
  ) -> [Layer] {
    let span = availability.span(in: zone)
    let (first, last) = (max(span.start ?? start, start), min(span.end ?? end, end))
    guard first < last else { return [] }
    var (base, free) = (Layer(kind: availability.busyType), Layer(kind: nil))
    base.add(first, last)
    var events: [EventComponent] = []
    for part in availability.available {
      if let event = try? part.event(floatingZone: zone) { events.append(event) } else { isComplete = false }
    }
    let (series, alone) = EventSeries.grouping(events)
    for series in series + alone.map({ EventSeries(master: $0) }) {
      let found = series.between(first, last, in: zone)
      isComplete = isComplete && found.isComplete
      for instance in found.instances {
        // Times that are available outside of the span of their availability do not count.
        let (from, to) = (instance.timing.startInstant(in: zone), instance.timing.endInstant(in: zone))
        free.add(max(from, first), min(to, last))
      }
    }
    return [base, free]
  }

  /// Intervals of one kind; nil is free.
  private struct Layer {
    let kind: String?
    var changes: [(instant: Date, step: Int)] = []

    init(kind: String?) { self.kind = kind }

    mutating func add(_ start: Date, _ end: Date) {
      guard start < end else { return }
      changes.append((start, 1))
      changes.append((end, -1))
    }
  }

  /// The kind of each time in the uppermost of the layers that says anything of it.
  private static func merged(_ layers: [Layer], from start: Date, to end: Date) -> [Interval] {
    var changes = layers.enumerated().flatMap { index, layer in
      layer.changes.map { (instant: min(max($0.instant, start), end), step: $0.step, layer: index) }
    }
    changes.sort { $0.instant < $1.instant }
    var depths = [Int](repeating: 0, count: layers.count)
    var intervals: [Interval] = []
    var position = start
    for change in changes {
      if change.instant > position, let top = depths.lastIndex(where: { $0 > 0 }), let kind = layers[top].kind
      {
        if let last = intervals.last, last.end == position, last.kind == kind {
          intervals[intervals.count - 1].end = change.instant
        } else {
          intervals.append(Interval(start: position, end: change.instant, kind: kind))
        }
      }
      position = change.instant
      depths[change.layer] += change.step
    }
    return intervals
  }
}

extension Int {
  /// The place of a priority, the highest first.
  fileprivate var rank: Int { self == 0 ? 10 : self }
}

extension FreeBusyComponent {
  /// Takes over the intervals of computed busy times.
  public mutating func setIntervals(_ times: BusyTimes) {
    intervals = times.intervals.map { interval in
      let (start, end) = (CalendarTime(utc: interval.start), CalendarTime(utc: interval.end))
      return Interval(CalendarPeriod(start: start, end: .time(end)), kind: interval.kind)
    }
  }
}
