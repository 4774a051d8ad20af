/// The sentences that this driver writes for people.
enum Messages {
  static let unexpectedList = "TemplateConference sent an unexpected list."
  static let keyRejected = "TemplateConference rejects this installation's key."
  static func answered(_ status: Int) -> String { "TemplateConference answered \(status)." }
  static let unexpectedResponse = "TemplateConference sent an unexpected response."
  static let unexpectedRoom = "TemplateConference sent an unexpected room."
}
