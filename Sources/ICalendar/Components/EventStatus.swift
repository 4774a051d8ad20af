/// How firmly an event stands (RFC 5545 §3.8.1.11).
public enum EventStatus: String, Sendable, Hashable, CaseIterable {
  /// It takes place.
  case confirmed = "CONFIRMED"
  /// It may take place.
  case tentative = "TENTATIVE"
  /// It does not take place.
  case cancelled = "CANCELLED"
}

/// Whether an event makes one busy (RFC 5545 §3.8.2.7).
public enum Transparency: String, Sendable, Hashable, CaseIterable {
  /// Busy.
  case opaque = "OPAQUE"
  /// Free.
  case transparent = "TRANSPARENT"
}

/// The request that a calendar object makes of its reader (RFC 5546 §1.4).
public enum Method: String, Sendable, Hashable, CaseIterable {
  /// Here is an event; nothing is asked.
  case publish = "PUBLISH"
  /// Please take part, or: the event was changed.
  case request = "REQUEST"
  /// An attendee's answer.
  case reply = "REPLY"
  /// More instances of an event.
  case add = "ADD"
  /// The event, or the recipient's part in it, is canceled.
  case cancel = "CANCEL"
  /// An attendee asks for the newest version.
  case refresh = "REFRESH"
  /// An attendee proposes a change.
  case counter = "COUNTER"
  /// The organizer turns the proposal down.
  case declineCounter = "DECLINECOUNTER"
}
