/// One instance of an `EventSeries`.
///
/// Holds its place in the series alone; the times are made of it when they are asked for.
public struct EventInstance: Sendable {
  let series: EventSeries
  let occurrence: Occurrence
  /// An index into the series' `overrides`, or −1.
  private let override: Int32
  /// Whether the end is as far from the start on the clock as it is in time, which it mostly is.
  private let endsByClock: Bool

  init(_ occurrence: Occurrence, of series: EventSeries, override: Int?, endsByClock: Bool = false) {
    self.series = series
    self.occurrence = occurrence
    self.override = override.map { Int32(clamping: $0) } ?? -1
    self.endsByClock = endsByClock
  }

  /// Which one: when it would begin if nothing had been changed, in the series' form and zone.
  ///
  /// Stays the same whatever is done to the instance (RFC 5545 §3.8.4.4).
  public var id: RecurrenceTime { occurrence.time(like: series.plan.start) }

  /// When it takes place.
  public var timing: EventTiming {
    if let index = overrideIndex { return series.timing(of: occurrence, overriddenBy: index) }
    return series.timing(of: occurrence, endsByClock: endsByClock)
  }

  /// The title; to make the whole event, see `EventSeries.event(for:)`, takes longer.
  public var summary: String? {
    guard let index = overrideIndex else { return series.plan.master.summary }
    return series.plan.overrides[index].summary
  }

  /// Which of the series' `overrides` it is made from; nil where it is as the series says.
  var overrideIndex: Int? { override < 0 ? nil : Int(override) }

  /// Whether it differs from the series.
  public var isOverridden: Bool { override >= 0 }
}

extension EventInstance: Hashable {
  /// Whether both are the same instance at the same time, made from the same event of their series.
  public static func == (left: EventInstance, right: EventInstance) -> Bool {
    left.id == right.id && left.override == right.override && left.timing == right.timing
  }

  /// Hashes the identifier.
  public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
