import CalendarCore
package import Foundation
import GRDB

/// A database of ours as a file: to be copied while it is in use, and to be put back.
package struct SQLiteFile: Sendable {
  package let path: String

  /// Why a file could not be copied or put back.
  package enum Problem: Error, Hashable, CustomStringConvertible {
    case missing(String)
    case exists(String)
    case notOurs(String)
    case damaged(String)
    case inUse(String)

    package var description: String {
      switch self {
      case .missing(let path): Messages.noDatabase(at: path)
      case .exists(let path): Messages.exists(path)
      case .notOurs(let path): Messages.notOurs(path)
      case .damaged(let path): Messages.damaged(path)
      case .inUse(let path): Messages.inUse(path)
      }
    }
  }

  package init(path: String) { self.path = path }

  /// Writes everything up to this moment into a new file, while others read and write.
  ///
  /// The file appears under its name only when it is whole and was checked.
  package func copy(to copy: String) throws {
    guard FileManager.default.fileExists(atPath: path) else { throw Problem.missing(path) }
    guard !FileManager.default.fileExists(atPath: copy) else { throw Problem.exists(copy) }
    try write(to: copy + ".partial") { partial in
      // Not to replace what has come there in the meantime.
      guard link(partial, copy) == 0 else { throw Problem.exists(copy) }
    }
  }

  /// Puts a copy in the place of the database, which must not be in use, and keeps that one beside it.
  ///
  /// Throws before anything is changed when the copy is damaged or from a newer program.
  /// - Returns: The path under which the replaced database is kept; nil when there was none.
  package func restore(_ copy: String, now: Date) throws -> String? {
    guard FileManager.default.fileExists(atPath: copy) else { throw Problem.missing(copy) }
    var kept: String?
    try SQLiteFile(path: copy).write(to: path + ".partial") { partial in
      if FileManager.default.fileExists(atPath: path) {
        try takeOutOfUse()
        let aside = "\(path).replaced-\(Int(now.timeIntervalSince1970))"
        guard link(path, aside) == 0 else { throw Problem.exists(aside) }
        kept = aside
        // Left only by a database that could not be opened; SQLite would apply it to the new one.
        for journal in ["-wal", "-shm"] { _ = rename(path + journal, aside + journal) }
      }
      // In one step: there is never no database at the path.
      guard rename(partial, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
    return kept
  }

  /// Makes a whole and checked copy, hands over its path, and deletes it if it is still there.
  private func write(to partial: String, _ body: (String) throws -> Void) throws {
    try? FileManager.default.removeItem(atPath: partial)
    defer { try? FileManager.default.removeItem(atPath: partial) }
    guard createPrivateFile(at: partial) else { throw CocoaError(.fileWriteNoPermission) }
    do {
      let source = try DatabaseQueue(path: path, configuration: Self.patient)
      let copy = try DatabaseQueue(path: partial, configuration: Self.patient)
      try source.backup(to: copy)
      try source.close()
      // A file that is complete without journals beside it.
      try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
      try copy.read(check)
      try copy.close()
    } catch let error as DatabaseError {
      switch error.resultCode {
      case .SQLITE_NOTADB: throw Problem.notOurs(path)
      case .SQLITE_CORRUPT: throw Problem.damaged(path)
      default: throw error
      }
    }
    try body(partial)
  }

  private func check(_ copy: GRDB.Database) throws {
    guard try copy.tableExists("schema_migration") else { throw Problem.notOurs(path) }
    let version = try Int.fetchOne(copy, sql: "SELECT MAX(version) FROM schema_migration") ?? 0
    let known = Migration.all.last?.version ?? 0
    guard version <= known else { throw StoreError.newerDatabase(found: version, known: known) }
    let verdict = try String.fetchOne(copy, sql: "PRAGMA quick_check(1)")
    guard verdict == "ok", try copy.foreignKeyViolations().next() == nil else {
      throw Problem.damaged(path)
    }
  }

  /// Writes the journals into the file, which SQLite does only when nobody else has it open.
  private func takeOutOfUse() throws {
    do {
      let database = try DatabaseQueue(path: path, configuration: Self.patient)
      try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
      try database.close()
    } catch let error as DatabaseError {
      switch error.resultCode {
      case .SQLITE_BUSY: throw Problem.inUse(path)
      // What is damaged is replaced all the more.
      case .SQLITE_NOTADB, .SQLITE_CORRUPT: return
      default: throw error
      }
    }
  }

  private static var patient: Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(2)  // seconds
    return configuration
  }
}
