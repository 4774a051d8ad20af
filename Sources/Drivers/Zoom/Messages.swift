/// The sentences that this driver writes for people.
enum Messages {
  static let tokenRejected = "Zoom rejects the access token (124)."
  static let permissionMissing = "A required permission wasn't granted (4711)."
  static func notAllowed(_ code: Int) -> String { "Zoom doesn't allow this for this account (\(code))." }
  static func answered(_ status: Int, _ code: Int?) -> String {
    "Zoom answered \(status) (\(code.map(String.init) ?? "no code"))."
  }
  static let unexpectedList = "Zoom sent an unexpected list."
  static let unexpectedResponse = "Zoom sent an unexpected response."
  static let accountUnknown = "Zoom didn't say whose account this is."
  static let notConnected = "No Zoom account is connected."
  static let invalidLink = "Zoom sent an invalid link."
}
