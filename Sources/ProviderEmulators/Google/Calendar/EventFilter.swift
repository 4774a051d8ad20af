import Foundation
import JSONModel

/// The filters that decide which events a list shows.
struct EventFilter {
  let singleEvents: Bool
  private let showDeleted: Bool
  let timeMin: Date?
  let timeMax: Date?
  private let updatedMin: Date?
  private let uid: String?
  private let words: [String]
  private let types: [String]
  private let properties: [(group: String, key: String, value: String)]
  let zone: TimeZone
  /// `events.instances` counts an instance that ends at `timeMin`, `events.list` does not (discovery document).
  private let includesEnd: Bool

  init(
    _ request: EmulatorRequest,
    zone: TimeZone,
    isSync: Bool = false,
    isInstances: Bool = false
  ) throws(GoogleError) {
    self.zone = zone
    includesEnd = isInstances
    singleEvents = try ReadOptions.flag("singleEvents", of: request) ?? isInstances
    // A list of changes must include deletions.
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

  /// Whether the filters admit an event, whatever its time.
  ///
  /// A `hole` is a canceled instance of a series that exists: without it, a client would still see the instance.
  func accepts(_ event: StoredEvent, isHole: Bool = false) -> Bool {
    // With updatedMin, deletions since then are shown whatever showDeleted says.
    if event.isDeleted, !showDeleted, updatedMin == nil, !isHole || singleEvents { return false }
    if let updatedMin, event.updated < updatedMin { return false }
    if let uid, event.iCalUID != uid { return false }
    if !types.isEmpty, !types.contains("default") { return false }
    for (group, key, value) in properties
    where event.fields["extendedProperties"]?[group]?[key]?.string != value { return false }
    return words.allSatisfy(text(of: event).contains)
  }

  /// Whether an event or an instance is in the window: `timeMin` is exclusive against the end, `timeMax` against the
  /// start.
  func touches(_ event: StoredEvent) -> Bool {
    guard let start = event.start?.instant(in: zone), let end = event.end?.instant(in: zone) else {
      return true
    }
    if let timeMax, start >= timeMax { return false }
    if let timeMin { return includesEnd ? end >= timeMin : end > timeMin }
    return true
  }

  /// Whether any instance of a series is in the window.
  func touches(_ series: RecurringEvent, in calendar: GoogleCalendar) -> Bool {
    if timeMin == nil, timeMax == nil { return true }
    return !SeriesInstances(series: series, calendar: calendar, filter: self).first(1).isEmpty
  }

  private func text(of event: StoredEvent) -> String {
    let own = ["summary", "description", "location"].compactMap { event.fields[$0]?.string }
    let guests = event.attendees.flatMap {
      [$0["email"]?.string, $0["displayName"]?.string].compactMap { $0 }
    }
    return (own + guests).joined(separator: "\n").lowercased()
  }
}
