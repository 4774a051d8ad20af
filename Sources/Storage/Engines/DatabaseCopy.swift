import CalendarCore
import Foundation

/// Copies everything that lasts from one database into another, empty one, of whichever engines.
package struct DatabaseCopy: Sendable {
  package let source: DatabaseAddress
  package let target: DatabaseAddress

  package enum Problem: Error, Hashable, CustomStringConvertible {
    case same
    case missing(String)
    case notEmpty
    case differs(table: String)

    package var description: String {
      switch self {
      case .same: Messages.sameDatabase
      case .missing(let path): Messages.noDatabase(at: path)
      case .notEmpty: Messages.targetNotEmpty
      case .differs(let table): Messages.rowsMissing(of: table)
      }
    }
  }

  package init(from source: DatabaseAddress, to target: DatabaseAddress) {
    self.source = source
    self.target = target
  }

  /// Copies; blocks the calling thread.
  ///
  /// Both databases are brought up to date first. The target gets everything in one transaction or nothing, and
  /// nobody can write to an SQLite source until it ends.
  /// - Returns: How many rows were copied.
  package func run() throws -> Int {
    guard source != target else { throw Problem.same }
    if case .sqlite(let path) = source, !FileManager.default.fileExists(atPath: path) {
      throw Problem.missing(path)
    }
    let (reading, writing) = (try source.openForSQL(connections: 1), try target.openForSQL(connections: 1))
    try reading.migrate()
    try writing.migrate()
    let rows = try reading.transaction { old in
      try writing.transaction { new in
        guard try new.rows("SELECT id FROM workspace LIMIT 1").isEmpty else { throw Problem.notEmpty }
        return try SQLTable.all.reduce(0) { try $0 + copy($1, from: old, to: new) }
      }
    }
    try reading.close()
    try writing.close()
    return rows
  }

  private static let page = 200

  /// Copies a table page by page, in the order of its key.
  private func copy(
    _ table: SQLTable,
    from old: any SQLConnection,
    to new: any SQLConnection
  ) throws -> Int {
    let key = table.key.joined(separator: ", ")
    var copied = 0
    var last: [SQLValue] = []
    while true {
      let parameters = last.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
      let rest = last.isEmpty ? "" : "WHERE (\(key)) > (\(parameters))"
      let rows = try old.rows("SELECT * FROM \(table.name) \(rest) ORDER BY \(key) LIMIT \(Self.page)", last)
      guard let columns = rows.first?.names, let end = rows.last else { break }
      try insert(rows, columns, into: table, of: new)
      copied += rows.count
      last = table.key.map { end[$0] }
    }
    let arrived = try new.rows("SELECT COUNT(*) AS number FROM \(table.name)", []).first?.count("number")
    guard arrived == copied else { throw Problem.differs(table: table.name) }
    return copied
  }

  private func insert(
    _ rows: [SQLRow],
    _ columns: [String],
    into table: SQLTable,
    of new: any SQLConnection
  ) throws {
    let places = rows.indices.map { row in
      "(" + columns.indices.map { "$\(row * columns.count + $0 + 1)" }.joined(separator: ", ") + ")"
    }
    _ = try new.execute(
      "INSERT INTO \(table.name) (\(columns.joined(separator: ", "))) VALUES \(places.joined(separator: ", "))",
      rows.flatMap { row in columns.map { row[$0] } }
    )
  }
}
