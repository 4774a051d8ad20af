package import CalendarCore
package import Foundation
package import Logging

/// Runs jobs: one at a time for each account, each under a lease, each bounded in time.
///
/// There is one in every process. `runNow` serves a person who waits; `runDueJobs` serves the worker.
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

  /// Runs what is due, several at once, until nothing is; answers when the next job will be.
  @discardableResult
  package func runDueJobs() async -> Date? {
    await withTaskGroup(of: Void.self) { group in
      var running = 0
      while !Task.isCancelled {
        if running < limits.concurrentJobs, let job = await leaseNextJob() {
          running += 1
          group.addTask { _ = await self.run(job) }
        } else if running > 0 {
          // A job of a busy account can be leased once the running one has ended.
          await group.next()
          running -= 1
        } else {
          break
        }
      }
    }
    return try? await database.system { try $0.nextJobDue() }
  }

  /// Tells the worker that there may be something to do.
  package nonisolated func wake() { wakeSink.yield() }

  /// Waits for `wake`, or until `nextDue`, or at most `longest`.
  package func waitForWork(nextDue: Date?, longest: Duration) async {
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
    while busyAccounts[job.accountID] != nil {
      await withCheckedContinuation { waiting[job.accountID, default: []].append($0) }
    }
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

  private func leaseNextJob() async -> Job? {
    let lease = newLease()
    do {
      return try await database.system { [now = clock.now] in try $0.leaseNextJob(now: now, lease: lease) }
    } catch {
      report(error, job: nil)
      return nil
    }
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
