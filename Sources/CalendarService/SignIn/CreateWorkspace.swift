package import CalendarCore
package import ICalendar

/// Makes a workspace, and members in it.
///
/// Everyone gets the built-in calendar with their first account.
package struct CreateWorkspace: Sendable {
  let database: any Database
  let calendars: CalendarProviderRegistry
  let ids: IdentifierSource
  let clock: WallClock

  /// The workspace of this name, created if there is none.
  package func findOrCreate(displayName: String) async throws -> Workspace {
    let existing = try await database.systemRead { try $0.workspaces() }
      .first { $0.displayName == displayName }
    if let existing { return existing }
    return try await self(displayName: displayName)
  }

  package func callAsFunction(displayName: String) async throws -> Workspace {
    let workspace = Workspace(id: ids.make(), displayName: displayName, createdAt: clock.now)
    try await database.system { try $0.insert(workspace) }
    try await database.write(workspace.id) { transaction in
      for key in FeatureFlagKey.allCases { try transaction.members.setFlag(key, enabled: true) }
    }
    return workspace
  }

  /// The member who signs in with this address; nil if nobody does.
  package func member(email: EmailAddress) async throws -> WorkspaceMember? {
    try await database.systemRead { try $0.member(email: email)?.member }
  }

  /// Adds a member who can sign in, with an account at every provider that is built in.
  package func addMember(
    email: EmailAddress,
    displayName: String,
    password: String,
    timeZone: Zone?,
    to workspace: Workspace.ID
  ) async throws -> WorkspaceMember {
    let hash = try PasswordHash.make(password)
    let member = WorkspaceMember(
      id: ids.make(),
      workspaceID: workspace,
      email: email,
      displayName: displayName,
      timeZone: timeZone
    )
    let builtIn = calendars.providers.filter { $0.connection == .builtIn }
    let ids = ids
    try await database.write(workspace) { transaction in
      try transaction.members.insert(member, passwordHash: hash)
      for provider in builtIn {
        let account = ConnectedAccount(
          id: ids.make(),
          ownerID: member.id,
          provider: provider.providerID,
          handle: email,
          displayName: provider.displayName,
          sendsInvitations: false
        )
        try transaction.accounts.insert(account, sealedCredentials: nil)
        try transaction.accounts.insert(
          CalendarChannel(
            id: ids.make(),
            accountID: account.id,
            handle: provider.displayName,
            externalID: account.id.description,
            isPrimary: true
          )
        )
      }
    }
    return member
  }
}
