/// An operation of Google's APIs, with its name in the discovery document.
enum GoogleOperation: String, Sendable {
  case insertEvent = "events.insert"
  case importEvent = "events.import"
  case getEvent = "events.get"
  case listEvents = "events.list"
  case listInstances = "events.instances"
  case patchEvent = "events.patch"
  case updateEvent = "events.update"
  case deleteEvent = "events.delete"
  case watchEvents = "events.watch"
  case stopChannel = "channels.stop"
  case getCalendar = "calendars.get"
  case listCalendars = "calendarList.list"
  case getCalendarListEntry = "calendarList.get"
  /// The one call of Gmail's API v1 that a calendar needs.
  case sendMessage = "messages.send"
  case authorize = "auth"
  case token
  case revoke
  case userInfo = "userinfo"
  /// The page behind an event's `htmlLink`.
  case showEvent = "eventPage"
  /// A path of the real API that the emulator does not support.
  case notEmulated
  case unknown

  /// The operation of a request, and the calendar and event that its path names.
  static func route(_ method: String, _ path: [String]) -> (operation: GoogleOperation, ids: [String]) {
    switch (method, path.count) {
    case ("GET", 4), ("POST", 4):
      if path == ["o", "oauth2", "v2", "auth"] { return (.authorize, []) }
    case ("POST", 1):
      if path == ["token"] { return (.token, []) }
      if path == ["revoke"] { return (.revoke, []) }
    case ("GET", 2), ("GET", 3):
      if path == ["calendar", "event"] { return (.showEvent, []) }
      if path.last == "userinfo", ["oauth2", "v1"].contains(path[0]) { return (.userInfo, []) }
    default: break
    }
    let sending = ["gmail", "v1", "users", "me", "messages", "send"]
    if method == "POST", path == sending || path == ["upload"] + sending { return (.sendMessage, []) }
    guard path.starts(with: ["calendar", "v3"]) else { return (.unknown, []) }
    return calendarRoute(method, Array(path.dropFirst(2)))
  }

  private static func calendarRoute(
    _ method: String,
    _ path: [String]
  ) -> (operation: GoogleOperation, ids: [String]) {
    if path.starts(with: ["users", "me", "calendarList"]), method == "GET" {
      if path.count == 3 { return (.listCalendars, []) }
      if path.count == 4 { return (.getCalendarListEntry, [path[3]]) }
    }
    if path == ["channels", "stop"], method == "POST" { return (.stopChannel, []) }
    guard path.count >= 2, path[0] == "calendars" else { return (.notEmulated, []) }
    let ids = [path[1]] + path.dropFirst(3).prefix(1)
    switch (method, path.count) {
    case ("GET", 2): return (.getCalendar, ids)
    case ("POST", 3) where path[2] == "events": return (.insertEvent, ids)
    case ("POST", 4) where path[2] == "events" && path[3] == "import": return (.importEvent, [path[1]])
    case ("POST", 4) where path[2] == "events" && path[3] == "watch": return (.watchEvents, [path[1]])
    case ("GET", 3) where path[2] == "events": return (.listEvents, ids)
    case ("GET", 4) where path[2] == "events": return (.getEvent, ids)
    case ("GET", 5) where path[2] == "events" && path[4] == "instances": return (.listInstances, ids)
    case ("PATCH", 4) where path[2] == "events": return (.patchEvent, ids)
    case ("PUT", 4) where path[2] == "events": return (.updateEvent, ids)
    case ("DELETE", 4) where path[2] == "events": return (.deleteEvent, ids)
    default: return (.notEmulated, ids)
    }
  }

  /// The call's own query parameters, beside those that all calls have.
  var parameters: Set<String> {
    let writing: Set = [
      "conferenceDataVersion", "eventLabelVersion", "maxAttendees", "sendNotifications", "sendUpdates",
      "supportsAttachments",
    ]
    return switch self {
    case .insertEvent: writing
    case .importEvent: ["conferenceDataVersion", "eventLabelVersion", "supportsAttachments"]
    case .patchEvent, .updateEvent: writing.union(["alwaysIncludeEmail"])
    case .deleteEvent: ["sendNotifications", "sendUpdates"]
    case .getEvent: ["alwaysIncludeEmail", "maxAttendees", "timeZone"]
    case .listEvents, .watchEvents:
      [
        "alwaysIncludeEmail", "eventTypes", "iCalUID", "maxAttendees", "maxResults", "orderBy", "pageToken",
        "privateExtendedProperty", "q", "sharedExtendedProperty", "showDeleted", "showHiddenInvitations",
        "singleEvents", "syncToken", "timeMax", "timeMin", "timeZone", "updatedMin",
      ]
    case .listInstances:
      [
        "alwaysIncludeEmail", "maxAttendees", "maxResults", "originalStart", "pageToken", "showDeleted",
        "timeMax", "timeMin", "timeZone",
      ]
    case .listCalendars:
      [
        "maxResults", "minAccessRole", "pageToken", "showDeleted", "showHidden", "showOwnOrganizationOnly",
        "syncToken",
      ]
    case .sendMessage: ["uploadType"]
    case .stopChannel, .getCalendar, .getCalendarListEntry, .authorize, .token, .revoke, .userInfo,
      .showEvent, .notEmulated, .unknown:
      []
    }
  }

  static let commonParameters: Set = ["alt", "fields", "key", "prettyPrint", "quotaUser", "userIp"]
}
