/// Reads connected accounts and their calendars.
package protocol AccountReader {
  func account(_ id: ConnectedAccount.ID) throws -> ConnectedAccount?
  func accounts(ownerID: WorkspaceMember.ID) throws -> [ConnectedAccount]
  /// Those that exist of the ids asked for, in any order.
  func accounts(ids: [ConnectedAccount.ID]) throws -> [ConnectedAccount]
  /// The member's account at this provider under this handle, if there is one.
  func account(
    ownerID: WorkspaceMember.ID,
    provider: CalendarProviderID,
    handle: EmailAddress
  ) throws -> ConnectedAccount?
  func channel(_ id: CalendarChannel.ID) throws -> CalendarChannel?
  /// Primary first, then by name.
  func channels(accountIDs: [ConnectedAccount.ID]) throws -> [CalendarChannel]
  /// The account's secrets, sealed; nil when there are none.
  func sealedCredentials(_ id: ConnectedAccount.ID) throws -> String?
}

/// Writes connected accounts and their calendars.
package protocol AccountWriter {
  func insert(_ account: ConnectedAccount, sealedCredentials: String?) throws
  func update(_ account: ConnectedAccount) throws
  func setSealedCredentials(_ id: ConnectedAccount.ID, _ sealed: String) throws
  func insert(_ channel: CalendarChannel) throws
  func update(_ channel: CalendarChannel) throws
}
