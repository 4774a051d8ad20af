package import Foundation

/// Reads connected accounts and their calendars.
package protocol AccountReading {
  func find(_ id: ConnectedAccount.ID) throws -> ConnectedAccount?
  /// The accounts of a member, without those that were disconnected.
  func list(ownerID: WorkspaceMember.ID) throws -> [ConnectedAccount]
  /// Those that exist of the ids asked for, in any order.
  func find(ids: [ConnectedAccount.ID]) throws -> [ConnectedAccount]
  /// The member's account at this provider under this handle, if there is one; also one that was disconnected.
  func find(
    ownerID: WorkspaceMember.ID,
    provider: AccountProviderID,
    handle: EmailAddress
  ) throws -> ConnectedAccount?
  func channel(_ id: CalendarChannel.ID) throws -> CalendarChannel?
  /// Primary first, then by name.
  func channels(accountIDs: [ConnectedAccount.ID]) throws -> [CalendarChannel]
  /// How far the account's mailbox was read; nil before the first look.
  func inboxReading(_ id: ConnectedAccount.ID) throws -> InboxCursor?
  /// The account's secrets, sealed; nil when there are none.
  func sealedCredentials(_ id: ConnectedAccount.ID) throws -> String?
  /// The accounts with secrets behind `id`, by id, the first `limit`.
  func sealedCredentials(
    after id: ConnectedAccount.ID?,
    limit: Int
  ) throws -> [(id: ConnectedAccount.ID, sealed: String)]
}

/// Writes connected accounts and their calendars.
package protocol AccountWriting: AccountReading {
  func insert(_ account: ConnectedAccount, sealedCredentials: String?) throws
  func update(_ account: ConnectedAccount) throws
  /// Stores secrets, and ends any claim on renewing them.
  func setSealedCredentials(_ id: ConnectedAccount.ID, _ sealed: String) throws
  /// Stores the same secrets under another key; a claim on renewing them stays.
  func reseal(_ id: ConnectedAccount.ID, _ sealed: String) throws
  func removeCredentials(_ id: ConnectedAccount.ID) throws
  /// Claims the renewal of an account's secrets until `expiry`; false when another process holds the claim at `now`.
  func claimRenewal(_ id: ConnectedAccount.ID, now: Date, until expiry: Date) throws -> Bool
  func endRenewal(_ id: ConnectedAccount.ID) throws
  /// Nil forgets it.
  func keep(_ reading: InboxCursor?, of id: ConnectedAccount.ID) throws
  func insert(_ channel: CalendarChannel) throws
  func update(_ channel: CalendarChannel) throws
}
