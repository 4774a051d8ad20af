package import Foundation

/// Performs one kind of job and owns what that kind does to its data at each step of a job's life.
package protocol JobWorker<Transaction>: Sendable {
  associatedtype Transaction

  /// Performs the job within `limit` and stores the result in the transaction that ends the run.
  ///
  /// Throws `LeaseLost` when the claim was lost by then; nothing is stored in that case.
  func perform(_ job: Job, lease: JobLease, within limit: Duration) async throws -> JobOutcome

  /// Records that the job will not be performed, in the transaction that discards or cancels it.
  ///
  /// The queue calls this when a job crashed too often, and the application when it cancels the jobs of a resource. A
  /// worker that discards its own job records the reason itself.
  func discarded(_ job: Job, because reason: String, at now: Date, in transaction: Transaction) throws

  /// Prepares for another run, in the transaction in which a person retries a discarded job.
  func retried(_ job: Job, at now: Date, in transaction: Transaction) throws
}

/// The worker of every kind of job that this program can perform.
package struct JobWorkers<Transaction>: Sendable {
  private let byKind: [JobKind: any JobWorker<Transaction>]

  package init(_ byKind: [JobKind: any JobWorker<Transaction>]) { self.byKind = byKind }

  package var kinds: Set<JobKind> { Set(byKind.keys) }

  package subscript(kind: JobKind) -> (any JobWorker<Transaction>)? { byKind[kind] }
}

/// How one run of a job ended.
package enum JobOutcome: Sendable {
  /// The job did its work, or there was nothing left to do.
  case completed
  /// It will run again.
  case snoozed
  /// The work was refused for good, with the error that the job's creator is to receive.
  case refused(any Error)
  /// It was not started, because of a rate limit.
  case rateLimited
  /// Another runner has the job; the result of this run was dropped.
  case leaseLost
}

/// The error inside a transaction that rolls back the result of a run whose claim was lost.
package struct LeaseLost: Error {
  package init() {}
}
