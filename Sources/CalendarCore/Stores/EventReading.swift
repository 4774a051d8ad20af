package import Foundation
package import ICalendar

/// Reads events, each with its participants and links.
package protocol EventReading {
  /// The event of this row, also one that is deleted: see `CalendarEvent.isHidden`.
  func find(_ id: CalendarEvent.ID) throws -> CalendarEvent?
  /// Those that exist of the ids asked for, in any order.
  func find(ids: [CalendarEvent.ID]) throws -> [CalendarEvent]

  /// The events with this identifier (RFC 5545 §3.8.4.7), occurrences not among them.
  func find(iCalUID: String) throws -> [CalendarEvent]
  /// The state that decides which emailed replies to the event still count.
  func answers(to event: CalendarEvent.ID) throws -> SchedulingMemory?
  /// The recurring event as its guests were last told of it; nil where that was not noted.
  func announcement(of event: CalendarEvent.ID) throws -> EventAnnouncement?

  /// The event that was made under this key, with the fingerprint of what was asked for then.
  func find(idempotencyKey: String) throws -> (event: CalendarEvent, fingerprint: String)?

  /// Events that overlap `[from, to)`, by start and id. All-day events count by their dates in UTC.
  ///
  /// Occurrences that differ from their series are among them; series, and what is hidden, are not.
  func list(
    from: Date,
    to: Date,
    accountID: ConnectedAccount.ID?,
    after: EventCursor?,
    limit: Int
  ) throws -> [CalendarEvent]

  /// Recurring events of which an occurrence may overlap `[from, to)`, by start, the first `limit`.
  func series(from: Date, to: Date, accountID: ConnectedAccount.ID?, limit: Int) throws -> [CalendarEvent]
  /// Every occurrence of these series that has a row of its own, hidden ones too.
  func exceptions(ofSeries ids: [CalendarEvent.ID]) throws -> [CalendarEvent]
  /// The one of them that has the given original start.
  func exception(_ start: OriginalStart, ofSeries id: CalendarEvent.ID) throws -> CalendarEvent?
  /// Returns the event's content as of this version; nil when that is no longer stored.
  func version(_ version: Int, of id: CalendarEvent.ID) throws -> EventVersion?

  /// The events of a record, newest first: linked by hand, or with one of the record's people taking part.
  func timeline(of record: RecordReference, offset: Int, limit: Int) throws -> [CalendarEvent]
  func timelineCount(of record: RecordReference) throws -> Int
}

extension EventReading {
  /// The row that is named: of an occurrence its own; nil where it has none.
  package func find(_ reference: EventReference) throws -> CalendarEvent? {
    guard let start = reference.originalStart else { return try find(reference.eventID) }
    return try exception(start, ofSeries: reference.eventID)
  }
}

/// Writes events, each with its participants and links, and says in the log of changes that it did.
package protocol EventWriting: EventReading {
  /// Throws `StoreError.duplicateIdempotencyKey` when the key is taken.
  func insert(_ event: CalendarEvent, idempotencyKey: String?, fingerprint: String?) throws
  /// Replaces the stored event. Throws `StoreError.notFound` when it is not there.
  func update(_ event: CalendarEvent) throws
  /// Says in the log of changes that a calendar's events are to be seen otherwise.
  func noteChanges(ofChannel channel: CalendarChannel.ID) throws
  /// Removes an event that was never accepted or never delivered, with its jobs and its key.
  func delete(_ id: CalendarEvent.ID) throws
  /// Remembers the answers to the event that came by mail.
  func keep(_ answers: SchedulingMemory, to event: CalendarEvent.ID) throws
  /// Notes what the guests of the event were told, in place of what was noted before.
  func keep(_ announcement: EventAnnouncement, of event: CalendarEvent.ID) throws
  /// Lets the event's key be another's.
  func releaseKey(of id: CalendarEvent.ID) throws
}
