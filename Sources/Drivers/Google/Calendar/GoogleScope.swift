/// The scopes that matter here (developers.google.com/workspace/calendar/api/auth).
enum GoogleScope {
  /// Reads and writes events, and nothing else of a calendar.
  static let events = "https://www.googleapis.com/auth/calendar.events"
  /// Everything; an account may have been granted it before.
  static let everything = "https://www.googleapis.com/auth/calendar"
  /// Lists the calendars: their names, who may write, which conferences they offer.
  static let calendarList = "https://www.googleapis.com/auth/calendar.calendarlist.readonly"

  /// Sends mail, and reads none.
  static let send = "https://www.googleapis.com/auth/gmail.send"

  /// The smallest set that serves.
  static let requested = [events, calendarList, send]

  static func canWrite(_ granted: [String]) -> Bool {
    granted.contains(events) || granted.contains(everything)
  }
}
