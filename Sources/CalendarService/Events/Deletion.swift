import CalendarCore
import Foundation
import ICalendar
import JobQueue

/// Deletes within a transaction: marks what is to go, or writes it down as gone together with the jobs that tell the
/// provider.
struct Deletion {
  let transaction: any WorkspaceTransaction
  let calendars: CalendarProviderRegistry
  let ids: IdentifierSource
  let now: Date
  var saved = ChangeSet()

  init(
    transaction: any WorkspaceTransaction,
    calendars: CalendarProviderRegistry,
    ids: IdentifierSource,
    now: Date
  ) {
    self.transaction = transaction
    self.calendars = calendars
    self.ids = ids
    self.now = now
  }

  // MARK: Later

  /// Hides what is to go, and enqueues the job that carries it out when it can no longer be taken back.
  mutating func schedule(by seconds: TimeInterval, on target: EventTarget) throws -> Date {
    let due = now.addingTimeInterval(seconds)
    let marked: CalendarEvent
    switch target.series == nil ? .all : target.scope {
    case .this:
      // One occurrence bears a mark of its own, so that several can be deleted one after another.
      marked = try mark(try detached(target), .all, from: nil, due: due)
    case .thisAndFollowing:
      let start = target.shown.originalStart
      marked = try mark(target.event, .thisAndFollowing, from: start, due: due)
      for exception in target.series?.exceptions ?? [] where !exception.isHidden {
        guard let own = exception.originalStart, let start, own.instant >= start.instant else { continue }
        _ = try mark(exception, .all, from: start, due: due)
      }
    case .all:
      marked = try mark(target.event, .all, from: nil, due: due)
      for exception in target.series?.exceptions ?? [] where !exception.isHidden {
        _ = try mark(exception, .all, from: exception.originalStart, due: due)
      }
    }
    try transaction.requestDeletion(of: marked, due: due, ids: ids)
    return due
  }

  private func mark(
    _ event: CalendarEvent,
    _ scope: RecurrenceScope,
    from start: OriginalStart?,
    due: Date
  ) throws -> CalendarEvent {
    var marked = event
    marked.pendingDeletion = PendingDeletion(scope: scope, originalStart: start, dueAt: due)
    try transaction.events.update(marked)
    return marked
  }

  /// Carries out what an event is marked for, if it still is.
  mutating func performPending(on event: CalendarEvent) throws {
    guard let pending = event.pendingDeletion, event.deletedAt == nil else { return }
    try transaction.removeMark(from: event, now: now)
    guard let shown = try transaction.events.find(event.id) else { return }
    if try deleteLast(shown) { return }
    let series =
      shown.isRecurring
      ? RecurringEvent(shown, exceptions: try transaction.events.exceptions(ofSeries: [shown.id])) : nil
    guard pending.scope == .thisAndFollowing, let start = pending.originalStart else {
      return try perform(on: EventTarget(event: shown, series: series, occurrence: nil, scope: .all))
    }
    // The series may have become another one at its provider since.
    guard let series else {
      if shown.timing.startInstant(in: .utc) >= start.instant { try delete(shown) }
      return
    }
    guard let first = series.firstOccurrence(from: start) else { return }
    let scope = series.firstOriginalStart == first.originalStart ? RecurrenceScope.all : .thisAndFollowing
    try perform(on: EventTarget(event: shown, series: series, occurrence: first, scope: scope))
  }

  // MARK: Now

  mutating func perform(on target: EventTarget) throws {
    guard let series = target.series else { return try delete(target.event) }
    switch target.scope {
    case .this:
      let occurrence = try detached(target)
      if try !deleteLast(occurrence) { try delete(occurrence) }
    case .all: try delete(target.event, with: series.exceptions)
    case .thisAndFollowing:
      guard let start = target.shown.originalStart else { throw StoreError.inconsistent }
      try end(series, before: start)
    }
  }

  /// Deletes the series of an occurrence, if none of its others is left: it would be there for ever and show nothing.
  ///
  /// Whether it did.
  private mutating func deleteLast(_ occurrence: CalendarEvent) throws -> Bool {
    guard let seriesID = occurrence.seriesID, let start = occurrence.originalStart,
      let master = try transaction.events.find(seriesID), master.deletedAt == nil
    else { return false }
    let series = RecurringEvent(master, exceptions: try transaction.events.exceptions(ofSeries: [seriesID]))
    guard series.isLastLeft(start) else { return false }
    try delete(master, with: series.exceptions)
    return true
  }

  /// The occurrence as a row of its own.
  private mutating func detached(_ target: EventTarget) throws -> CalendarEvent {
    let occurrence = target.shown
    guard let seriesID = occurrence.seriesID, let start = occurrence.originalStart else {
      throw StoreError.inconsistent
    }
    if let stored = try transaction.events.exception(start, ofSeries: seriesID) { return stored }
    let exception = occurrence.detached(as: ids.make(), now: now)
    try transaction.events.insert(exception, idempotencyKey: nil, fingerprint: nil)
    saved.events.append((nil, exception))
    return exception
  }

  private mutating func delete(_ event: CalendarEvent, with exceptions: [CalendarEvent] = []) throws {
    let deleted = event.deleted(at: now)
    try transaction.events.update(deleted)
    saved.events.append((event, deleted))
    // They go at the provider with their series. What was to become of them waits, as that may be refused.
    for exception in exceptions where exception.deletedAt == nil {
      var gone = exception.deleted(at: now)
      gone.push = exception.push
      gone.conflict = exception.conflict
      try transaction.events.update(gone)
      saved.events.append((exception, gone))
    }
    try push(deleted)
  }

  /// Ends the series before `start`.
  private mutating func end(_ series: RecurringEvent, before start: OriginalStart) throws {
    let parts = try series.split(at: start)
    var ended = series.master
    ended.content = parts.before
    ended.version += 1
    ended.conflict = nil
    ended.editedAt = now
    ended.updatedAt = now
    if ended.push.status != .pending { (ended.push.status, ended.push.error) = (.pending, nil) }
    try transaction.events.update(ended)
    saved.events.append((series.master, ended))
    for exception in parts.after.exceptions {
      try transaction.withdraw(exception, newID: ids.makeJobID(), now: now)
      saved.events.append((exception, nil))
    }
    try push(ended)
    guard let provider = try calendars.provider(of: ended, from: transaction) else { return }
    try saved.restoreDropped(
      series.exceptions(before: start),
      by: provider,
      in: transaction,
      ids: ids,
      now: now
    )
  }

  private mutating func push(_ event: CalendarEvent) throws {
    saved.jobs.append(try transaction.requestAwaitedPush(of: event, ids: ids, now: now))
  }
}
