import Foundation

extension JobRunner {
  /// Runs jobs as they become due, until the task is canceled or the runner drains.
  ///
  /// A job that takes long occupies its own lane only. A claim waits for other writers, so the loop first reads whether
  /// there is anything to claim. It looks at least every `maximumPause`, in case another process inserted a job.
  package func work(maximumPause: Duration) async {
    await withDiscardingTaskGroup { group in
      while !Task.isCancelled, !isDraining {
        var nextDue: Date?
        do {
          // With every place taken, only the end of a job makes a difference.
          while running < limits.concurrentJobs, !isDraining {
            let agenda = try await database.agenda(claimTerms())
            nextDue = agenda.nextDue
            guard agenda.hasDueJobs else { break }
            guard let job = try await claimNextJob() else {
              // A rate limit may have postponed jobs.
              nextDue = try await database.agenda(claimTerms()).nextDue
              break
            }
            running += 1
            group.addTask { await self.runForWorker(job) }
          }
        } catch {
          // Looking again at once would not help the database.
          report(error, job: nil)
        }
        if !isDraining { await waitForWork(nextDue: nextDue, longest: maximumPause) }
      }
    }
  }

  private func runForWorker(_ job: Job) async {
    _ = await run(job)
    running -= 1
    wake()
  }

  /// Runs what is due now, one job after another.
  package func runDueJobs() async throws {
    while let job = try await claimNextJob() { _ = await run(job) }
  }

  /// Starts no more jobs for the worker, gives the running ones a little time, and releases what has not ended by then.
  package func drain() async {
    isDraining = true
    wake()
    _ = await firstResult(within: limits.drain) { await self.allRunsEnd() }
    for run in runs.values { run.cancel() }
    // A run that does not heed this keeps its lease, which expires.
    _ = await firstResult(within: .seconds(2)) { await self.allRunsEnd() }
  }

  private func allRunsEnd() async {
    while let (id, run) = runs.first {
      _ = await run.value
      // The caller that waits for the run removes it too, perhaps later.
      runs[id] = nil
    }
  }
}
