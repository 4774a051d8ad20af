package import CalendarCore
import Foundation
package import JobQueue

/// The runner of this program's jobs.
package typealias WorkspaceJobRunner = JobRunner<any WorkspaceTransaction>
typealias WorkspaceJobWorkers = JobWorkers<any WorkspaceTransaction>

/// A worker that changes the data of a workspace.
protocol WorkspaceJobWorker: JobWorker where Transaction == any WorkspaceTransaction {}

extension WorkspaceJobWorker {
  /// Does nothing: most jobs leave no promise behind.
  func discarded(
    _ job: Job,
    because reason: String,
    at now: Date,
    in transaction: any WorkspaceTransaction
  ) throws {}

  /// Marks the job's event, if there is one, as updated.
  func retried(_ job: Job, at now: Date, in transaction: any WorkspaceTransaction) throws {
    try transaction.updateEvent(of: job, at: now) { _ in }
  }
}

extension WorkspaceTransaction {
  /// Changes the event that the job is about, if it still exists, and stores it as updated.
  func updateEvent(of job: Job, at now: Date, _ change: (inout CalendarEvent) -> Void) throws {
    guard var event = try event(of: job) else { return }
    change(&event)
    event.updatedAt = now
    try events.update(event)
  }

  /// Claims a job for a caller who waits, so that `WorkspaceJobRunner.runNow` starts it without another transaction.
  ///
  /// Returns the job as it was when its lane is busy or its rate limit is reached: the runner then waits for its turn.
  func claimed(_ job: Job, _ terms: JobClaimTerms) throws -> Job {
    guard case .claimed(let claimed) = try jobs.claim(job.id, terms) else { return job }
    return claimed
  }

  /// Claims a job that delivers an event, and reads what it needs while nothing can change in between.
  func claimedPush(_ job: Job, _ terms: JobClaimTerms) throws -> (Job, JobContext?) {
    let job = try claimed(job, terms)
    return (job, job.lease == nil ? nil : try JobContext.load(job, from: self))
  }
}

/// The queue's view of the database.
struct WorkspaceJobs: JobDatabase {
  let database: any Database

  func claiming<T: Sendable>(
    _ body: @escaping @Sendable (any JobClaiming) throws -> T
  ) async throws -> T {
    try await database.system { try body($0.jobs) }
  }

  func agenda(_ terms: JobClaimTerms) async throws -> JobAgenda {
    try await database.systemRead {
      JobAgenda(hasDueJobs: try $0.hasDueJobs(terms), nextDue: try $0.nextJobDue(after: terms.now))
    }
  }

  func discard(
    _ job: Job,
    reason: String,
    at instant: Date,
    after body: @escaping @Sendable (any WorkspaceTransaction) throws -> Void
  ) async throws {
    guard let lease = job.lease else { throw LeaseLost() }
    try await database.write(job.workspaceID) { transaction in
      try body(transaction)
      try transaction.discard(job, lease, reason: reason, at: instant)
    }
  }
}
