/// Reads the workspace itself, its members and what is switched on for them.
package protocol MemberReading {
  func workspace() throws -> Workspace?
  func find(_ id: WorkspaceMember.ID) throws -> WorkspaceMember?
  /// All members, by name.
  /// The members who have one of these addresses, in any order.
  func list(emails: [EmailAddress]) throws -> [WorkspaceMember]
  func flags() throws -> FeatureFlags
}

/// Writes the workspace itself, its members, their tokens and what is switched on for them.
package protocol MemberWriting: MemberReading {
  /// `passwordHash` as `PasswordHash` writes it; nil for a member who cannot sign in with a password.
  func insert(_ member: WorkspaceMember, passwordHash: String?) throws
  func update(_ member: WorkspaceMember) throws
  func update(_ workspace: Workspace) throws
  func insert(_ token: APIToken) throws
  func setFlag(_ key: FeatureFlagKey, enabled: Bool) throws
}
