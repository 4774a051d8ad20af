import CalendarCore
import Foundation

extension EventTarget {
  /// As `find`, for a change.
  ///
  /// Where that is for several occurrences of a series that is to end at one of them, it ends there before: what is
  /// hidden was deleted for the person who changes the rest, and is not to come back with it.
  static func settled(
    _ reference: EventReference,
    occurrenceStart: RequestedInstant?,
    scope: RecurrenceScope?,
    _ transaction: any WorkspaceTransaction,
    calendars: CalendarProviderRegistry,
    ids: IdentifierSource,
    now: Date
  ) throws -> Self {
    func find() throws -> Self {
      try Self.find(reference, occurrenceStart: occurrenceStart, scope: scope, reader: transaction)
    }
    let target = try find()
    guard target.series != nil, target.scope != .this, target.event.pendingDeletion != nil else {
      return target
    }
    var deletion = Deletion(transaction: transaction, calendars: calendars, ids: ids, now: now)
    try deletion.performPending(on: target.event)
    return try find()
  }
}
