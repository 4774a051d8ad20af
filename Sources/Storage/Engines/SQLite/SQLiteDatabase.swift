package import CalendarCore
import Foundation
import GRDB
package import Logging

/// Everything in one SQLite file: readers beside one writer, each transaction on a thread of GRDB's.
package struct SQLiteDatabase: SQLEngine {
  private let writer: any DatabaseWriter
  private let notifier = LocalNotifier()
  private let logger: Logger

  /// Opens the file, or makes it so that only its owner can read it.
  ///
  /// Call `migrate` before anything else. `onStatement` hears every statement that is run, without its arguments.
  package init(
    path: String,
    logger: Logger = Logger(label: "phos.sqlite"),
    onStatement: (@Sendable (String) -> Void)? = nil
  ) throws {
    self.logger = logger
    createPrivateFile(at: path)
    var configuration = Self.configuration()
    if let onStatement {
      configuration.prepareDatabase { database in database.trace { onStatement("\($0)") } }
    }
    writer = try Self.retryingWhileOthersOpen { [configuration] in
      try DatabasePool(path: path, configuration: configuration)
    }
    // GRDB chooses NORMAL, which may lose the last commits when the power fails. A meeting that was accepted must
    // not be lost, and its job with it: FULL waits for the disk at each commit.
    try writer.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
  }

  private init(writer: any DatabaseWriter) {
    self.writer = writer
    logger = Logger(label: "phos.sqlite")
  }

  /// A database that is gone with the value that this returns.
  ///
  /// It is empty, or has all that `original` has.
  package static func inMemory(copying original: SQLiteDatabase? = nil) throws -> SQLiteDatabase {
    let writer = try DatabaseQueue(configuration: configuration())
    try original?.writer.backup(to: writer)
    return SQLiteDatabase(writer: writer)
  }

  /// Brings the tables up to date.
  ///
  /// Throws `StoreError.newerDatabase` when a newer program wrote them.
  package func migrate() throws { try migrate(Migration.all) }

  func migrate(_ migrations: [Migration]) throws {
    try writer.write { $0.add(function: Self.decode) }
    let migrator = Migrator(migrations)
    while try transaction({ try migrator.runNext($0) }) {}
  }

  /// PostgreSQL's `decode(text, 'base64')`, for migrations.
  private static let decode = DatabaseFunction("decode", argumentCount: 2, pure: true) { arguments in
    String.fromDatabaseValue(arguments[0]).flatMap { Data(base64Encoded: $0) }
  }

  package var changeNotifier: any ChangeNotifier { notifier }

  package func close() throws { try writer.close() }

  package func read<T: Sendable>(
    _ workspace: Workspace.ID,
    _ body: @escaping @Sendable (any WorkspaceReader) throws -> T
  ) async throws -> T {
    try await namingRefusals {
      try await reading { try body(WorkspaceStore(connection: SQLiteConnection($0), workspaceID: workspace)) }
    }
  }

  package func write<T: Sendable>(
    _ workspace: Workspace.ID,
    _ body: @escaping @Sendable (any WorkspaceTransaction) throws -> T
  ) async throws -> T {
    let (result, isChanged) = try await namingRefusals {
      try await writer.write {
        let store = WorkspaceStore(connection: SQLiteConnection($0), workspaceID: workspace)
        return (try body(store), !store.changes.isEmpty)
      }
    }
    if isChanged { notifier.notify() }
    return result
  }

  package func systemRead<T: Sendable>(
    _ body: @escaping @Sendable (any SystemReader) throws -> T
  ) async throws -> T {
    try await namingRefusals {
      try await reading { try body(SystemStore(connection: SQLiteConnection($0))) }
    }
  }

  package func system<T: Sendable>(
    _ body: @escaping @Sendable (any SystemTransaction) throws -> T
  ) async throws -> T {
    try await namingRefusals {
      try await writer.write { try body(SystemStore(connection: SQLiteConnection($0))) }
    }
  }

  /// A transaction that sees one state of the database.
  ///
  /// A database in memory has one connection. GRDB's `read` would change a pragma of it before and after, for which
  /// SQLite compiles every statement again.
  private func reading<T: Sendable>(
    _ body: @escaping @Sendable (GRDB.Database) throws -> T
  ) async throws -> T {
    if writer is DatabaseQueue { return try await writer.write(body) }
    return try await writer.read(body)
  }

  /// Says of what SQLite cannot do now, having done nothing of it, that it is unavailable.
  ///
  /// The disk or the memory is full, or another process has held the write lock for too long. Not an I/O error: a
  /// commit that could not be brought to the disk may be found there after the next start.
  private func namingRefusals<T>(_ transaction: () async throws -> T) async throws -> T {
    do { return try await transaction() } catch let error as DatabaseError {
      guard [.SQLITE_FULL, .SQLITE_NOMEM, .SQLITE_BUSY].contains(error.resultCode) else { throw error }
      logger.warning("The database is temporarily unavailable", metadata: ["error": "\(error.resultCode)"])
      throw StoreError.unavailable
    }
  }

  /// A transaction below the stores.
  ///
  /// GRDB begins it `IMMEDIATE`, so that two writers never deadlock half-way.
  func transaction<T>(_ body: (any SQLConnection) throws -> T) throws -> T {
    try writer.write { try body(SQLiteConnection($0)) }
  }

  private static func configuration() -> Configuration {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(10)  // seconds that another process may hold the write lock
    configuration.publicStatementArguments = false  // arguments are personal data and secrets
    return configuration
  }

  /// Opens again when another process opens the same new file.
  ///
  /// The change to write-ahead logging does not always wait for the lock: of 1,200 openings of 150 new files, eight
  /// at a time, 7 failed at once with SQLITE_BUSY in spite of the timeout (SQLite 3.40.1).
  private static func retryingWhileOthersOpen<T>(_ open: () throws -> T) throws -> T {
    for _ in 1..<100 {
      do {
        return try open()
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
        Thread.sleep(forTimeInterval: 0.02)
      }
    }
    return try open()
  }
}

/// Makes an empty file that only its owner can read, unless there is one; SQLite gives its journals the same mode.
///
/// False when nothing was made.
@discardableResult
func createPrivateFile(at path: String) -> Bool {
  let descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
  if descriptor >= 0 { close(descriptor) }
  return descriptor >= 0
}
