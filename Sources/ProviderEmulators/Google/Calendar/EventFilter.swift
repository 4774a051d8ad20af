import Foundation

/// Which events a list shows.
struct EventFilter {
  let singleEvents: Bool
  private let showDeleted: Bool
  private let timeMin: Date?
  private let timeMax: Date?
  private let updatedMin: Date?
  private let uid: String?
  private let words: [String]
  private let types: [String]
  private let properties: [(group: String, key: String, value: String)]
  private let zone: TimeZone

  init(_ request: EmulatorRequest, zone: TimeZone, isSync: Bool) throws(GoogleError) {
    self.zone = zone
    singleEvents = try ReadOptions.flag("singleEvents", of: request) ?? false
    // Changes must not lose deletions.
    showDeleted = try ReadOptions.flag("showDeleted", of: request) ?? false || isSync
    timeMin = try ReadOptions.instant("timeMin", of: request)
    timeMax = try ReadOptions.instant("timeMax", of: request)
    updatedMin = try ReadOptions.instant("updatedMin", of: request)
    if let timeMin, let timeMax, timeMax <= timeMin {
      throw GoogleError(
        status: 400,
        reason: "timeRangeEmpty",
        message: "The specified time range is empty.",
        domain: "calendar"
      )
    }
    uid = request.parameter("iCalUID")
    words = (request.parameter("q") ?? "").lowercased().split(separator: " ").map(String.init)
    types = request.parameters("eventTypes")
    var properties: [(String, String, String)] = []
    for (name, group) in [("privateExtendedProperty", "private"), ("sharedExtendedProperty", "shared")] {
      for text in request.parameters(name) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
          String.init
        )
        guard parts.count == 2 else { throw .invalid("Invalid \(name) value.") }
        properties.append((group, parts[0], parts[1]))
      }
    }
    self.properties = properties
  }

  func accepts(_ event: StoredEvent) throws(GoogleError) -> Bool {
    // With updatedMin, deletions since then are shown whatever showDeleted says.
    if event.isDeleted, !showDeleted, updatedMin == nil { return false }
    if let updatedMin, event.updated < updatedMin { return false }
    if let uid, event.iCalUID != uid { return false }
    if !types.isEmpty, !types.contains("default") { return false }
    for (group, key, value) in properties
    where event.fields["extendedProperties"]?[group]?[key]?.string != value { return false }
    guard words.allSatisfy(text(of: event).contains) else { return false }
    if singleEvents, event.fields["recurrence"] != nil, !event.isDeleted {
      throw .notEmulated("expanding recurring events (singleEvents)")
    }
    return try isInWindow(event)
  }

  /// `timeMin` is exclusive against the end, `timeMax` exclusive against the start.
  private func isInWindow(_ event: StoredEvent) throws(GoogleError) -> Bool {
    guard let start = event.start?.instant(in: zone), let end = event.end?.instant(in: zone) else {
      return true
    }
    if let timeMax, start >= timeMax { return false }
    guard let timeMin, end <= timeMin else { return true }
    // The first occurrence is over; whether a later one is in the window, only expansion can tell.
    if event.fields["recurrence"] != nil { throw .notEmulated("a time window over recurring events") }
    return false
  }

  private func text(of event: StoredEvent) -> String {
    let own = ["summary", "description", "location"].compactMap { event.fields[$0]?.string }
    let guests = event.attendees.flatMap {
      [$0["email"]?.string, $0["displayName"]?.string].compactMap { $0 }
    }
    return (own + guests).joined(separator: "\n").lowercased()
  }
}
