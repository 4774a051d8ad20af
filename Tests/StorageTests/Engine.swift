import CalendarCore
import DatabaseTestSupport
import Foundation
import JobQueue
import Testing

@testable import Storage

/// A database that tests can also reach below its stores.
typealias TestedDatabase = SQLEngine

extension SystemTransaction {
  /// Claims the next job; without `limits`, every provider takes everything.
  func claimNext(now: Date, lease: JobLease, limits: [String: JobRateLimits] = [:]) throws -> Job? {
    try jobs.claimNext(JobClaimTerms(now: now, lease: lease, limits: limits))
  }

  func claim(_ id: Job.ID, now: Date, lease: JobLease) throws -> Job? {
    guard case .claimed(let job) = try jobs.claim(id, JobClaimTerms(now: now, lease: lease)) else {
      return nil
    }
    return job
  }
}

extension PooledPostgreSQL: SQLEngine {
  func transaction<T>(_ body: (any SQLConnection) throws -> T) throws -> T { try base.transaction(body) }
}

/// The ids of jobs by number, as those of entities.
func jobID(_ number: Int) -> Job.ID {
  let id: Identifier<Job> = id(number)
  return Job.ID(id.uuid)
}

extension JobKind {
  static let push = JobKind(rawValue: "PUSH_EVENT")
  static let reading = JobKind(rawValue: "READ_REPLIES")
}

/// The engines that every test of the stores runs on.
enum Engine: String, CaseIterable, CustomTestStringConvertible {
  case sqlite
  case postgreSQL

  var testDescription: String { rawValue }

  /// An empty database with the newest tables, or as the schema was at an earlier version; at 0 it has none.
  func empty(at version: Int? = nil) throws -> any TestedDatabase {
    guard let version else {
      return self == .sqlite ? try TestDatabase.sqlite() : try TestDatabase.postgreSQL()
    }
    let steps = Migration.all.filter { $0.version <= version }
    switch self {
    case .sqlite:
      let database = try SQLiteDatabase.inMemory()
      if !steps.isEmpty { try database.migrate(steps) }
      return database
    case .postgreSQL:
      let database = try PostgreSQLDatabase(url: ScratchPostgreSQL.freshURL(), connections: 4)
      if !steps.isEmpty { try database.migrate(steps) }
      return database
    }
  }

  /// A database in which these fixtures are stored.
  func make(with fixtures: TestWorkspace...) async throws -> any TestedDatabase {
    let database = try empty()
    for fixture in fixtures { try await fixture.store(in: database) }
    return database
  }
}

/// A folder that is deleted when the test is over.
final class TemporaryFolder: Sendable {
  let path: String
  var database: String { path + "/phos.sqlite" }

  init() throws {
    path = NSTemporaryDirectory() + "/phos-storage-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// Counts the statements that pass through.
final class CountingConnection: SQLConnection {
  private let base: any SQLConnection
  var dialect: SQLDialect { base.dialect }
  private(set) var count = 0

  init(_ base: any SQLConnection) { self.base = base }

  func rows(_ sql: String, _ arguments: [SQLValue]) throws -> [SQLRow] {
    count += 1
    return try base.rows(sql, arguments)
  }

  func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
    count += 1
    return try base.execute(sql, arguments)
  }
}
