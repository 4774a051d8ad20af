import CalendarCore
import ICalendar

/// A workspace itself, its members, their tokens and what is switched on for them.
struct MemberTable: MemberWriting, WorkspaceTable {
  let connection: any SQLConnection
  let workspaceID: Workspace.ID
}

extension MemberTable {
  func workspace() throws -> Workspace? {
    try connection.rows("SELECT * FROM workspace WHERE id = \(tenant)").first.map(Workspace.init)
  }

  func find(_ id: WorkspaceMember.ID) throws -> WorkspaceMember? {
    try connection.rows("SELECT * FROM workspace_member WHERE workspace_id = \(tenant) AND id = \(id)")
      .first.map(WorkspaceMember.init)
  }

  func list(emails: [EmailAddress]) throws -> [WorkspaceMember] {
    try connection.rows(inSlicesOf: Array(Set(emails.map { SearchText($0).value }))) {
      "SELECT * FROM workspace_member WHERE workspace_id = \(tenant) AND address IN (\(list: $0))"
    }.map(WorkspaceMember.init)
  }

  func insert(_ member: WorkspaceMember, passwordHash: String?) throws {
    guard member.workspaceID == workspaceID else { throw StoreError.wrongWorkspace }
    let inserted = try connection.insert(
      into: "workspace_member",
      [
        "workspace_id": tenant,
        "id": .id(member.id),
        "email": .string(member.email.rawValue),
        "address": SearchText(member.email).value,
        "display_name": .string(member.displayName),
        "time_zone": .string(member.timeZone?.identifier),
        "default_conference_provider": .name(member.defaultConferenceProviderID),
        "password_hash": .string(passwordHash),
      ],
      unlessTaken: "address"
    )
    guard inserted == 1 else { throw StoreError.duplicateEmail }
  }

  func insert(_ token: APIToken) throws {
    guard token.workspaceID == workspaceID else { throw StoreError.wrongWorkspace }
    try connection.insert(
      into: "api_token",
      [
        "workspace_id": tenant,
        "id": .id(token.id),
        "token_hash": .string(token.tokenHash),
        "member_id": .id(token.memberID),
        "created_at": .instant(token.createdAt),
      ]
    )
  }
}

extension MemberTable {
  func flags() throws -> FeatureFlags {
    let rows = try connection.rows(
      "SELECT flag_key FROM feature_flag WHERE workspace_id = \(tenant) AND is_enabled = 1"
    )
    // A key that this program does not know is one that was retired: nothing asks for it.
    return FeatureFlags(Set(try rows.compactMap { FeatureFlagKey(rawValue: try $0.text("flag_key")) }))
  }

  func update(_ workspace: Workspace) throws {
    try connection.execute(
      """
      UPDATE workspace SET display_name = \(.string(workspace.displayName)),
        default_conference_provider = \(.name(workspace.defaultConferenceProviderID))
      WHERE id = \(tenant)
      """
    )
  }

  func update(_ member: WorkspaceMember) throws {
    try connection.update(
      "workspace_member",
      workspace: tenant,
      id: .id(member.id),
      [
        "email": .string(member.email.rawValue),
        "address": SearchText(member.email).value,
        "display_name": .string(member.displayName),
        "time_zone": .string(member.timeZone?.identifier),
        "default_conference_provider": .name(member.defaultConferenceProviderID),
      ]
    )
  }

  func setFlag(_ key: FeatureFlagKey, enabled: Bool) throws {
    try connection.execute(
      """
      INSERT INTO feature_flag (workspace_id, flag_key, is_enabled)
      VALUES (\(tenant), \(.name(key)), \(.bool(enabled)))
      ON CONFLICT (workspace_id, flag_key) DO UPDATE SET is_enabled = excluded.is_enabled
      """
    )
  }
}
