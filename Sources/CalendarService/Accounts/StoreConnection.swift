package import CalendarCore
import JobQueue

/// Stores an account that was just connected, or connected again, with the calendars found.
package struct StoreConnection: Sendable {
  let database: any Database
  let sealer: CredentialSealer
  let inboxes: MailInboxRegistry
  let ids: IdentifierSource
  let clock: WallClock

  package func callAsFunction(
    _ found: AccountConnection,
    provider: AccountProviderID,
    caller: Caller
  ) async throws -> ConnectedAccount {
    let (sealer, inboxes, ids, clock) = (sealer, inboxes, ids, clock)
    return try await database.write(caller.workspaceID) { transaction in
      let existing = try transaction.accounts.find(
        ownerID: caller.memberID,
        provider: provider,
        handle: found.handle
      )
      let account = ConnectedAccount(
        id: existing?.id ?? ids.make(),
        ownerID: caller.memberID,
        provider: provider,
        handle: found.handle,
        displayName: found.displayName,
        grantedScopes: found.grantedScopes,
        parameters: found.parameters,
        sendsInvitations: found.sendsInvitations
      )
      let sealed = try sealer.seal(found.credentials, for: account.id)
      if existing == nil {
        try transaction.accounts.insert(account, sealedCredentials: sealed)
      } else {
        try transaction.accounts.update(account)
        try transaction.accounts.setSealedCredentials(account.id, sealed)
        try transaction.jobs.expedite(resource: account.id.uuid, now: clock.now)
      }
      try transaction.requestReplies(to: account, at: inboxes, ids: ids, now: clock.now)
      try Self.store(found.calendars, of: account.id, in: transaction, ids: ids)
      return account
    }
  }

  private static func store(
    _ calendars: [DiscoveredCalendar],
    of account: ConnectedAccount.ID,
    in transaction: any WorkspaceTransaction,
    ids: IdentifierSource
  ) throws {
    let known = try transaction.accounts.channels(accountIDs: [account])
    // A missing calendar takes no events: nor may new secrets go to where the account was before.
    for var lost in known where !calendars.contains(where: { $0.externalID == lost.externalID }) {
      lost.isPrimary = false
      lost.isWritable = false
      try transaction.accounts.update(lost)
    }
    for calendar in calendars {
      if var channel = known.first(where: { $0.externalID == calendar.externalID }) {
        channel.handle = calendar.displayName
        channel.isPrimary = calendar.isPrimary
        channel.isWritable = calendar.isWritable
        channel.conferenceSolutions = calendar.conferenceSolutions
        try transaction.accounts.update(channel)
      } else {
        try transaction.accounts.insert(
          CalendarChannel(
            id: ids.make(),
            accountID: account,
            handle: calendar.displayName,
            externalID: calendar.externalID,
            isPrimary: calendar.isPrimary,
            isWritable: calendar.isWritable,
            conferenceSolutions: calendar.conferenceSolutions
          )
        )
      }
    }
  }
}
