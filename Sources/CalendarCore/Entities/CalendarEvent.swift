package import Foundation
package import ICalendar

/// A meeting: what was agreed, where it stands with its provider, and which records it belongs to.
package struct CalendarEvent: Sendable, Hashable {
  package typealias ID = Identifier<CalendarEvent>

  package var id: ID
  package var title: String
  package var details: String?
  package var location: String?
  package var timing: EventTiming
  package var recurrence: [String]
  package var isCanceled: Bool
  /// One for life (RFC 5545 §3.8.4.7).
  ///
  /// Ours until the provider names another, then the provider's.
  package var iCalUID: String
  /// RFC 5545 §3.8.7.4: raised on a reschedule.
  package var sequence: Int
  package var participants: [CalendarEventParticipant]
  package var links: EventLinks
  package var conference: EventConference

  package var createdFromCRM: Bool
  package var crmCreatorID: WorkspaceMember.ID?
  package var accountID: ConnectedAccount.ID?
  package var channelID: CalendarChannel.ID?
  package var sendInvitations: Bool

  /// The recurring event of which this is one occurrence that differs from it; nil for all other events.
  package var seriesID: ID?
  /// Which occurrence; nil where `seriesID` is.
  package var originalStart: OriginalStart?

  package var push: PushState
  /// The version that the provider and this side last agreed on; nil until the event was delivered.
  package var agreed: EventVersion?
  /// Where `push.status` is `conflict`: what a person must choose from.
  package var conflict: EventConflict?
  /// A deletion that can still be taken back.
  package var pendingDeletion: PendingDeletion?
  /// Since when the event is deleted: kept so that it never comes back, and shown to nobody.
  package var deletedAt: Date?
  /// Counts every change of the content; the caller's `expectedVersion` is compared with it.
  package var version: Int
  /// When a member last changed the content.
  package var editedAt: Date
  package var createdAt: Date
  package var updatedAt: Date

  package init(
    id: ID,
    title: String,
    details: String? = nil,
    location: String? = nil,
    timing: EventTiming,
    recurrence: [String] = [],
    isCanceled: Bool = false,
    iCalUID: String,
    sequence: Int = 0,
    participants: [CalendarEventParticipant] = [],
    links: EventLinks = .init(),
    conference: EventConference = .init(),
    createdFromCRM: Bool,
    crmCreatorID: WorkspaceMember.ID? = nil,
    accountID: ConnectedAccount.ID?,
    channelID: CalendarChannel.ID?,
    sendInvitations: Bool = true,
    seriesID: ID? = nil,
    originalStart: OriginalStart? = nil,
    push: PushState = .init(),
    agreed: EventVersion? = nil,
    conflict: EventConflict? = nil,
    pendingDeletion: PendingDeletion? = nil,
    deletedAt: Date? = nil,
    version: Int = 1,
    editedAt: Date? = nil,
    createdAt: Date,
    updatedAt: Date
  ) {
    self.id = id
    self.title = title
    self.details = details
    self.location = location
    self.timing = timing
    self.recurrence = recurrence
    self.isCanceled = isCanceled
    self.iCalUID = iCalUID
    self.sequence = sequence
    self.participants = participants
    self.links = links
    self.conference = conference
    self.createdFromCRM = createdFromCRM
    self.crmCreatorID = crmCreatorID
    self.accountID = accountID
    self.channelID = channelID
    self.sendInvitations = sendInvitations
    self.seriesID = seriesID
    self.originalStart = originalStart
    self.push = push
    self.agreed = agreed
    self.conflict = conflict
    self.pendingDeletion = pendingDeletion
    self.deletedAt = deletedAt
    self.version = version
    self.editedAt = editedAt ?? createdAt
    self.createdAt = createdAt
    self.updatedAt = updatedAt
  }

  /// How callers name it: an occurrence by its series, so that its name stays when it is changed.
  package var reference: EventReference {
    if let seriesID, let originalStart { EventReference(seriesID, originalStart) } else { EventReference(id) }
  }

  /// Whether it is hidden from everyone.
  package var isHidden: Bool { deletedAt != nil || pendingDeletion?.scope == .all }

  package var isRecurring: Bool { !recurrence.isEmpty }

  package var organizer: CalendarEventParticipant? { participants.first(where: \.isOrganizer) }
}

/// A person who takes part in an event.
///
/// Which person or member an address belongs to is looked up, not stored.
package struct CalendarEventParticipant: Sendable, Hashable {
  package var handle: EmailAddress
  package var displayName: String?
  package var isOrganizer: Bool
  package var responseStatus: CalendarEventResponseStatus

  package init(
    handle: EmailAddress,
    displayName: String? = nil,
    isOrganizer: Bool = false,
    responseStatus: CalendarEventResponseStatus = .needsAction
  ) {
    self.handle = handle
    self.displayName = displayName
    self.isOrganizer = isOrganizer
    self.responseStatus = responseStatus
  }
}

/// A participant's response.
package enum CalendarEventResponseStatus: String, Sendable, CaseIterable {
  case needsAction = "NEEDS_ACTION"
  case accepted = "ACCEPTED"
  case declined = "DECLINED"
  case tentative = "TENTATIVE"
}

/// The records that an event was linked to by hand.
package struct EventLinks: Sendable, Hashable {
  package var personIDs: [Person.ID]
  package var companyID: Company.ID?
  package var opportunityID: Opportunity.ID?

  package init(
    personIDs: [Person.ID] = [],
    companyID: Company.ID? = nil,
    opportunityID: Opportunity.ID? = nil
  ) {
    self.personIDs = personIDs
    self.companyID = companyID
    self.opportunityID = opportunityID
  }
}

/// The video conference of an event: the choice, and how far it got.
package struct EventConference: Sendable, Hashable {
  package var providerID: ConferenceProviderID
  package var status: ConferenceStatus
  package var link: String?
  /// The id under which the conference was asked for; the same one never makes a second conference.
  ///
  /// Another choice, or another link, has another one.
  package var requestID: String?
  /// The conference provider's own id, where it told one.
  package var conferenceID: String?

  package init(
    providerID: ConferenceProviderID = .none,
    status: ConferenceStatus = .none,
    link: String? = nil,
    requestID: String? = nil,
    conferenceID: String? = nil
  ) {
    self.providerID = providerID
    self.status = status
    self.link = link
    self.requestID = requestID
    self.conferenceID = conferenceID
  }

  /// Whether both are the same choice, however far the making of each got.
  package func isSameChoice(as other: EventConference) -> Bool {
    providerID == other.providerID && requestID == other.requestID
  }
}

/// How far the making of a conference got.
package enum ConferenceStatus: String, Sendable, CaseIterable {
  case none = "NONE"
  case pending = "PENDING"
  case success = "SUCCESS"
  case failure = "FAILURE"
}

/// Where an event stands with its provider.
package struct PushState: Sendable, Hashable {
  package var status: PushStatus
  /// A sentence for people: why it is not there yet.
  package var error: String?
  package var externalID: String?
  package var etag: String?
  /// Where a person opens the event at the provider.
  package var providerURL: String?

  package init(
    status: PushStatus = .pending,
    error: String? = nil,
    externalID: String? = nil,
    etag: String? = nil,
    providerURL: String? = nil
  ) {
    self.status = status
    self.error = error
    self.externalID = externalID
    self.etag = etag
    self.providerURL = providerURL
  }
}

/// Whether the provider has what we have.
package enum PushStatus: String, Sendable, CaseIterable {
  case pending = "PENDING"
  case synced = "SYNCED"
  case failed = "FAILED"
  case conflict = "CONFLICT"
}
