import CalendarCore
import Foundation
import JobQueue
import Testing

@testable import Storage

@Suite(.timeLimit(.minutes(5))) struct JobStoreTests {
  private static func lease(_ owner: String = "runner", until seconds: Double = 60) -> JobLease {
    JobLease(owner: owner, expiresAt: noon + seconds)
  }

  /// Jobs of the fixture's account, each of an event of its own, due at so many seconds after noon.
  private func enqueue(
    _ due: [Double],
    from first: Int = 0,
    in database: any TestedDatabase,
    _ fixture: TestWorkspace
  ) async throws -> [Job.ID] {
    try await database.write(fixture.workspace.id) { transaction in
      try due.enumerated().map { number, seconds in
        let event = try fixture.meeting(first + number, hours(0, 1))
        try transaction.events.insert(event, idempotencyKey: nil, fingerprint: nil)
        var job = fixture.job
        job.id = jobID(fixture.number * 1000 + 500 + first + number)
        job.subject = .event(event.id)
        job.scheduledAt = noon + seconds
        try transaction.jobs.insert(job)
        return job.id
      }
    }
  }

  /// A fixture without its first job.
  private func idle(_ engine: Engine, _ fixtures: TestWorkspace...) async throws -> any TestedDatabase {
    let database = try engine.empty()
    for fixture in fixtures {
      try await fixture.store(in: database)
      _ = try database.transaction { try $0.execute("DELETE FROM job") }
    }
    return database
  }

  @Test(arguments: Engine.allCases)
  func `jobs of an account run one at a time, in the order they are due`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await idle(engine, fixture)
    let jobs = try await enqueue([-1, -3, -2, 5], in: database, fixture)
    var order: [Job.ID] = []
    while let job = try await database.system({ try $0.claimNext(now: noon, lease: Self.lease()) }) {
      order.append(job.id)
      let second = try await database.system { try $0.claimNext(now: noon, lease: Self.lease("other")) }
      #expect(second == nil)
      for waiting in jobs {
        #expect(
          try await database.system { try $0.claim(waiting, now: noon, lease: Self.lease("other")) } == nil
        )
      }
      #expect(
        try await database.write(fixture.workspace.id) { try $0.jobs.complete(job.id, owner: "runner") }
      )
    }
    #expect(order == [jobs[1], jobs[2], jobs[0]])
  }

  @Test(arguments: Engine.allCases)
  func `a busy account does not hold up another`(engine: Engine) async throws {
    let (first, second) = (try TestWorkspace(1), try TestWorkspace(2))
    let database = try await idle(engine, first, second)
    let jobs = try await enqueue([-3, -2], in: database, first)
    let others = try await enqueue([-1], in: database, second)
    let leased = try await database.system { system in
      try (0..<3).map { _ in try system.claimNext(now: noon, lease: Self.lease())?.id }
    }
    #expect(leased == [jobs[0], others[0], nil])
  }

  @Test(arguments: Engine.allCases)
  func `many runners never get the same job`(engine: Engine) async throws {
    let fixtures = try (1...6).map { try TestWorkspace($0) }
    let database = try engine.empty()
    for fixture in fixtures { try await fixture.store(in: database) }
    let leased = try await withThrowingTaskGroup(of: Job.ID?.self) { group in
      for runner in 0..<40 {
        group.addTask {
          try await database.system {
            try $0.claimNext(now: noon + 1, lease: Self.lease("runner \(runner)"))
          }?.id
        }
      }
      return try await group.reduce(into: [Job.ID]()) { ids, job in if let job { ids.append(job) } }
    }
    #expect(leased.count == 6 && Set(leased) == Set(fixtures.map(\.job.id)))
  }

  @Test(arguments: Engine.allCases)
  func `a lease that expired is given to the next, and the late runner is told`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await idle(engine, fixture)
    let job = try await enqueue([0], in: database, fixture)[0]
    let first = try await database.system { try $0.claimNext(now: noon, lease: Self.lease("late")) }
    #expect(first?.attempts == 1 && first?.lease == Self.lease("late"))
    #expect(try await database.system { try $0.claimNext(now: noon + 59, lease: Self.lease()) } == nil)
    let taken = Self.lease("next", until: 120)
    let second = try await database.system { try $0.claimNext(now: noon + 60, lease: taken) }
    #expect(second?.id == job && second?.attempts == 2 && second?.lease == taken)
    let (finished, postponed, finishedByNext, finishedTwice) = try await database.write(fixture.workspace.id)
    {
      (
        try $0.jobs.complete(job, owner: "late"), try $0.jobs.snooze(job, owner: "late", until: noon),
        try $0.jobs.complete(job, owner: "next"), try $0.jobs.complete(job, owner: "next")
      )
    }
    #expect((finished, postponed) == (false, false))
    #expect((finishedByNext, finishedTwice) == (true, false))
  }

  @Test(arguments: Engine.allCases)
  func `a postponed job comes back when it is due, unless it is expedited`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await idle(engine, fixture)
    let job = try await enqueue([0], in: database, fixture)[0]
    func leased(at seconds: Double) async throws -> Job? {
      try await database.system { try $0.claimNext(now: noon + seconds, lease: Self.lease(until: 900)) }
    }
    func postpone() async throws -> Bool {
      try await database.write(fixture.workspace.id) {
        try $0.jobs.snooze(job, owner: "runner", until: noon + 300)
      }
    }
    _ = try await leased(at: 0)
    #expect(try await postpone())
    #expect(try await leased(at: 299) == nil)
    #expect(try await leased(at: 300)?.attempts == 2)
    // At work: nothing is waiting that could be expedited.
    #expect(
      try await database.write(fixture.workspace.id) {
        try !$0.jobs.expedite(.event(fixture.event.id), now: noon + 100)
      }
    )
    #expect(try await postpone())
    #expect(
      try await database.write(fixture.workspace.id) {
        try $0.jobs.expedite(resource: fixture.account.id.uuid, now: noon + 100)
      }
    )
    #expect(try await leased(at: 100)?.attempts == 3)
    #expect(try await postpone())
    let dueJob = try await database.system { try $0.claim(job, now: noon, lease: Self.lease()) }
    #expect(dueJob?.attempts == 4, "this very job is given whether or not it is due")
  }

  @Test(arguments: Engine.allCases)
  func `jobs of one event never overtake each other, not even in a pause`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await idle(engine, fixture)
    let jobs: [Job] = (0..<2).map { number in
      var job = fixture.job
      job.id = jobID(1500 + number)
      job.scheduledAt = noon
      return job
    }
    try await database.write(fixture.workspace.id) { for job in jobs { try $0.jobs.insert(job) } }
    let first = try await database.system { try $0.claimNext(now: noon, lease: Self.lease()) }
    #expect(first?.id == jobs[0].id)
    let later = noon + 300
    #expect(
      try await database.write(fixture.workspace.id) {
        try $0.jobs.snooze(jobs[0].id, owner: "runner", until: later)
      }
    )
    let overtaking = try await database.system { system in
      (
        try system.claimNext(now: noon + 1, lease: Self.lease()),
        try system.claim(jobs[1].id, now: noon + 1, lease: Self.lease())
      )
    }
    #expect(overtaking.0 == nil && overtaking.1 == nil)
    let again = try await database.system { try $0.claimNext(now: later, lease: Self.lease(until: 900)) }
    #expect(again?.id == jobs[0].id)
    // One that was given up is in nobody's way.
    #expect(
      try await database.write(fixture.workspace.id) {
        try $0.jobs.discard(jobs[0].id, owner: "runner", reason: "Gone.", at: noon)
      }
    )
    let second = try await database.system { try $0.claimNext(now: later, lease: Self.lease(until: 900)) }
    #expect(second?.id == jobs[1].id)
  }

  @Test(arguments: Engine.allCases)
  func `an interactive job comes first, until its caller has stopped waiting`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await idle(engine, fixture)
    // Due longest: what nobody asked for.
    let jobs = try await enqueue([-3, -2, -1], in: database, fixture)
    for (job, priority) in zip(jobs, [JobPriority.background, .normal, .interactive]) {
      _ = try database.transaction { connection in
        try connection.execute(
          """
          UPDATE job SET priority = \(.count(priority.rawValue)), lane = \(.string("lane of \(job)"))
          WHERE id = \(.job(job))
          """
        )
      }
    }
    let order = try await database.system { system in
      try (0..<3).map { _ in try system.claimNext(now: noon, lease: Self.lease())?.id }
    }
    #expect(order == [jobs[2], jobs[1], jobs[0]])
    let postponed = try await database.write(fixture.workspace.id) {
      try $0.jobs.snooze(jobs[2], owner: "runner", until: noon)
    }
    let again = try await database.system { try $0.claimNext(now: noon, lease: Self.lease()) }
    #expect(postponed && again?.priority == .normal)
  }

  @Test(arguments: Engine.allCases)
  func `a lease holds as long as it is renewed, and no longer`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await idle(engine, fixture)
    let job = try await enqueue([0], in: database, fixture)[0]
    _ = try await database.system { try $0.claimNext(now: noon, lease: Self.lease("long", until: 10)) }
    #expect(try await database.system { try $0.jobs.renew(job, Self.lease("long", until: 20)) })
    #expect(
      try await database.system { try $0.claimNext(now: noon + 15, lease: Self.lease(until: 30)) } == nil
    )
    let next = try await database.system { try $0.claimNext(now: noon + 20, lease: Self.lease(until: 30)) }
    #expect(next?.id == job && next?.crashes == 2)
    #expect(try await database.system { try $0.jobs.renew(job, Self.lease("long", until: 40)) } == false)
  }

  @Test(arguments: Engine.allCases)
  func `a lease from before the clock was set back is no lease`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await idle(engine, fixture)
    let job = try await enqueue([-90_000], in: database, fixture)[0]
    _ = try await database.system { try $0.claimNext(now: noon, lease: Self.lease("before", until: 12)) }
    let back = noon - 3600
    let lease = JobLease(owner: "after", expiresAt: back + 12)
    #expect(try await database.systemRead { try $0.hasDueJobs(.init(now: back, lease: lease)) })
    #expect(try await database.system { try $0.claimNext(now: back, lease: lease) }?.id == job)
  }

  @Test(arguments: Engine.allCases)
  func `whether there is anything to claim is known without claiming`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await idle(engine, fixture)
    func hasDueJobs(at seconds: TimeInterval, kinds: Set<JobKind>? = nil) async throws -> Bool {
      let terms = JobClaimTerms(now: noon + seconds, lease: Self.lease(until: seconds + 12), kinds: kinds)
      return try await database.systemRead { try $0.hasDueJobs(terms) }
    }
    #expect(try await !hasDueJobs(at: 0))
    _ = try await enqueue([0], in: database, fixture)
    #expect(try await !hasDueJobs(at: -1))
    #expect(try await hasDueJobs(at: 0))
    #expect(try await !hasDueJobs(at: 0, kinds: []))
    _ = try await database.system { try $0.claimNext(now: noon, lease: Self.lease(until: 12)) }
    #expect(try await !hasDueJobs(at: 11))
    #expect(try await hasDueJobs(at: 12))
  }

  @Test(arguments: Engine.allCases)
  func `all share what a provider gives, for an account and altogether`(engine: Engine) async throws {
    let fixtures = try (1...3).map { try TestWorkspace($0) }
    let database = try engine.empty()
    for fixture in fixtures {
      try await fixture.store(in: database)
      _ = try await enqueue([-1, -1], in: database, fixture)
    }
    let provider = fixtures[0].account.provider.rawValue
    let limits = [
      provider: JobRateLimits(perResource: .init(2, perSeconds: 20), perClass: .init(5, perSeconds: 100))
    ]
    func runs(at seconds: Double) async throws -> [Workspace.ID] {
      var accounts: [Workspace.ID] = []
      while let job = try await database.system({
        try $0.claimNext(now: noon + seconds, lease: Self.lease(until: seconds + 60), limits: limits)
      }) {
        accounts.append(job.workspaceID)
        #expect(try await database.write(job.workspaceID) { try $0.jobs.complete(job.id, owner: "runner") })
      }
      return accounts
    }
    // Nine are waiting; each account gets two, and all together five.
    let first = try await runs(at: 1)
    #expect(first.count == 5)
    #expect(fixtures.allSatisfy { fixture in first.filter { $0 == fixture.workspace.id }.count <= 2 })
    let tooSoon = try await runs(at: 2)
    #expect(tooSoon.isEmpty)
    // A token every 20 seconds for all of them.
    let later = try await runs(at: 22)
    #expect(later.count == 1)
    // Time that runs backwards gives nothing, and takes nothing for good.
    #expect(try await runs(at: -500).isEmpty)
    let rest = try await runs(at: 300)
    #expect(rest.count == 3)
  }

  @Test(arguments: Engine.allCases)
  func `those who come in another order than they looked at the clock get no more for it`(engine: Engine)
    throws
  {
    let database = try engine.empty()
    func takes(_ seconds: Double) throws -> Bool {
      try database.transaction {
        try RateLimitTable(connection: $0)
          .take([.init(scope: "all", rate: .init(10, perSeconds: 10))], now: noon + seconds)
          == nil
      }
    }
    // For nine seconds two nodes draw, one of which waited for the other each time.
    var taken = 0
    for step in 0..<90 {
      for late in [0.0, -0.09] where try takes(Double(step) / 10 + late) { taken += 1 }
    }
    #expect((18...19).contains(taken))
    // A clock that was set back far is believed, and time goes on from there.
    #expect(try !takes(-3600))
    #expect(try takes(-3598))
  }

  @Test(arguments: Engine.allCases)
  func `an account that was asked to slow down is left alone until then`(engine: Engine) async throws {
    let (first, second) = (try TestWorkspace(1), try TestWorkspace(2))
    let database = try await idle(engine, first, second)
    let waiting = try await enqueue([-2, -1], in: database, first)
    let other = try await enqueue([-1], in: database, second)
    try await database.write(first.workspace.id) {
      try $0.jobs.pause(resource: first.account.id.uuid, until: noon + 90)
    }
    let leased = try await database.system { try $0.claimNext(now: noon, lease: Self.lease(until: 150)) }
    #expect(leased?.id == other[0])
    let claim = try await database.system {
      try $0.jobs.claim(waiting[0], JobClaimTerms(now: noon, lease: Self.lease()))
    }
    #expect(claim == .notBefore(noon + 90))
    #expect(
      try await database.system { try $0.claimNext(now: noon + 89, lease: Self.lease(until: 100)) } == nil
    )
    #expect(try await database.system { try $0.nextJobDue(after: noon + 60) } == noon + 90)
    let after = try await database.system {
      try $0.claimNext(now: noon + 90, lease: Self.lease(until: 100))
    }
    #expect(after.map { waiting.contains($0.id) } == true)
  }

  @Test(arguments: Engine.allCases)
  func `a row that makes no sense is given up and holds up nobody`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await idle(engine, fixture)
    let jobs = try await enqueue([-2, -1], in: database, fixture)
    _ = try database.transaction {
      try $0.execute("UPDATE job SET subject = 'nothing' WHERE id = \(.job(jobs[0]))")
    }
    #expect(try await database.system { try $0.claimNext(now: noon, lease: Self.lease()) }?.id == jobs[1])
    let dead = try database.transaction {
      try $0.rows("SELECT id, discard_reason FROM job WHERE discarded_at IS NOT NULL")
    }
    #expect(try dead.map { try $0.text("id") } == [jobs[0].description])
    #expect(try dead.first?.text("discard_reason").contains("newer version") == true)
  }

  @Test(arguments: Engine.allCases)
  func `what was given up is kept, and can be brought back or forgotten`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await idle(engine, fixture)
    let jobs = try await enqueue([0, 0, 0], in: database, fixture)
    for job in jobs {
      _ = try await database.system { try $0.claim(job, now: noon, lease: Self.lease()) }
      let reason = "No \(job)."
      #expect(
        try await database.write(fixture.workspace.id) {
          try $0.jobs.discard(job, owner: "runner", reason: reason, at: noon)
        }
      )
    }
    #expect(try await database.system { try $0.claimNext(now: noon + 99, lease: Self.lease()) } == nil)
    #expect(try await database.system { try $0.nextJobDue(after: .distantPast) } == nil)
    let event = try await database.read(fixture.workspace.id) { reader throws in
      let dead = try reader.jobs.discarded(resources: [fixture.account.id].map(\.uuid), limit: 9)
      #expect(Set(dead.map(\.job.id)) == Set(jobs))
      #expect(dead.allSatisfy { $0.reason == "No \($0.job.id)." && $0.discardedAt == noon })
      return try #require(dead.first { $0.job.id == jobs[2] }?.job.eventID)
    }
    try await database.write(fixture.workspace.id) { transaction throws in
      #expect(try transaction.jobs.deleteDiscarded(jobs[0]))
      #expect(try !transaction.jobs.deleteDiscarded(jobs[0]))
      let revived = try transaction.jobs.retry(jobs[1], now: noon + 1)
      #expect(revived?.attempts == 0 && revived?.scheduledAt == noon + 1 && revived?.priority == .interactive)
      #expect(try transaction.jobs.retry(jobs[1], now: noon + 1) == nil)
      let raised = try transaction.jobs.reschedule(
        fixture.job.kind,
        .event(event),
        now: noon + 2,
        at: noon + 2
      )
      #expect(raised?.id == jobs[2] && raised?.attempts == 0)
    }
    let again = try await database.system { try $0.claimNext(now: noon + 9, lease: Self.lease()) }
    #expect(again?.id == jobs[1] && again?.attempts == 1)
  }

  @Test(arguments: Engine.allCases)
  func `many workers on one account never run two of its jobs at once`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await idle(engine, fixture)
    let jobs = try await enqueue(Array(repeating: -1, count: 40), in: database, fixture)
    let done = try await withThrowingTaskGroup(of: [Job.ID].self) { group in
      for worker in 0..<8 {
        group.addTask {
          var mine: [Job.ID] = []
          var idleLooks = 0
          while idleLooks < 200 {
            let lease = Self.lease("worker \(worker)")
            guard let job = try await database.system({ try $0.claimNext(now: noon, lease: lease) }) else {
              let left = try await database.systemRead { try $0.nextJobDue(after: .distantPast) }
              if left == nil { break }
              idleLooks += 1
              continue
            }
            let leased = try database.transaction {
              try $0.rows("SELECT COUNT(*) AS number FROM job WHERE lease_owner IS NOT NULL").first?.count(
                "number"
              )
            }
            #expect(leased == 1)
            #expect(
              try await database.write(fixture.workspace.id) {
                try $0.jobs.complete(job.id, owner: lease.owner)
              }
            )
            mine.append(job.id)
          }
          return mine
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(done.count == 40 && Set(done) == Set(jobs))
  }

  @Test(arguments: Engine.allCases)
  func `the next instant to look for jobs is no earlier than one can be had`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await idle(engine, fixture)
    func due() async throws -> Date? { try await database.system { try $0.nextJobDue(after: noon) } }
    #expect(try await due() == nil)
    _ = try await enqueue([20], in: database, fixture)
    #expect(try await due() == noon + 20)
    _ = try await enqueue([10], from: 1, in: database, fixture)
    #expect(try await due() == noon + 10)
    _ = try await database.system { try $0.claimNext(now: noon + 10, lease: Self.lease(until: 70)) }
    #expect(try await database.system { try $0.nextJobDue(after: noon + 10) } == noon + 20)
    let afterwards = try await database.system { try $0.nextJobDue(after: noon + 20) }
    #expect(afterwards == noon + 70, "the account is at work until then")
  }

  @Test(arguments: Engine.allCases)
  func `a job that is enqueued with its lease is its runner's`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await idle(engine, fixture)
    var job = fixture.job
    job.attempts = 1
    job.lease = Self.lease()
    let own = job
    try await database.write(fixture.workspace.id) { try $0.jobs.insert(own) }
    #expect(
      try await database.system { try $0.claimNext(now: noon + 1, lease: Self.lease("other")) } == nil
    )
    #expect(try await database.write(fixture.workspace.id) { try $0.jobs.complete(own.id, owner: "runner") })
  }

  @Test(arguments: Engine.allCases)
  func `of what is about an account there is one of a kind, which can be taken away`(engine: Engine)
    async throws
  {
    let (fixture, other) = (try TestWorkspace(1), try TestWorkspace(2))
    let database = try await engine.make(with: fixture)
    try await other.store(in: database)
    @Sendable func reading(_ number: Int, _ fixture: TestWorkspace) -> Job {
      Job(
        id: jobID(number),
        workspaceID: fixture.workspace.id,
        kind: .reading,
        subject: .account(fixture.account.id),
        isUnique: true,
        accountID: fixture.account.id,
        scheduledAt: noon
      )
    }
    try await database.write(fixture.workspace.id) { try $0.jobs.insert(reading(901, fixture)) }
    try await database.write(other.workspace.id) { try $0.jobs.insert(reading(902, other)) }
    await #expect(throws: (any Error).self) {
      try await database.write(fixture.workspace.id) { try $0.jobs.insert(reading(903, fixture)) }
    }
    try await database.write(fixture.workspace.id) { transaction in
      try transaction.jobs.cancelRunning(.reading, .account(fixture.account.id))
      // Its other jobs stay, and so do the other's.
      try transaction.jobs.cancelRunning(.reading, .account(other.account.id))
      try transaction.jobs.insert(reading(904, fixture))
    }
    let left = try await database.write(fixture.workspace.id) {
      try $0.jobs.cancelAll(resource: fixture.account.id.uuid)
    }
    #expect(Set(left.map(\.kind)) == [fixture.job.kind, .reading])
    let others = try await database.write(other.workspace.id) {
      try $0.jobs.cancelAll(resource: other.account.id.uuid)
    }
    #expect(others.contains { $0.kind == .reading && $0.eventID == nil && $0.emailID == nil })
  }
}
