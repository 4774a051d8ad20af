import Foundation

/// The place of an instance among others: by start, then by id.
struct InstanceOrder: Comparable, Codable {
  /// Seconds since 1970.
  var start: Int
  var id: String

  init(_ event: StoredEvent, in zone: TimeZone) {
    start = Int((event.start?.instant(in: zone) ?? .distantPast).timeIntervalSince1970)
    id = event.id
  }

  static func < (left: InstanceOrder, right: InstanceOrder) -> Bool {
    (left.start, left.id) < (right.start, right.id)
  }
}

/// The instances of a series that a filter admits.
///
/// A series may never end, so only as many are made as fit into an answer.
struct SeriesInstances {
  let series: RecurringEvent
  let calendar: GoogleCalendar
  let filter: EventFilter
  /// The last instance that the client has seen.
  var after: InstanceOrder?

  /// The first `limit` instances, in order.
  func first(_ limit: Int) -> [StoredEvent] {
    let exceptions = calendar.resolvedExceptions(of: series)
    let found = (exceptions + unchanged(limit, besides: Set(exceptions.map(\.id)))).filter(isShown)
    return Array(found.sorted { order($0) < order($1) }.prefix(limit))
  }

  /// The instances whose original start is this instant.
  func starting(at instant: Date) -> [StoredEvent] {
    series.starts(
      from: instant.addingTimeInterval(-2 * day),
      until: instant.addingTimeInterval(2 * day),
      limit: 9
    )
    .filter { $0.instant(in: filter.zone) == instant }
    .compactMap { calendar.event(series.instanceID(at: $0)) }.filter(isShown)
  }

  private let day: TimeInterval = 86_400

  private func order(_ event: StoredEvent) -> InstanceOrder { InstanceOrder(event, in: filter.zone) }

  private func isShown(_ event: StoredEvent) -> Bool {
    guard filter.accepts(event), filter.touches(event) else { return false }
    return after.map { order(event) > $0 } ?? true
  }

  private func unchanged(_ limit: Int, besides changed: Set<String>) -> [StoredEvent] {
    // An instance without an exception has its series' fields, so a filter admits all of them or none.
    guard filter.accepts(series.instance(at: series.start)) else { return [] }
    var first = filter.timeMin?.addingTimeInterval(-series.length) ?? .distantPast
    if let after { first = max(first, Date(timeIntervalSince1970: TimeInterval(after.start))) }
    var last = filter.timeMax ?? .distantFuture
    var count = limit + changed.count + 1
    if series.start.isDate {
      // Days are counted in UTC, and begin up to a day earlier or later in a zone.
      first.addTimeInterval(-day)
      last.addTimeInterval(day)
      count += 3
    }
    return series.starts(from: first, until: last, limit: count)
      .filter { !changed.contains(series.instanceID(at: $0)) }
      .map { series.instance(at: $0) }
  }
}
