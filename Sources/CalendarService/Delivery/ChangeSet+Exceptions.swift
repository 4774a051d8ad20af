import CalendarCore
import Foundation
import ICalendar

extension ChangeSet {
  /// Requests that exceptions, deleted ones included, are written again after their series, where the provider drops them
  /// with its change.
  ///
  /// The caller's answer does not wait for it: what was changed is the series.
  mutating func restoreDropped(
    _ exceptions: [CalendarEvent],
    by provider: any CalendarProvider,
    in transaction: any WorkspaceTransaction,
    ids: IdentifierSource,
    now: Date
  ) throws {
    guard !provider.keepsExceptions else { return }
    for exception in exceptions.inWritingOrder {
      var dropped = exception.droppedByProvider()
      dropped.version += 1
      dropped.updatedAt = now
      try transaction.events.update(dropped)
      events.append((exception, dropped))
      _ = try transaction.requestAwaitedPush(of: dropped, ids: ids, now: now)
    }
  }
}

extension [CalendarEvent] {
  /// The exceptions of a series in an order in which each is between its neighbors when it is written.
  ///
  /// Exchange refuses an occurrence that passes the one before or after it: first those go that are deleted, then those
  /// that move to a later time, the last one first, then those that move to an earlier one.
  var inWritingOrder: [CalendarEvent] {
    func move(_ event: CalendarEvent) -> (original: Date, distance: TimeInterval) {
      let start = event.timing.startInstant(in: .utc)
      let original = event.originalStart?.instant ?? start
      return (original, start.timeIntervalSince(original))
    }
    let (deleted, others) = (filter { $0.deletedAt != nil }, filter { $0.deletedAt == nil })
    let later = others.filter { move($0).distance > 0 }.sorted { move($0).original > move($1).original }
    let rest = others.filter { move($0).distance <= 0 }.sorted { move($0).original < move($1).original }
    return deleted + later + rest
  }
}
