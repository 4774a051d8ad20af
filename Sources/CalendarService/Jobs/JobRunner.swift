package import CalendarCore
package import Foundation
package import Logging

/// Runs jobs: one at a time for each account, each under a lease, each bounded in time.
///
/// There is one in every process. `runNow` serves a person who waits; `work` is the background worker.
package actor JobRunner {
  /// How long things may take.
  package struct Limits: Sendable {
    /// How long a person is made to wait for a provider.
    ///
    /// Well under the 3 s of NFR-1.
    package var answer: Duration = .milliseconds(2300)
    /// How long one run may take.
    package var run: Duration = .seconds(25)
    /// Seconds after which the jobs of a process that died are somebody else's.
    package var lease: TimeInterval = 12
    /// How often a lease is renewed.
    package var heartbeat: Duration = .seconds(4)
    /// How long running jobs may go on when the program is told to stop.
    package var drain: Duration = .seconds(5)
    /// A job that was started so often in a row and never came to an end is given up.
    package var unfinishedRuns = 8
    /// How many jobs one worker runs at once.
    package var concurrentJobs = 16

    package init() {}
  }

  private let database: any Database
  private let workers: JobWorkers
  private let requestLimits: [CalendarProviderID: RequestLimits]
  private let clock: WallClock
  private let limits: Limits
  private let owner: String
  private let logger: Logger
  private let wakes: AsyncStream<Void>
  private let wakeSink: AsyncStream<Void>.Continuation
  /// How many jobs the worker has started and not finished.
  private var running = 0
  private var isDraining = false
  /// Everything that runs in this process, for the worker or for somebody who waits.
  private var runs: [Job.ID: Task<JobOutcome, Never>] = [:]
  private var busyAccounts: [ConnectedAccount.ID: Int] = [:]
  private var waiting: [ConnectedAccount.ID: [CheckedContinuation<Void, Never>]] = [:]

  /// `owner` tells this process from others in a lease.
  package init(
    database: any Database,
    workers: JobWorkers,
    requestLimits: [CalendarProviderID: RequestLimits] = [:],
    clock: WallClock,
    limits: Limits = .init(),
    owner: String,
    logger: Logger
  ) {
    self.database = database
    self.workers = workers
    self.clock = clock
    self.requestLimits = requestLimits
    self.limits = limits
    self.owner = owner
    self.logger = logger
    (wakes, wakeSink) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Runs this job at once and tells how it ended; nil when that takes longer than a person should wait, or
  /// when another process has it.
  ///
  /// It goes on all the same.
  package func runNow(_ job: Job.ID, of account: ConnectedAccount.ID) async -> JobOutcome? {
    await firstResult(within: limits.answer) { await self.runWhenFree(job, account) } ?? nil
  }

  /// Likewise for several, one after another, until one does not come to its end: how that, or the last, ended.
  package func runNow(_ jobs: [Job]) async -> JobOutcome? {
    await firstResult(within: limits.answer) {
      for job in jobs {
        let outcome = await self.runWhenFree(job.id, job.accountID)
        guard outcome == .done else { return outcome }
      }
      return JobOutcome.done
    } ?? nil
  }

  /// Runs jobs as they become due, until the task is cancelled or the runner drains.
  ///
  /// A job that takes long holds up its own account only. The loop looks at least every `longestPause`, in case
  /// another process made a job.
  package func work(longestPause: Duration) async {
    await withDiscardingTaskGroup { group in
      while !Task.isCancelled, !isDraining {
        var nextDue: Date?
        do {
          while running < limits.concurrentJobs, !isDraining, let job = try await leaseNextJob() {
            running += 1
            group.addTask { await self.runForWorker(job) }
          }
          // With every place taken, only the end of a job makes a difference.
          if running < limits.concurrentJobs {
            nextDue = try await database.systemRead { [now = clock.now] in try $0.nextJobDue(after: now) }
          }
        } catch {
          // Looking again at once would not mend the database.
          report(error, job: nil)
        }
        if !isDraining { await waitForWork(nextDue: nextDue, longest: longestPause) }
      }
    }
  }

  /// Starts nothing more for the worker, gives what runs a little time, and hands back what is not done by then.
  package func drain() async {
    isDraining = true
    wake()
    _ = await firstResult(within: limits.drain) { await self.allRunsEnd() }
    for run in runs.values { run.cancel() }
    // A run that does not heed this keeps its lease, which ends by itself.
    _ = await firstResult(within: .seconds(2)) { await self.allRunsEnd() }
  }

  private func allRunsEnd() async {
    while let (id, run) = runs.first {
      _ = await run.value
      // Also by whoever waits for it; that may come later.
      runs[id] = nil
    }
  }

  /// Runs what is due now, one after another.
  package func runDueJobs() async throws {
    while let job = try await leaseNextJob() { _ = await run(job) }
  }

  private func runForWorker(_ job: Job) async {
    _ = await run(job)
    running -= 1
    wake()
  }

  /// Waits until no job of the account runs in this process, at most as long as a person should wait.
  package func waitUntilIdle(_ account: ConnectedAccount.ID) async {
    _ = await firstResult(within: limits.answer) { await self.accountIsFree(account) }
  }

  private func accountIsFree(_ account: ConnectedAccount.ID) async {
    while busyAccounts[account] != nil {
      await withCheckedContinuation { waiting[account, default: []].append($0) }
    }
  }

  /// Tells the worker that there may be something to do.
  package nonisolated func wake() { wakeSink.yield() }

  /// Waits for `wake`, or until `nextDue`, or at most `longest`.
  private func waitForWork(nextDue: Date?, longest: Duration) async {
    let untilDue = nextDue.map { due in
      Duration.milliseconds(Int64(max(0, due.timeIntervalSince(clock.now)) * 1000) + 1)
    }
    let timer = Task { [wakeSink] in
      try await Task.sleep(for: min(untilDue ?? longest, longest))
      wakeSink.yield()
    }
    defer { timer.cancel() }
    _ = await wakes.first { _ in true }
  }

  private func runWhenFree(_ job: Job.ID, _ account: ConnectedAccount.ID) async -> JobOutcome? {
    await accountIsFree(account)
    occupy(account)
    defer { release(account) }
    let lease = newLease()
    do {
      let claim = try await database.system { [now = clock.now, requestLimits] in
        try $0.leaseJob(job, now: now, lease: lease, limits: requestLimits)
      }
      switch claim {
      case .claimed(let job): return await run(job)
      case .notBefore: return .heldBack
      // The worker of whoever works for this account will come to this job.
      case .taken: return nil
      }
    } catch {
      report(error, job: nil)
      return nil
    }
  }

  private func leaseNextJob() async throws -> Job? {
    let (lease, now) = (newLease(), clock.now)
    return try await database.system { [requestLimits] in
      try $0.leaseNextJob(now: now, lease: lease, limits: requestLimits)
    }
  }

  private func run(_ job: Job) async -> JobOutcome {
    occupy(job.accountID)
    defer { release(job.accountID) }
    let run = Task { await perform(job) }
    runs[job.id] = run
    let outcome = await run.value
    runs[job.id] = nil
    // What was postponed, or made by the worker, may be due before the worker looks again.
    wake()
    return outcome
  }

  /// Runs the job while its lease is kept.
  private func perform(_ job: Job) async -> JobOutcome {
    guard let worker = workers[job.kind], let lease = job.lease else { return .leaseLost }
    let (limits, clock, database) = (limits, clock, database)
    do {
      if job.unfinishedRuns > limits.unfinishedRuns { return try await discard(job, lease, worker) }
      FailPoint.jobLeased.reached()
      return try await withThrowingTaskGroup(of: JobOutcome?.self) { group in
        group.addTask { try await worker.perform(job, lease: lease, within: limits.run) }
        group.addTask {
          while true {
            do { try await Task.sleep(for: limits.heartbeat) } catch { return nil }
            let renewed = JobLease(owner: lease.owner, expiresAt: clock.now.addingTimeInterval(limits.lease))
            // A database that is away for a moment is no reason to stop.
            let isOurs = (try? await database.system { try $0.renewLease(job.id, renewed) }) ?? true
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
      await handBack(job, lease, after: error)
      return .leaseLost
    }
  }

  /// Makes a job due again that came to no end.
  ///
  /// Being told to stop is no attempt. A failure of our own is one, so that it is given up some day.
  private func handBack(_ job: Job, _ lease: JobLease, after error: any Error) async {
    let wasStopped = error is CancellationError
    let pause: TimeInterval = wasStopped ? 0 : min(60, pow(2, Double(job.unfinishedRuns)))
    let due = clock.now.addingTimeInterval(pause)
    // The task is cancelled; its transaction must not be.
    let handedBack = Task { [database] in
      try await database.system {
        try $0.handBackJob(job.id, owner: lease.owner, until: due, counted: !wasStopped)
      }
    }
    // Where that fails too, the lease runs out.
    _ = try? await handedBack.value
  }

  private func discard(_ job: Job, _ lease: JobLease, _ worker: any JobWorker) async throws -> JobOutcome {
    let reason = "The delivery was started \(job.unfinishedRuns - 1) times and never came to an end."
    logger.error("A job is given up", metadata: ["job": "\(job.id)", "kind": "\(job.kind.rawValue)"])
    let now = clock.now
    return try await database.write(job.workspaceID) { transaction in
      try worker.discarded(job.subjectOnly, because: reason, at: now, in: transaction)
      try transaction.bury(job, lease, reason: reason, at: now)
      return .done
    }
  }

  private func occupy(_ account: ConnectedAccount.ID) { busyAccounts[account, default: 0] += 1 }

  private func release(_ account: ConnectedAccount.ID) {
    let left = (busyAccounts[account] ?? 1) - 1
    busyAccounts[account] = left > 0 ? left : nil
    guard left <= 0 else { return }
    for continuation in waiting.removeValue(forKey: account) ?? [] { continuation.resume() }
  }

  private func newLease() -> JobLease {
    JobLease(
      owner: "\(owner)/\(UUID().uuidString.lowercased())",
      expiresAt: clock.now.addingTimeInterval(limits.lease)
    )
  }

  private func report(_ error: any Error, job: Job?) {
    logger.error(
      "A job could not be run",
      metadata: [
        "job": "\(job?.id.description ?? "-")", "kind": "\(job?.kind.rawValue ?? "-")", "error": "\(error)",
      ]
    )
  }
}
