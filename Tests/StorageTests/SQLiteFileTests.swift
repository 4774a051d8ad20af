import CalendarCore
import Foundation
import Testing

@testable import Storage

@Suite(.timeLimit(.minutes(5))) struct SQLiteFileTests {
  private let folder: TemporaryFolder
  private let fixture: TestWorkspace
  private var file: SQLiteFile { SQLiteFile(path: folder.database) }
  private var backup: String { folder.path + "/backup.sqlite" }

  init() async throws {
    folder = try TemporaryFolder()
    fixture = try TestWorkspace(1)
    let database = try SQLiteDatabase(path: folder.database)
    try database.migrate()
    try await fixture.store(in: database)
    try database.close()
  }

  private func titles(at path: String) async throws -> [String] {
    let database = try SQLiteDatabase(path: path)
    try database.migrate()
    let events = try await database.read(fixture.workspace.id) {
      try $0.events.list(from: noon - 1e9, to: noon + 1e9, accountID: nil, after: nil, limit: 100_000)
    }
    try database.close()
    return events.map(\.title)
  }

  private func add(_ number: Int, to database: SQLiteDatabase) async throws {
    let event = try fixture.meeting(number, hours(0, 1))
    try await database.write(fixture.workspace.id) {
      try $0.events.insert(event, idempotencyKey: nil, fingerprint: nil)
    }
  }

  private var others: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: folder.path)
        .filter { !$0.hasPrefix("phos.sqlite") || $0.contains("replaced") }.sorted()
    }
  }

  @Test func `a copy made while others write holds whole transactions, in their order`() async throws {
    let database = try SQLiteDatabase(path: folder.database)
    let (file, backup) = (file, backup)
    async let copying: Void = onThread {
      for number in 0..<5 { try file.copy(to: "\(backup)-\(number)") }
    }
    for number in 0..<300 { try await add(number, to: database) }
    try await copying
    try database.close()
    for number in 0..<5 {
      let found = try await titles(at: "\(backup)-\(number)").filter { $0.hasPrefix("Meeting") }
      #expect(Set(found) == Set((0..<found.count).map { "Meeting \($0)" }))
    }
  }

  @Test func `a copy is one file that only its owner can read`() throws {
    try file.copy(to: backup)
    #expect(try others == ["backup.sqlite"])
    let mode = try FileManager.default.attributesOfItem(atPath: backup)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test func `a file that exists is not written over`() throws {
    try Data("mine".utf8).write(to: URL(fileURLWithPath: backup))
    #expect(throws: SQLiteFile.Problem.exists(backup)) { try file.copy(to: backup) }
    #expect(FileManager.default.contents(atPath: backup) == Data("mine".utf8))
    #expect(try others == ["backup.sqlite"])
  }

  @Test func `what is put back is what was copied, and what it replaces is kept`() async throws {
    try file.copy(to: backup)
    let database = try SQLiteDatabase(path: folder.database)
    try await add(7, to: database)
    try database.close()
    let kept = try #require(try file.restore(backup, now: noon))
    #expect(try await titles(at: folder.database) == [fixture.event.title])
    #expect(try await titles(at: kept).contains("Meeting 7"))
  }

  @Test func `a database in use is not replaced`() async throws {
    try file.copy(to: backup)
    let database = try SQLiteDatabase(path: folder.database)
    try await add(7, to: database)
    #expect(throws: SQLiteFile.Problem.inUse(folder.database)) { try file.restore(backup, now: noon) }
    try await add(8, to: database)
    try database.close()
    #expect(try await titles(at: folder.database).count == 3)
    #expect(try others == ["backup.sqlite"])
  }

  @Test func `a damaged database is replaced, its journal with it`() async throws {
    try file.copy(to: backup)
    let database = try SQLiteDatabase(path: folder.database)
    try await add(7, to: database)
    let journal = try #require(FileManager.default.contents(atPath: folder.database + "-wal"))
    try database.close()
    try Data(repeating: 0xA5, count: 9000).write(to: URL(fileURLWithPath: folder.database))
    try journal.write(to: URL(fileURLWithPath: folder.database + "-wal"))
    _ = try file.restore(backup, now: noon)
    #expect(try await titles(at: folder.database) == [fixture.event.title])
  }

  @Test func `a copy that is damaged, foreign or newer is refused, and nothing is changed`() async throws {
    try file.copy(to: backup)
    var bytes = try #require(FileManager.default.contents(atPath: backup))
    for page in 2..<20 { bytes.replaceSubrange(page * 4096 + 8..<page * 4096 + 64, with: Data(count: 56)) }
    let damaged = folder.path + "/damaged"
    try bytes.write(to: URL(fileURLWithPath: damaged))
    #expect(throws: SQLiteFile.Problem.damaged(damaged)) { try file.restore(damaged, now: noon) }
    let text = folder.path + "/text"
    try Data("not a database, however long it may be".utf8).write(to: URL(fileURLWithPath: text))
    #expect(throws: SQLiteFile.Problem.notOurs(text)) { try file.restore(text, now: noon) }
    let newer = folder.path + "/newer"
    try SQLiteDatabase(path: newer).migrate([Migration(version: 99, name: "later", statements: [])])
    #expect(throws: StoreError.newerDatabase(found: 99, known: Migration.all.count)) {
      try file.restore(newer, now: noon)
    }
    #expect(try await titles(at: folder.database) == [fixture.event.title])
    #expect(try others.allSatisfy { !$0.contains("replaced") && !$0.contains("partial") })
  }
}
