/// An operation of Microsoft's APIs: a resource and what is done with it.
enum MicrosoftOperation: String, Sendable {
  case createEvent = "events.create"
  case listEvents = "events.list"
  case getEvent = "events.get"
  case updateEvent = "events.update"
  case deleteEvent = "events.delete"
  case cancelEvent = "events.cancel"
  case acceptEvent = "events.accept"
  case declineEvent = "events.decline"
  case tentativelyAcceptEvent = "events.tentativelyAccept"
  case listInstances = "events.instances"
  case listView = "calendarView.list"
  case viewDelta = "calendarView.delta"
  case listCalendars = "calendars.list"
  case getCalendar = "calendars.get"
  case getMe = "me.get"
  case getMailboxSettings = "mailboxSettings.get"
  case createSubscription = "subscriptions.create"
  case listSubscriptions = "subscriptions.list"
  case getSubscription = "subscriptions.get"
  case renewSubscription = "subscriptions.renew"
  case deleteSubscription = "subscriptions.delete"
  case sendMail = "mail.send"
  case authorize
  case token
  /// A path of the real API that the emulator does not support.
  case notEmulated
  case unknown

  /// The calendar and event (or subscription) that a path names; without a calendar, the default one.
  struct Target {
    var operation: MicrosoftOperation
    var calendarID: String?
    var eventID: String?
    /// The tenant of a sign-in.
    var tenant: String?
  }

  /// The target of a request; words of a path are case-insensitive, ids are not.
  static func route(_ method: String, _ path: [String]) -> Target {
    let words = path.map { $0.lowercased() }
    if path.count == 4, words[1] == "oauth2", words[2] == "v2.0" {
      switch (method, words[3]) {
      case ("GET", "authorize"), ("POST", "authorize"): return Target(operation: .authorize, tenant: words[0])
      case ("POST", "token"): return Target(operation: .token, tenant: words[0])
      default: return Target(operation: .notEmulated)
      }
    }
    guard words.first == "v1.0", path.count >= 2 else { return Target(operation: .unknown) }
    if words[1] == "subscriptions" { return subscriptionRoute(method, path) }
    guard words[1] == "me" else { return Target(operation: .notEmulated) }
    if method == "GET", path.count == 2 { return Target(operation: .getMe) }
    if method == "GET", words.dropFirst(2) == ["mailboxsettings"] {
      return Target(operation: .getMailboxSettings)
    }
    if words.dropFirst(2) == ["sendmail"] || words.dropFirst(2) == ["microsoft.graph.sendmail"] {
      return Target(operation: method == "POST" ? .sendMail : .notEmulated)
    }
    if method == "GET", words.dropFirst(2) == ["calendars"] { return Target(operation: .listCalendars) }
    return calendarRoute(method, Array(path.dropFirst(2)), Array(words.dropFirst(2)))
  }

  private static func subscriptionRoute(_ method: String, _ path: [String]) -> Target {
    switch (method, path.count) {
    case ("POST", 2): return Target(operation: .createSubscription)
    case ("GET", 2): return Target(operation: .listSubscriptions)
    case ("GET", 3): return Target(operation: .getSubscription, eventID: path[2])
    case ("PATCH", 3): return Target(operation: .renewSubscription, eventID: path[2])
    case ("DELETE", 3): return Target(operation: .deleteSubscription, eventID: path[2])
    default: return Target(operation: .notEmulated)
    }
  }

  private static func calendarRoute(_ method: String, _ path: [String], _ words: [String]) -> Target {
    if words.first == "calendar" {
      if path.count == 1 { return Target(operation: method == "GET" ? .getCalendar : .notEmulated) }
      return eventRoute(method, Array(path.dropFirst()), Array(words.dropFirst()))
    }
    guard words.first == "calendars", path.count >= 2 else { return eventRoute(method, path, words) }
    var target =
      path.count == 2
      ? Target(operation: method == "GET" ? .getCalendar : .notEmulated)
      : eventRoute(method, Array(path.dropFirst(2)), Array(words.dropFirst(2)))
    target.calendarID = path[1]
    return target
  }

  private static func eventRoute(_ method: String, _ path: [String], _ words: [String]) -> Target {
    if words.first == "calendarview", method == "GET" {
      if path.count == 1 { return Target(operation: .listView) }
      if path.count == 2, ["delta", "delta()", "microsoft.graph.delta()"].contains(words[1]) {
        return Target(operation: .viewDelta)
      }
    }
    guard words.first == "events" else { return Target(operation: .notEmulated) }
    switch (method, path.count) {
    case ("GET", 1): return Target(operation: .listEvents)
    case ("POST", 1): return Target(operation: .createEvent)
    case ("GET", 2): return Target(operation: .getEvent, eventID: path[1])
    case ("PATCH", 2): return Target(operation: .updateEvent, eventID: path[1])
    case ("DELETE", 2): return Target(operation: .deleteEvent, eventID: path[1])
    case ("GET", 3) where words[2] == "instances":
      return Target(operation: .listInstances, eventID: path[1])
    case ("POST", 3):
      let actions: [String: MicrosoftOperation] = [
        "cancel": .cancelEvent, "accept": .acceptEvent, "decline": .declineEvent,
        "tentativelyaccept": .tentativelyAcceptEvent,
      ]
      let action = words[2].replacing("microsoft.graph.", with: "")
      return Target(operation: actions[action] ?? .notEmulated, eventID: path[1])
    default: return Target(operation: .notEmulated)
    }
  }

  /// Whether the operation changes a mailbox.
  var writes: Bool {
    switch self {
    case .createEvent, .updateEvent, .deleteEvent, .cancelEvent, .acceptEvent, .declineEvent,
      .tentativelyAcceptEvent:
      true
    case .listEvents, .getEvent, .listInstances, .listView, .viewDelta, .listCalendars, .getCalendar, .getMe,
      .getMailboxSettings, .sendMail, .authorize, .token, .notEmulated, .unknown, .createSubscription,
      .listSubscriptions, .getSubscription, .renewSubscription, .deleteSubscription:
      false
    }
  }
}
