package import CalendarCore

/// Does one kind of job.
package protocol JobHandler: Sendable {
  /// Runs the job within `limit` and stores what came of it in one transaction with the job's end.
  ///
  /// Throws `LeaseLost` when the lease was gone by then; nothing is stored in that case.
  func run(_ job: Job, lease: JobLease, within limit: Duration) async throws -> JobOutcome
}
