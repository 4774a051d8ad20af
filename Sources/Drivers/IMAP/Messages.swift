/// The sentences that this driver writes for people.
enum Messages {
  static func mailboxUnreadable(_ word: some StringProtocol) -> String {
    "The mailbox can't be read: the server responded \(word.prefix(8))."
  }
  static let responseTooLong = "The mail server's response is too long."
  static let settingsMissing = "The account's mailbox settings are missing. Reconnect the account."
  static let noUIDValidity = "The mail server sent no UIDVALIDITY."
}
