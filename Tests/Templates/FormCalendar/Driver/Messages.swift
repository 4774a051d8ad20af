/// The sentences that this driver writes for people.
enum Messages {
  static let noPassword = "The account has no password."
  static let unexpectedList = "The server sent an unexpected list."
  static func answered(_ status: Int) -> String { "The server answered \(status)." }
  static let noETag = "The server sent a file without an ETag."
  static let eventUnreadable = "The stored event can't be read."
  static let noConferences = "TemplateFormCalendar can't create video conferences."
  static let passwordHelp = "It is stored encrypted."
  static let emailMissing = "Enter your email address."
  static let addressInvalid = "This isn't a web address."
  static let noRecurrence = "TemplateFormCalendar can't repeat meetings."
}
