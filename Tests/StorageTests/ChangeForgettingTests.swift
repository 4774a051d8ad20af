import CalendarCore
import DatabaseTestSupport
import Foundation
import TestSupport
import Testing

@testable import Storage

/// The log reports the changes that it no longer has.
@Suite(.timeLimit(.minutes(5))) struct ChangeForgettingTests {
  private func age(_ database: any TestedDatabase, by seconds: Int64, positionsBelow bound: Int64) throws {
    try database.transaction { connection in
      _ = try connection.execute(
        """
        UPDATE event_change SET changed_at = changed_at - \(.integer(seconds * 1000))
        WHERE position < \(.integer(bound))
        """
      )
    }
  }

  private func horizon(_ database: any TestedDatabase) async throws -> SnapshotPosition {
    try await database.systemRead { try $0.changes.since(nil, in: nil, limit: 0).horizon }
  }

  private func positions(_ database: any TestedDatabase) throws -> [Int] {
    try database.transaction { connection in
      try connection.rows("SELECT position FROM event_change ORDER BY position").map {
        try $0.count("position")
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `what is old is forgotten, and positions go on rising`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    for _ in 1...3 { try await database.write(fixture.workspace.id) { try $0.events.update(fixture.event) } }
    let bound = try await horizon(database)
    for _ in 1...2 { try await database.write(fixture.workspace.id) { try $0.events.update(fixture.event) } }
    let before = try positions(database)
    try age(database, by: 100, positionsBelow: bound.next)
    #expect(try await database.system { try $0.changes.forget(olderThan: 200) } == 0)
    #expect(try await database.system { try $0.changes.forget(olderThan: 90) } == 4)
    #expect(try positions(database) == Array(before.suffix(2)))
    try age(database, by: 1000, positionsBelow: .max)
    while try await database.system({ try $0.changes.forget(olderThan: 90) }) > 0 {}
    #expect(try positions(database) == Array(before.suffix(1)))
    let last = try await horizon(database)
    try await database.write(fixture.workspace.id) { try $0.events.update(fixture.event) }
    let newest = try #require(try positions(database).last)
    #expect(newest > before.last ?? .max && newest >= last.next)
  }

  @Test(arguments: Engine.allCases)
  func `a horizon that is too old, or not this log's, cannot be read on from`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    // Older than every horizon that is asked about: one that is older than a change before it is of another history.
    try age(database, by: 2 * Int64(ChangeLog.minimumRetention), positionsBelow: .max)
    let present = try await horizon(database)
    func isKnown(_ change: (inout SnapshotPosition) -> Void) async throws -> Bool {
      var horizon = present
      change(&horizon)
      let asked = horizon
      return try await database.systemRead { try $0.changes.since(asked, in: nil, limit: 10).isComplete }
    }
    #expect(try await isKnown { _ in })
    #expect(try await isKnown { $0.instant -= ChangeLog.minimumRetention - 60 })
    #expect(try await !isKnown { $0.instant -= ChangeLog.minimumRetention + 1 })
    #expect(try await !isKnown { $0.next += 1_000_000 })
  }

  @Test func `a horizon from before a copy was put back is refused, however far the log has got`()
    async throws
  {
    let (folder, fixture) = (try TemporaryFolder(), try TestWorkspace(1))
    let database = try SQLiteDatabase(path: folder.database)
    try database.migrate()
    try await fixture.store(in: database)
    let copy = folder.path + "/copy.sqlite"
    try SQLiteFile(path: folder.database).copy(to: copy)
    for _ in 1...3 { try await database.write(fixture.workspace.id) { try $0.events.update(fixture.event) } }
    let lost = try await horizon(database)
    try database.close()
    _ = try SQLiteFile(path: folder.database).restore(copy, now: noon)
    let restored = try SQLiteDatabase(path: folder.database)
    for _ in 1...9 {
      let reading = try await restored.systemRead { try $0.changes.since(lost, in: nil, limit: 10) }
      #expect(!reading.isComplete)
      // Another instant than that of the change that had this position before.
      try await waitUntil { try await horizon(restored).instant > lost.instant }
      try await restored.write(fixture.workspace.id) { try $0.events.update(fixture.event) }
    }
    #expect(try await horizon(restored).next > lost.next)
  }

  @Test func `changes that came with a dump of another server are nobody's news`() async throws {
    let (url, fixture) = (try ScratchPostgreSQL.freshURL(), try TestWorkspace(1))
    let database = try PostgreSQLDatabase(url: url, connections: 1)
    try database.migrate()
    try await fixture.store(in: database)
    let last = try await horizon(database)
    try database.transaction { connection in
      _ = try connection.execute("UPDATE event_change SET position = position + 1000000", [])
    }
    try await database.write(fixture.workspace.id) { try $0.events.update(fixture.event) }
    let reading = try await database.systemRead { try $0.changes.since(last, in: nil, limit: 10) }
    #expect(reading.changes.count == 1)
    let next = try await database.systemRead { try $0.changes.since(reading.horizon, in: nil, limit: 10) }
    #expect(next.changes.isEmpty)
  }
}
