package import Foundation

/// Reads the jobs of one tenant, within a transaction.
package protocol JobReading {
  func find(_ id: Job.ID) throws -> Job?
  /// The discarded jobs that use these resources, the newest first.
  func discarded(resources: [UUID], limit: Int) throws -> [DiscardedJob]
  /// Whether no other runner has claimed the job since `owner` did; the claim may have expired.
  func isClaimed(_ id: Job.ID, by owner: String) throws -> Bool
}

/// Changes the jobs of one tenant, within the transaction that changes the data they are about.
///
/// The functions that end a run return false when the claim is no longer the owner's: another runner may be performing
/// the job, and the transaction must be rolled back.
package protocol JobWriting: JobReading {
  func insert(_ job: Job) throws
  /// Claims a job that this transaction inserted or rescheduled, so that its creator performs it without a transaction
  /// of its own for the claim.
  ///
  /// It does not wait for concurrent claims: the answer is `busy` then. Where transactions are concurrent, a rate limit
  /// that all resources of a class share is checked and not charged, because they would collide in it: the runner
  /// charges `deferredCharge` afterwards.
  func claim(_ id: Job.ID, _ terms: JobClaimTerms) throws -> JobClaim

  /// Ends the job.
  func complete(_ id: Job.ID, owner: String) throws -> Bool
  /// Ends the run and schedules the next; an interactive job becomes a normal one, since nobody waits for it then.
  func snooze(_ id: Job.ID, owner: String, until instant: Date) throws -> Bool
  /// Ends the run and keeps the job for a person to see.
  func discard(_ id: Job.ID, owner: String, reason: String, at instant: Date) throws -> Bool

  /// Schedules a discarded job as if it were new; nil when there is none.
  func retry(_ id: Job.ID, now: Date) throws -> Job?
  /// Schedules the latest job of this kind and subject as if it were new, whether it waits or was discarded; nil when
  /// there is none or it is running.
  func reschedule(_ kind: JobKind, _ subject: JobSubject, now: Date, at instant: Date) throws -> Job?
  /// Makes every waiting job about the subject due now; false when there is none, not even one that runs.
  @discardableResult
  func expedite(_ subject: JobSubject, now: Date) throws -> Bool
  /// Makes every waiting job that uses the resource due now; false when there is none, not even one that runs.
  @discardableResult
  func expedite(resource: UUID, now: Date) throws -> Bool
  /// Lets no job that uses the resource start before `instant`.
  func pause(resource: UUID, until instant: Date) throws

  /// Deletes the jobs of this kind and subject that are not running, including discarded ones.
  func cancel(_ kind: JobKind, _ subject: JobSubject, now: Date) throws
  /// Deletes every job of this kind and subject, including one that is running.
  func cancelRunning(_ kind: JobKind, _ subject: JobSubject) throws
  /// Deletes every job that uses the resource, including those that are running, and returns them.
  func cancelAll(resource: UUID) throws -> [Job]
  /// Deletes a discarded job; false when there is none.
  func deleteDiscarded(_ id: Job.ID) throws -> Bool
}

/// The conditions under which a runner claims jobs.
package struct JobClaimTerms: Sendable {
  package var now: Date
  package var lease: JobLease
  /// The kinds of jobs that the runner can perform; nil when it can perform every kind.
  ///
  /// Jobs of other kinds are left to a newer version of the program.
  package var kinds: Set<JobKind>?
  /// The rate limits by class of resource, which the store knows of each resource.
  package var limits: [String: JobRateLimits]

  package init(
    now: Date,
    lease: JobLease,
    kinds: Set<JobKind>? = nil,
    limits: [String: JobRateLimits] = [:]
  ) {
    self.now = now
    self.lease = lease
    self.kinds = kinds
    self.limits = limits
  }
}

/// The work of a runner, now and next.
package struct JobAgenda: Sendable, Hashable {
  /// Whether there are due jobs that nobody has claimed; a claim may still find that none of them can run now.
  package var hasDueJobs: Bool
  /// When the next job becomes due or a claim expires; nil when neither happens.
  package var nextDue: Date?

  package init(hasDueJobs: Bool, nextDue: Date?) {
    self.hasDueJobs = hasDueJobs
    self.nextDue = nextDue
  }
}

/// The answer to the claim of one job.
package enum JobClaim: Sendable, Hashable {
  case claimed(Job)
  /// Another job must run before it; `owner` has the lease of the one in its lane, if that is running.
  case busy(owner: String?)
  /// It was completed, discarded or canceled, or the runner cannot perform its kind.
  case gone
  /// The rate limit permits it at this instant.
  case notBefore(Date)
}

/// How often jobs may be started.
package struct JobRateLimits: Sendable, Hashable {
  /// `runs` evenly over `seconds`; as many may start at once after a rest.
  package struct Rate: Sendable, Hashable {
    package var runs: Int
    package var seconds: TimeInterval

    package init(_ runs: Int, perSeconds seconds: TimeInterval) {
      self.runs = runs
      self.seconds = seconds
    }
  }

  /// The limit of each resource.
  package var perResource: Rate?
  /// The limit of all resources of the class together.
  package var perClass: Rate?

  package init(perResource: Rate? = nil, perClass: Rate? = nil) {
    self.perResource = perResource
    self.perClass = perClass
  }
}

/// Claims jobs of all tenants, within a transaction that always sees the latest rows.
package protocol JobClaiming {
  /// Claims the next job and counts the attempt.
  ///
  /// A job may run when it is due, its lane is free, no earlier job of its kind and subject is left, and the rate limits
  /// permit it. Tenants take turns, the one that was served least recently first; a tenant's jobs are ordered by
  /// priority, then by the time since which they are due.
  func claimNext(_ terms: JobClaimTerms) throws -> Job?
  /// Claims this job if it may run, whether or not it is due.
  func claim(_ id: Job.ID, _ terms: JobClaimTerms) throws -> JobClaim
  /// Extends the claim on a job; false when it was lost.
  func renew(_ id: Job.ID, _ lease: JobLease) throws -> Bool
  /// Gives a claim back without a result; nothing happens when it was lost. `counted` is whether the run was an attempt.
  func release(_ id: Job.ID, owner: String, until instant: Date, counted: Bool) throws
  /// Charges one run to the rate limit of a class.
  func charge(_ rateClass: String, _ terms: JobClaimTerms) throws
}

/// The database as a runner uses it.
package protocol JobDatabase<Transaction>: Sendable {
  /// A transaction within one tenant, in which workers change the data that their jobs are about.
  associatedtype Transaction

  /// Runs a transaction across tenants.
  func claiming<T: Sendable>(_ body: @escaping @Sendable (any JobClaiming) throws -> T) async throws -> T
  /// Reads what there is to do on these terms, without claiming anything.
  func agenda(_ terms: JobClaimTerms) async throws -> JobAgenda
  /// Discards a claimed job after `body`, in one transaction. Throws `LeaseLost` when the claim was lost.
  func discard(
    _ job: Job,
    reason: String,
    at instant: Date,
    after body: @escaping @Sendable (Transaction) throws -> Void
  ) async throws
}
