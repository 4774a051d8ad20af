package import CalendarCore
import Foundation

/// Everything on a PostgreSQL server, for as many servers and workers as wanted (docs/decisions/0007-two-engines.md).
package struct PostgreSQLDatabase: SQLEngine {
  private let url: String
  private let pool: PostgreSQLPool

  /// Connects once, to find out whether that works.
  ///
  /// Throws `PostgreSQLFailure`, which says what was refused and holds no password.
  package init(url: String, connections: Int = 8) throws {
    self.url = url
    _ = try PostgreSQLConnection(url: url)
    pool = PostgreSQLPool(connections: connections, longestWait: .seconds(10))
  }

  /// Makes an empty schema for data that must not meet other data of the same database.
  package static func createSchema(_ name: String, at url: String) throws {
    let connection = try PostgreSQLConnection(url: url)
    _ = try connection.answer(to: "CREATE SCHEMA \"\(name.replacing("\"", with: "\"\""))\"")
  }

  package func migrate() throws { try migrate(Migration.all) }

  func migrate(_ migrations: [Migration]) throws {
    let migrator = Migrator(migrations)
    while try transaction({ try migrator.runNext($0) }) {}
  }

  package func close() throws { pool.close() }

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
    try await run(.change) { try body(WorkspaceStore(connection: $0, workspaceID: workspace)) }
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
    return try PostgreSQLTransaction(kind: .newestRows, url: url).run(on: &connection, body)
  }

  private func run<T: Sendable>(
    _ kind: PostgreSQLTransaction.Kind,
    _ body: @escaping @Sendable (any SQLConnection) throws -> T
  ) async throws -> T {
    let transaction = PostgreSQLTransaction(kind: kind, url: url)
    return try await pool.run { connection in
      do {
        return try transaction.run(on: &connection, body)
      } catch let failure as PostgreSQLFailure where failure.outcomeIsUnknown {
        throw StoreError.outcomeUnknown
      } catch let failure as PostgreSQLFailure where failure.isConnectionLost {
        throw StoreError.unavailable
      }
    }
  }
}
