import CalendarCore

/// Brings a schema forward, one step a transaction.
struct Migrator {
  private let migrations: [Migration]

  init(_ migrations: [Migration]) { self.migrations = migrations.sorted { $0.version < $1.version } }

  /// Runs the first step that is missing; false when none is.
  ///
  /// The version is read in the step's own transaction, under a lock: of two processes that start at once
  /// the later one finds the step done.
  func runNext(_ connection: any SQLConnection) throws -> Bool {
    for statement in connection.dialect.migrationBeginning { _ = try connection.rows(statement) }
    try connection.execute(
      "CREATE TABLE IF NOT EXISTS schema_migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL)"
    )
    let found =
      try connection.rows("SELECT COALESCE(MAX(version), 0) AS version FROM schema_migration")
      .first?.count("version") ?? 0
    let known = migrations.last?.version ?? 0
    guard found <= known else { throw StoreError.newerDatabase(found: found, known: known) }
    guard let next = migrations.first(where: { $0.version > found }) else { return false }
    for statement in next.ownStatements[connection.dialect, default: []] + next.statements {
      try connection.execute(statement.sql(for: connection.dialect), [])
    }
    try next.rewrite?(connection)
    try connection.insert(
      into: "schema_migration",
      ["version": .count(next.version), "name": .string(next.name)]
    )
    return true
  }
}
