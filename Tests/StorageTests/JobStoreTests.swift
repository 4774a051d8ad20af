import CalendarCore
import Foundation
import Testing

@testable import Storage

@Suite struct JobStoreTests {
  private static func lease(_ owner: String = "runner", until seconds: Double = 60) -> JobLease {
    JobLease(owner: owner, expiresAt: noon + seconds)
  }

  /// Jobs of world 1's account, due at so many seconds after noon.
  private func enqueue(
    _ due: [Double],
    from first: Int = 0,
    in database: any TestedDatabase,
    _ world: World
  ) async throws -> [Job.ID] {
    try await database.write(world.workspace.id) { transaction in
      try due.enumerated().map { number, seconds in
        var job = world.job
        (job.id, job.runAfter) = (id(world.number * 1000 + 500 + first + number), noon + seconds)
        try transaction.enqueue(job)
        return job.id
      }
    }
  }

  /// A world without its first job.
  private func idle(_ engine: Engine, _ worlds: World...) async throws -> any TestedDatabase {
    let database = try engine.empty()
    for world in worlds {
      try await world.store(in: database)
      _ = try database.transaction { try $0.execute("DELETE FROM job") }
    }
    return database
  }

  @Test(arguments: Engine.allCases)
  func `jobs of an account run one at a time, in the order they are due`(engine: Engine) async throws {
    let world = try World(1)
    let database = try await idle(engine, world)
    let jobs = try await enqueue([-1, -3, -2, 5], in: database, world)
    var order: [Job.ID] = []
    while let job = try await database.system({ try $0.leaseNextJob(now: noon, lease: Self.lease()) }) {
      order.append(job.id)
      let second = try await database.system { try $0.leaseNextJob(now: noon, lease: Self.lease("other")) }
      #expect(second == nil)
      for waiting in jobs {
        #expect(
          try await database.system { try $0.leaseJob(waiting, now: noon, lease: Self.lease("other")) } == nil
        )
      }
      #expect(try await database.write(world.workspace.id) { try $0.finishJob(job.id, owner: "runner") })
    }
    #expect(order == [jobs[1], jobs[2], jobs[0]])
  }

  @Test(arguments: Engine.allCases)
  func `a busy account does not hold up another`(engine: Engine) async throws {
    let (first, second) = (try World(1), try World(2))
    let database = try await idle(engine, first, second)
    let jobs = try await enqueue([-3, -2], in: database, first)
    let others = try await enqueue([-1], in: database, second)
    let leased = try await database.system { system in
      try (0..<3).map { _ in try system.leaseNextJob(now: noon, lease: Self.lease())?.id }
    }
    #expect(leased == [jobs[0], others[0], nil])
  }

  @Test(arguments: Engine.allCases)
  func `many runners never get the same job`(engine: Engine) async throws {
    let worlds = try (1...6).map { try World($0) }
    let database = try engine.empty()
    for world in worlds { try await world.store(in: database) }
    let leased = try await withThrowingTaskGroup(of: Job.ID?.self) { group in
      for runner in 0..<40 {
        group.addTask {
          try await database.system {
            try $0.leaseNextJob(now: noon + 1, lease: Self.lease("runner \(runner)"))
          }?.id
        }
      }
      return try await group.reduce(into: [Job.ID]()) { ids, job in if let job { ids.append(job) } }
    }
    #expect(leased.count == 6 && Set(leased) == Set(worlds.map(\.job.id)))
  }

  @Test(arguments: Engine.allCases)
  func `a lease that expired is given to the next, and the late runner is told`(engine: Engine) async throws {
    let world = try World(1)
    let database = try await idle(engine, world)
    let job = try await enqueue([0], in: database, world)[0]
    let first = try await database.system { try $0.leaseNextJob(now: noon, lease: Self.lease("late")) }
    #expect(first?.attempts == 1 && first?.lease == Self.lease("late"))
    #expect(try await database.system { try $0.leaseNextJob(now: noon + 59, lease: Self.lease()) } == nil)
    let taken = Self.lease("next", until: 120)
    let second = try await database.system { try $0.leaseNextJob(now: noon + 60, lease: taken) }
    #expect(second?.id == job && second?.attempts == 2 && second?.lease == taken)
    let (finished, postponed, finishedByNext, finishedTwice) = try await database.write(world.workspace.id) {
      (
        try $0.finishJob(job, owner: "late"), try $0.postponeJob(job, owner: "late", until: noon),
        try $0.finishJob(job, owner: "next"), try $0.finishJob(job, owner: "next")
      )
    }
    #expect((finished, postponed) == (false, false))
    #expect((finishedByNext, finishedTwice) == (true, false))
  }

  @Test(arguments: Engine.allCases)
  func `a postponed job comes back when it is due, unless it is expedited`(engine: Engine) async throws {
    let world = try World(1)
    let database = try await idle(engine, world)
    let job = try await enqueue([0], in: database, world)[0]
    func leased(at seconds: Double) async throws -> Job? {
      try await database.system { try $0.leaseNextJob(now: noon + seconds, lease: Self.lease(until: 900)) }
    }
    func postpone() async throws -> Bool {
      try await database.write(world.workspace.id) {
        try $0.postponeJob(job, owner: "runner", until: noon + 300)
      }
    }
    _ = try await leased(at: 0)
    #expect(try await postpone())
    #expect(try await leased(at: 299) == nil)
    #expect(try await leased(at: 300)?.attempts == 2)
    // At work: nothing is waiting that could be expedited.
    #expect(
      try await database.write(world.workspace.id) {
        try !$0.expediteJobs(eventID: world.event.id, now: noon + 100)
      }
    )
    #expect(try await postpone())
    #expect(
      try await database.write(world.workspace.id) {
        try $0.expediteJobs(accountID: world.account.id, now: noon + 100)
      }
    )
    #expect(try await leased(at: 100)?.attempts == 3)
    #expect(try await postpone())
    let dueJob = try await database.system { try $0.leaseJob(job, now: noon, lease: Self.lease()) }
    #expect(dueJob?.attempts == 4, "this very job is given whether or not it is due")
  }

  @Test(arguments: Engine.allCases)
  func `the next instant to look for jobs is no earlier than one can be had`(engine: Engine) async throws {
    let world = try World(1)
    let database = try await idle(engine, world)
    func due() async throws -> Date? { try await database.system { try $0.nextJobDue(after: noon) } }
    #expect(try await due() == nil)
    _ = try await enqueue([20], in: database, world)
    #expect(try await due() == noon + 20)
    _ = try await enqueue([10], from: 1, in: database, world)
    #expect(try await due() == noon + 10)
    _ = try await database.system { try $0.leaseNextJob(now: noon + 10, lease: Self.lease(until: 70)) }
    #expect(try await due() == noon + 20)
    let afterwards = try await database.system { try $0.nextJobDue(after: noon + 20) }
    #expect(afterwards == noon + 70, "the account is at work until then")
  }

  @Test(arguments: Engine.allCases)
  func `a job that is enqueued with its lease is its runner's`(engine: Engine) async throws {
    let world = try World(1)
    let database = try await idle(engine, world)
    var job = world.job
    (job.attempts, job.lease) = (1, Self.lease())
    let own = job
    try await database.write(world.workspace.id) { try $0.enqueue(own) }
    #expect(
      try await database.system { try $0.leaseNextJob(now: noon + 1, lease: Self.lease("other")) } == nil
    )
    #expect(try await database.write(world.workspace.id) { try $0.finishJob(own.id, owner: "runner") })
  }
}
