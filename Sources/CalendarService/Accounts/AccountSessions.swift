package import CalendarCore

/// Makes the sessions that drivers get: each reaches the credentials of one account, and no other.
package struct AccountSessions: Sendable {
  let database: any Database
  let sealer: CredentialSealer

  package init(database: any Database, sealer: CredentialSealer) {
    (self.database, self.sealer) = (database, sealer)
  }

  package func session(for account: ConnectedAccount, in workspace: Workspace.ID) -> AccountSession {
    AccountSession(
      account: account,
      load: { [database, sealer] in
        let sealed = try await database.read(workspace) { try $0.sealedCredentials(account.id) }
        return try sealed.map { try sealer.open($0, for: account.id) } ?? Credentials()
      },
      save: { [database, sealer] credentials in
        let sealed = try sealer.seal(credentials, for: account.id)
        try await database.write(workspace) { try $0.setSealedCredentials(account.id, sealed) }
      }
    )
  }
}
