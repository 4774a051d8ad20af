/// A PERIOD (RFC 5545 §3.3.9): from a time to another, or for a duration.
public struct CalendarPeriod: Sendable, Hashable {
  /// How a period ends.
  public enum End: Sendable, Hashable {
    /// At a time.
    case time(CalendarTime)
    /// After a duration.
    case duration(CalendarDuration)
  }

  /// When it begins.
  public var start: CalendarTime
  /// When it ends.
  public var end: End

  /// Makes a period.
  public init(start: CalendarTime, end: End) {
    self.start = start
    self.end = end
  }

  /// Reads "19970101T180000Z/PT5H30M" or the form with two times; nil for anything else.
  ///
  /// - Parameters:
  ///   - text: The value.
  ///   - tzid: The property's TZID.
  public init?(_ text: String, tzid: String? = nil) {
    let parts = text.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, let start = CalendarTime(parts[0], tzid: tzid) else { return nil }
    if let time = CalendarTime(parts[1], tzid: tzid) {
      self.init(start: start, end: .time(time))
    } else if let duration = CalendarDuration(parts[1]) {
      self.init(start: start, end: .duration(duration))
    } else {
      return nil
    }
  }

  /// The value's text.
  var basic: String {
    switch end {
    case .time(let time): "\(start.basic)/\(time.basic)"
    case .duration(let duration): "\(start.basic)/\(duration)"
    }
  }
}
