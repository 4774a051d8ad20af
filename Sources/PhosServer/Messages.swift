/// The sentences that this module writes for callers of the API, and for operators.
enum Messages {
  // MARK: Requests over HTTP
  static let signInFirst = "Sign in first."
  static let exportRange = "Set from and to to times such as 2026-12-01T00:00:00Z."
  static let linkExpired = "This link has expired."
  static let nothingHere = "Nothing here."
  static let webAppMissing = "The web app isn't built. Run: make web"
  static let requestTooLarge = "The request is too large."
  static let credentialsExpected = "Send an email address and a password as JSON."
  static let bodyTooLarge = "The request is larger than \(GraphQLOverHTTP.largestBody >> 20) MiB."
  static let documentTooLarge = "The document is larger than \(GraphQLOverHTTP.largestDocument >> 10) KiB."
  static let sendJSON = "Send the request as application/json."
  static let sendUTF8 = "Send the request in UTF-8."
  static let responseTypes =
    "Responses are \(GraphQLMediaType.response.rawValue) or \(GraphQLMediaType.json.rawValue)."
  static let streamResponseType = "Responses are text/event-stream."
  static let mutationsWithPost = "Send mutations with POST."
  static let subscriptionsToStream = "Send subscriptions to /graphql/stream."
  static let tooManyStreams =
    "You have more than \(OpenStreams.maximumPerMember) open streams. Close some of them."

  // MARK: Arguments and values
  static let invalidCursor = "This isn't a valid cursor."
  static let oneRecord = "Ask for the emails of one record."
  static let invalidTime = "This isn't a valid time."
  static let timeFormat = "A time is written like 2026-01-28T10:00:00-05:00, with an offset (RFC 3339)."
  static let timeZoneFormat = "A time zone is an IANA name such as America/New_York."
  static let unknownFlag = "Unknown feature flag."

  // MARK: Results
  static let meetingGone = "This meeting no longer exists."
  static func internalError(_ assurance: String) -> String {
    "Something went wrong on our side. Try again; \(assurance)"
  }
  static let notSentTwice = "your email won't be sent twice."
  static let notCreatedTwice = "your meeting won't be created twice."

  // MARK: Replacing the key
  static func resealed(_ count: Int, current: Int) -> String {
    "\(count) resealed, \(current) already used the key."
  }
  static func unreadable(_ count: Int) -> String {
    "\(count) can't be opened with the given keys. They belong to these accounts:"
  }
  static let addPreviousKey =
    "Add their key to PHOS_ENCRYPTION_KEY_PREVIOUS, or ask their owners to reconnect them."
}
