package import Foundation

/// A member's account at a calendar provider.
///
/// Its secrets are kept apart, see `Credentials`.
package struct ConnectedAccount: Sendable, Hashable {
  package typealias ID = Identifier<ConnectedAccount>
  package var id: ID
  package var ownerID: WorkspaceMember.ID
  package var provider: AccountProviderID
  /// The address the account is known by; the organizer's address of meetings made with it.
  package var handle: EmailAddress
  package var displayName: String
  /// The scopes that the provider granted, which may be fewer than the requested ones.
  package var grantedScopes: [String]
  /// Facts that a driver needs again and that are no secret, such as the server's address.
  package var parameters: [String: String]
  /// Whether the provider itself mails guests; found out when the account is connected.
  package var sendsInvitations: Bool
  /// Since when the provider refuses the account's credentials; the owner must connect it again.
  package var authFailedAt: Date?
  /// The time at which the owner disconnected the account: its events stay, and its secrets are gone.
  package var disconnectedAt: Date?

  package init(
    id: ID,
    ownerID: WorkspaceMember.ID,
    provider: AccountProviderID,
    handle: EmailAddress,
    displayName: String,
    grantedScopes: [String] = [],
    parameters: [String: String] = [:],
    sendsInvitations: Bool,
    authFailedAt: Date? = nil,
    disconnectedAt: Date? = nil
  ) {
    self.id = id
    self.ownerID = ownerID
    self.provider = provider
    self.handle = handle
    self.displayName = displayName
    self.grantedScopes = grantedScopes
    self.parameters = parameters
    self.sendsInvitations = sendsInvitations
    self.authFailedAt = authFailedAt
    self.disconnectedAt = disconnectedAt
  }
}

/// The secrets a driver needs to act for one account: tokens, a password.
///
/// Never printed; sealed where it is stored.
package struct Credentials: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
  package var values: [String: String]

  package init(_ values: [String: String] = [:]) { self.values = values }

  package subscript(key: String) -> String? {
    get { values[key] }
    set { values[key] = newValue }
  }

  package var description: String { "Credentials(•••)" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// One calendar of an account, and how it is shared and kept in step.
package struct CalendarChannel: Sendable, Hashable {
  package typealias ID = Identifier<CalendarChannel>
  package var id: ID
  package var accountID: ConnectedAccount.ID
  /// The calendar's name.
  package var handle: String
  /// The provider's id of the calendar: an id, or an href.
  package var externalID: String
  package var isPrimary: Bool
  package var isWritable: Bool
  /// The kinds of conference that events of this calendar can carry, in the provider's words.
  package var conferenceSolutions: [String]
  package var isSyncEnabled: Bool
  package var visibility: CalendarChannelVisibility
  package var contactAutoCreationPolicy: ContactAutoCreationPolicy
  package var conflictResolution: ConflictResolutionStrategy
  package var syncStatus: CalendarChannelSyncStatus
  package var syncStage: CalendarChannelSyncStage
  package var syncedAt: Date?
  /// The reason, as a sentence for people, for which the calendar cannot be used; nil when it can.
  package var lastError: String?

  package init(
    id: ID,
    accountID: ConnectedAccount.ID,
    handle: String,
    externalID: String,
    isPrimary: Bool,
    isWritable: Bool = true,
    conferenceSolutions: [String] = [],
    visibility: CalendarChannelVisibility = .shareEverything
  ) {
    self.id = id
    self.accountID = accountID
    self.handle = handle
    self.externalID = externalID
    self.isPrimary = isPrimary
    self.isWritable = isWritable
    self.conferenceSolutions = conferenceSolutions
    self.visibility = visibility
    isSyncEnabled = true
    contactAutoCreationPolicy = .asParticipantAndOrganizer
    conflictResolution = .merge
    syncStatus = .notSynced
    syncStage = .pendingConfiguration
  }
}

/// The part of its events that members other than the channel's owner see.
package enum CalendarChannelVisibility: String, Sendable, CaseIterable {
  case metadata = "METADATA"
  case shareEverything = "SHARE_EVERYTHING"
}

/// The participants who become people when events are imported.
package enum ContactAutoCreationPolicy: String, Sendable, CaseIterable {
  case asParticipantAndOrganizer = "AS_PARTICIPANT_AND_ORGANIZER"
  case asParticipant = "AS_PARTICIPANT"
  case asOrganizer = "AS_ORGANIZER"
  case none = "NONE"
}

/// The side that wins where both changed the same field.
package enum ConflictResolutionStrategy: String, Sendable, CaseIterable {
  case merge = "MERGE"
  case crmWins = "CRM_WINS"
  case providerWins = "PROVIDER_WINS"
  case lastWriteWins = "LAST_WRITE_WINS"
  case manual = "MANUAL"
}

/// How the last import went.
package enum CalendarChannelSyncStatus: String, Sendable, CaseIterable {
  case notSynced = "NOT_SYNCED"
  case ongoing = "ONGOING"
  case active = "ACTIVE"
  case failedInsufficientPermissions = "FAILED_INSUFFICIENT_PERMISSIONS"
  case failedUnknown = "FAILED_UNKNOWN"
}

/// Where the import stands.
package enum CalendarChannelSyncStage: String, Sendable, CaseIterable {
  case pendingConfiguration = "PENDING_CONFIGURATION"
  case eventListFetchPending = "CALENDAR_EVENT_LIST_FETCH_PENDING"
  case eventListFetchScheduled = "CALENDAR_EVENT_LIST_FETCH_SCHEDULED"
  case eventListFetchOngoing = "CALENDAR_EVENT_LIST_FETCH_ONGOING"
  case eventsImportPending = "CALENDAR_EVENTS_IMPORT_PENDING"
  case eventsImportScheduled = "CALENDAR_EVENTS_IMPORT_SCHEDULED"
  case eventsImportOngoing = "CALENDAR_EVENTS_IMPORT_ONGOING"
  case failed = "FAILED"
}
