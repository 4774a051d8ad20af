package import CalendarCore

/// The operations on the database of either engine besides its transactions.
package protocol DatabaseEngine: CalendarCore.Database {
  /// Brings the tables up to date; blocks the calling thread.
  ///
  /// Safe when several processes start at once. Throws `StoreError.newerDatabase` when a newer program wrote them.
  func migrate() throws

  /// Rings when an event was changed, here or by another node.
  var changeNotifier: any ChangeNotifier { get }

  /// Closes every connection; no transaction may be running.
  func close() throws
}

/// An engine, as the stores use it.
protocol SQLEngine: DatabaseEngine {
  /// Runs a transaction of statements, which blocks the calling thread.
  func transaction<T>(_ body: (any SQLConnection) throws -> T) throws -> T
}

/// The address of a database: `sqlite:PATH` or `postgres://user:password@host:port/database`.
///
/// Its description has no password.
package enum DatabaseAddress: Sendable, Hashable, CustomStringConvertible {
  case sqlite(path: String)
  /// As libpq takes it, parameters such as `sslmode` included.
  case postgreSQL(url: String)

  /// Nil for anything else.
  package init?(_ text: String) {
    if text.hasPrefix("sqlite:"), text.utf8.count > "sqlite:".utf8.count {
      self = .sqlite(path: String(text.dropFirst("sqlite:".count)))
    } else if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") {
      self = .postgreSQL(url: text)
    } else {
      return nil
    }
  }

  package var description: String {
    switch self {
    case .sqlite(let path): "sqlite:\(path)"
    case .postgreSQL: "postgres://…"
    }
  }

  /// Opens the database, an SQLite file also when it is new.
  ///
  /// Call `migrate` before anything else. `connections` is how many PostgreSQL may be asked for; they are opened as
  /// they are needed.
  package func open(connections: Int = 8) throws -> any DatabaseEngine {
    try openForSQL(connections: connections)
  }

  func openForSQL(connections: Int) throws -> any SQLEngine {
    switch self {
    case .sqlite(let path): try SQLiteDatabase(path: path)
    case .postgreSQL(let url): try PostgreSQLDatabase(url: url, connections: connections)
    }
  }
}
