/// One instance of an `EventSeries`.
public struct EventInstance: Sendable, Hashable {
  /// Which one: when it would begin if nothing had been changed, in the series' form and zone.
  ///
  /// Stays the same whatever is done to the instance (RFC 5545 §3.8.4.4).
  public let id: RecurrenceTime
  /// When it takes place.
  public let timing: EventTiming
  /// Which of the series' `overrides` it is made from; nil where it is as the series says.
  let overrideIndex: Int?

  /// Whether it differs from the series.
  public var isOverridden: Bool { overrideIndex != nil }
}
