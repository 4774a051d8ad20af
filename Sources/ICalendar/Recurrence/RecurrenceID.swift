/// Which instance of a series an event stands for: RECURRENCE-ID (RFC 5545 §3.8.4.4).
public struct RecurrenceID: Sendable, Hashable {
  /// When the instance would begin if nothing had been changed.
  public var time: RecurrenceTime
  /// Whether the change is for the instances after it too: RANGE=THISANDFUTURE (§3.2.13).
  public var includesFollowing: Bool

  /// Makes the identifier of one instance.
  public init(_ time: RecurrenceTime, includesFollowing: Bool = false) {
    self.time = time
    self.includesFollowing = includesFollowing
  }
}
