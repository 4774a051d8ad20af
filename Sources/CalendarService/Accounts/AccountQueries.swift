package import CalendarCore

/// An account as its owner sees it.
package struct AccountView: Sendable {
  package let account: ConnectedAccount
  package let channels: [CalendarChannel]
  /// Whether events can be written with it now.
  package let canWrite: Bool
  /// Why the owner must connect it again; a sentence, or nil.
  package let reconnectReason: String?
  /// Why no mail can be sent with it; a sentence, or nil.
  package let noMailReason: String?
  /// Octets of the largest mail, files encoded; nil where none can be sent.
  package let largestMail: Int?
  /// Of the mailbox that answers come to; nil where none is read.
  package let inbox: InboxCursor?
}

/// Reads the caller's accounts and calendars.
package struct AccountQueries: Sendable {
  let database: any Database
  let providers: AccountProviderRegistry
  let sending: MailSending
  let inboxes: MailInboxRegistry

  package func accounts(caller: Caller) async throws -> [AccountView] {
    let (providers, sending, inboxes) = (providers, sending, inboxes)
    return try await database.read(caller.workspaceID) { reader in
      let accounts = try reader.accounts.list(ownerID: caller.memberID)
      let channels = try reader.accounts.channels(accountIDs: accounts.map(\.id))
      return try accounts.map { account in
        let granted = providers[account.provider]?.canWrite(account) ?? false
        let reason: ReconnectRequired.Reason? =
          account.authFailedAt != nil ? .refused : granted ? nil : .noWriteScope
        return AccountView(
          account: account,
          channels: channels.filter { $0.accountID == account.id },
          canWrite: reason == nil && channels.contains { $0.accountID == account.id && $0.isWritable },
          reconnectReason: reason.map { ReconnectRequired($0).message },
          noMailReason: sending.unavailableReason(of: account),
          largestMail: sending.largestMessage(of: account),
          inbox: inboxes.inbox(forRepliesTo: account) == nil
            ? nil : try reader.accounts.inboxReading(account.id) ?? InboxCursor()
        )
      }
    }
  }
}
