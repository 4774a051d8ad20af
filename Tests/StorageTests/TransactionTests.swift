import CalendarCore
import Foundation
import JobQueue
import Testing

@testable import Storage

@Suite(.timeLimit(.minutes(5))) struct TransactionTests {
  private struct Interruption: Error {}

  @Test(arguments: Engine.allCases)
  func `an event and its job are stored together or not at all`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    let event = try fixture.meeting(1, hours(0, 1), guests: ["guest@example.com"])
    var job = fixture.job
    job.id = jobID(1)
    job.subject = .event(event.id)
    let push = job
    await #expect(throws: Interruption.self) {
      try await database.write(fixture.workspace.id) { transaction throws in
        try transaction.events.insert(event, idempotencyKey: "new", fingerprint: "f")
        try transaction.jobs.insert(push)
        throw Interruption()
      }
    }
    try await database.read(fixture.workspace.id) { reader throws in
      #expect(try reader.events.find(event.id) == nil)
      #expect(try reader.events.find(idempotencyKey: "new") == nil)
    }
    let lease = JobLease(owner: "runner", expiresAt: noon + 60)
    #expect(try await database.system { try $0.claim(push.id, now: noon, lease: lease) } == nil)
  }

  @Test(arguments: Engine.allCases)
  func `the end of a job and what was learnt are stored together or not at all`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    let lease = JobLease(owner: "runner", expiresAt: noon + 60)
    _ = try await database.system { try $0.claim(fixture.job.id, now: noon, lease: lease) }
    await #expect(throws: Interruption.self) {
      try await database.write(fixture.workspace.id) { transaction throws in
        var event = fixture.event
        event.push.status = .synced
        #expect(try transaction.jobs.complete(fixture.job.id, owner: "runner"))
        try transaction.events.update(event)
        throw Interruption()
      }
    }
    #expect(
      try await database.read(fixture.workspace.id) { try $0.events.find(fixture.event.id) } == fixture.event
    )
    #expect(
      try await database.write(fixture.workspace.id) { try $0.jobs.complete(fixture.job.id, owner: "runner") }
    )
  }

  @Test(arguments: Engine.allCases)
  func `an idempotency key makes one event`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    let again = try fixture.meeting(1, hours(0, 1))
    await #expect(throws: StoreError.duplicateIdempotencyKey) {
      try await database.write(fixture.workspace.id) {
        try $0.events.insert(again, idempotencyKey: "key-1", fingerprint: "other")
      }
    }
    #expect(try await database.read(fixture.workspace.id) { try $0.events.find(again.id) } == nil)
    let (first, second) = (try fixture.meeting(2, hours(0, 1)), try fixture.meeting(3, hours(0, 1)))
    try await database.write(fixture.workspace.id) {  // no key is never taken
      try $0.events.insert(first, idempotencyKey: nil, fingerprint: nil)
      try $0.events.insert(second, idempotencyKey: nil, fingerprint: nil)
    }
  }

  @Test(arguments: Engine.allCases)
  func `a deleted event takes its jobs and its key with it`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    let lease = JobLease(owner: "runner", expiresAt: noon + 60)
    try await database.write(fixture.workspace.id) { transaction throws in
      try transaction.events.delete(fixture.event.id)
      try transaction.events.insert(
        try fixture.meeting(1, hours(0, 1)),
        idempotencyKey: "key-1",
        fingerprint: "again"
      )
      #expect(try transaction.events.timelineCount(of: .person(fixture.person.id)) == 0)
    }
    #expect(try await database.system { try $0.claim(fixture.job.id, now: noon, lease: lease) } == nil)
  }

  @Test func `what was not committed is gone after a crash, what was committed is there`() async throws {
    let (folder, copy) = (try TemporaryFolder(), try TemporaryFolder())
    let database = try SQLiteDatabase(path: folder.database)
    try database.migrate()
    let fixture = try TestWorkspace(1)
    try await fixture.store(in: database)
    try database.transaction { connection in
      let store = WorkspaceStore(connection: connection, workspaceID: fixture.workspace.id)
      // More than the page cache holds, so that uncommitted pages are on the disk already.
      for number in 1...400 {
        var event = try fixture.meeting(number, hours(0, 1))
        event.details = String(repeating: "ü", count: 8000)
        try store.events.insert(event, idempotencyKey: "uncommitted-\(number)", fingerprint: nil)
      }
      // The files as a killed process leaves them.
      for file in try FileManager.default.contentsOfDirectory(atPath: folder.path)
      where !file.hasSuffix("-shm") {
        try FileManager.default.copyItem(atPath: "\(folder.path)/\(file)", toPath: "\(copy.path)/\(file)")
      }
    }
    let journal = try FileManager.default.attributesOfItem(atPath: copy.database + "-wal")[.size] as? Int
    #expect(try #require(journal) > 1_000_000, "nothing uncommitted was on the disk")
    let survivor = try SQLiteDatabase(path: copy.database)
    try survivor.migrate()
    try await survivor.read(fixture.workspace.id) { reader throws in
      #expect(try reader.events.find(fixture.event.id) == fixture.event)
      #expect(try reader.events.find(idempotencyKey: "uncommitted-1") == nil)
      let all = try reader.events.list(
        from: noon - 1e9,
        to: noon + 1e9,
        accountID: nil,
        after: nil,
        limit: 1000
      )
      #expect(all == [fixture.event])
    }
  }

  @Test func `commits wait for the disk, and the file is its owner's alone`() throws {
    let folder = try TemporaryFolder()
    let database = try SQLiteDatabase(path: folder.database)
    try database.migrate()
    let (synchronous, keys, journal) = try database.transaction { connection in
      (
        try connection.rows("PRAGMA synchronous").first?.count("synchronous"),
        try connection.rows("PRAGMA foreign_keys").first?.count("foreign_keys"),
        try connection.rows("PRAGMA journal_mode").first?.text("journal_mode")
      )
    }
    #expect(synchronous == 2 && keys == 1 && journal == "wal")
    for file in [folder.database, folder.database + "-wal"] {
      let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
      #expect(mode == 0o600)
    }
  }

  @Test(arguments: Engine.allCases)
  func `descriptions of errors hold no values`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    let error = await #expect(throws: (any Error).self) {
      try await database.write(fixture.workspace.id) { try $0.records.insert(fixture.person) }
    }
    let text = String(describing: try #require(error)) + String(reflecting: error)
    #expect(text.contains("person"))
    for secret in ["Ólafsson", "ægir", "Försäljare", fixture.person.id.description] {
      #expect(!text.localizedCaseInsensitiveContains(secret))
    }
  }
}
