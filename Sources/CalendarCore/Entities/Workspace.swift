package import Foundation
package import ICalendar

/// A tenant.
///
/// Every other row belongs to exactly one, and no query crosses it.
package struct Workspace: Sendable, Hashable {
  package typealias ID = Identifier<Workspace>
  package var id: ID
  package var displayName: String
  package var createdAt: Date
  /// The conference that new meetings propose to members without a choice of their own.
  package var defaultConferenceProviderID: ConferenceProviderID?

  package init(
    id: ID,
    displayName: String,
    createdAt: Date,
    defaultConferenceProviderID: ConferenceProviderID? = nil
  ) {
    self.id = id
    self.displayName = displayName
    self.createdAt = createdAt
    self.defaultConferenceProviderID = defaultConferenceProviderID
  }
}

/// A person who signs in.
package struct WorkspaceMember: Sendable, Hashable {
  package typealias ID = Identifier<WorkspaceMember>
  package var id: ID
  package var workspaceID: Workspace.ID
  package var email: EmailAddress
  package var displayName: String
  /// The zone meetings default to; nil until the member chose one.
  package var timeZone: Zone?
  package var defaultConferenceProviderID: ConferenceProviderID?

  package init(
    id: ID,
    workspaceID: Workspace.ID,
    email: EmailAddress,
    displayName: String,
    timeZone: Zone?,
    defaultConferenceProviderID: ConferenceProviderID? = nil
  ) {
    self.id = id
    self.workspaceID = workspaceID
    self.email = email
    self.displayName = displayName
    self.timeZone = timeZone
    self.defaultConferenceProviderID = defaultConferenceProviderID
  }
}

/// A signed-in browser.
///
/// Only the hash of its token is kept.
package struct Session: Sendable, Hashable {
  package var tokenHash: String
  package var memberID: WorkspaceMember.ID
  package var workspaceID: Workspace.ID
  package var expiresAt: Date

  package init(tokenHash: String, memberID: WorkspaceMember.ID, workspaceID: Workspace.ID, expiresAt: Date) {
    self.tokenHash = tokenHash
    self.memberID = memberID
    self.workspaceID = workspaceID
    self.expiresAt = expiresAt
  }
}

/// A token for scripts.
///
/// Only its hash is kept. It does not expire, and there is no way to revoke one yet.
package struct APIToken: Sendable, Hashable {
  package typealias ID = Identifier<APIToken>
  package var id: ID
  package var tokenHash: String
  package var memberID: WorkspaceMember.ID
  package var workspaceID: Workspace.ID
  package var createdAt: Date

  package init(
    id: ID,
    tokenHash: String,
    memberID: WorkspaceMember.ID,
    workspaceID: Workspace.ID,
    createdAt: Date
  ) {
    self.id = id
    self.tokenHash = tokenHash
    self.memberID = memberID
    self.workspaceID = workspaceID
    self.createdAt = createdAt
  }
}
