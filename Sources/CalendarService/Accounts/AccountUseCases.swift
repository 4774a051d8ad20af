package import CalendarCore

/// Everything that is done with connected accounts and their calendars.
package struct AccountUseCases: Sendable {
  /// The kinds of account that can be connected.
  package let providers: AccountProviderRegistry
  package let queries: AccountQueries
  package let store: StoreConnection
  package let connect: ConnectAccount
  package let connectWithOAuth: ConnectWithOAuth
  package let disconnect: DisconnectAccount
  package let updateChannel: UpdateChannel
  package let rotateKeys: RotateKeys

  init(_ shared: SharedParts) {
    let parts = shared.parts
    providers = AccountProviderRegistry(parts.calendars, parts.conferences)
    queries = AccountQueries(
      database: parts.database,
      providers: providers,
      sending: shared.sending,
      inboxes: parts.inboxes
    )
    store = StoreConnection(
      database: parts.database,
      sealer: shared.sealer,
      inboxes: parts.inboxes,
      ids: parts.ids,
      clock: parts.clock
    )
    connect = ConnectAccount(
      providers: providers,
      mail: parts.mailTransports,
      inboxes: parts.inboxes,
      store: store,
      accounts: queries
    )
    connectWithOAuth = ConnectWithOAuth(
      providers: providers,
      store: store,
      keys: parts.encryptionKeys.derived(for: "phos oauth state v1"),
      clock: parts.clock
    )
    disconnect = DisconnectAccount(
      database: parts.database,
      providers: providers,
      sessions: shared.sessions,
      workers: shared.workers,
      ids: parts.ids,
      clock: parts.clock,
      logger: parts.logger
    )
    updateChannel = UpdateChannel(database: parts.database)
    rotateKeys = RotateKeys(database: parts.database, sealer: shared.sealer)
  }
}
