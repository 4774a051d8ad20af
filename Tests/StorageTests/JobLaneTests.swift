import CalendarCore
import Foundation
import JobQueue
import Testing

@testable import Storage

/// Lanes, turns of workspaces, and claims within a transaction.
@Suite(.timeLimit(.minutes(5))) struct JobLaneTests {
  private static func terms(
    _ owner: String = "runner",
    limits: [String: JobRateLimits] = [:]
  ) -> JobClaimTerms {
    JobClaimTerms(now: noon, lease: JobLease(owner: owner, expiresAt: noon + 60), limits: limits)
  }

  private func idle(_ engine: Engine, _ fixtures: TestWorkspace...) async throws -> any TestedDatabase {
    let database = try engine.empty()
    for fixture in fixtures {
      try await fixture.store(in: database)
      _ = try database.transaction { try $0.execute("DELETE FROM job") }
    }
    return database
  }

  private func job(_ fixture: TestWorkspace, _ number: Int, lane: JobLane? = nil) -> Job {
    Job(
      id: jobID(fixture.number * 100_000 + number),
      workspaceID: fixture.workspace.id,
      kind: .push,
      subject: JobSubject(type: "test", id: jobID(fixture.number * 100_000 + number).uuid),
      accountID: fixture.account.id,
      lane: lane,
      scheduledAt: noon - 10
    )
  }

  private func insert(_ jobs: [Job], _ fixture: TestWorkspace, in database: any TestedDatabase) async throws {
    try await database.write(fixture.workspace.id) { transaction in
      for job in jobs { try transaction.jobs.insert(job) }
    }
  }

  @Test(arguments: Engine.allCases)
  func `reading a calendar does not hold up writing to its account`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await idle(engine, fixture)
    var importing = job(fixture, 1, lane: .calendar(fixture.channel.id))
    importing.priority = .background
    var again = job(fixture, 2, lane: .calendar(fixture.channel.id))
    again.priority = .background
    try await insert([importing, again], fixture, in: database)
    #expect(try await database.system { try $0.jobs.claimNext(Self.terms()) }?.id == importing.id)
    // One at a time in its lane; the account's own lane is free.
    #expect(try await database.system { try $0.jobs.claimNext(Self.terms()) } == nil)
    let push = job(fixture, 3)
    let claim = try await database.write(fixture.workspace.id) { transaction in
      try transaction.jobs.insert(push)
      return try transaction.jobs.claim(push.id, Self.terms("interactive"))
    }
    guard case .claimed(let claimed) = claim else { throw Unclaimed() }
    #expect(claimed.lease?.owner == "interactive" && claimed.attempts == 1 && claimed.crashes == 1)
    // The claim is part of what was stored: nobody else gets the job, and its owner can end it.
    #expect(try await database.system { try $0.claim(push.id, now: noon, lease: Self.terms().lease) } == nil)
    let isEnded = try await database.write(fixture.workspace.id) {
      try $0.jobs.complete(push.id, owner: "interactive")
    }
    #expect(isEnded)
  }

  private struct Unclaimed: Error {}

  @Test(arguments: Engine.allCases)
  func `a transaction does not claim in a lane that is busy`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await idle(engine, fixture)
    let first = job(fixture, 1)
    try await insert([first], fixture, in: database)
    #expect(try await database.system { try $0.jobs.claimNext(Self.terms()) }?.id == first.id)
    let second = job(fixture, 2)
    let claim = try await database.write(fixture.workspace.id) { transaction in
      try transaction.jobs.insert(second)
      return try transaction.jobs.claim(second.id, Self.terms())
    }
    #expect(claim == .busy(owner: "runner"))
    let isEnded = try await database.write(fixture.workspace.id) {
      try $0.jobs.complete(first.id, owner: "runner")
    }
    #expect(isEnded)
    #expect(try await database.system { try $0.jobs.claimNext(Self.terms()) }?.id == second.id)
  }

  @Test(arguments: Engine.allCases)
  func `ten thousand jobs of one workspace delay another's by one job`(engine: Engine) async throws {
    let (busy, other) = (try TestWorkspace(1), try TestWorkspace(2))
    let database = try await idle(engine, busy, other)
    // In a hundred lanes, so that none of them is ever what holds a job up.
    try await insert(
      (0..<10_000).map { job(busy, $0, lane: JobLane(rawValue: "lane \($0 % 100)")) },
      busy,
      in: database
    )
    func served() async throws -> Workspace.ID? {
      try await database.system { try $0.jobs.claimNext(Self.terms()) }?.workspaceID
    }
    for _ in 0..<3 { #expect(try await served() == busy.workspace.id) }
    // These are due later than all of the others, and of less urgency.
    for number in 0..<3 {
      var late = job(other, number, lane: JobLane(rawValue: "lane \(number)"))
      late.priority = .background
      late.scheduledAt = noon
      try await insert([late], other, in: database)
      let turns = [try await served(), try await served()]
      #expect(turns.contains(other.workspace.id) && turns.contains(busy.workspace.id))
    }
  }

  @Test(arguments: Engine.allCases)
  func `however many jobs wait for an earlier one, those behind them run`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await idle(engine, fixture)
    let subject = JobSubject(type: "test", id: jobID(1).uuid)
    let jobs = (0..<60).map { number in
      var job = job(fixture, number, lane: JobLane(rawValue: "lane \(number)"))
      job.subject = subject
      // The first is to be tried again later.
      if number == 0 { job.scheduledAt = noon + 60 }
      return job
    }
    var free = job(fixture, 100)
    free.scheduledAt = noon - 1
    try await insert(jobs + [free], fixture, in: database)
    #expect(try await database.system { try $0.jobs.claimNext(Self.terms()) }?.id == free.id)
    #expect(try await database.system { try $0.jobs.claimNext(Self.terms()) } == nil)
  }

  @Test func `a claim reads each job 20 times at the most, whatever the statistics say`() async throws {
    let fixture = try TestWorkspace(1)
    let database = try await idle(.postgreSQL, fixture)
    let jobs = (0..<10_000).map { job(fixture, $0, lane: JobLane(rawValue: "lane \($0 % 100)")) }
    // The statistics are those of a queue that was drained, as after each rush.
    try await insert(jobs, fixture, in: database)
    _ = try database.transaction { connection in
      try connection.execute("DELETE FROM job WHERE id <> \(.job(jobs[0].id))")
      try connection.execute("ANALYZE job")
    }
    try await insert(Array(jobs.dropFirst()), fixture, in: database)
    let read = try database.transaction { connection in
      #expect(try JobClaims(connection: connection).claimNext(Self.terms()) != nil)
      return try connection.rows(
        """
        SELECT seq_tup_read + idx_tup_fetch AS read FROM pg_stat_xact_user_tables
        WHERE relname = 'job' AND schemaname = current_schema
        """
      ).map { try $0.count("read") }
    }
    #expect(read.count == 1 && read[0] < 20 * jobs.count)
  }

  @Test(arguments: Engine.allCases)
  func `the limit of a provider is charged for a claim within a transaction, if need be later`(engine: Engine)
    async throws
  {
    let fixture = try TestWorkspace(1)
    let database = try await idle(engine, fixture)
    let provider = fixture.account.provider.rawValue
    let limits = [provider: JobRateLimits(perResource: nil, perClass: .init(1, perSeconds: 100))]
    func claim(_ number: Int) async throws -> JobClaim {
      let job = job(fixture, number)
      return try await database.write(fixture.workspace.id) { transaction in
        try transaction.jobs.insert(job)
        let claim = try transaction.jobs.claim(job.id, Self.terms(limits: limits))
        if case .claimed(let claimed) = claim {
          _ = try transaction.jobs.complete(claimed.id, owner: "runner")
        }
        return claim
      }
    }
    guard case .claimed(let first) = try await claim(1) else { throw Unclaimed() }
    #expect(first.deferredCharge == (engine == .sqlite ? nil : provider))
    if let rateClass = first.deferredCharge {
      try await database.system { try $0.jobs.charge(rateClass, Self.terms(limits: limits)) }
    }
    guard case .notBefore(let instant) = try await claim(2) else { throw Unclaimed() }
    #expect(instant > noon + 90)
  }

  @Test(arguments: Engine.allCases)
  func `background work leaves a part of an account's limit to people`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await idle(engine, fixture)
    let limits = [fixture.account.provider.rawValue: JobRateLimits(perResource: .init(8, perSeconds: 1000))]
    let jobs = (0..<16).map { number in
      var job = job(fixture, number, lane: JobLane(rawValue: "lane \(number)"))
      job.priority = number < 8 ? .background : .interactive
      return job
    }
    try await insert(Array(jobs[..<8]), fixture, in: database)
    var background = 0
    while try await database.system({ try $0.jobs.claimNext(Self.terms(limits: limits)) }) != nil {
      background += 1
    }
    try await insert(Array(jobs[8...]), fixture, in: database)
    var interactive = 0
    while try await database.system({ try $0.jobs.claimNext(Self.terms(limits: limits)) }) != nil {
      interactive += 1
    }
    #expect((background, interactive) == (6, 2))
  }
}
