package import CalendarCore
import Foundation

/// Connects an account with what a member typed into its driver's form.
package struct ConnectAccount: Sendable {
  let providers: AccountProviderRegistry
  let mail: MailTransportRegistry
  let inboxes: MailInboxRegistry
  let store: StoreConnection
  let accounts: AccountQueries

  /// `fields` are pairs of a field's id and what was typed, as they came.
  package func callAsFunction(
    _ providerID: AccountProviderID,
    fields: [(id: String, value: String)],
    caller: Caller
  ) async throws -> AccountView {
    let flags = try await store.database.read(caller.workspaceID) { try $0.members.flags() }
    try flags.require()
    guard let provider = providers[providerID] as? any ConnectsWithForm else {
      throw InvalidInput("provider", Messages.Accounts.noForm)
    }
    let values = try ConnectionValues(fields, for: provider.form)
    var found: AccountConnection
    do {
      found = try await provider.connect(values)
    } catch {
      throw ConnectionFailure(error.cause, field: error.field)
    }
    for companion in found.companions {
      let kept = try await check(companion)
      found.credentials.values.merge(kept.credentials) { _, new in new }
      found.parameters.merge(kept.parameters) { _, new in new }
    }
    let stored = try await store(found, provider: providerID, caller: caller)
    let view = try await accounts.accounts(caller: caller).first { $0.account.id == stored.id }
    guard let view else { throw StoreError.notFound }
    return view
  }

  /// Signs in at the mail server, so that a mistake is told while the person is there to correct it.
  private func check(_ server: CompanionServer) async throws -> AccountMailServer {
    let checker =
      switch server.purpose {
      case .outgoingMail: mail.checker(of: server.address)
      case .inbox: inboxes.checker(of: server.address)
      }
    guard let checker else { throw InvalidInput(server.field, Messages.Accounts.noMailServers) }
    do {
      return try await checker.check(server: server.address, login: (server.username, server.password))
    } catch {
      let reason =
        switch error {
        case .rejected(let reason): reason
        case .authExpired: Messages.Accounts.mailSignInRejected
        default: Messages.Accounts.mailServerUnreachable
        }
      throw InvalidInput(server.field, reason)
    }
  }
}
