package import CalendarCore
import Foundation
import JobQueue
import Logging

/// Takes one of the caller's accounts off: access is given back, the secrets are destroyed, the events stay to be seen.
///
/// Connected again, it is the same account, and its events are its own again.
package struct DisconnectAccount: Sendable {
  let database: any Database
  let providers: AccountProviderRegistry
  let sessions: AccountSessions
  let workers: WorkspaceJobWorkers
  let ids: IdentifierSource
  let clock: WallClock
  let logger: Logger

  /// How long the provider is waited for; without its answer the secrets are destroyed all the same.
  private static let patience = Duration.seconds(5)
  static let reason = Messages.Accounts.disconnectedBeforeDelivery

  package func callAsFunction(_ id: ConnectedAccount.ID, caller: Caller) async throws {
    let account = try await database.read(caller.workspaceID) { try Self.find(id, caller, $0) }
    guard let provider = providers[account.provider] else {
      return try await disconnect(account, caller)
    }
    guard provider.connection != .builtIn else {
      throw InvalidInput(
        "connectedAccountId",
        Messages.Accounts.builtIn
      )
    }
    if let provider = provider as? any RevokesAccess, account.authFailedAt == nil {
      let session = sessions.session(for: account, in: caller.workspaceID)
      let answer = await providerAnswer(within: Self.patience) { () async throws(ProviderError) in
        try await provider.revokeAccess(session: session)
      }
      if case .failure(let error) = answer {
        logger.warning("Access could not be given back", metadata: ["error": "\(error)"])
      }
    }
    try await disconnect(account, caller)
  }

  private static func find(
    _ id: ConnectedAccount.ID,
    _ caller: Caller,
    _ reader: any WorkspaceReader
  ) throws -> ConnectedAccount {
    guard let account = try reader.accounts.find(id), account.ownerID == caller.memberID,
      account.disconnectedAt == nil
    else { throw AccessError.missingAccount }
    return account
  }

  private func disconnect(_ account: ConnectedAccount, _ caller: Caller) async throws {
    let now = clock.now
    try await database.write(caller.workspaceID) { [workers] transaction in
      guard var stored = try transaction.accounts.find(account.id), stored.disconnectedAt == nil else {
        return
      }
      stored.disconnectedAt = now
      stored.grantedScopes = []
      try transaction.accounts.update(stored)
      try transaction.accounts.removeCredentials(account.id)
      try transaction.accounts.keep(nil, of: account.id)
      for var channel in try transaction.accounts.channels(accountIDs: [account.id]) {
        channel.isWritable = false
        channel.isPrimary = false
        try transaction.accounts.update(channel)
      }
      for job in try transaction.jobs.cancelAll(resource: account.id.uuid) {
        try workers[job.kind]?.discarded(job, because: Self.reason, at: now, in: transaction)
      }
    }
  }
}
