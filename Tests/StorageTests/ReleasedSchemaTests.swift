import CalendarCore
import DatabaseTestSupport
import Foundation
import Testing

@testable import Storage

/// Databases as earlier versions of the schema left them, each as a dump of either engine in Fixtures, where the README
/// says how they were made.
@Suite(.timeLimit(.minutes(5))) struct ReleasedSchemaTests {
  /// PostgreSQL came after version 1.
  private static let dumps: [(Engine, Int)] =
    [1, 3, 4, 8, 10, 12, 13].map { (.sqlite, $0) } + [3, 4, 8, 10, 12, 13].map { (.postgreSQL, $0) }

  @Test(arguments: dumps)
  func `every row of a released version is there after the steps that follow`(
    engine: Engine,
    version: Int
  ) throws {
    let database = try restored(version, engine)
    let before = try contents(of: database)
    for (table, rows) in before {
      #expect(!rows.isEmpty, "\(table) has no row in the dump of version \(version)")
    }
    try database.migrate()
    let after = try contents(of: database)
    for (table, rows) in before where table != "schema_migration" {
      let found = try #require(after[table], "\(table)")
      // What a step has renamed or put into another form is looked at below.
      let kept = Set(rows.first?.keys.map(\.self) ?? []).intersection(found.first?.keys.map(\.self) ?? [])
        .subtracting(table == "email_attachment" ? ["content"] : [])
      #expect(Self.columns(kept, of: found) == Self.columns(kept, of: rows), "\(table)")
    }
  }

  @Test(arguments: Engine.allCases)
  func `what version 9 puts into another form means the same`(engine: Engine) async throws {
    let database = try restored(8, engine)
    let before = try contents(of: database)
    try database.migrate()
    let after = try contents(of: database)
    #expect(
      try Self.columns(
        ["id", "bucket"],
        of: #require(after["calendar_event"]),
        as: ["listing_bucket": "bucket"]
      )
        == Self.columns(["id", "bucket"], of: #require(before["calendar_event"]), as: ["length": "bucket"])
    )
    let email = try await database.read(id(1000)) { try $0.emails.find(id(1010)) }
    #expect(email?.attachments.map(\.content) == [[0, 255, 10], [], Array(0...255)])
    #expect(email?.attachments.map(\.size) == [3, 0, 256])
  }

  @Test(arguments: Engine.allCases)
  func `what guests were told by version 12 is read`(engine: Engine) async throws {
    let database = try restored(12, engine)
    try database.migrate()
    let (series, told) = try await database.read(id(1000)) {
      (try $0.events.find(id(1101)), try $0.events.announcement(of: id(1101)))
    }
    #expect(told?.version == series?.editable)
    #expect(told != nil)
  }

  @Test(arguments: dumps)
  func `the steps make what they made when they were released`(engine: Engine, version: Int) throws {
    let released = try restored(version, engine)
    #expect(try schema(of: released) == schema(of: engine.empty(at: version)))
    try released.migrate()
    #expect(try schema(of: released) == schema(of: engine.empty()))
  }

  private func restored(_ version: Int, _ engine: Engine) throws -> any TestedDatabase {
    let name = engine == .sqlite ? "sqlite" : "postgresql"
    let fixture = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/schema-\(version).\(name).sql")
    let statements = try String(contentsOf: fixture, encoding: .utf8).components(separatedBy: ";\n")
    let database = try engine.empty(at: 0)
    try database.transaction { connection in
      for statement in statements where !statement.allSatisfy(\.isWhitespace) {
        _ = try connection.execute(statement, [])
      }
    }
    return database
  }

  private typealias Row = [String: SQLValue]

  /// The rows of every table.
  private func contents(of database: any TestedDatabase) throws -> [String: [Row]] {
    try database.transaction { connection in
      let tables = try connection.rows(
        connection.dialect == .sqlite
          ? "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
          : "SELECT table_name::text AS name FROM information_schema.tables WHERE table_schema = current_schema()"
      ).map { try $0.text("name") }
      return try Dictionary(
        uniqueKeysWithValues: tables.map { table in
          let rows = try connection.rows("SELECT * FROM \(table)", [])
          return (table, rows.map { row in Row(uniqueKeysWithValues: row.names.map { ($0, row[$0]) }) })
        }
      )
    }
  }

  /// The rows with only these columns, some of them under other names.
  private static func columns(_ names: Set<String>, of rows: [Row], as others: [String: String] = [:]) -> Set<
    Row
  > {
    Set(
      rows.map { row in
        Row(uniqueKeysWithValues: row.map { (others[$0] ?? $0, $1) }).filter { names.contains($0.key) }
      }
    )
  }

  /// The engine's description of its tables and indexes.
  private func schema(of database: any TestedDatabase) throws -> Set<SQLRow> {
    try database.transaction { connection in
      switch connection.dialect {
      case .sqlite:
        return Set(try connection.rows("SELECT type, name, tbl_name, sql FROM sqlite_schema"))
      case .postgreSQL:
        let columns = try connection.rows(
          """
          SELECT table_name::text, column_name::text, data_type::text, collation_name::text, is_nullable::text,
            column_default::text
          FROM information_schema.columns WHERE table_schema = current_schema()
          """
        )
        let indexes = try connection.rows(
          """
          SELECT replace(indexdef, schemaname || '.', '') AS definition FROM pg_indexes
          WHERE schemaname = current_schema()
          """
        )
        let constraints = try connection.rows(
          """
          SELECT conname::text AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint
          WHERE connamespace = current_schema()::regnamespace
          """
        )
        return Set(columns + indexes + constraints)
      }
    }
  }
}
