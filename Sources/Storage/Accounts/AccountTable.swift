import CalendarCore
import Foundation

/// The connected accounts of one workspace, with their secrets, their inboxes and their calendars.
struct AccountTable: AccountWriting, WorkspaceTable {
  let connection: any SQLConnection
  let workspaceID: Workspace.ID
}

extension AccountTable {
  func find(_ id: ConnectedAccount.ID) throws -> ConnectedAccount? {
    try connection.rows("SELECT * FROM connected_account WHERE workspace_id = \(tenant) AND id = \(id)")
      .first.map(ConnectedAccount.init)
  }

  func list(ownerID: WorkspaceMember.ID) throws -> [ConnectedAccount] {
    try connection.rows(
      """
      SELECT * FROM connected_account WHERE workspace_id = \(tenant) AND owner_id = \(ownerID)
        AND disconnected_at IS NULL
      ORDER BY address, provider, id
      """
    ).map(ConnectedAccount.init)
  }

  func find(ids: [ConnectedAccount.ID]) throws -> [ConnectedAccount] {
    try connection.rows(inSlicesOf: Set(ids).map(SQLValue.id)) {
      "SELECT * FROM connected_account WHERE workspace_id = \(tenant) AND id IN (\(list: $0))"
    }.map(ConnectedAccount.init)
  }

  func find(
    ownerID: WorkspaceMember.ID,
    provider: AccountProviderID,
    handle: EmailAddress
  ) throws -> ConnectedAccount? {
    try connection.rows(
      """
      SELECT * FROM connected_account WHERE workspace_id = \(tenant) AND owner_id = \(ownerID)
        AND provider = \(.name(provider)) AND address = \(SearchText(handle).value)
      """
    ).first.map(ConnectedAccount.init)
  }

  func insert(_ account: ConnectedAccount, sealedCredentials: String?) throws {
    try connection.insert(
      into: "connected_account",
      try ["workspace_id": tenant, "id": .id(account.id)] + Self.columns(of: account)
    )
    if let sealedCredentials { try setSealedCredentials(account.id, sealedCredentials) }
  }

  func update(_ account: ConnectedAccount) throws {
    try connection.update(
      "connected_account",
      workspace: tenant,
      id: .id(account.id),
      try Self.columns(of: account)
    )
  }

  func sealedCredentials(_ id: ConnectedAccount.ID) throws -> String? {
    try connection.rows(
      "SELECT sealed FROM account_credential WHERE workspace_id = \(tenant) AND account_id = \(id)"
    ).first?.text("sealed")
  }

  func setSealedCredentials(_ id: ConnectedAccount.ID, _ sealed: String) throws {
    try connection.execute(
      """
      INSERT INTO account_credential (workspace_id, account_id, sealed)
      VALUES (\(tenant), \(id), \(.string(sealed)))
      ON CONFLICT (workspace_id, account_id) DO UPDATE SET sealed = excluded.sealed, renewed_until = NULL
      """
    )
  }

  func sealedCredentials(
    after id: ConnectedAccount.ID?,
    limit: Int
  ) throws -> [(id: ConnectedAccount.ID, sealed: String)] {
    try connection.rows(
      """
      SELECT account_id, sealed FROM account_credential
      WHERE workspace_id = \(tenant) AND account_id > \(.string(id?.description ?? ""))
      ORDER BY account_id LIMIT \(.count(limit))
      """
    ).map { (id: try $0.id("account_id"), sealed: try $0.text("sealed")) }
  }

  func reseal(_ id: ConnectedAccount.ID, _ sealed: String) throws {
    try connection.execute(
      """
      UPDATE account_credential SET sealed = \(.string(sealed))
      WHERE workspace_id = \(tenant) AND account_id = \(id)
      """
    )
  }

  func removeCredentials(_ id: ConnectedAccount.ID) throws {
    try connection.execute(
      "DELETE FROM account_credential WHERE workspace_id = \(tenant) AND account_id = \(id)"
    )
  }

  func claimRenewal(_ id: ConnectedAccount.ID, now: Date, until expiry: Date) throws -> Bool {
    try connection.execute(
      """
      UPDATE account_credential SET renewed_until = \(.instant(expiry))
      WHERE workspace_id = \(tenant) AND account_id = \(id)
        AND (renewed_until IS NULL OR renewed_until <= \(.instant(now)))
      """
    ) == 1
  }

  func endRenewal(_ id: ConnectedAccount.ID) throws {
    try connection.execute(
      """
      UPDATE account_credential SET renewed_until = NULL
      WHERE workspace_id = \(tenant) AND account_id = \(id)
      """
    )
  }

  func inboxReading(_ id: ConnectedAccount.ID) throws -> InboxCursor? {
    try connection.rows(
      "SELECT * FROM account_inbox WHERE workspace_id = \(tenant) AND account_id = \(id)"
    ).first.map {
      InboxCursor(
        position: try $0.optionalText("position"),
        readAt: try $0.optionalInstant("read_at"),
        problem: try $0.optionalText("problem")
      )
    }
  }

  func keep(_ reading: InboxCursor?, of id: ConnectedAccount.ID) throws {
    try connection.execute(
      "DELETE FROM account_inbox WHERE workspace_id = \(tenant) AND account_id = \(id)"
    )
    guard let reading else { return }
    try connection.insert(
      into: "account_inbox",
      [
        "workspace_id": tenant,
        "account_id": .id(id),
        "position": .string(reading.position),
        "read_at": .instant(reading.readAt),
        "problem": .string(reading.problem),
      ]
    )
  }

  /// The values that inserting and updating both write.
  private static func columns(of account: ConnectedAccount) throws -> SQLColumns {
    [
      "owner_id": .id(account.ownerID),
      "provider": .name(account.provider),
      "handle": .string(account.handle.rawValue),
      "address": SearchText(account.handle).value,
      "display_name": .string(account.displayName),
      "granted_scopes": try .json(account.grantedScopes),
      "parameters": try .json(account.parameters),
      "sends_invitations": .bool(account.sendsInvitations),
      "auth_failed_at": .instant(account.authFailedAt),
      "disconnected_at": .instant(account.disconnectedAt),
    ]
  }
}
