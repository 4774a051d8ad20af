package import CalendarCore
import Foundation
package import Logging

/// Everything on a PostgreSQL server, for as many servers and workers as wanted (docs/decisions/0007-two-engines.md).
package struct PostgreSQLDatabase: SQLEngine {
  private let address: PostgreSQLAddress
  private let pool: PostgreSQLPool
  private let notifier: PostgreSQLNotifier
  private let patience: Duration
  private let silenceTimeout: Duration
  private let logger: Logger

  /// Connects once, to find out whether that works.
  ///
  /// `patience` is how long a server may be away before those who wait are told: a restart takes less than five
  /// seconds. `silenceTimeout` is how long it may say nothing: it ends a statement after 15 seconds, unless it hangs.
  /// Throws an error that says what was refused, with nothing of the address but its host.
  package init(
    url: String,
    connections: Int = 8,
    patience: Duration = .seconds(5),
    silenceTimeout: Duration = .seconds(25),
    logger: Logger = Logger(label: "phos.postgresql")
  ) throws {
    let address = try PostgreSQLAddress(url)
    self.address = address
    self.patience = patience
    self.silenceTimeout = silenceTimeout
    self.logger = logger
    var connection: PostgreSQLConnection?
    try PostgreSQLTransaction(kind: .snapshot, address: address, patience: patience).run(on: &connection) {
      _ in
    }
    let encoding = connection?.serverEncoding
    guard encoding == "UTF8" else {
      throw PostgreSQLUnusable(
        description:
          "its encoding is \(encoding ?? "unknown") and must be UTF8 (CREATE DATABASE … ENCODING 'UTF8')"
      )
    }
    pool = PostgreSQLPool(connections: connections, maximumWait: .seconds(10))
    notifier = PostgreSQLNotifier(address, silence: silenceTimeout, logger: logger)
  }

  package func migrate() throws { try migrate(Migration.all) }

  func migrate(_ migrations: [Migration]) throws {
    let migrator = Migrator(migrations)
    while try transaction({ try migrator.runNext($0) }) {}
  }

  package var changeNotifier: any ChangeNotifier { notifier }

  package func close() throws {
    pool.close()
    notifier.close()
  }

  package func read<T: Sendable>(
    _ workspace: Workspace.ID,
    _ body: @escaping @Sendable (any WorkspaceReader) throws -> T
  ) async throws -> T {
    try await run(.snapshot) { try body(WorkspaceStore(connection: $0, workspaceID: workspace)) }
  }

  package func write<T: Sendable>(
    _ workspace: Workspace.ID,
    _ body: @escaping @Sendable (any WorkspaceTransaction) throws -> T
  ) async throws -> T {
    do {
      let (result, isChanged) = try await run(.change) { connection in
        let store = WorkspaceStore(connection: connection, workspaceID: workspace)
        return (try body(store), !store.changes.isEmpty)
      }
      if isChanged { notifier.notify() }
      return result
    } catch StoreError.outcomeUnknown {
      notifier.notify()
      throw StoreError.outcomeUnknown
    }
  }

  package func systemRead<T: Sendable>(
    _ body: @escaping @Sendable (any SystemReader) throws -> T
  ) async throws -> T {
    try await run(.snapshot) { try body(SystemStore(connection: $0)) }
  }

  package func system<T: Sendable>(
    _ body: @escaping @Sendable (any SystemTransaction) throws -> T
  ) async throws -> T {
    try await run(.newestRows) { try body(SystemStore(connection: $0)) }
  }

  /// A transaction below the stores, on a connection of its own, which blocks the calling thread.
  func transaction<T>(_ body: (any SQLConnection) throws -> T) throws -> T {
    var connection: PostgreSQLConnection?
    return try PostgreSQLTransaction(kind: .newestRows, address: address, patience: patience)
      .run(on: &connection, body)
  }

  private func run<T: Sendable>(
    _ kind: PostgreSQLTransaction.Kind,
    _ body: @escaping @Sendable (any SQLConnection) throws -> T
  ) async throws -> T {
    let transaction = PostgreSQLTransaction(
      kind: kind,
      address: address,
      patience: patience,
      silenceTimeout: silenceTimeout
    )
    return try await pool.run { [logger] connection in
      do {
        return try transaction.run(on: &connection, body)
      } catch let failure as PostgreSQLFailure where failure.outcomeIsUnknown {
        throw StoreError.outcomeUnknown
      } catch let failure as PostgreSQLFailure where failure.isUnavailable {
        // Operators need to know whether it is the disk or the network; callers do not.
        logger.warning("The database is temporarily unavailable", metadata: ["error": "\(failure)"])
        throw StoreError.unavailable
      }
    }
  }
}
