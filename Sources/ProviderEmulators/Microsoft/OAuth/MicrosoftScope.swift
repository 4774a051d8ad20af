/// The delegated permissions that each call accepts, from the reference of Graph v1.0.
enum MicrosoftScope {
  private static let resource = "https://graph.microsoft.com/"

  /// The scopes granted with every consent; the consent page has no checkbox for them.
  static let identity: Set<String> = ["openid", "email", "profile", "offline_access"]

  /// The name without the resource, under which scopes are granted.
  static func short(_ scope: String) -> String {
    scope.hasPrefix(resource) ? String(scope.dropFirst(resource.count)) : scope
  }

  /// The scopes that permit writing to calendars; each also permits reading.
  private static let writers = ["Calendars.ReadWrite", "Calendars.ReadWrite.Shared"]
  private static let readers = writers + ["Calendars.Read", "Calendars.Read.Shared"]

  static func permits(_ operation: MicrosoftOperation, _ granted: [String]) -> Bool {
    let accepted: [String]
    switch operation {
    case .createEvent, .updateEvent, .deleteEvent, .cancelEvent, .acceptEvent, .declineEvent,
      .tentativelyAcceptEvent:
      accepted = writers
    case .listEvents, .getEvent, .listInstances, .listView, .viewDelta, .listCalendars, .getCalendar,
      .createSubscription, .listSubscriptions, .getSubscription, .renewSubscription, .deleteSubscription:
      accepted = readers
    case .sendMail: accepted = ["Mail.Send"]
    case .getMe: accepted = ["User.Read", "User.ReadWrite", "User.Read.All"]
    case .getMailboxSettings: accepted = ["MailboxSettings.Read", "MailboxSettings.ReadWrite"]
    case .authorize, .token, .notEmulated, .unknown: accepted = []
    }
    return accepted.contains(where: granted.contains)
  }

  /// Whether the service has such a permission at all.
  static func isKnown(_ scope: String) -> Bool {
    identity.contains(scope) || known.contains(short(scope))
  }

  private static let known: Set<String> = [
    "Calendars.Read", "Calendars.Read.Shared", "Calendars.ReadBasic", "Calendars.ReadWrite",
    "Calendars.ReadWrite.Shared", "Contacts.Read", "Mail.Read", "Mail.ReadWrite", "Mail.Send",
    "MailboxSettings.Read", "MailboxSettings.ReadWrite", "OnlineMeetings.Read", "OnlineMeetings.ReadWrite",
    "User.Read", "User.Read.All", "User.ReadBasic.All", "User.ReadWrite",
  ]
}
