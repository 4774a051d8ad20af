/// The sentences that this module writes for people.
enum Messages {
  // MARK: The link of a video conference
  static let linkMissing = "Enter the address of the video meeting."
  static let linkTooLong = "The video link can have at most 2,048 characters."
  static let linkNotSecure = "The video link must start with https://."
  static let linkMalformed = "The video link isn't a complete web address."
  static let linkMisleading = "The video link contains invisible characters or a backslash."

  // MARK: An account's credentials
  static func renewalNotClaimed(_ error: any Error) -> String {
    "The account's token renewal can't be claimed: \(type(of: error))."
  }
  static func credentialsUnreadable(_ error: any Error) -> String {
    "The account's credentials can't be read: \(type(of: error))."
  }
  static func credentialsNotStored(_ error: any Error) -> String {
    "The account's credentials can't be stored: \(type(of: error))."
  }
}
