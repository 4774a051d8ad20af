/// The sentences that this driver writes for people.
enum Messages {
  static let notConfigured = "No mail server is configured."
  static let settingsMissing = "The account's mail server settings are missing. Reconnect the account."
  static func answered(_ reply: Int) -> String { "The mail server answered \(reply)." }
  static func connectionClosed(_ code: UInt32) -> String { "The connection was closed (\(code))." }

  // MARK: The end of a sentence: why an email was rejected
  static let recipientRejected =
    "the mail server doesn't accept email for one of the recipients, or from this sender."
  static let emailTooLarge = "the email is too large for the mail server."
  static let emailRejected = "the mail server doesn't accept this email."
  static let signInRejected = "the mail server rejected the user name or password."
  static func rejectedWith(_ reply: Int) -> String { "the mail server answered \(reply)." }
}
