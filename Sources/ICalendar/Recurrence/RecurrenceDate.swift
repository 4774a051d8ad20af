/// A further instance of an event: one value of an RDATE (RFC 5545 §3.8.5.2).
public struct RecurrenceDate: Sendable, Hashable {
  /// When it begins.
  public var start: RecurrenceTime
  /// When it ends, where the value is a PERIOD with a length of its own; nil for the event's length.
  public var end: RecurrenceTime?

  /// Makes a further instance.
  public init(_ start: RecurrenceTime, end: RecurrenceTime? = nil) {
    self.start = start
    self.end = end
  }
}
