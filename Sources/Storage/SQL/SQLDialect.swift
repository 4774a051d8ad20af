/// Where the engines' SQL differs, each difference named.
enum SQLDialect: Sendable {
  case sqlite
  case postgreSQL

  /// A definition of a table as this engine takes it.
  ///
  /// Text is compared byte by byte in SQLite; PostgreSQL would compare as its operating system's language does.
  func definition(_ statement: String) -> String {
    switch self {
    case .sqlite: statement
    case .postgreSQL: statement.replacing(" TEXT", with: " TEXT COLLATE \"C\"")
    }
  }

  /// Holds out a second process until this transaction ends; SQLite lets only one write anyway.
  var migrationLock: SQLQuery? {
    switch self {
    case .sqlite: nil
    // "phos" in ASCII; such locks are the database's own.
    case .postgreSQL: "SELECT pg_advisory_xact_lock(1885892467)"
    }
  }

  /// Locks the rows of table `name` that a SELECT finds until the transaction ends, and passes over those that
  /// somebody else has locked; references to the rows can still be made.
  func lockingFree(_ name: StaticString) -> SQLQuery {
    switch self {
    case .sqlite: ""
    case .postgreSQL: "FOR NO KEY UPDATE OF \(name: name) SKIP LOCKED"
    }
  }

  /// Likewise, but waits for them.
  func lockingRows(of name: StaticString) -> SQLQuery {
    switch self {
    case .sqlite: ""
    case .postgreSQL: "FOR NO KEY UPDATE OF \(name: name)"
    }
  }

  /// Locks the rows that a SELECT finds until the transaction ends.
  var lockingRows: SQLQuery {
    switch self {
    case .sqlite: ""
    case .postgreSQL: "FOR NO KEY UPDATE"
    }
  }
}
