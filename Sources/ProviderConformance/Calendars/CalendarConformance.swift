import CalendarCore
import Foundation
import ICalendar

package typealias CalendarCheck = ConformanceCheck<any CalendarUnderTest>

/// The requirements that every calendar driver meets, whatever its provider.
///
/// A check of an ability that the driver lacks passes without doing anything.
package enum CalendarConformance {
  package static let checks: [CalendarCheck] =
    creating + content + changing + deleting + recurring + answering + listing + notifying + failing
}

// MARK: Helpers of the checks

extension CalendarUnderTest {
  func draft(_ edit: (inout ProviderEventDraft) throws -> Void = { _ in }) throws -> ProviderEventDraft {
    let id = CalendarEvent.ID(UUID())
    var draft = ProviderEventDraft(
      eventID: id,
      calendarExternalID: calendar,
      iCalUID: "\(id)@phos.example",
      title: "Quarterly review",
      timing: try CalendarConformance.timed("2027-01-28T10:00:00", "2027-01-28T11:00:00"),
      organizer: CalendarEventParticipant(
        handle: session.account.handle,
        displayName: "Ann",
        isOrganizer: true,
        responseStatus: .accepted
      ),
      createdAt: Date(timeIntervalSince1970: 1_790_000_000)
    )
    try edit(&draft)
    return draft
  }

  func create(_ edit: (inout ProviderEventDraft) throws -> Void = { _ in }) async throws -> Made {
    let draft = try draft(edit)
    return Made(draft: draft, event: try await provider.createEvent(draft, session: session))
  }

  func read(_ made: Made, at start: OriginalStart? = nil) async throws -> ProviderEvent {
    try await provider.event(made.reference(start), session: session)
  }

  /// Changes the named fields of the event, compared with its current version or with an earlier one.
  @discardableResult
  func change(
    _ made: Made,
    at start: OriginalStart? = nil,
    _ fields: Set<EventField>,
    from earlier: ProviderEvent? = nil,
    conference: ConferenceChange? = nil,
    _ edit: (inout EventContent) throws -> Void = { _ in }
  ) async throws -> ProviderEvent {
    var current = earlier
    if current == nil { current = try await read(made, at: start) }
    let base = try require(current, "there is no event")
    var content = base.content
    try edit(&content)
    return try await provider.updateEvent(
      made.reference(start),
      current: base,
      change: ProviderEventChange(
        fields: fields,
        content: content,
        conference: conference,
        organizer: made.draft.organizer,
        notifyAttendees: true,
        changedAt: Date(timeIntervalSince1970: 1_790_100_000)
      ),
      session: session
    )
  }

  func delete(_ made: Made, at start: OriginalStart? = nil) async throws(ProviderError) {
    try await provider.deleteEvent(made.reference(start), notifyAttendees: true, session: session)
  }

  /// Everything that a calendar's change feed reports from this position on.
  func allChanges(
    since position: ChangePosition? = nil
  ) async throws -> (changes: [RemoteEventChange], end: ChangePosition) {
    let lister = try require(provider as? any ChangeFeedProvider, "the driver lists no changes")
    var (all, position) = ([RemoteEventChange](), position)
    for _ in 0..<100 {
      let page = try await lister.changes(in: calendar, since: position, session: session)
      all += page.changes
      position = page.next
      if page.isLast { return (all, page.next) }
    }
    throw Nonconformity("the list of changes does not end")
  }
}

/// An event that the suite has made.
struct Made: Sendable {
  var draft: ProviderEventDraft
  var event: ProviderEvent

  func reference(_ start: OriginalStart? = nil) -> ProviderEventReference {
    ProviderEventReference(
      calendarExternalID: draft.calendarExternalID,
      eventID: draft.eventID,
      externalID: event.externalID,
      originalStart: start
    )
  }

  /// The reference that remains after the answer to a create was lost.
  var unconfirmed: ProviderEventReference {
    ProviderEventReference(
      calendarExternalID: draft.calendarExternalID,
      eventID: draft.eventID,
      externalID: nil
    )
  }
}

/// The error that a call throws; nil when it succeeds.
func failure(_ call: () async throws -> Void) async throws -> ProviderErrorKind? {
  do { try await call() } catch let error as ProviderError { return ProviderErrorKind(error) }
  return nil
}

extension EventContent {
  var addresses: Set<String> { Set(attendees.map(\.handle.rawValue)) }
}

extension EventTiming {
  /// Whether the two have the same instants and wall clocks; their zones may differ if their rules agree then.
  func isSame(as other: EventTiming) -> Bool {
    switch (self, other) {
    case (.allDay, .allDay): self == other
    case (.timed(let start, let end), .timed(let otherStart, let otherEnd)):
      start.instant == otherStart.instant && end.instant == otherEnd.instant
        && start.local == otherStart.local
    default: false
    }
  }
}
