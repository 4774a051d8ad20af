package import Foundation
package import Logging

/// Runs jobs, each under a lease and within a time limit.
///
/// There is one in every process. `runNow` serves a person who waits; `work` is the background worker.
package actor JobRunner<Transaction> {
  let database: any JobDatabase<Transaction>
  let workers: JobWorkers<Transaction>
  let limits: JobRunnerLimits
  let logger: Logger
  private let rateLimits: [String: JobRateLimits]
  private let clock: @Sendable () -> Date
  private let willPerform: @Sendable () -> Void
  private let owner: String
  private let wakes: AsyncStream<Void>
  private let wakeSink: AsyncStream<Void>.Continuation
  /// The number of jobs that the background worker started and that have not ended.
  var running = 0
  var isDraining = false
  /// Every run in this process.
  var runs: [Job.ID: Task<JobOutcome, Never>] = [:]
  var gate = LaneGate()

  /// Creates a runner whose leases bear the name `owner`, which distinguishes this process from others.
  ///
  /// `clock` returns the present instant. `willPerform` is called before each run, once its claim is stored.
  package init(
    database: any JobDatabase<Transaction>,
    workers: JobWorkers<Transaction>,
    rateLimits: [String: JobRateLimits] = [:],
    clock: @escaping @Sendable () -> Date,
    limits: JobRunnerLimits = .init(),
    owner: String,
    logger: Logger,
    willPerform: @escaping @Sendable () -> Void = {}
  ) {
    self.database = database
    self.workers = workers
    self.clock = clock
    self.rateLimits = rateLimits
    self.limits = limits
    self.owner = owner
    self.logger = logger
    self.willPerform = willPerform
    (wakes, wakeSink) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  nonisolated var now: Date { clock() }

  /// The terms of a claim that this runner makes now; a use case passes them to `JobWriting.claim(_:_:)`.
  package nonisolated func claimTerms() -> JobClaimTerms {
    let now = now
    var random = SystemRandomNumberGenerator()
    let lease = JobLease(
      owner: "\(owner)/\(UUID.random(using: &random).uuidString.lowercased())",
      expiresAt: now.addingTimeInterval(limits.lease),
      claimedAt: now
    )
    return JobClaimTerms(now: now, lease: lease, kinds: workers.kinds, limits: rateLimits)
  }

  /// Whether this runner holds the job's claim.
  nonisolated func owns(_ job: Job) -> Bool { job.lease.map { isOurs($0.owner) } ?? false }

  /// Whether a lease of this owner is this runner's.
  nonisolated func isOurs(_ leaseOwner: String) -> Bool { leaseOwner.hasPrefix("\(owner)/") }

  /// Makes the worker look for jobs.
  package nonisolated func wake() { wakeSink.yield() }

  /// Waits for `wake`, or until `nextDue`, or at most `longest`.
  func waitForWork(nextDue: Date?, longest: Duration) async {
    let untilDue = nextDue.map { due in
      Duration.milliseconds(Int64(max(0, due.timeIntervalSince(now)) * 1000) + 1)
    }
    let timer = Task { [wakeSink] in
      try await Task.sleep(for: min(untilDue ?? longest, longest))
      wakeSink.yield()
    }
    defer { timer.cancel() }
    _ = await wakes.first { _ in true }
  }

  func claimNextJob() async throws -> Job? {
    try await database.claiming { [terms = claimTerms()] in try $0.claimNext(terms) }
  }

  /// Runs a claimed job while it occupies its lane in this process.
  func run(_ job: Job) async -> JobOutcome {
    let lane = LaneGate.Key(tenant: job.tenant, lane: job.lane)
    gate.enter(lane)
    defer { gate.leave(lane) }
    if let rateClass = job.deferredCharge {
      Task { [database, terms = claimTerms()] in
        try? await database.claiming { try $0.charge(rateClass, terms) }
      }
    }
    let run = Task { await perform(job) }
    runs[job.id] = run
    let outcome = await run.value
    runs[job.id] = nil
    // A snoozed job, or one that the worker inserted, may be due before the worker looks again.
    wake()
    return outcome
  }

  /// Performs the job while its lease is renewed.
  private func perform(_ job: Job) async -> JobOutcome {
    guard let lease = job.lease, let worker = workers[job.kind] else { return .leaseLost }
    let (limits, database, clock) = (limits, database, clock)
    do {
      if job.crashes > limits.crashes { return try await discardCrashed(job, worker) }
      willPerform()
      return try await withThrowingTaskGroup(of: JobOutcome?.self) { group in
        group.addTask { try await worker.perform(job, lease: lease, within: limits.run) }
        group.addTask {
          while true {
            do { try await Task.sleep(for: limits.heartbeat) } catch { return nil }
            let renewed = JobLease(owner: lease.owner, expiresAt: clock().addingTimeInterval(limits.lease))
            // A database that is away for a moment is no reason to stop.
            let isOurs = (try? await database.claiming { try $0.renew(job.id, renewed) }) ?? true
            if !isOurs { throw LeaseLost() }
          }
        }
        defer { group.cancelAll() }
        while let outcome = try await group.next() { if let outcome { return outcome } }
        return .leaseLost
      }
    } catch is LeaseLost {
      return .leaseLost
    } catch {
      if !(error is CancellationError) { report(error, job: job) }
      await release(job, lease, after: error)
      return .leaseLost
    }
  }

  /// Makes a job due again whose run did not end.
  ///
  /// Being told to stop is no attempt. A failure of our own is one, so that the job is discarded some day.
  private func release(_ job: Job, _ lease: JobLease, after error: any Error) async {
    let wasStopped = error is CancellationError
    let pause: TimeInterval = wasStopped ? 0 : min(60, pow(2, Double(job.crashes)))
    let due = now.addingTimeInterval(pause)
    // The task is canceled; its transaction must not be.
    let released = Task { [database] in
      try await database.claiming {
        try $0.release(job.id, owner: lease.owner, until: due, counted: !wasStopped)
      }
    }
    // Where that fails too, the lease expires.
    _ = try? await released.value
  }

  private func discardCrashed(_ job: Job, _ worker: any JobWorker<Transaction>) async throws -> JobOutcome {
    let reason = Messages.crashed(times: job.crashes - 1)
    try await discard(job, reason: reason) { [now] in
      try worker.discarded(job, because: reason, at: now, in: $0)
    }
    return .completed
  }

  private func discard(
    _ job: Job,
    reason: String,
    after body: @escaping @Sendable (Transaction) throws -> Void
  ) async throws {
    logger.error("A job was discarded", metadata: metadata(of: job))
    try await database.discard(job, reason: reason, at: now, after: body)
  }

  func report(_ error: any Error, job: Job?) {
    var metadata = job.map(metadata) ?? [:]
    metadata["error"] = "\(error)"
    logger.error("A job could not be run", metadata: metadata)
  }

  private func metadata(of job: Job) -> Logger.Metadata {
    ["job": "\(job.id)", "kind": "\(job.kind.rawValue)"]
  }
}
