package import CalendarCore
package import Foundation

/// Performs one kind of job and owns what that kind does to the domain at each step of a job's life.
package protocol JobWorker: Sendable {
  /// Runs the job within `limit` and stores the outcome in the transaction that ends the run.
  ///
  /// Throws `LeaseLost` when the lease was gone by then; nothing is stored in that case.
  func perform(_ job: Job, lease: JobLease, within limit: Duration) async throws -> JobOutcome

  /// Records that the job will never be performed, in the transaction that discards or cancels it.
  ///
  /// The queue calls this when a job crashed too often or its account was disconnected. A worker that discards its own
  /// job records the reason itself.
  func discarded(
    _ job: DroppedJob,
    because reason: String,
    at now: Date,
    in transaction: any WorkspaceTransaction
  ) throws

  /// Prepares for another run, in the transaction that makes a discarded job due again at its owner's request.
  func retried(_ job: Job, at now: Date, in transaction: any WorkspaceTransaction) throws
}

extension JobWorker {
  /// Does nothing: most jobs leave no promise behind.
  package func discarded(
    _ job: DroppedJob,
    because reason: String,
    at now: Date,
    in transaction: any WorkspaceTransaction
  ) throws {}

  /// Marks the job's event, if there is one, as updated.
  package func retried(_ job: Job, at now: Date, in transaction: any WorkspaceTransaction) throws {
    try transaction.updateEvent(of: job, at: now) { _ in }
  }
}

/// The worker of every kind of job that this program can perform.
package struct JobWorkers: Sendable {
  private let byKind: [JobKind: any JobWorker]

  package init(_ byKind: [JobKind: any JobWorker]) { self.byKind = byKind }

  package subscript(kind: JobKind) -> (any JobWorker)? { byKind[kind] }
}

extension Job {
  /// The parts of the job that remain meaningful once it is discarded.
  var subjectOnly: DroppedJob { DroppedJob(kind: kind, eventID: eventID, emailID: emailID) }
}

extension WorkspaceTransaction {
  /// Changes the event that the job is about, if it still exists, and stores it as updated.
  func updateEvent(of job: Job, at now: Date, _ change: (inout CalendarEvent) -> Void) throws {
    guard var event = try event(of: job) else { return }
    change(&event)
    event.updatedAt = now
    try update(event)
  }
}
