package import Foundation

extension JobRunner {
  /// Runs this job at once and returns how it ended; nil when that takes longer than a person should wait, or when
  /// another process has it.
  ///
  /// The run continues in either case. A job that the caller's transaction claimed starts without another transaction.
  package func runNow(_ job: Job) async -> JobOutcome? {
    await firstResult(within: limits.answer) { await self.runWhenFree(job) } ?? nil
  }

  /// Runs several jobs, one after another, until one is not completed, and returns how the last one ended.
  package func runNow(_ jobs: [Job]) async -> JobOutcome? {
    await firstResult(within: limits.answer) {
      for job in jobs {
        let outcome = await self.runWhenFree(job)
        guard case .completed = outcome else { return outcome }
      }
      return JobOutcome.completed
    } ?? nil
  }

  /// Waits until no job runs in the lane in this process, at most as long as a person should wait.
  package func waitUntilIdle(_ lane: JobLane, of tenant: UUID) async {
    let key = LaneGate.Key(tenant: tenant, lane: lane)
    _ = await firstResult(within: limits.answer) { await self.laneIsFree(key) }
  }

  private func laneIsFree(_ key: LaneGate.Key) async {
    while gate.isBusy(key) {
      await withCheckedContinuation { gate.wait(for: key, $0) }
    }
  }

  private func runWhenFree(_ job: Job) async -> JobOutcome? {
    if owns(job) { return await run(job) }
    let lane = LaneGate.Key(tenant: job.tenant, lane: job.lane)
    let deadline = ContinuousClock.now + limits.answer
    var pause = Duration.milliseconds(5)
    while ContinuousClock.now < deadline {
      await laneIsFree(lane)
      do {
        switch try await claimAndRun(job, in: lane) {
        case .ended(let outcome): return outcome
        case .laneIsOurs: break
        }
      } catch {
        report(error, job: nil)
        return nil
      }
      // Otherwise the caller whose transaction has claimed the lane is about to enter it.
      if !gate.isBusy(lane) {
        try? await Task.sleep(for: pause)
        pause = min(pause * 2, .milliseconds(100))
      }
    }
    return nil
  }

  private enum Attempt {
    case ended(JobOutcome?)
    /// A job of this process has the lane.
    case laneIsOurs
  }

  private func claimAndRun(_ job: Job, in lane: LaneGate.Key) async throws -> Attempt {
    gate.enter(lane)
    defer { gate.leave(lane) }
    let claim = try await database.claiming { [terms = claimTerms()] in try $0.claim(job.id, terms) }
    return switch claim {
    case .claimed(let job): .ended(await run(job))
    case .notBefore: .ended(.rateLimited)
    case .busy(let owner?) where isOurs(owner): .laneIsOurs
    // The worker of the process that occupies the lane runs this job next.
    case .busy, .gone: .ended(nil)
    }
  }
}
