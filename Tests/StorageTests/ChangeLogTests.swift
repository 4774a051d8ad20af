import CalendarCore
import DatabaseTestSupport
import Foundation
import Testing

@testable import Storage

/// The log of changes: its entries, and that a reader who continues from a horizon misses nothing.
@Suite(.timeLimit(.minutes(5))) struct ChangeLogTests {
  private struct Interruption: Error {}

  private func horizon(_ database: any TestedDatabase) async throws -> SnapshotPosition {
    try await database.systemRead { try $0.changes.since(nil, in: nil, limit: 0).horizon }
  }

  private func read(
    _ database: any TestedDatabase,
    since last: SnapshotPosition,
    in workspace: Workspace.ID? = nil,
    limit: Int = 1000
  ) async throws -> ChangePage {
    try await database.systemRead { try $0.changes.since(last, in: workspace, limit: limit) }
  }

  private func insert(_ event: CalendarEvent, _ database: any TestedDatabase, _ fixture: TestWorkspace)
    async throws
  {
    try await database.write(fixture.workspace.id) {
      try $0.events.insert(event, idempotencyKey: nil, fingerprint: nil)
    }
  }

  @Test(arguments: Engine.allCases)
  func `making, changing and deleting an event are each one change`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    let event = try fixture.meeting(1, hours(0, 1))
    let writes: [@Sendable (any WorkspaceTransaction) throws -> Void] = [
      { try $0.events.insert(event, idempotencyKey: nil, fingerprint: nil) },
      { try $0.events.update(event) },
      { try $0.events.delete(event.id) },
    ]
    var last = try await horizon(database)
    for write in writes {
      try await database.write(fixture.workspace.id, write)
      let reading = try await read(database, since: last)
      #expect(reading.isComplete)
      #expect(reading.changes == [EventChange(workspaceID: fixture.workspace.id, eventID: event.id)])
      last = reading.horizon
    }
    // What is not there is not deleted.
    try await database.write(fixture.workspace.id) { try $0.events.delete(event.id) }
    #expect(try await read(database, since: last).changes.isEmpty)
  }

  @Test(arguments: Engine.allCases)
  func `a change is in the log if and only if it was committed`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    let (kept, lost) = (try fixture.meeting(1, hours(0, 1)), try fixture.meeting(2, hours(0, 1)))
    let last = try await horizon(database)
    await #expect(throws: Interruption.self) {
      try await database.write(fixture.workspace.id) { transaction throws in
        try transaction.events.insert(lost, idempotencyKey: nil, fingerprint: nil)
        throw Interruption()
      }
    }
    await #expect(throws: StoreError.notFound) {
      try await database.write(fixture.workspace.id) { try $0.events.update(lost) }
    }
    await #expect(throws: StoreError.duplicateIdempotencyKey) {
      try await database.write(fixture.workspace.id) {
        try $0.events.insert(lost, idempotencyKey: "key-1", fingerprint: "f")
      }
    }
    try await insert(kept, database, fixture)
    #expect(try await read(database, since: last).changes.map(\.eventID) == [kept.id])
  }

  @Test(arguments: Engine.allCases)
  func `each event is found once, the latest change last, and only in its workspace`(engine: Engine)
    async throws
  {
    let (own, other) = (try TestWorkspace(1), try TestWorkspace(2))
    let database = try await engine.make(with: own, other)
    let last = try await horizon(database)
    let events = try (1...3).map { try own.meeting($0, hours(0, 1)) }
    for event in events { try await insert(event, database, own) }
    try await database.write(other.workspace.id) { try $0.events.update(other.event) }
    try await database.write(own.workspace.id) { transaction throws in
      try transaction.events.update(events[0])
      try transaction.events.update(events[0])
    }
    let expected = [events[1], events[2]].map(\.id)
    let here = try await read(database, since: last, in: own.workspace.id)
    #expect(here.changes.map(\.eventID) == expected + [events[0].id])
    let everywhere = try await read(database, since: last)
    #expect(everywhere.changes.map(\.eventID) == expected + [other.event.id, events[0].id])
    #expect(everywhere.changes.map(\.workspaceID).contains(other.workspace.id))
    let some = try await read(database, since: last, limit: 3)
    #expect(some.changes.map(\.eventID) == expected + [other.event.id] && !some.isComplete)
    #expect(try await read(database, since: everywhere.horizon).changes.isEmpty)
  }

  @Test func `a reader who has read past a transaction finds it when it commits late`() async throws {
    // A server of its own: what is open in the transactions of other tests is in a horizon, too.
    let server = try OwnPostgreSQL()
    let (url, fixture) = (server.url(), try TestWorkspace(1))
    let database = try PostgreSQLDatabase(url: url, connections: 2)
    try database.migrate()
    try await fixture.store(in: database)
    let (early, late) = (try fixture.meeting(1, hours(0, 1)), try fixture.meeting(2, hours(0, 1)))
    let first = try await horizon(database)
    let slow = try PostgreSQLConnection(PostgreSQLAddress(url))
    _ = try slow.answer(to: "BEGIN ISOLATION LEVEL REPEATABLE READ")
    try WorkspaceStore(connection: slow, workspaceID: fixture.workspace.id)
      .events.insert(late, idempotencyKey: nil, fingerprint: nil)
    try await insert(early, database, fixture)
    // The one that began later is over first.
    let second = try await read(database, since: first)
    #expect(second.changes.map(\.eventID) == [early.id])
    #expect(second.horizon.open.count == 1)
    #expect(try await read(database, since: second.horizon).changes.isEmpty)
    _ = try slow.answer(to: "COMMIT")
    let third = try await read(database, since: second.horizon)
    #expect(third.changes.map(\.eventID) == [late.id])
    #expect(third.horizon.open.isEmpty)
    #expect(try await read(database, since: third.horizon).changes.isEmpty)
  }

  @Test(arguments: Engine.allCases)
  func `many who write at once while another reads lose nothing and are found once`(engine: Engine)
    async throws
  {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    let events = try (0..<200).map { try fixture.meeting($0, hours(0, 1)) }
    var last = try await horizon(database)
    let writing = Task {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for part in 0..<4 {
          group.addTask {
            for event in events[(part * 50)..<(part * 50 + 50)] { try await insert(event, database, fixture) }
          }
        }
        try await group.waitForAll()
      }
    }
    var found: [CalendarEvent.ID] = []
    while found.count < events.count {
      let reading = try await read(database, since: last)
      found += reading.changes.map(\.eventID)
      last = reading.horizon
    }
    try await writing.value
    #expect(found.count == events.count && Set(found) == Set(events.map(\.id)))
    #expect(try await read(database, since: last).changes.isEmpty)
  }
}
