package import CalendarCore
import Foundation

/// Makes the sessions that drivers get: each reaches the credentials of one account, and no other.
package struct AccountSessions: Sendable {
  let database: any Database
  let sealer: CredentialSealer
  let clock: WallClock
  /// Longer than a renewal may take, see `OAuthClient`.
  private static let claim: TimeInterval = 30

  package init(database: any Database, sealer: CredentialSealer, clock: WallClock) {
    self.database = database
    self.sealer = sealer
    self.clock = clock
  }

  package func session(for account: ConnectedAccount, in workspace: Workspace.ID) -> AccountSession {
    AccountSession(
      account: account,
      load: { [database, sealer] in
        let sealed = try await database.read(workspace) { try $0.accounts.sealedCredentials(account.id) }
        return try sealed.map { try sealer.open($0, for: account.id) } ?? Credentials()
      },
      save: { [database, sealer] credentials in
        let sealed = try sealer.seal(credentials, for: account.id)
        try await database.write(workspace) { transaction in
          // An account that has been disconnected since then gets no secrets.
          guard try transaction.accounts.find(account.id)?.disconnectedAt == nil else { return }
          try transaction.accounts.setSealedCredentials(account.id, sealed)
        }
      },
      claim: { [database, clock] in
        let now = clock.now
        return try await database.write(workspace) {
          try $0.accounts.claimRenewal(account.id, now: now, until: now.addingTimeInterval(Self.claim))
        }
      },
      release: { [database] in try await database.write(workspace) { try $0.accounts.endRenewal(account.id) }
      }
    )
  }
}
