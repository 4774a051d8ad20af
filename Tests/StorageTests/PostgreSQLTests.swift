import CalendarCore
import DatabaseTestSupport
import Foundation
import Synchronization
import Testing

@testable import Storage

/// What only a server can do to us: go away, come back, refuse, let two write at once.
@Suite struct PostgreSQLTests {
  private func database(_ connections: Int = 4) async throws -> (PostgreSQLDatabase, World) {
    let world = try World(1)
    let database = try PostgreSQLDatabase(url: ScratchPostgreSQL.freshURL(), connections: connections)
    try database.migrate()
    try await world.store(in: database)
    return (database, world)
  }

  @Test func `two who change one row both have their change kept`() async throws {
    let (database, world) = try await database()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<20 {
        group.addTask {
          try await database.write(world.workspace.id) { transaction throws in
            var event = try #require(try transaction.event(world.event.id))
            event.version += 1
            try transaction.update(event)
          }
        }
      }
      try await group.waitForAll()
    }
    let found = try await database.read(world.workspace.id) { try $0.event(world.event.id) }
    #expect(found?.version == world.event.version + 20)
  }

  @Test func `twenty that use one key at once make one event, and the others find it`() async throws {
    let (database, world) = try await database(8)
    let made = try await withThrowingTaskGroup(of: CalendarEvent.ID.self) { group in
      for number in 0..<20 {
        group.addTask {
          let event = try world.meeting(number, hours(0, 1))
          return try await database.write(world.workspace.id) { transaction throws in
            if let earlier = try transaction.event(idempotencyKey: "same") { return earlier.event.id }
            try transaction.insert(event, idempotencyKey: "same", fingerprint: "f")
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
    let (database, world) = try await database()
    let visits = Visits()
    try await database.write(world.workspace.id) { transaction throws in
      // In the midst of the first run, as an administrator would, or a server that is told to stop.
      if visits.next() == 1 {
        let own = try #require(transaction as? WorkspaceStore).connection
        let pid = try #require(try own.rows("SELECT pg_backend_pid() AS pid").first?.count("pid"))
        try PostgreSQLDatabase(url: ScratchPostgreSQL.url(), connections: 1).transaction { other in
          _ = try other.execute("DO $$ BEGIN PERFORM pg_terminate_backend(\(pid)); END $$", [])
        }
      }
      var event = try #require(try transaction.event(world.event.id))
      event.version += 1
      try transaction.update(event)
    }
    #expect(visits.count == 2)
    let found = try await database.read(world.workspace.id) { try $0.event(world.event.id) }
    #expect(found?.version == world.event.version + 1)
  }

  @Test func `a statement that takes too long is ended, and its connection still serves`() async throws {
    let (database, world) = try await database(1)
    let error = await #expect(throws: PostgreSQLFailure.self) {
      try await database.write(world.workspace.id) { transaction throws in
        let own = try #require(transaction as? WorkspaceStore).connection
        _ = try own.execute("SET LOCAL statement_timeout = '20ms'", [])
        _ = try own.execute("SELECT pg_sleep(30)", [])
      }
    }
    #expect(error?.sqlState == "57014")
    #expect(try await database.read(world.workspace.id) { try $0.event(world.event.id) } == world.event)
  }

  @Test func `what failed inside a transaction is not taken for done`() async throws {
    let (database, world) = try await database()
    await #expect(throws: (any Error).self) {
      try await database.write(world.workspace.id) { transaction throws in
        try transaction.setFlag(.eventDelete, enabled: true)
        // Somebody who catches what they should not.
        try? transaction.insert(world.person)
      }
    }
    let flags = try await database.read(world.workspace.id) { try $0.flags() }
    #expect(!flags.isEnabled(.eventDelete))
  }

  @Test func `a caller who gives up leaves the queue`() async throws {
    let (database, world) = try await database(1)
    let (gate, opener) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let holding = Task {
      try await database.read(world.workspace.id) { _ in
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
    let waiting = Task { try await database.read(world.workspace.id) { try $0.event(world.event.id) } }
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

  @Test func `a wrong password is one sentence without it`() throws {
    let url = try ScratchPostgreSQL.url().replacing(/:[0-9a-f]+@/, with: ":wr0ng@")
    let error = try #require(throws: PostgreSQLFailure.self) { try PostgreSQLDatabase(url: url) }
    #expect(error.description.contains("password authentication failed"))
    #expect(!error.description.contains("wr0ng") && !error.description.contains("\n"))
  }
}

/// Counts from inside transactions, which may be run again.
private final class Visits: Sendable {
  private let state = Mutex(0)
  var count: Int { state.withLock { $0 } }
  func next() -> Int {
    state.withLock { number in
      number += 1
      return number
    }
  }
}
