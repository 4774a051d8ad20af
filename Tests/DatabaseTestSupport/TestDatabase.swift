package import CalendarCore
import Foundation
package import Storage
import Synchronization

/// Databases with the newest tables and no rows, which cost far less than bringing a new one up to date.
package enum TestDatabase {
  private static let migrated = Result {
    let database = try SQLiteDatabase.inMemory()
    try database.migrate()
    return database
  }

  private static let idle = Mutex<[(database: PostgreSQLDatabase, schema: String)]>([])

  /// A copy of a database in memory that has the newest tables.
  package static func sqlite() throws -> SQLiteDatabase {
    try SQLiteDatabase.inMemory(copying: migrated.get())
  }

  private static let migratedFile = Result {
    let path = NSTemporaryDirectory() + "/phos-migrated-\(UUID().uuidString).db"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let database = try SQLiteDatabase(path: path)
    try database.migrate()
    try database.close()
    return try Data(contentsOf: URL(filePath: path))
  }

  /// Makes a file that has the newest tables.
  package static func makeSQLiteFile(at path: String) throws {
    try migratedFile.get().write(to: URL(filePath: path))
  }

  /// A schema of the shared server for one test at a time.
  ///
  /// It becomes another test's when nothing refers to it any longer, not even a run that has outlived its test.
  package static func postgreSQL() throws -> PooledPostgreSQL {
    if let (database, schema) = idle.withLock({ $0.popLast() }) {
      try ScratchPostgreSQL.deleteRows(in: schema)
      return PooledPostgreSQL(database, schema: schema)
    }
    let schema = try ScratchPostgreSQL.makeSchema()
    let database = try PostgreSQLDatabase(url: ScratchPostgreSQL.url(ofSchema: schema), connections: 4)
    try database.migrate()
    return PooledPostgreSQL(database, schema: schema)
  }

  fileprivate static func release(_ database: PostgreSQLDatabase, schema: String) {
    idle.withLock { $0.append((database, schema)) }
  }
}

/// A database on PostgreSQL that is given back when nothing refers to it.
package final class PooledPostgreSQL: DatabaseEngine {
  package let base: PostgreSQLDatabase
  private let schema: String
  private let isClosed = Mutex(false)

  fileprivate init(_ base: PostgreSQLDatabase, schema: String) {
    self.base = base
    self.schema = schema
  }

  deinit {
    if !isClosed.withLock({ $0 }) { TestDatabase.release(base, schema: schema) }
  }

  package var changeNotifier: any ChangeNotifier { base.changeNotifier }

  package func migrate() throws { try base.migrate() }

  package func close() throws {
    isClosed.withLock { $0 = true }
    try base.close()
  }

  package func read<T: Sendable>(
    _ workspace: Workspace.ID,
    _ body: @escaping @Sendable (any WorkspaceReader) throws -> T
  ) async throws -> T { try await base.read(workspace, body) }

  package func write<T: Sendable>(
    _ workspace: Workspace.ID,
    _ body: @escaping @Sendable (any WorkspaceTransaction) throws -> T
  ) async throws -> T { try await base.write(workspace, body) }

  package func systemRead<T: Sendable>(
    _ body: @escaping @Sendable (any SystemReader) throws -> T
  ) async throws -> T { try await base.systemRead(body) }

  package func system<T: Sendable>(
    _ body: @escaping @Sendable (any SystemTransaction) throws -> T
  ) async throws -> T { try await base.system(body) }
}
