import CalendarCore
import DatabaseTestSupport
import Foundation
import JobQueue
import TestSupport
import Testing

@testable import Storage

/// Who hears of a change without looking.
@Suite(.timeLimit(.minutes(5))) struct ChangeBellTests {
  private func change(_ database: any DatabaseEngine, _ fixture: TestWorkspace) async throws {
    try await database.write(fixture.workspace.id) { try $0.events.update(fixture.event) }
  }

  /// Two nodes on one database, whose lines are still closed.
  private func nodes(at url: String) async throws -> (PostgreSQLDatabase, PostgreSQLDatabase, TestWorkspace) {
    let fixture = try TestWorkspace(1)
    let before = try PostgreSQLDatabase(url: url, connections: 1)
    try before.migrate()
    try await fixture.store(in: before)
    try before.close()
    let (first, second) = (
      try PostgreSQLDatabase(url: url, connections: 1), try PostgreSQLDatabase(url: url, connections: 1)
    )
    return (first, second, fixture)
  }

  @Test(arguments: Engine.allCases)
  func `every listener in the process hears of a change`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    var listeners = (1...3).map { _ in database.changeNotifier.notifications().makeAsyncIterator() }
    for _ in 1...2 {
      try await change(database, fixture)
      for index in listeners.indices { #expect(await listeners[index].next() != nil) }
    }
    try database.close()
  }

  @Test(arguments: Engine.allCases)
  func `a transaction that changes no event has nothing to ring for`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    try database.transaction { connection in
      let store = WorkspaceStore(connection: connection, workspaceID: fixture.workspace.id)
      try store.members.setFlag(.rsvp, enabled: true)
      try store.jobs.insert(fixture.anotherJob)
      try store.events.delete(id(1))
      #expect(store.changes.isEmpty)
      try store.events.update(fixture.event)
      #expect(!store.changes.isEmpty)
    }
  }

  @Test func `nodes on one server hear each other`() async throws {
    let (first, second, fixture) = try await nodes(at: ScratchPostgreSQL.freshURL())
    var (here, there) = (
      first.changeNotifier.notifications().makeAsyncIterator(),
      second.changeNotifier.notifications().makeAsyncIterator()
    )
    // Each line rings once when it is open.
    #expect(await here.next() != nil)
    #expect(await there.next() != nil)
    try await change(first, fixture)
    #expect(await there.next() != nil)
    #expect(await here.next() != nil)
    try await change(second, fixture)
    #expect(await here.next() != nil)
    try first.close()
    try second.close()
  }

  @Test func `a node that nobody listens to is heard all the same`() async throws {
    let (server, worker, fixture) = try await nodes(at: ScratchPostgreSQL.freshURL())
    var rings = server.changeNotifier.notifications().makeAsyncIterator()
    #expect(await rings.next() != nil)
    try await change(worker, fixture)
    #expect(await rings.next() != nil)
    try worker.close()
    try server.close()
  }

  @Test func `a listener that lost its connection notifies once, and hears of changes again`() async throws {
    let machine = try OwnPostgreSQL()
    let (server, worker, fixture) = try await nodes(at: machine.url())
    var rings = server.changeNotifier.notifications().makeAsyncIterator()
    #expect(await rings.next() != nil)
    let last = try await server.systemRead { try $0.changes.since(nil, in: nil, limit: 0).horizon }
    let other = try PostgreSQLConnection(PostgreSQLAddress(machine.url()))
    let listening = "FROM pg_stat_activity WHERE query = 'LISTEN phos_changes'"
    let pids = try other.rows("SELECT pid \(listening)", []).map { try $0.count("pid") }
    #expect(pids.count == 1)
    _ = try other.rows("SELECT COUNT(pg_terminate_backend(pid)) AS number \(listening)", [])
    // Below the bell: only the line that is open again can tell.
    try worker.transaction { connection in
      try WorkspaceStore(connection: connection, workspaceID: fixture.workspace.id).events.update(
        fixture.event
      )
    }
    #expect(await rings.next() != nil)
    let reading = try await server.systemRead { try $0.changes.since(last, in: nil, limit: 9) }
    #expect(reading.changes.map(\.eventID) == [fixture.event.id])
    let again = try other.rows("SELECT pid \(listening)", []).map { try $0.count("pid") }
    #expect(again.count == 1 && again != pids)
    try await change(worker, fixture)
    #expect(await rings.next() != nil)
    try worker.close()
    try server.close()
    // A line that is closed is gone.
    try await waitUntil {
      try other.rows("SELECT pid FROM pg_stat_activity WHERE query LIKE '%phos_changes'", []).isEmpty
    }
  }
}

extension TestWorkspace {
  /// One more for the event.
  fileprivate var anotherJob: Job {
    var other = job
    other.id = jobID(number * 1000 + 99)
    return other
  }
}
