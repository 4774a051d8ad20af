/// Where the engines' SQL differs, each difference named.
enum SQLDialect: Sendable {
  case sqlite
  case postgreSQL

  /// Returns this engine's text for a placeholder of a definition.
  func name(of placeholder: SQLDefinition.Placeholder) -> String {
    switch (placeholder, self) {
    case (.text, .sqlite): "TEXT"
    case (.text, .postgreSQL): "TEXT COLLATE \"C\""
    case (.long, .sqlite): "INTEGER"
    case (.long, .postgreSQL): "BIGINT"
    case (.strict, .sqlite): "STRICT"
    case (.strict, .postgreSQL): ""
    }
  }

  /// The statement that begins a migration: it locks out a second process until this transaction ends.
  ///
  /// SQLite lets only one write anyway. PostgreSQL ends ordinary statements after some seconds; a step may take as
  /// long as the tables are big, and a process that starts at the same time waits for it. Only tables that are in use are not
  /// waited for long: everyone else would have to wait behind the step.
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

  /// Whether transactions that write run side by side; SQLite's take turns.
  var hasConcurrentWriters: Bool { self == .postgreSQL }

  /// The present instant by the database's clock, which is one for all nodes.
  ///
  /// Not that of the transaction's beginning.
  var now: SQLQuery {
    switch self {
    case .sqlite: "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"
    case .postgreSQL: "(EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::bigint"
    }
  }

  /// The position of a new change: a reader of `changeHorizon` can tell whether its transaction has ended.
  ///
  /// PostgreSQL's transactions run side by side and have numbers. SQLite's end in the order in which they begin, and
  /// the newest change is never forgotten.
  var changePosition: SQLQuery {
    switch self {
    case .sqlite: "(SELECT COALESCE(MAX(position), 0) + 1 FROM event_change)"
    case .postgreSQL: "pg_current_xact_id()::text::bigint"
    }
  }

  /// The snapshot of this transaction: every position below `next` but those in `open`; and its time.
  var changeHorizon: SQLQuery {
    switch self {
    case .sqlite:
      "SELECT COALESCE(MAX(position), 0) + 1 AS next, '' AS open, \(now) AS instant FROM event_change"
    case .postgreSQL:
      """
      SELECT pg_snapshot_xmax(snapshot)::text::bigint AS next,
        (SELECT COALESCE(string_agg(id::text, ','), '') FROM pg_snapshot_xip(snapshot) AS id) AS open,
        \(now) AS instant
      FROM pg_current_snapshot() AS snapshot
      """
    }
  }

  /// Locks the rows of table `name` that a SELECT finds until the transaction ends, and passes over those that
  /// another transaction has locked; references to the rows can still be made.
  func lockingFree(_ name: StaticString) -> SQLQuery {
    switch self {
    case .sqlite: ""
    case .postgreSQL: "FOR NO KEY UPDATE OF \(name: name) SKIP LOCKED"
    }
  }

  /// Selects the rows for a change, and waits for those that are locked.
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
