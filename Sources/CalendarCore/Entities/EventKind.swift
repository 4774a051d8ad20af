/// The purpose of an entry of a calendar.
package enum EventKind: String, Sendable, CaseIterable {
  case meeting = "MEETING"
  /// Time that its owner keeps free of meetings.
  case focusTime = "FOCUS_TIME"
  case outOfOffice = "OUT_OF_OFFICE"
  /// Anything else that is no meeting, such as a birthday, a working location, or an entry made from an email.
  case other = "OTHER"

  /// Whether such an entry can take its owner's time.
  package var takesTime: Bool {
    switch self {
    case .meeting, .focusTime, .outOfOffice: true
    case .other: false
    }
  }
}

/// How its owner's time is shown to others while an event takes place.
package enum EventAvailability: String, Sendable, CaseIterable {
  case free = "FREE"
  case tentative = "TENTATIVE"
  case busy = "BUSY"
  case outOfOffice = "OUT_OF_OFFICE"
}
