import CalendarCore
import Foundation
import Testing

@testable import Storage

@Suite(.timeLimit(.minutes(5))) struct MigrationTests {
  private let later = Migration(
    version: Migration.all.count + 1,
    name: "later",
    statements: ["CREATE TABLE later (id TEXT NOT NULL PRIMARY KEY)"]
  )

  private func version(of database: SQLiteDatabase) throws -> Int? {
    try database.transaction {
      try $0.rows("SELECT MAX(version) AS version FROM schema_migration").first?.count("version")
    }
  }

  @Test func `a second run changes nothing and loses nothing`() async throws {
    let folder = try TemporaryFolder()
    let fixture = try TestWorkspace(1)
    let database = try SQLiteDatabase(path: folder.database)
    try database.migrate()
    try await fixture.store(in: database)
    try database.migrate()
    try database.close()
    let reopened = try SQLiteDatabase(path: folder.database)
    try reopened.migrate()
    #expect(
      try await reopened.read(fixture.workspace.id) { try $0.events.find(fixture.event.id) } == fixture.event
    )
  }

  @Test func `data outlives the steps that follow`() async throws {
    let fixture = try TestWorkspace(1)
    let database = try SQLiteDatabase.inMemory()
    try database.migrate()
    try await fixture.store(in: database)
    try database.migrate(Migration.all + [later])
    #expect(try version(of: database) == later.version)
    #expect(
      try await database.read(fixture.workspace.id) { try $0.events.find(fixture.event.id) } == fixture.event
    )
  }

  @Test(arguments: 0..<5)
  func `many that start on a new file at once all find it ready`(round: Int) async throws {
    let folder = try TemporaryFolder()
    let steps = Migration.all + [later]
    try await withThrowingTaskGroup(of: Int?.self) { group in
      for _ in 0..<6 {
        group.addTask {
          try await onThread {
            let database = try SQLiteDatabase(path: folder.database)
            try database.migrate(steps)
            return try self.version(of: database)
          }
        }
      }
      for try await version in group { #expect(version == later.version) }
    }
  }

  @Test func `a database of a newer program is refused and left alone`() throws {
    let folder = try TemporaryFolder()
    let newer = try SQLiteDatabase(path: folder.database)
    try newer.migrate(Migration.all + [later])
    let older = try SQLiteDatabase(path: folder.database)
    #expect(throws: StoreError.newerDatabase(found: later.version, known: later.version - 1)) {
      try older.migrate()
    }
    #expect(try version(of: older) == later.version)
  }

  @Test func `a step that fails leaves nothing of itself`() throws {
    let database = try SQLiteDatabase.inMemory()
    let broken = Migration(
      version: Migration.all.count + 1,
      name: "broken",
      statements: later.statements + ["INSERT INTO later (id) VALUES (NULL)"]
    )
    #expect(throws: (any Error).self) { try database.migrate(Migration.all + [broken]) }
    #expect(try version(of: database) == Migration.all.count)
    try database.migrate(Migration.all + [later])
    #expect(try version(of: database) == later.version)
  }

  @Test(arguments: Engine.allCases)
  func `step 13 lets people be found by either spelling of their domain`(engine: Engine) async throws {
    let (typed, inALabels) = ("Info@Bücher.example", "info@xn--bcher-kva.example")
    let database = try engine.empty(at: 12)
    var first = try TestWorkspace(1)
    let second = try TestWorkspace(2)
    first.member.email = try address(typed)
    first.account.handle = try address(typed)
    first.person.emails = [try address(typed), try address("ægir@example.is")]
    for fixture in [first, second] { try await fixture.store(in: database) }
    try database.transaction { connection in
      for table in ["workspace_member", "connected_account", "person_email"] {
        try connection.execute(
          "UPDATE \(table) SET address = $1 WHERE address = $2",
          [.string("info@bücher.example"), .string(inALabels)]
        )
      }
    }
    try database.migrate()
    let (member, account, people) = try await database.read(first.workspace.id) { [first] reader in
      let sent = try address(inALabels)
      return (
        try reader.members.list(emails: [sent]).map(\.id),
        try reader.accounts.find(ownerID: first.member.id, provider: first.account.provider, handle: sent)?
          .id,
        try reader.records.people(emails: [sent, address("ægir@example.is")]).count
      )
    }
    #expect(member == [first.member.id] && account == first.account.id && people == 2)
  }

  @Test(arguments: Engine.allCases)
  func `step 13 leaves one of two members with the same address as they are`(engine: Engine) async throws {
    let database = try engine.empty(at: 12)
    for number in [1, 2] { try await TestWorkspace(number).store(in: database) }
    let addresses = ["info@bücher.example", "info@xn--bcher-kva.example"]
    try database.transaction { connection in
      for (number, address) in zip([1, 2], addresses) {
        try connection.execute(
          "UPDATE workspace_member SET address = $1 WHERE address = $2",
          [.string(address), .string("member\(number)@example.com")]
        )
      }
    }
    try database.migrate()
    let kept = try database.transaction { connection in
      try connection.rows("SELECT address FROM workspace_member ORDER BY id").map { try $0.text("address") }
    }
    #expect(kept == addresses)
  }

  @Test func `the steps are numbered in their order`() {
    #expect(Migration.all.map(\.version) == Array(1...Migration.all.count))
  }

  @Test func `constraints bear the name of their table`() throws {
    let database = try Engine.postgreSQL.empty()
    let strange = try database.transaction {
      try $0.rows(
        """
        SELECT conname::text AS name FROM pg_constraint
        WHERE connamespace = current_schema()::regnamespace
          AND NOT starts_with(conname, (SELECT relname FROM pg_class WHERE oid = conrelid) || '_')
        """
      ).map { try $0.text("name") }
    }
    #expect(strange == [])
  }

  @Test func `every table refuses values of other types`() throws {
    let database = try SQLiteDatabase.inMemory()
    try database.migrate()
    let loose = try database.transaction {
      try $0.rows(
        """
        SELECT name FROM pragma_table_list
        WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'
        """
      ).map { try $0.text("name") }
    }
    #expect(loose == ["schema_migration"])
  }

  @Test func `every table's primary key begins with the workspace, and so does every reference`() throws {
    let database = try SQLiteDatabase.inMemory()
    try database.migrate()
    try database.transaction { connection in
      let tables = try connection.rows(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
      ).map { try $0.text("name") }
      #expect(tables.contains("calendar_event"))
      for table in tables where !["workspace", "schema_migration", "rate_limit"].contains(table) {
        let keys = try connection.rows("SELECT name FROM pragma_table_info(\(.string(table))) WHERE pk = 1")
        #expect(try keys.map { try $0.text("name") } == ["workspace_id"], "\(table)")
        let references = try connection.rows(
          "SELECT * FROM pragma_foreign_key_list(\(.string(table))) WHERE seq = 0"
        )
        #expect(!references.isEmpty, "\(table) belongs to no workspace")
        for reference in references { #expect(try reference.text("from") == "workspace_id", "\(table)") }
      }
    }
  }
}

/// Runs blocking work on a thread of its own, as another process would.
func onThread<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
  try await withCheckedThrowingContinuation { continuation in
    Thread { continuation.resume(with: Result(catching: body)) }.start()
  }
}
