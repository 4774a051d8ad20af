/// The sentences that this driver writes for people.
enum Messages {
  // MARK: Connecting
  static let accessTooShort = "Microsoft granted access for only one hour. Reconnect the account."
  static let noEmailAddress = "This Microsoft account has no email address."
  static let noCalendar = "This Microsoft account has no calendar."
  static let mailPermissionMissing =
    "This account wasn't given permission to send email. Reconnect it in Settings and allow it."

  // MARK: Reading
  static func answered(_ status: Int, _ code: String?) -> String {
    "Graph answered \(status) (\(code ?? "no code given"))."
  }
  static let unexpectedResponse = "Graph sent an unexpected response."
  static let unexpectedList = "Graph sent an unexpected list."
  static let foreignPage = "Graph's next page is at another address."
  static let listWithoutNextPage = "Graph sent a list without its next page."
  static let eventUnreadable = "Graph sent an event that can't be read."
  static let eventWithoutTime = "Graph sent an event without a valid time."
  static let unknownRecurrence = "Graph sent an unknown recurrence."
  static let unreadable = "It can't be read."
  static let unreadableZone =
    "Microsoft 365 keeps this meeting in a time zone that isn't known here. Choose another time zone for it in Outlook."

  // MARK: Writing
  static let notInvited = "This account isn't invited to the meeting."
  static let notOrganizer = "This account isn't the organizer of the meeting."
  static let responseIsFinal = "Microsoft 365 doesn't allow a response to be withdrawn."
  static let titleTooLong = "Microsoft 365 allows titles of at most 255 characters."
  static let unknownTimeZone = "Microsoft 365 doesn't support this time zone."
  static let movedPastNeighbor =
    "In Microsoft 365, an occurrence can't be moved past the one before or after it."
  static let overlapsNext = "In Microsoft 365, a meeting must end before the next one of its series starts."

  // MARK: Recurrence
  static let recurrenceUnreadable = "This recurrence can't be read."
  static let severalRules = "Microsoft 365 allows only one recurrence rule per meeting."
  static let extraDates = "Microsoft 365 doesn't allow extra dates in a series."
  static let tooOften = "In Microsoft 365, a meeting can repeat at most once a day."
  static let intervalTooLong =
    "Microsoft 365 doesn't allow intervals this long between the meetings of a series."
  static let firstNotOnRule = "In Microsoft 365, a series must start on a day that matches its rule."
  static let tooManyOccurrences = "In Microsoft 365, a series can have at most 999 meetings, or no end."
  static let endsBeforeStart = "The series would end before it starts."
  static let unsupportedRecurrence = "Microsoft 365 doesn't support this recurrence."
  static let shortMonths =
    "In shorter months, Microsoft 365 would hold this meeting on the last day instead of skipping the month."

  // MARK: Microsoft Teams
  static let teamsPending = "The Teams meeting is still being created."
  static let teamsTextUnknown =
    "With a new description, Microsoft 365 could delete the Teams meeting. Change the description in Outlook."
  static let teamsRemovalUnknown = "This Teams meeting can only be removed in Outlook."
  static let teamsNeedsAccount = "Microsoft Teams needs a Microsoft 365 account."
  static let teamsDisabled = "Microsoft Teams isn't enabled for this Microsoft calendar."
  static let teamsReadOnly =
    "This Microsoft account doesn't allow changes to events. Reconnect it to allow them."
}
