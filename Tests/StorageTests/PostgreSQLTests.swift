import CalendarCore
import DatabaseTestSupport
import Foundation
import JobQueue
import Synchronization
import TestSupport
import Testing

@testable import Storage

/// The failures of a real server: going away, coming back, refusing, and two writes at once.
@Suite(.timeLimit(.minutes(5))) struct PostgreSQLTests {
  private func database(_ connections: Int = 4) async throws -> (PostgreSQLDatabase, TestWorkspace) {
    let fixture = try TestWorkspace(1)
    let database = try PostgreSQLDatabase(url: ScratchPostgreSQL.freshURL(), connections: connections)
    try database.migrate()
    try await fixture.store(in: database)
    return (database, fixture)
  }

  @Test func `two who change one row both have their change kept`() async throws {
    let (database, fixture) = try await database()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<20 {
        group.addTask {
          try await database.write(fixture.workspace.id) { transaction throws in
            var event = try #require(try transaction.events.find(fixture.event.id))
            event.version += 1
            try transaction.events.update(event)
          }
        }
      }
      try await group.waitForAll()
    }
    let found = try await database.read(fixture.workspace.id) { try $0.events.find(fixture.event.id) }
    #expect(found?.version == fixture.event.version + 20)
  }

  @Test func `twenty that use one key at once make one event, and the others find it`() async throws {
    let (database, fixture) = try await database(8)
    let made = try await withThrowingTaskGroup(of: CalendarEvent.ID.self) { group in
      for number in 0..<20 {
        group.addTask {
          let event = try fixture.meeting(number, hours(0, 1))
          return try await database.write(fixture.workspace.id) { transaction throws in
            if let earlier = try transaction.events.find(idempotencyKey: "same") { return earlier.event.id }
            try transaction.events.insert(event, idempotencyKey: "same", fingerprint: "f")
            return event.id
          }
        }
      }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(made.count == 1)
  }

  @Test func `connections that the server ends are replaced, and the work is done on new ones`() async throws
  {
    let (database, fixture) = try await database()
    let visits = Visits()
    try await database.write(fixture.workspace.id) { transaction throws in
      // In the midst of the first run, as an administrator would, or a server that is told to stop.
      if visits.next() == 1 {
        let own = try #require(transaction as? WorkspaceStore).connection
        let pid = try #require(try own.rows("SELECT pg_backend_pid() AS pid").first?.count("pid"))
        try PostgreSQLDatabase(url: ScratchPostgreSQL.url(), connections: 1).transaction { other in
          _ = try other.execute("DO $$ BEGIN PERFORM pg_terminate_backend(\(pid)); END $$", [])
        }
      }
      var event = try #require(try transaction.events.find(fixture.event.id))
      event.version += 1
      try transaction.events.update(event)
    }
    #expect(visits.count == 2)
    let found = try await database.read(fixture.workspace.id) { try $0.events.find(fixture.event.id) }
    #expect(found?.version == fixture.event.version + 1)
  }

  /// The errors with which a server says that it cannot work now, each raised by a real one.
  @Test(arguments: [
    // A statement that takes too long.
    ["SET LOCAL statement_timeout = '20ms'", "SELECT pg_sleep(30)"],
    // A row that another transaction has locked.
    ["SET LOCAL lock_timeout = '20ms'", "UPDATE workspace SET display_name = 'Late'"],
    // More temporary files than there is room for.
    [
      "SET LOCAL temp_file_limit = '64kB'", "SET LOCAL work_mem = '64kB'",
      "SELECT * FROM generate_series(1, 100000)",
    ],
    // A full disk, no memory, an operator's word: as an extension or the server itself raises them.
    ["DO $$ BEGIN RAISE SQLSTATE '53100'; END $$"], ["DO $$ BEGIN RAISE SQLSTATE '53200'; END $$"],
    ["SELECT pg_cancel_backend(pg_backend_pid())"],
  ])
  func `what the server cannot do now is unavailable, and its connection still serves`(statements: [String])
    async throws
  {
    let (url, fixture) = (try ScratchPostgreSQL.freshURL(), try TestWorkspace(1))
    let database = try PostgreSQLDatabase(url: url, connections: 1)
    try database.migrate()
    try await fixture.store(in: database)
    let keeper = try PostgreSQLConnection(PostgreSQLAddress(url))
    _ = try keeper.answer(to: "BEGIN; UPDATE workspace SET display_name = 'Kept'")
    await #expect(throws: StoreError.unavailable) {
      try await database.write(fixture.workspace.id) { transaction throws in
        let own = try #require(transaction as? WorkspaceStore).connection
        for statement in statements { _ = try own.rows(statement, []) }
      }
    }
    #expect(
      try await database.read(fixture.workspace.id) { try $0.events.find(fixture.event.id) } == fixture.event
    )
  }

  @Test func `what another node did to the tables does not stop this one`() async throws {
    let (url, fixture) = (try ScratchPostgreSQL.freshURL(), try TestWorkspace(1))
    let (node, newer) = (
      try PostgreSQLDatabase(url: url, connections: 1), try PostgreSQLDatabase(url: url, connections: 1)
    )
    try node.migrate()
    try await fixture.store(in: node)
    for round in 1...2 {
      #expect(
        try await node.read(fixture.workspace.id) { try $0.events.find(fixture.event.id) } == fixture.event
      )
      try newer.transaction { connection in
        for table in ["calendar_event", "connected_account"] {
          _ = try connection.execute("ALTER TABLE \(table) ADD COLUMN later_\(round) INTEGER", [])
        }
      }
    }
    #expect(
      try await node.read(fixture.workspace.id) { try $0.events.find(fixture.event.id) } == fixture.event
    )
    let visits = Visits()
    try await node.write(fixture.workspace.id) { transaction throws in
      visits.next()
      var event = try #require(try transaction.events.find(fixture.event.id))
      // In the midst of it.
      if visits.count == 1 {
        try newer.transaction {
          _ = try $0.execute("ALTER TABLE connected_account ADD COLUMN latest INTEGER", [])
        }
      }
      #expect(try transaction.accounts.find(fixture.account.id) != nil)
      event.version += 1
      try transaction.events.update(event)
    }
    let found = try await node.read(fixture.workspace.id) { try $0.events.find(fixture.event.id) }
    #expect(found?.version == fixture.event.version + 1)
  }

  @Test func `a step of the schema may take its time, other statements may not`() throws {
    let database = try PostgreSQLDatabase(url: ScratchPostgreSQL.freshURL(), connections: 1)
    let limits: StaticString =
      "current_setting('statement_timeout') AS statement, current_setting('lock_timeout') AS lock"
    let step = Migration(
      version: 99,
      name: "limits",
      statements: ["CREATE TABLE limits AS SELECT \(name: limits)"]
    )
    try database.migrate(Migration.all + [step])
    try database.transaction { connection in
      let (during, after) = (
        try #require(try connection.rows("SELECT * FROM limits", []).first),
        try #require(try connection.rows("SELECT \(limits)", []).first)
      )
      #expect(try during.text("statement") == "0" && during.text("lock") == "10s")
      #expect(try after.text("statement") == "15s" && after.text("lock") == "10s")
    }
  }

  @Test func `a sum of whole numbers is read as one`() throws {
    try PostgreSQLDatabase(url: ScratchPostgreSQL.url(), connections: 1).transaction { connection in
      let row = try #require(
        try connection.rows(
          """
          SELECT SUM(n) AS sum, AVG(n) AS average, SUM(n) * -1 AS negative
          FROM (VALUES (9007199254740993::bigint), (2::bigint)) AS numbers (n)
          """,
          []
        ).first
      )
      // The first of them is not a Double's.
      #expect(try row.count("sum") == 9_007_199_254_740_995)
      #expect(try row.count("negative") == -9_007_199_254_740_995)
      #expect(try row.optionalNumber("average") == 4_503_599_627_370_497.5)
      #expect(throws: StoreError.corrupt(column: "sum")) {
        try connection.rows(
          "SELECT SUM(n) AS sum FROM (VALUES (9223372036854775807), (1)) AS numbers (n)",
          []
        )
      }
    }
  }

  @Test func `who waits behind a connection that is stuck is refused by the clock`() async throws {
    let pool = PostgreSQLPool(connections: 1, maximumWait: .seconds(3600), clock: HurriedClock())
    let (gate, opener) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let stuck = Task {
      try await pool.run { _ in
        opener.signal()
        gate.wait()
      }
    }
    try await onThread { opener.wait() }
    for _ in 1...3 {
      await #expect(throws: StoreError.unavailable) {
        try await pool.run { _ in Issue.record("its turn cannot have come") }
      }
    }
    gate.signal()
    try await stuck.value
    // Who need not wait has no clock that could refuse.
    for _ in 1...100 { try await pool.run { _ in } }
  }

  @Test func `a job that its late runner gives up at this moment is given to nobody, and kept`() async throws
  {
    let (database, fixture) = try await database()
    _ = try await database.system {
      try $0.claim(fixture.job.id, now: noon, lease: JobLease(owner: "late", expiresAt: noon + 1))
    }
    let (gate, opener) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    async let isBuried = database.write(fixture.workspace.id) { transaction in
      let isBuried = try transaction.jobs.discard(
        fixture.job.id,
        owner: "late",
        reason: "Refused.",
        at: noon + 9
      )
      opener.signal()
      gate.wait()
      return isBuried
    }
    try await onThread { opener.wait() }
    // Its lease is over, and that it is given up cannot be seen yet.
    async let next = database.system {
      try $0.claimNext(now: noon + 9, lease: JobLease(owner: "next", expiresAt: noon + 20))
    }
    try await waitUntil {
      try !database.transaction { try $0.rows("SELECT pid FROM pg_locks WHERE NOT granted", []) }.isEmpty
    }
    gate.signal()
    let (wasBuried, taken) = try await (isBuried, next)
    #expect(wasBuried && taken == nil)
    let dead = try await database.read(fixture.workspace.id) {
      try $0.jobs.discarded(resources: [fixture.account.id].map(\.uuid), limit: 9)
    }
    #expect(dead.map(\.job.id) == [fixture.job.id] && dead.first?.job.lease == nil)
  }

  @Test func `what failed inside a transaction is not taken for done`() async throws {
    let (database, fixture) = try await database()
    await #expect(throws: (any Error).self) {
      try await database.write(fixture.workspace.id) { transaction throws in
        try transaction.members.setFlag(.eventDelete, enabled: true)
        // A caller that catches an error that it should not.
        try? transaction.records.insert(fixture.person)
      }
    }
    let flags = try await database.read(fixture.workspace.id) { try $0.members.flags() }
    #expect(!flags.isEnabled(.eventDelete))
  }

  @Test func `a caller who gives up leaves the queue`() async throws {
    let (database, fixture) = try await database(1)
    let (gate, opener) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let holding = Task {
      try await database.read(fixture.workspace.id) { _ in
        opener.signal()
        gate.wait()
      }
    }
    await withCheckedContinuation { continuation in
      Thread {
        opener.wait()
        continuation.resume()
      }.start()
    }
    let waiting = Task {
      try await database.read(fixture.workspace.id) { try $0.events.find(fixture.event.id) }
    }
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
    gate.signal()
    try await holding.value
  }

  @Test(arguments: 0..<3)
  func `many nodes that start on an empty database make its tables once`(round: Int) async throws {
    let url = try ScratchPostgreSQL.freshURL()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask { try await onThread { try PostgreSQLDatabase(url: url, connections: 1).migrate() } }
      }
      try await group.waitForAll()
    }
    let versions = try PostgreSQLDatabase(url: url, connections: 1).transaction {
      try $0.rows("SELECT version FROM schema_migration ORDER BY version").map { try $0.count("version") }
    }
    #expect(versions == Migration.all.map(\.version))
  }

  @Test func `a database of a newer program is refused`() throws {
    let database = try PostgreSQLDatabase(url: ScratchPostgreSQL.freshURL(), connections: 1)
    let later = Migration(version: 99, name: "later", statements: ["CREATE TABLE later (id TEXT)"])
    try database.migrate(Migration.all + [later])
    #expect(throws: StoreError.newerDatabase(found: 99, known: Migration.all.count)) {
      try database.migrate()
    }
  }
}

/// Counts from inside transactions, which may be run again.
final class Visits: Sendable {
  private let state = Mutex(0)
  var count: Int { state.withLock { $0 } }
  @discardableResult
  func next() -> Int {
    state.withLock { number in
      number += 1
      return number
    }
  }
}

/// A clock that is always there already.
private struct HurriedClock: Clock {
  let base = ContinuousClock()
  var now: ContinuousClock.Instant { base.now }
  var minimumResolution: Duration { base.minimumResolution }
  func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {}
}
