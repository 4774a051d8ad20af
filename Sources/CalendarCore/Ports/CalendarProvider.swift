package import Foundation
package import ICalendar

/// What a calendar driver can do; the specification's `CalendarProviderInterface`.
///
/// Every call is for one account and gets that account's credentials only. Calls may be repeated with the same
/// event after a lost answer and must then find what they made, never make another.
package protocol CalendarProvider: Sendable {
  var providerID: CalendarProviderID { get }
  /// What people call it.
  var displayName: String { get }
  /// The most attendees that one event may have here.
  var maximumAttendees: Int { get }
  /// How much of it may be asked; `none` unless the driver says otherwise.
  var requestLimits: RequestLimits { get }

  func canHandle(_ account: ConnectedAccount) -> Bool

  /// Whether what was granted allows writing events.
  func canWrite(_ account: ConnectedAccount) -> Bool

  /// Makes the event, or finds the one that an earlier call with the same `ProviderEventDraft.eventID` made.
  func createEvent(
    _ draft: ProviderEventDraft,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent

  /// Reads one event as it is now; `ProviderError.gone` or `.notFound` when it was deleted.
  func event(
    _ reference: ProviderEventReference,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent
}

extension CalendarProvider {
  package var requestLimits: RequestLimits { .none }
  package func canHandle(_ account: ConnectedAccount) -> Bool { account.provider == providerID }
}

/// Names one event at its provider.
package struct ProviderEventReference: Sendable, Hashable {
  package var calendarExternalID: String
  package var externalID: String

  package init(calendarExternalID: String, externalID: String) {
    (self.calendarExternalID, self.externalID) = (calendarExternalID, externalID)
  }
}

/// An event as a driver is asked to make it.
package struct ProviderEventDraft: Sendable, Hashable {
  /// Ours, made before the first attempt; the provider's id is derived from it.
  package var eventID: CalendarEvent.ID
  package var calendarExternalID: String
  package var iCalUID: String
  package var sequence: Int
  package var title: String
  package var details: String?
  package var location: String?
  package var timing: EventTiming
  package var recurrence: [String]
  package var organizer: CalendarEventParticipant
  /// Without the organizer.
  package var attendees: [CalendarEventParticipant]
  /// Whether the provider, if it mails guests, should.
  package var notifyAttendees: Bool
  package var conference: ConferenceCreation?
  /// When the event was made here; stamps what is written (DTSTAMP, CREATED).
  package var createdAt: Date

  package init(
    eventID: CalendarEvent.ID,
    calendarExternalID: String,
    iCalUID: String,
    sequence: Int = 0,
    title: String,
    details: String? = nil,
    location: String? = nil,
    timing: EventTiming,
    recurrence: [String] = [],
    organizer: CalendarEventParticipant,
    attendees: [CalendarEventParticipant] = [],
    notifyAttendees: Bool = true,
    conference: ConferenceCreation? = nil,
    createdAt: Date
  ) {
    (self.eventID, self.calendarExternalID) = (eventID, calendarExternalID)
    (self.iCalUID, self.sequence, self.title) = (iCalUID, sequence, title)
    (self.details, self.location, self.timing) = (details, location, timing)
    (self.recurrence, self.organizer, self.attendees) = (recurrence, organizer, attendees)
    (self.notifyAttendees, self.conference, self.createdAt) = (notifyAttendees, conference, createdAt)
  }
}

/// An event as its provider has it.
package struct ProviderEvent: Sendable, Hashable {
  package var externalID: String
  package var iCalUID: String
  package var etag: String?
  package var sequence: Int
  /// Where a person opens it.
  package var url: String?
  /// Nil when the event carries none.
  package var conference: ProviderConference?

  package init(
    externalID: String,
    iCalUID: String,
    etag: String?,
    sequence: Int = 0,
    url: String? = nil,
    conference: ProviderConference? = nil
  ) {
    (self.externalID, self.iCalUID, self.etag) = (externalID, iCalUID, etag)
    (self.sequence, self.url, self.conference) = (sequence, url, conference)
  }
}

/// How far the conference that was asked for through an event got.
package enum ProviderConference: Sendable, Hashable {
  case pending
  case success(Conference)
  case failure
}
