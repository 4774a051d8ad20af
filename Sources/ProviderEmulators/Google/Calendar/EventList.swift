import Foundation
import JSONModel

/// `events.list` and `events.instances`: filters, pages and synchronization.
struct EventList {
  let request: EmulatorRequest
  let calendar: GoogleCalendar
  /// The URL at which the emulator listens.
  let home: String?
  /// The series whose instances are requested; nil for the list of all events.
  var series: RecurringEvent?

  /// A page of the events that the filters admit, and the token of the next one.
  private typealias Part = (shown: [StoredEvent], next: ListToken?)

  /// The parameters that cannot be combined with a synchronization token.
  private static let queryRestrictions = [
    "iCalUID", "orderBy", "privateExtendedProperty", "q", "sharedExtendedProperty", "timeMax", "timeMin",
    "updatedMin",
  ]
  /// The filters whose first page starts no synchronization.
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
    // The state that the first page saw: changes made while a client turns pages come with its next round.
    let seen = page?.seen ?? calendar.lastChange
    let filter = try EventFilter(request, zone: zone, isSync: sync != nil, isInstances: series != nil)
    let part =
      try isByStart(filter, isSync: sync != nil)
      ? instances(filter, after: page?.instance, seen: seen, size: size)
      : changes(filter, since: sync?.change, after: page?.change ?? 0, seen: seen, size: size)

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
      part.shown.map { event in event.isDeleted ? resource.tombstone(event) : resource.json(event) }
    )
    if let next = part.next {
      answer["nextPageToken"] = .string(next.text)
    } else if series == nil, !Self.withoutSync.contains(where: { request.parameter($0) != nil }) {
      let token = ListToken.sync(account: calendar.account.email, epoch: calendar.syncEpoch, change: seen)
      answer["nextSyncToken"] = .string(token.text)
    }
    return .json(answer)
  }

  /// Whether the list is ordered by start: instances always are, other events by their last change unless requested.
  private func isByStart(_ filter: EventFilter, isSync: Bool) throws(GoogleError) -> Bool {
    if series != nil { return true }
    switch request.parameter("orderBy") {
    case nil: return filter.singleEvents && !isSync
    case "updated": return false
    case "startTime":
      guard filter.singleEvents else {
        throw GoogleError(
          status: 400,
          reason: "badRequest",
          message: "The requested ordering is not available for the particular query."
        )
      }
      return true
    default: throw .invalid("Invalid orderBy value.")
    }
  }

  /// Single events, series and exceptions, in the order in which they were changed.
  private func changes(
    _ filter: EventFilter,
    since: Int?,
    after: Int,
    seen: Int,
    size: Int
  ) throws(GoogleError) -> Part {
    var found: [(event: StoredEvent, change: Int)] = []
    for stored in calendar.events.values where stored.change > max(since ?? 0, after) {
      if filter.singleEvents, stored.isSeries || stored.recurringEventID != nil {
        throw .notEmulated("changes of expanded series (singleEvents with syncToken or by updated)")
      }
      if let event = shown(stored, filter, isSync: since != nil) { found.append((event, stored.change)) }
    }
    found.sort { $0.change < $1.change }
    let page = found.prefix(size)
    guard found.count > size, let last = page.last else { return (page.map(\.event), nil) }
    return (page.map(\.event), .page(fingerprint: fingerprint, seen: seen, after: last.change))
  }

  private func shown(_ stored: StoredEvent, _ filter: EventFilter, isSync: Bool) -> StoredEvent? {
    if let series = RecurringEvent(stored) {
      return filter.accepts(stored) && filter.touches(series, in: calendar) ? stored : nil
    }
    guard let seriesID = stored.recurringEventID else {
      return filter.accepts(stored) && filter.touches(stored) ? stored : nil
    }
    if stored.isGone == true {
      // A client that knows the exception must learn that it is gone; others need not.
      guard isSync else { return nil }
      return stored
    }
    guard let event = calendar.resolved(stored) else { return nil }
    let isHole = event.isDeleted && calendar.events[seriesID]?.isDeleted == false
    return filter.accepts(event, isHole: isHole) && filter.touches(event) ? event : nil
  }

  /// Single events and instances, in the order of their start.
  private func instances(
    _ filter: EventFilter,
    after: InstanceOrder?,
    seen: Int,
    size: Int
  ) throws(GoogleError) -> Part {
    var found: [StoredEvent] = []
    if let series {
      let instances = SeriesInstances(series: series, calendar: calendar, filter: filter, after: after)
      if let text = request.parameter("originalStart") {
        return (instances.starting(at: try Self.originalStart(text, in: filter.zone)), nil)
      }
      found = instances.first(size + 1)
    } else {
      for stored in calendar.events.values where stored.recurringEventID == nil {
        if let series = RecurringEvent(stored) {
          found += SeriesInstances(series: series, calendar: calendar, filter: filter, after: after)
            .first(size + 1)
        } else if filter.accepts(stored), filter.touches(stored),
          after.map({ InstanceOrder(stored, in: filter.zone) > $0 }) ?? true
        {
          found.append(stored)
        }
      }
    }
    let ordered = found.map { (event: $0, order: InstanceOrder($0, in: filter.zone)) }
      .sorted { $0.order < $1.order }
    let page = ordered.prefix(size)
    guard ordered.count > size, let last = page.last else { return (page.map(\.event), nil) }
    return (page.map(\.event), .instances(fingerprint: fingerprint, seen: seen, after: last.order))
  }

  /// A day, or an instant with its offset.
  private static func originalStart(_ text: String, in zone: TimeZone) throws(GoogleError) -> Date {
    if let day = Timestamp.date(text) { return EventTime.date(day).instant(in: zone) }
    guard let stamp = Timestamp(text), stamp.offset != nil else {
      throw .invalid("Invalid original start time.")
    }
    return stamp.instant(in: .gmt)
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

  /// The position from which a client continues: after a change, or after an instance.
  private func pageToken() throws(GoogleError) -> (seen: Int, change: Int?, instance: InstanceOrder?)? {
    guard let text = request.parameter("pageToken") else { return nil }
    // A page belongs to its query: with other filters it would skip or repeat events.
    switch ListToken(text) {
    case .page(let own, let seen, let after) where own == fingerprint && after >= 0:
      return (seen, after, nil)
    case .instances(let own, let seen, let after) where own == fingerprint:
      return (seen, nil, after)
    default: throw .invalid("Invalid page token value.")
    }
  }

  /// The query without the parameters that may differ from page to page.
  private var fingerprint: String {
    let free: Set = ["pageToken", "maxResults", "timeZone", "maxAttendees", "alwaysIncludeEmail"]
    let query = request.query
      .filter { !free.contains($0.name) && !GoogleOperation.commonParameters.contains($0.name) }
      .map { "\($0.name)=\($0.value)" }.sorted().joined(separator: "&")
    return series.map { "\($0.master.id)&\(query)" } ?? query
  }
}

/// The opaque tokens with which a client continues where it stopped.
enum ListToken: Equatable, Codable {
  case page(fingerprint: String, seen: Int, after: Int)
  case instances(fingerprint: String, seen: Int, after: InstanceOrder)
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
