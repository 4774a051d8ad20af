/// The scopes that each call accepts, from the discovery document of Calendar v3.
enum GoogleScope {
  static let base = "https://www.googleapis.com/auth/"

  /// The scopes granted with every consent; the consent page has no checkbox for them.
  static let identity: Set<String> = [
    "openid", "email", "profile", base + "userinfo.email", base + "userinfo.profile",
  ]

  /// The name under which a scope is granted: the token answer spells two short ones out.
  static func granted(_ scope: String) -> String {
    ["email", "profile"].contains(scope) ? base + "userinfo." + scope : scope
  }

  private static let eventWriters = [
    "calendar", "calendar.app.created", "calendar.events", "calendar.events.owned",
  ]
  private static let eventReaders =
    eventWriters + [
      "calendar.events.freebusy", "calendar.events.owned.readonly", "calendar.events.public.readonly",
      "calendar.events.readonly", "calendar.readonly",
    ]
  private static let channelStoppers =
    eventReaders + [
      "calendar.acls", "calendar.acls.readonly", "calendar.calendarlist", "calendar.calendarlist.readonly",
      "calendar.settings", "calendar.settings.readonly",
    ]
  private static let calendarReaders = [
    "calendar", "calendar.app.created", "calendar.calendars", "calendar.calendars.readonly",
    "calendar.readonly",
  ]
  private static let calendarListReaders = [
    "calendar", "calendar.calendarlist", "calendar.calendarlist.readonly", "calendar.readonly",
  ]

  static func permits(_ operation: GoogleOperation, _ granted: [String]) -> Bool {
    let accepted =
      switch operation {
      case .insertEvent, .importEvent, .patchEvent, .updateEvent, .deleteEvent: eventWriters
      case .getEvent, .listEvents, .listInstances, .watchEvents: eventReaders
      // From the discovery document: a scope for anything that can be watched.
      case .stopChannel: channelStoppers
      case .getCalendar: calendarReaders
      // Only the calendar list does not accept the scope for calendars that an application created.
      case .listCalendars: calendarListReaders
      case .getCalendarListEntry: calendarListReaders + ["calendar.app.created"]
      case .sendMessage: ["gmail.send", "gmail.compose", "gmail.modify"]
      case .authorize, .token, .revoke, .userInfo, .showEvent, .notEmulated, .unknown: [String]()
      }
    return accepted.contains { granted.contains(base + $0) }
  }

  static func showsAddress(_ granted: [String]) -> Bool {
    granted.contains { Self.granted($0) == base + "userinfo.email" }
  }
}
