/// The sentences that this driver writes for people.
enum Messages {
  static let unknownOwner = "TemplateOAuthCalendar didn't say whose account this is."
  static let unexpectedList = "TemplateOAuthCalendar sent an unexpected list."
  static let unexpectedResponse = "TemplateOAuthCalendar sent an unexpected response."
  static let permissionMissing = "A permission was not granted."
  static func answered(_ status: Int) -> String { "TemplateOAuthCalendar answered \(status)." }
  static let noConferences = "TemplateOAuthCalendar can't create video conferences."
  static let unexpectedEvent = "TemplateOAuthCalendar sent an unexpected event."
  static let noRecurrence = "TemplateOAuthCalendar can't repeat meetings."
}
