/// The sentences that this driver writes for people.
enum Messages {
  // MARK: Connecting
  static let addressHelp = "The address your other calendar apps use."
  static let passwordHelp = "Use an app password if the server offers them. It's stored encrypted."
  static let emailHelp =
    "Your invitations come from it. Leave it empty if the user name is your email address."
  static let outgoingHelp =
    "For sending email and invitations, such as smtps://mail.example.com. It uses the same user name and password."
  static let userNameInvalid = "A user name can't be empty or contain a colon or control characters."
  static let noPassword = "The account has no password."
  static let emailMissing = "The user name isn't an email address. Enter your email address too."
  static let addressExample = "Enter a server address such as https://calendar.example.com."
  static let noCalendar =
    "No calendar was found at this address. Ask your administrator for the CalDAV address."
  static let signInRejected = "The server rejected the user name or password."
  static let passwordsNotAllowed = "The server doesn't allow apps to sign in with a user name and password."

  // MARK: Reading
  static let listUnreadable = "The server's list of events can't be read."
  static let eventsUnreadable = "The events can't be read."
  static let eventUnreadable = "The stored event can't be read."
  static func unknownZone(_ name: String) -> String {
    "The meetings are in the time zone “\(name.prefix(60))”, whose rules aren't known here. Change them in your calendar app."
  }
  static let noEvent = "The stored object contains no readable event."
  static let calendarAddressInvalid = "The calendar's address isn't valid."
  static let eventAddressInvalid = "The event's address isn't valid."

  // MARK: Writing
  static let readOnly = "The server doesn't allow this account to write to this calendar."
  static func answered(_ status: Int, _ conditions: String) -> String {
    "The server answered \(status)\(conditions.isEmpty ? "" : " (\(conditions))")."
  }
  static let invalidRecurrence = "The recurrence isn't valid."
  static let noConferences = "CalDAV servers can't create video conferences."
  static let notInvited = "This account isn't invited to the meeting."
  static let notOrganizer = "This account isn't the organizer of the meeting."
  static let notWritable = "The event can't be written as iCalendar."
}
