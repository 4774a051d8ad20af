public import Foundation

/// A moment at which the clocks of a zone are changed.
public struct ZoneTransition: Sendable, Hashable {
  /// The instant in seconds since 1970 UTC.
  let second: Int
  /// Seconds east of UTC until then.
  public let offsetBefore: Int
  /// Seconds east of UTC from then on.
  public let offsetAfter: Int
  /// Whether daylight saving time begins.
  ///
  /// In Ireland and Morocco tzdata calls the earlier time of winter or Ramadan the daylight one. Readers of
  /// iCalendar such as dateutil go wrong there, so that here it is always the later one.
  public let isDaylight: Bool
  /// The name of the time from then on, such as "CEST".
  public let abbreviation: String

  /// The instant of the change.
  public var at: Date { Date(timeIntervalSince1970: TimeInterval(second)) }

  /// The time on the clock at the change, still on the offset before it (RFC 5545 §3.6.5).
  var onset: LocalDateTime { LocalDateTime(nominalSeconds: second + offsetBefore) }
}
