import Foundation

/// `events.list`: filters, pages, and synchronisation.
struct EventList {
  let request: EmulatorRequest
  let calendar: GoogleCalendar
  /// Where the emulator listens.
  let home: String?

  /// What cannot be combined with a synchronisation token.
  private static let queryRestrictions = [
    "iCalUID", "orderBy", "privateExtendedProperty", "q", "sharedExtendedProperty", "timeMax", "timeMin",
    "updatedMin",
  ]
  /// Filters whose first page starts no synchronisation.
  private static let withoutSync = [
    "iCalUID", "orderBy", "privateExtendedProperty", "q", "sharedExtendedProperty", "updatedMin",
  ]
  private static let largestPage = 2500

  func response() throws(GoogleError) -> EmulatorResponse {
    let size = min(
      try ReadOptions.integer("maxResults", of: request, in: 1...Int.max) ?? 250,
      Self.largestPage
    )
    let page = try pageToken()
    let sync = try syncToken()
    let zone = try ReadOptions.zone(of: request) ?? calendar.zone
    let resource = EventResource(
      calendar: calendar,
      zone: zone,
      maxAttendees: try ReadOptions.integer("maxAttendees", of: request, in: 1...Int.max),
      home: home
    )
    let found = try matches(since: sync?.change, zone: zone)
    let after = page?.after ?? 0
    let rest = isByStart ? Array(found.dropFirst(after)) : found.filter { $0.change > after }
    let shown = rest.prefix(size)
    // The state that the first page saw; what changes while a client turns pages comes with its next round.
    let seen = page?.seen ?? calendar.lastChange

    var answer: JSON = [
      "kind": "calendar#events", "etag": .string("\"p\(calendar.lastChange)\""),
      "summary": .string(calendar.account.email), "description": "",
      "updated": .string(
        Timestamp.precise(calendar.events.values.map(\.updated).max() ?? Date(timeIntervalSince1970: 0))
      ),
      "timeZone": .string(zone.identifier), "accessRole": "owner",
      "defaultReminders": [["method": "popup", "minutes": 10]],
    ]
    answer["items"] = .array(
      shown.map { event in event.isDeleted ? resource.tombstone(event) : resource.json(event) }
    )
    if rest.count > size, let last = shown.last {
      let next = isByStart ? after + size : last.change
      answer["nextPageToken"] = .string(
        ListToken.page(fingerprint: fingerprint, seen: seen, after: next).text
      )
    } else if !Self.withoutSync.contains(where: { request.parameter($0) != nil }) {
      let token = ListToken.sync(account: calendar.account.email, epoch: calendar.syncEpoch, change: seen)
      answer["nextSyncToken"] = .string(token.text)
    }
    return .json(answer)
  }

  private var isByStart: Bool { request.parameter("orderBy") == "startTime" }

  /// The events that the filters let through, in order.
  private func matches(since change: Int?, zone: TimeZone) throws(GoogleError) -> [StoredEvent] {
    let filter = try EventFilter(request, zone: zone, isSync: change != nil)
    var found: [StoredEvent] = []
    for event in calendar.events.values where event.change > change ?? 0 {
      if try filter.accepts(event) { found.append(event) }
    }
    switch request.parameter("orderBy") {
    case nil, "updated":
      return found.sorted { $0.change < $1.change }
    case "startTime":
      guard filter.singleEvents else {
        throw GoogleError(
          status: 400,
          reason: "badRequest",
          message: "The requested ordering is not available for the particular query."
        )
      }
      return found.sorted { one, other in
        let times = (
          one.start?.instant(in: zone) ?? .distantPast, other.start?.instant(in: zone) ?? .distantPast
        )
        return times.0 == times.1 ? one.id < other.id : times.0 < times.1
      }
    default: throw .invalid("Invalid orderBy value.")
    }
  }

  private func syncToken() throws(GoogleError) -> (account: String, change: Int)? {
    guard let text = request.parameter("syncToken") else { return nil }
    if let name = Self.queryRestrictions.first(where: { request.parameter($0) != nil }) {
      throw .invalid("syncToken cannot be combined with \(name).")
    }
    if try ReadOptions.flag("showDeleted", of: request) == false {
      throw .invalid("showDeleted cannot be false with a syncToken.")
    }
    guard case .sync(let account, let epoch, let change) = ListToken(text), account == calendar.account.email,
      epoch == calendar.syncEpoch, change <= calendar.lastChange
    else { throw .fullSyncRequired }
    return (account, change)
  }

  private func pageToken() throws(GoogleError) -> (seen: Int, after: Int)? {
    guard let text = request.parameter("pageToken") else { return nil }
    // A page belongs to its query: with other filters it would skip or repeat events.
    guard case .page(let own, let seen, let after) = ListToken(text), own == fingerprint, after >= 0 else {
      throw .invalid("Invalid page token value.")
    }
    return (seen, after)
  }

  /// The query without what may differ from page to page.
  private var fingerprint: String {
    let free: Set = ["pageToken", "maxResults", "timeZone", "maxAttendees", "alwaysIncludeEmail"]
    return request.query
      .filter { !free.contains($0.name) && !GoogleOperation.commonParameters.contains($0.name) }
      .map { "\($0.name)=\($0.value)" }.sorted().joined(separator: "&")
  }
}

/// The opaque texts by which a client goes on where it stopped.
enum ListToken: Equatable, Codable {
  case page(fingerprint: String, seen: Int, after: Int)
  case sync(account: String, epoch: Int, change: Int)

  init?(_ text: String) {
    guard text.utf8.count <= 4096, let data = Data(base64URL: text),
      let token = try? JSONDecoder().decode(ListToken.self, from: data)
    else { return nil }
    self = token
  }

  var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return ((try? encoder.encode(self)) ?? Data()).base64URL
  }
}
