/// The sentences that this driver writes for people.
enum Messages {
  static let expiryMissing = "Whereby didn't say when the room expires."
  static let movedTooFar = "A Whereby room can't be kept when its meeting moves by more than a year."
  static let unexpectedList = "Whereby sent an unexpected list."
  static let keyRejected = "Whereby rejects this installation's key."
  static func answered(_ status: Int) -> String { "Whereby answered \(status)." }
  static let unexpectedResponse = "Whereby sent an unexpected response."
  static let roomUnreadable = "Whereby sent a room that can't be read."
}
