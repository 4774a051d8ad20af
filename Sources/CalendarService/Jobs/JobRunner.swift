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
    /// How long one run may take; the lease outlives it, so that two runs never overlap.
    package var run: Duration = .seconds(25)
    package var lease: TimeInterval = 35
    /// How many jobs one worker runs at once.
    package var concurrentJobs = 16

    package init() {}
  }

  private let database: any Database
  private let handlers: [JobKind: any JobHandler]
  private let clock: WallClock
  private let limits: Limits
  private let owner: String
  private let logger: Logger
  private let wakes: AsyncStream<Void>
  private let wakeSink: AsyncStream<Void>.Continuation
  /// How many jobs the worker has started and not finished.
  private var running = 0
  private var busyAccounts: [ConnectedAccount.ID: Int] = [:]
  private var waiting: [ConnectedAccount.ID: [CheckedContinuation<Void, Never>]] = [:]

  /// `owner` tells this process from others in a lease.
  package init(
    database: any Database,
    handlers: [JobKind: any JobHandler],
    clock: WallClock,
    limits: Limits = .init(),
    owner: String,
    logger: Logger
  ) {
    (self.database, self.handlers, self.clock) = (database, handlers, clock)
    (self.limits, self.owner, self.logger) = (limits, owner, logger)
    (wakes, wakeSink) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Runs this job at once and tells how it ended; nil when that takes longer than a person should wait, or
  /// when another process has it.
  ///
  /// It goes on all the same.
  package func runNow(_ job: Job) async -> JobOutcome? {
    await firstResult(within: limits.answer) { await self.runWhenAccountIsFree(job) } ?? nil
  }

  /// Runs jobs as they become due, until the task is cancelled.
  ///
  /// A job that takes long holds up its own account only. The loop looks at least every `longestPause`, in case
  /// another process made a job.
  package func work(longestPause: Duration) async {
    await withDiscardingTaskGroup { group in
      while !Task.isCancelled {
        var nextDue: Date?
        do {
          while running < limits.concurrentJobs, let job = try await leaseNextJob() {
            running += 1
            group.addTask { await self.runForWorker(job) }
          }
          // With every place taken, only the end of a job makes a difference.
          if running < limits.concurrentJobs {
            nextDue = try await database.systemRead { try $0.nextJobDue() }
          }
        } catch {
          // Looking again at once would not mend the database.
          report(error, job: nil)
        }
        await waitForWork(nextDue: nextDue, longest: longestPause)
      }
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

  private func runWhenAccountIsFree(_ job: Job) async -> JobOutcome? {
    await accountIsFree(job.accountID)
    occupy(job.accountID)
    defer { release(job.accountID) }
    let lease = newLease()
    do {
      let leased = try await database.system { [now = clock.now] in
        try $0.leaseJob(job.id, now: now, lease: lease)
      }
      // Nil: another process works for this account; the worker will come to this job.
      guard let leased else { return nil }
      return await run(leased)
    } catch {
      report(error, job: job)
      return nil
    }
  }

  private func leaseNextJob() async throws -> Job? {
    let (lease, now) = (newLease(), clock.now)
    return try await database.system { try $0.leaseNextJob(now: now, lease: lease) }
  }

  private func run(_ job: Job) async -> JobOutcome {
    occupy(job.accountID)
    defer { release(job.accountID) }
    guard let handler = handlers[job.kind], let lease = job.lease else { return .leaseLost }
    do {
      let outcome = try await handler.run(job, lease: lease, within: limits.run)
      // What was postponed, or made by the handler, may be due before the worker looks again.
      wake()
      return outcome
    } catch is LeaseLost {
      return .leaseLost
    } catch {
      // Our own failure, not the provider's. The lease runs out and the job is tried again.
      report(error, job: job)
      return .leaseLost
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
