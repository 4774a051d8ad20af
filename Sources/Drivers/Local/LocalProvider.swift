package import CalendarCore
import Foundation

extension AccountProviderID {
  /// The built-in calendar.
  package static let local = Self(rawValue: "LOCAL")
}

/// The built-in calendar: what is stored here is all there is, so everything succeeds at once.
package struct LocalProvider: CalendarProvider {
  package let providerID = AccountProviderID.local
  package let displayName = "Built-in calendar"
  package let maximumAttendees = 500
  package let storesEvents = false

  package init() {}

  package func canWrite(_ account: ConnectedAccount) -> Bool { true }

  package func createEvent(
    _ draft: ProviderEventDraft,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent {
    ProviderEvent(
      externalID: draft.eventID.description,
      iCalUID: draft.iCalUID,
      etag: "\"\(draft.sequence)\"",
      sequence: draft.sequence,
      content: EventContent(
        title: draft.title,
        details: draft.details,
        location: draft.location,
        timing: draft.timing,
        recurrence: draft.recurrence,
        attendees: draft.attendees
      ),
      conference: try draft.conference.map(Self.conference),
      changedAt: draft.createdAt
    )
  }

  /// There is no copy outside that could be read.
  ///
  /// It is not `.notFound`, which would mean that the event was deleted.
  package func event(
    _ reference: ProviderEventReference,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent {
    throw .rejected(reason: Messages.noCopy)
  }

  package func updateEvent(
    _ reference: ProviderEventReference,
    current: ProviderEvent,
    change: ProviderEventChange,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent {
    var event = current
    event.content.take(change.fields, from: change.content)
    let (old, new) = (current.content, event.content)
    let isMoved =
      (old.timing, old.location) != (new.timing, new.location) || old.recurrence != new.recurrence
    // A removed guest must accept the cancellation, and a later invitation.
    let isUninviting = !Set(old.attendees.map(\.handle)).isSubset(of: new.attendees.map(\.handle))
    if isMoved || isUninviting { event.sequence += 1 }
    if isMoved {
      // What was answered was answered to something else (RFC 5546 §2.1.4).
      for index in event.content.attendees.indices {
        event.content.attendees[index].responseStatus = .needsAction
      }
    }
    switch change.conference {
    case nil: break
    case .remove: event.conference = nil
    case .set(let creation): event.conference = try Self.conference(creation)
    }
    event.changedAt = change.changedAt
    let milliseconds = Int((change.changedAt.timeIntervalSince1970 * 1000).rounded())
    event.etag = "\"\(event.sequence)-\(milliseconds)\""
    return event
  }

  package func deleteEvent(
    _ reference: ProviderEventReference,
    notifyAttendees: Bool,
    session: AccountSession
  ) async throws(ProviderError) {}

  private static func conference(_ creation: ConferenceCreation) throws(ProviderError) -> ProviderConference {
    switch creation {
    case .ready(let conference): .success(conference)
    case .withEvent: throw .rejected(reason: Messages.noConferences)
    }
  }
}

extension EventContent {
  fileprivate mutating func take(_ fields: Set<EventField>, from new: EventContent) {
    if fields.contains(.title) { title = new.title }
    if fields.contains(.details) { details = new.details }
    if fields.contains(.location) { location = new.location }
    if fields.contains(.timing) { timing = new.timing }
    if fields.contains(.recurrence) { recurrence = new.recurrence }
    if fields.contains(.attendees) { attendees = new.attendees }
  }
}
