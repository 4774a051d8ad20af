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

  /// What a step of the schema begins with: it holds out a second process until this transaction ends.
  ///
  /// SQLite lets only one write anyway. PostgreSQL ends ordinary statements after some seconds; a step may take as
  /// long as the tables are big, and whoever starts beside it waits for it. Only tables that are in use are not
  /// waited for long: everybody else would have to wait behind the step.
  var migrationBeginning: [SQLQuery] {
    switch self {
    case .sqlite: []
    case .postgreSQL:
      [
        "SET LOCAL statement_timeout = 0", "SET LOCAL lock_timeout = 0",
        // "phos" in ASCII; such locks are the database's own.
        "SELECT pg_advisory_xact_lock(1885892467)",
        "SET LOCAL lock_timeout = '10s'",
      ]
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
