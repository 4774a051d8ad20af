import CalendarCore
import Foundation

/// The events of a span of time, with the occurrences of recurring events among them, in pages.
struct EventListing {
  let reader: any WorkspaceReader
  let from: Date
  let to: Date
  let accountID: ConnectedAccount.ID?
  /// Whether occurrences of recurring events are listed.
  var expandsSeries = true

  /// A month at a time, so that a page of a long span does not expand all of it.
  private static let stride: TimeInterval = 31 * 86_400
  /// More series than this in one workspace are listed in part, and that is said in docs/scale.md.
  private static let maximumSeries = 20_000
  /// The most occurrences of one series that can have begun before the span and still go on: those of the longest event
  /// (`EventLimits.maximumDays`) on every day.
  private static let maximumOngoing = EventLimits.maximumDays

  /// The first `limit` events after the cursor, by start and id.
  func events(after: EventCursor?, limit: Int) throws -> [CalendarEvent] {
    let single = try reader.events.list(from: from, to: to, accountID: accountID, after: after, limit: limit)
    guard expandsSeries else { return single }
    let series = try reader.events.series(from: from, to: to, accountID: accountID, limit: Self.maximumSeries)
    guard !series.isEmpty else { return single }
    let exceptions = Dictionary(
      grouping: try reader.events.exceptions(ofSeries: series.map(\.id)),
      by: \.seriesID
    )
    let recurring = series.map { RecurringEvent($0, exceptions: exceptions[$0.id] ?? []) }
    return merge(single, occurrences(of: recurring, after: after, limit: limit), limit: limit)
  }

  private func occurrences(
    of series: [RecurringEvent],
    after: EventCursor?,
    limit: Int
  ) -> [CalendarEvent] {
    let first = max(from, after?.startsAt ?? from)
    var (found, start): ([CalendarEvent], Date) = ([], first)
    while start < to, found.count < limit {
      let end = min(to, start.addingTimeInterval(Self.stride))
      found += series.flatMap { recurring in
        recurring.occurrences(from: start, to: end, limit: limit + Self.maximumOngoing).filter { occurrence in
          let cursor = EventCursor(of: occurrence)
          // What began in an earlier stretch, and still goes on, was found there.
          return after.map { $0 < cursor } ?? true && (start == first || cursor.startsAt >= start)
        }
      }
      start = end
    }
    return found
  }

  private func merge(_ left: [CalendarEvent], _ right: [CalendarEvent], limit: Int) -> [CalendarEvent] {
    let all = (left + right).map { (cursor: EventCursor(of: $0), event: $0) }
    return all.sorted { $0.cursor < $1.cursor }.prefix(limit).map(\.event)
  }
}
