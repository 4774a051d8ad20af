import CalendarCore
import DatabaseTestSupport
import Foundation
import ICalendar
import JobQueue
import Testing

@testable import Storage

@Suite(.timeLimit(.minutes(5))) struct DatabaseCopyTests {
  private func everything(_ database: any SQLEngine) throws -> [String: Set<SQLRow.Values>] {
    try database.transaction { connection in
      var found: [String: Set<SQLRow.Values>] = [:]
      for table in SQLTable.all {
        let rows = try connection.rows("SELECT * FROM \(table.name)", [])
        found[table.name] = Set(rows.map { row in Dictionary(row.names.map { ($0, row[$0]) }) { $1 } })
      }
      return found
    }
  }

  private func address(_ engine: Engine, _ folder: TemporaryFolder, _ name: String) throws -> DatabaseAddress
  {
    switch engine {
    case .sqlite: .sqlite(path: "\(folder.path)/\(name).sqlite")
    case .postgreSQL: .postgreSQL(url: try ScratchPostgreSQL.freshURL())
    }
  }

  @Test(arguments: [
    (Engine.sqlite, Engine.postgreSQL), (.postgreSQL, .sqlite), (.sqlite, .sqlite),
    (.postgreSQL, .postgreSQL),
  ])
  func `every row of every table arrives as it was`(from: Engine, to: Engine) async throws {
    let place = try TemporaryFolder()
    let (old, new) = (try address(from, place, "old"), try address(to, place, "new"))
    let source = try old.openForSQL(connections: 1)
    try source.migrate()
    for number in 1...2 {
      let fixture = try TestWorkspace(number)
      try await fixture.store(in: source)
      // More than a page.
      try await source.write(fixture.workspace.id) { transaction in
        for meeting in 0..<450 {
          let event = try fixture.meeting(meeting, hours(Double(meeting), Double(meeting) + 1))
          try transaction.events.insert(event, idempotencyKey: "key \(meeting)", fingerprint: nil)
          guard meeting == 0 else { continue }
          try transaction.events.keep(SchedulingMemory(), to: event.id)
          try transaction.events.keep(EventAnnouncement(event.editable), of: event.id)
          try transaction.conferences.save(
            StandaloneConference(
              requestID: "room",
              eventID: event.id,
              providerID: ConferenceProviderID(rawValue: "ROOMS"),
              accountID: event.accountID,
              conferenceID: "1",
              createdAt: noon
            )
          )
        }
      }
    }
    _ = try await source.system {
      try $0.claimNext(now: noon + 2, lease: .init(owner: "a", expiresAt: noon + 9))
    }
    let before = try everything(source)
    for (table, rows) in before where table != "rate_limit" {
      #expect(!rows.isEmpty, "\(table) was not tested")
    }
    try source.close()
    let copied = try DatabaseCopy(from: old, to: new).run()
    let target = try new.openForSQL(connections: 1)
    #expect(try everything(target) == before)
    // Positions of another database would mean nothing here.
    #expect(try target.transaction { try $0.rows("SELECT position FROM event_change") }.isEmpty)
    #expect(copied == before.values.map(\.count).reduce(0, +))
  }

  @Test func `a database that holds a workspace is left as it is`() async throws {
    let folder = try TemporaryFolder()
    let (old, new) = (try address(.sqlite, folder, "old"), try address(.sqlite, folder, "new"))
    for (number, address) in [old, new].enumerated() {
      let database = try address.openForSQL(connections: 1)
      try database.migrate()
      try await TestWorkspace(number).store(in: database)
      try database.close()
    }
    let before = try everything(new.openForSQL(connections: 1))
    #expect(throws: DatabaseCopy.Problem.notEmpty) { try DatabaseCopy(from: old, to: new).run() }
    #expect(try everything(new.openForSQL(connections: 1)) == before)
  }

  @Test func `what is not there is not made`() throws {
    let folder = try TemporaryFolder()
    let (old, new) = (try address(.sqlite, folder, "old"), try address(.sqlite, folder, "new"))
    #expect(throws: DatabaseCopy.Problem.missing("\(folder.path)/old.sqlite")) {
      try DatabaseCopy(from: old, to: new).run()
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test func `the list of tables is that of the database, each after those it refers to`() throws {
    let database = try SQLiteDatabase.inMemory()
    try database.migrate()
    try database.transaction { connection in
      let names = try connection.rows(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
      ).map { try $0.text("name") }
      #expect(Set(names) == Set(SQLTable.all.map(\.name) + ["schema_migration", "event_change"]))
      for (index, table) in SQLTable.all.enumerated() {
        let keys = try connection.rows(
          "SELECT name FROM pragma_table_info(\(.string(table.name))) WHERE pk > 0 ORDER BY pk"
        )
        #expect(try keys.map { try $0.text("name") } == table.key)
        let references = try connection.rows(
          "SELECT \"table\" AS target FROM pragma_foreign_key_list(\(.string(table.name)))"
        )
        for reference in references {
          let target = try reference.text("target")
          #expect(SQLTable.all[..<index].contains { $0.name == target }, "\(table.name) before \(target)")
        }
      }
    }
  }
}

extension SQLRow {
  /// A row by the names of its columns.
  fileprivate typealias Values = [String: SQLValue]
}
