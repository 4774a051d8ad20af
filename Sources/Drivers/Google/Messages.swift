/// The sentences that this driver writes for people.
enum Messages {
  // MARK: Connecting
  static let accessTooShort =
    "Google granted access for only one hour. Remove this app in your Google account, then reconnect."
  static let noCalendar = "This Google account has no calendar of its own."
  static let permissionMissing = "A required permission wasn't granted to this account."
  static let apiDisabled = "The Calendar API isn't enabled for this installation."
  static let mailPermissionMissing =
    "This account wasn't given permission to send email. Reconnect it in Settings and allow it."

  // MARK: Reading
  static func answered(_ status: Int, _ code: String) -> String { "Google answered \(status) (\(code))." }
  static let unexpectedResponse = "Google sent an unexpected response."
  static let eventUnreadable = "Google sent an event that can't be read."
  static let eventWithoutTime = "Google sent an event without a valid time."
  static let listWithoutItems = "Google's list has no items."
  static let listWithoutNextPage = "Google sent a list without its next page."
  static let fieldsUnreadable = "Its fields can't be read."
  static let occurrenceUnknown = "It doesn't say which occurrence it is."
  static let noTime = "It has no valid time."
  static let channelIncomplete = "Google sent a notification channel without its resource or expiration."

  // MARK: Writing
  static let guestsHidden =
    "Google doesn't show every guest of this meeting, so guests can't be changed here."
  static let notInvited = "This account isn't invited to the meeting."
  static let notOrganizer = "This account isn't the organizer of the meeting."
  static let idTaken = "Google already has a different event with this id."
  static let notWritable = "The event can't be written as JSON."
  static let recurrenceUnreadable = "This recurrence can't be read."
  static let severalRules = "Google Calendar allows only one recurrence rule per meeting."
  static let otherDuration = "In Google Calendar, all occurrences have the same duration."
  static let otherExcludedTime = "In Google Calendar, an excluded date must be at the series' time."
  static func descriptionTooLong(_ length: Int, limit: Int) -> String {
    "In Google Calendar, this description takes up \(length) of \(limit) characters. A video link counts too, and &, < and > count as several."
  }
  static let tooOften = "In Google Calendar, a meeting can repeat at most once a day."

  // MARK: Google Meet
  static let meetNeedsAccount = "Google Meet needs a Google account."
  static let meetDisabled = "Google Meet isn't enabled for this Google calendar."
  static let meetReadOnly = "This Google account doesn't allow changes to events. Reconnect it to allow them."
}
