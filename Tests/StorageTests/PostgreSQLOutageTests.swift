import CalendarCore
import DatabaseTestSupport
import Foundation
import Synchronization
import Testing

@testable import Storage

/// A server that is stopped, started, killed and replaced, for real.
@Suite(.timeLimit(.minutes(5))) struct PostgreSQLOutageTests {
  /// Longer than any server takes to start, for those who must see it come back.
  private let patient = Duration.seconds(120)

  private func database(
    at url: String,
    patience: Duration
  ) async throws -> (PostgreSQLDatabase, TestWorkspace) {
    let fixture = try TestWorkspace(1)
    let database = try PostgreSQLDatabase(url: url, connections: 2, patience: patience)
    try database.migrate()
    try await fixture.store(in: database)
    return (database, fixture)
  }

  private func raiseVersion(
    _ database: PostgreSQLDatabase,
    _ fixture: TestWorkspace,
    _ before: @escaping @Sendable (any SQLConnection) throws -> Void = { _ in }
  ) async throws {
    try await database.write(fixture.workspace.id) { transaction throws in
      var event = try #require(try transaction.events.find(fixture.event.id))
      try before(try #require(transaction as? WorkspaceStore).connection)
      event.version += 1
      try transaction.events.update(event)
    }
  }

  /// How often the version was raised.
  private func raises(_ database: PostgreSQLDatabase, _ fixture: TestWorkspace) async throws -> Int? {
    try await database.read(fixture.workspace.id) { try $0.events.find(fixture.event.id)?.version }
      .map { $0 - fixture.event.version }
  }

  @Test(arguments: [OwnPostgreSQL.Stop.fast, .immediate])
  func `a restart between transactions is not noticed`(stop: OwnPostgreSQL.Stop) async throws {
    let server = try OwnPostgreSQL()
    let (database, fixture) = try await database(at: server.url(), patience: patient)
    try await raiseVersion(database, fixture)
    try server.restart(stop)
    try await raiseVersion(database, fixture)
    #expect(try await raises(database, fixture) == 2)
  }

  @Test(arguments: [OwnPostgreSQL.Stop.fast, .immediate])
  func `a restart inside a transaction makes it run again, once`(stop: OwnPostgreSQL.Stop) async throws {
    let server = try OwnPostgreSQL()
    let (database, fixture) = try await database(at: server.url(), patience: patient)
    let visits = Visits()
    try await raiseVersion(database, fixture) { _ in if visits.next() == 1 { try server.restart(stop) } }
    #expect(visits.count == 2)
    #expect(try await raises(database, fixture) == 1)
  }

  @Test func `a server that is away is unavailable, and used again when it is back`() async throws {
    let server = try OwnPostgreSQL()
    let (database, fixture) = try await database(at: server.url(), patience: .zero)
    try server.stop(.fast)
    for _ in 1...3 {
      await #expect(throws: StoreError.unavailable) { try await raiseVersion(database, fixture) }
      await #expect(throws: StoreError.unavailable) { try await raises(database, fixture) }
    }
    try server.start()
    try await raiseVersion(database, fixture)
    #expect(try await raises(database, fixture) == 1)
  }

  @Test func `who comes while the server is away is served when it is back`() async throws {
    let server = try OwnPostgreSQL()
    let (database, fixture) = try await database(at: server.url(), patience: patient)
    try server.stop(.fast)
    async let raised: Void = raiseVersion(database, fixture)
    try server.start()
    try await raised
    #expect(try await raises(database, fixture) == 1)
  }

  @Test func `a server that is stopping takes nobody in, and that is no lasting refusal`() async throws {
    let server = try OwnPostgreSQL()
    let (database, fixture) = try await database(at: server.url(), patience: .zero)
    // A session of its own keeps the server from stopping.
    let last = try PostgreSQLConnection(PostgreSQLAddress(server.url()))
    try server.beginStopping()
    let failure = try #require(throws: PostgreSQLFailure.self) {
      try database.transaction { _ in }
    }
    #expect(failure.sqlState == "57P03" && failure.isConnectionLost)
    #expect(failure.description.contains("starting, stopping or recovering"))
    let other = try await onThread { [url = server.url()] in
      try? PostgreSQLDatabase(url: url, patience: .zero)
    }
    #expect(other == nil)
    _ = try last.answer(to: "SELECT 1")
    _ = fixture
  }

  @Test func `a server that recovers takes nobody in, and is waited for`() async throws {
    let server = try OwnPostgreSQL(options: { _ in "-c hot_standby=off" })
    let (database, fixture) = try await database(at: server.url(), patience: patient)
    // It follows nobody, and lets nobody look on.
    try server.becomeStandby()
    let refused = try #require(throws: PostgreSQLFailure.self) {
      try PostgreSQLDatabase(url: server.url(), patience: .zero)
    }
    #expect(refused.sqlState == "57P03")
    async let raised: Void = raiseVersion(database, fixture)
    try server.promote()
    try await raised
    #expect(try await raises(database, fixture) == 1)
  }

  @Test func `a primary that became a standby is left for one that takes changes`() async throws {
    let server = try OwnPostgreSQL()
    let (database, fixture) = try await database(at: server.url(), patience: patient)
    let impatient = try PostgreSQLDatabase(url: server.url(), patience: .zero)
    try server.becomeStandby()
    #expect(try await raises(impatient, fixture) == 0)
    await #expect(throws: StoreError.unavailable) { try await raiseVersion(impatient, fixture) }
    #expect(try await raises(impatient, fixture) == 0)
    let visits = Visits()
    try await raiseVersion(database, fixture) { _ in if visits.next() == 2 { try server.promote() } }
    // The second began before the promotion, and is still one that reads only.
    #expect(visits.count > 2)
    #expect(try await raises(database, fixture) == 1)
  }

  @Test func `of several hosts the one that takes changes is found again`() async throws {
    let first = try OwnPostgreSQL()
    let fixture = try TestWorkspace(1)
    let firstAlone = try PostgreSQLDatabase(url: first.url(), connections: 1)
    try firstAlone.migrate()
    try await fixture.store(in: firstAlone)
    try firstAlone.close()
    try first.stop(.fast)
    let second = try OwnPostgreSQL(copying: first)
    try second.becomeStandby()
    try first.start()
    let hosts = "127.0.0.1:\(first.port),127.0.0.1"
    let database = try PostgreSQLDatabase(
      url: second.url(host: hosts, parameters: "?target_session_attrs=read-write"),
      connections: 1,
      patience: patient
    )
    try await raiseVersion(database, fixture)
    // The second takes over; the first is still there, but accepts no changes.
    try second.promote()
    try first.becomeStandby()
    try await raiseVersion(database, fixture)
    try await raiseVersion(database, fixture)
    // It never saw what the first was told.
    #expect(try await raises(database, fixture) == 2)
    #expect(try await raises(PostgreSQLDatabase(url: first.url(), connections: 1), fixture) == 1)
  }

  @Test func `a server process that hangs is left, and another does the work`() async throws {
    let server = try OwnPostgreSQL()
    let (database, fixture) = try await database(at: server.url(), patience: patient)
    let hasty = try PostgreSQLDatabase(
      url: server.url(),
      connections: 1,
      patience: .zero,
      silenceTimeout: .seconds(2)
    )
    let stopped = Mutex<pid_t?>(nil)
    // A server that is stopped waits for it, too.
    defer { _ = stopped.withLock { $0.map { kill($0, SIGCONT) } } }
    await #expect(throws: StoreError.unavailable) {
      try await raiseVersion(hasty, fixture) { connection in
        let pid = try #require(try connection.rows("SELECT pg_backend_pid() AS pid", []).first?.count("pid"))
        #expect(kill(pid_t(pid), SIGSTOP) == 0)
        stopped.withLock { $0 = pid_t(pid) }
      }
    }
    #expect(stopped.withLock { $0 } != nil)
    try await raiseVersion(hasty, fixture)
    #expect(try await raises(database, fixture) == 1)
  }

  @Test func `a COMMIT whose answer is lost is of unknown outcome, and was done`() async throws {
    let server = try OwnPostgreSQL()
    let proxy = try CommitProxy(to: server)
    defer { proxy.close() }
    let (database, fixture) = try await database(at: server.url(port: proxy.port), patience: patient)
    proxy.breakNextCommit(.answerLost)
    await #expect(throws: StoreError.outcomeUnknown) { try await raiseVersion(database, fixture) }
    #expect(try await raises(database, fixture) == 1)
  }

  @Test func `a COMMIT that a killed server process never hears of is of unknown outcome, and was not done`()
    async throws
  {
    let server = try OwnPostgreSQL()
    let proxy = try CommitProxy(to: server)
    defer { proxy.close() }
    let (database, fixture) = try await database(at: server.url(port: proxy.port), patience: patient)
    proxy.breakNextCommit(.requestLost)
    await #expect(throws: StoreError.outcomeUnknown) {
      try await raiseVersion(database, fixture) { connection in
        let pid = try #require(try connection.rows("SELECT pg_backend_pid() AS pid", []).first?.count("pid"))
        proxy.beforeBreaking { _ = kill(pid_t(pid), SIGKILL) }
      }
    }
    // The whole server recovers from that, and is waited for.
    #expect(try await raises(database, fixture) == 0)
    try await raiseVersion(database, fixture)
    #expect(try await raises(database, fixture) == 1)
  }

  @Test func `a read whose COMMIT is not answered is done again`() async throws {
    let server = try OwnPostgreSQL()
    let proxy = try CommitProxy(to: server)
    defer { proxy.close() }
    let (database, fixture) = try await database(at: server.url(port: proxy.port), patience: patient)
    proxy.breakNextCommit(.answerLost)
    #expect(try await raises(database, fixture) == 0)
  }

  @Test(arguments: ["LATIN1", "SQL_ASCII"])
  func `a database that is not UTF-8 is refused at the start`(encoding: String) throws {
    let server = try OwnPostgreSQL(encoding: encoding)
    let error = try #require(throws: PostgreSQLUnusable.self) { try PostgreSQLDatabase(url: server.url()) }
    #expect(error.description.contains("its encoding is \(encoding) and must be UTF8"))
  }
}
