package import Foundation
package import ICalendar

/// A calendar driver; the specification's `CalendarProviderInterface`.
///
/// Every call is for one account and gets that account's credentials only. Calls may be repeated with the same
/// event after a lost answer and must then find what they made, never make another.
package protocol CalendarProvider: AccountProvider {
  var providerID: AccountProviderID { get }
  /// The most attendees that one event may have here.
  var maximumAttendees: Int { get }
  /// How much of it may be asked; `none` unless the driver says otherwise.
  var requestLimits: RequestLimits { get }

  /// Makes the event, or finds the one that an earlier call with the same `ProviderEventDraft.eventID` made.
  func createEvent(
    _ draft: ProviderEventDraft,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent

  /// Whether events are kept there, apart from our own copy.
  ///
  /// Where they are not, `event` is not called, and changes are made to what was agreed last.
  var storesEvents: Bool { get }

  /// Whether events can be made and changed without their guests' hearing of it from the provider.
  var supportsSilentUpdates: Bool { get }

  /// Whether the exceptions of a series stay when its time, rule or end is written, as far as they are still occurrences.
  ///
  /// Where they do not, every such write is followed by writing them again.
  var keepsExceptions: Bool { get }

  /// Why events cannot repeat like this here, as a sentence for people; nil when they can.
  ///
  /// Asked before anything is saved. A driver never writes a rule that only resembles the one it was given.
  func recurrenceProblem(_ recurrence: [String], timing: EventTiming) -> String?

  /// Why an event's texts are too long here, as the driver writes them; nil when they are not.
  ///
  /// Asked before anything is saved. A driver counts all that it adds: markup, and a line with the conference's link, which
  /// may not be known yet.
  func textProblem(_ content: EventContent, conference: EventConference) -> TextProblem?

  /// Reads one event as it is now; `ProviderError.gone` or `.notFound` when it was deleted.
  ///
  /// For an occurrence that nobody has changed: as its series has it, with the occurrence's own time.
  func event(
    _ reference: ProviderEventReference,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent

  /// Changes the named fields of an event that was just read, and nothing else of it.
  ///
  /// Whatever others keep there, such as guests, reminders, colours, notes and unknown properties, stays. Throws
  /// `.conflict` when `current` is no longer the provider's version, `.gone` or `.notFound` when nothing is.
  func updateEvent(
    _ reference: ProviderEventReference,
    current: ProviderEvent,
    change: ProviderEventChange,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent

  /// Deletes an event, or one occurrence of a series.
  ///
  /// Throws `.gone` or `.notFound` when it was deleted before. `notifyAttendees` is as in `ProviderEventDraft`.
  func deleteEvent(
    _ reference: ProviderEventReference,
    notifyAttendees: Bool,
    session: AccountSession
  ) async throws(ProviderError)
}

extension CalendarProvider {
  package var accountProviderID: AccountProviderID { providerID }
  package var requestLimits: RequestLimits { .none }
  package var storesEvents: Bool { true }
  package var supportsSilentUpdates: Bool { true }
  package var keepsExceptions: Bool { true }
  package func recurrenceProblem(_ recurrence: [String], timing: EventTiming) -> String? { nil }
  package func textProblem(_ content: EventContent, conference: EventConference) -> TextProblem? { nil }
}

/// A text of an event that its provider cannot hold.
package struct TextProblem: Sendable, Hashable {
  package var field: EventField
  /// A sentence for people.
  package var reason: String

  package init(_ field: EventField, reason: String) {
    self.field = field
    self.reason = reason
  }
}

/// Names one event, or one occurrence of a series, at its provider.
package struct ProviderEventReference: Sendable, Hashable {
  package var calendarExternalID: String
  /// Ours, as in `ProviderEventDraft`: for an occurrence, that of its series.
  package var eventID: CalendarEvent.ID
  /// The event's, or the series'; nil when the answer that would have told it was lost: the driver finds it by
  /// `eventID`.
  package var externalID: String?
  /// Which occurrence of the series; nil for the event itself.
  package var originalStart: OriginalStart?
  /// The links of conferences that the event has here: the one that both sides agreed on first.
  ///
  /// Where an event has no property for a link, a driver knows by them that a text of it is one.
  package var conferenceLinks: [String]

  package init(
    calendarExternalID: String,
    eventID: CalendarEvent.ID,
    externalID: String?,
    originalStart: OriginalStart? = nil,
    conferenceLinks: [String] = []
  ) {
    self.calendarExternalID = calendarExternalID
    self.eventID = eventID
    self.externalID = externalID
    self.originalStart = originalStart
    self.conferenceLinks = conferenceLinks
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
    self.eventID = eventID
    self.calendarExternalID = calendarExternalID
    self.iCalUID = iCalUID
    self.sequence = sequence
    self.title = title
    self.details = details
    self.location = location
    self.timing = timing
    self.recurrence = recurrence
    self.organizer = organizer
    self.attendees = attendees
    self.notifyAttendees = notifyAttendees
    self.conference = conference
    self.createdAt = createdAt
  }
}

/// A change of an event at its provider.
package struct ProviderEventChange: Sendable, Hashable {
  /// Which fields of `content` count; `conference` has its own.
  package var fields: Set<EventField>
  /// The new values of the named fields; the others keep the provider's values.
  package var content: EventContent
  /// Nil leaves the conference as it is.
  package var conference: ConferenceChange?
  /// The organizer, in case the event had no guests before.
  package var organizer: CalendarEventParticipant
  /// Whether the provider, if it mails guests, should.
  package var notifyAttendees: Bool
  /// Stamps what is written (DTSTAMP, LAST-MODIFIED).
  package var changedAt: Date

  package init(
    fields: Set<EventField>,
    content: EventContent,
    conference: ConferenceChange? = nil,
    organizer: CalendarEventParticipant,
    notifyAttendees: Bool,
    changedAt: Date
  ) {
    self.fields = fields
    self.content = content
    self.conference = conference
    self.organizer = organizer
    self.notifyAttendees = notifyAttendees
    self.changedAt = changedAt
  }
}

/// The change of an event's conference.
package enum ConferenceChange: Sendable, Hashable {
  case remove
  /// In place of the one it has, if any.
  case set(ConferenceCreation)
}

/// An event as its provider has it.
package struct ProviderEvent: Sendable, Hashable {
  /// For an occurrence its own, where the provider has one.
  package var externalID: String
  package var iCalUID: String
  package var etag: String?
  package var sequence: Int
  /// Where a person opens it.
  package var url: String?
  /// Its content in this program's types: without what the driver itself adds, such as a line that shows a conference's
  /// link.
  package var content: EventContent
  /// Nil when the event carries none.
  package var conference: ProviderConference?
  /// Who called the meeting, with their own response; nil where the provider names nobody, or not by an email address.
  package var organizer: CalendarEventParticipant?
  /// Whether the account's owner is the organizer, and may change it.
  package var isOrganizer: Bool
  /// The response of the account's owner; nil where the owner is the organizer or is not invited.
  package var response: CalendarEventResponseStatus?
  /// The purpose of the entry; only meetings belong in lists and timelines.
  package var kind: EventKind
  /// Whether only the account's owner may see more of it than that it takes time.
  package var isPrivate: Bool
  package var availability: EventAvailability
  /// Whether it is canceled, but still in the calendar.
  package var isCanceled: Bool
  /// When it was last changed there, where the provider tells.
  package var changedAt: Date?
  /// The provider's own representation, which the driver gets back when the event is changed.
  package var source: [UInt8]

  package init(
    externalID: String,
    iCalUID: String,
    etag: String?,
    sequence: Int = 0,
    url: String? = nil,
    content: EventContent,
    conference: ProviderConference? = nil,
    organizer: CalendarEventParticipant? = nil,
    isOrganizer: Bool = true,
    response: CalendarEventResponseStatus? = nil,
    kind: EventKind = .meeting,
    isPrivate: Bool = false,
    availability: EventAvailability = .busy,
    isCanceled: Bool = false,
    changedAt: Date? = nil,
    source: [UInt8] = []
  ) {
    self.externalID = externalID
    self.iCalUID = iCalUID
    self.etag = etag
    self.sequence = sequence
    self.url = url
    self.content = content
    self.conference = conference
    self.organizer = organizer
    self.isOrganizer = isOrganizer
    self.response = response
    self.kind = kind
    self.isPrivate = isPrivate
    self.availability = availability
    self.isCanceled = isCanceled
    self.changedAt = changedAt
    self.source = source
  }
}

extension ProviderEvent: CustomStringConvertible, CustomReflectable {
  /// Without what people wrote: errors and logs print whole values.
  package var description: String { "ProviderEvent(\(externalID))" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// How far the conference that was asked for through an event got.
package enum ProviderConference: Sendable, Hashable {
  case pending
  case success(Conference)
  case failure
}
