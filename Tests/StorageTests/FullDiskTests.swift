import CalendarCore
import Foundation
import JobQueue
import Testing

@testable import Storage

/// A file that may not grow is to SQLite what a full disk is: the same SQLITE_FULL at the same places.
@Suite(.timeLimit(.minutes(5))) struct FullDiskTests {
  @Test func `on a full disk nothing is half saved, reads go on, and so do writes once there is room`()
    async throws
  {
    let (folder, fixture) = (try TemporaryFolder(), try TestWorkspace(1))
    let database = try SQLiteDatabase(path: folder.database)
    try database.migrate()
    try await fixture.store(in: database)
    try database.transaction { connection in
      let pages = try #require(try connection.rows("PRAGMA page_count", []).first?.count("page_count"))
      _ = try connection.rows("PRAGMA max_page_count = \(pages + 30)", [])
    }
    var refused: [Int] = []
    for number in 1...60 {
      do { try await store(number, in: database, fixture) } catch StoreError.unavailable {
        refused.append(number)
      }
    }
    // Some found room, and then none, not even in the last corner.
    let first = try #require(refused.first)
    #expect(first > 1 && refused.count > 5)
    try await expect(refused: refused, of: 60, in: database, fixture)

    try database.transaction { _ = try $0.rows("PRAGMA max_page_count = 1073741823", []) }
    for number in refused { try await store(number, in: database, fixture) }
    try await expect(refused: [], of: 60, in: database, fixture)
    try database.close()

    let reopened = try SQLiteDatabase(path: folder.database)
    try await expect(refused: [], of: 60, in: reopened, fixture)
    let check = try reopened.transaction {
      try $0.rows("PRAGMA integrity_check", []).first?.text("integrity_check")
    }
    #expect(check == "ok")
  }

  /// A meeting with guests, its key, and its job.
  private func store(_ number: Int, in database: SQLiteDatabase, _ fixture: TestWorkspace) async throws {
    var event = try fixture.meeting(number, hours(0, 1), guests: (1...5).map { "guest\($0)@example.com" })
    event.details = String(repeating: "ü", count: number.isMultiple(of: 3) ? 4000 : 40)
    var job = fixture.job
    job.id = jobID(50_000 + number)
    job.subject = .event(event.id)
    try await database.write(fixture.workspace.id) { [event, job] transaction throws in
      try transaction.events.insert(event, idempotencyKey: "full-\(number)", fingerprint: "f")
      try transaction.jobs.insert(job)
    }
  }

  private func expect(refused: [Int], of count: Int, in database: SQLiteDatabase, _ fixture: TestWorkspace)
    async throws
  {
    for number in 1...count {
      let whole = refused.contains(number) ? 0 : 1
      let event = try fixture.meeting(number, hours(0, 1)).id
      let found = try await database.read(fixture.workspace.id) { reader throws in
        (
          try reader.events.find(event)?.participants.count,
          try reader.events.find(idempotencyKey: "full-\(number)")?.event.id
        )
      }
      #expect(found.0 == (whole == 1 ? 5 : nil) && found.1 == (whole == 1 ? event : nil), "\(number)")
      let jobs = try database.transaction {
        try $0.rows("SELECT COUNT(*) AS number FROM job WHERE subject = $1", [.subject(.event(event))]).first?
          .count(
            "number"
          )
      }
      #expect(jobs == whole, "\(number)")
    }
  }
}
