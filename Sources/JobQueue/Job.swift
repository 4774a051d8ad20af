package import Foundation

/// A unit of work that is stored in the same transaction as the data that requires it.
///
/// A job runs at least once: it may run again after a crash. The queue does not interpret `kind`, `subject`, `resource`
/// or `lane`; they belong to the worker that inserts the job.
package struct Job: Sendable, Hashable {
  package var id: ID
  /// The owner of the data, whom the queue serves in turn with the others.
  package var tenant: UUID
  package var kind: JobKind
  package var priority: JobPriority
  /// The entity that the job is about.
  ///
  /// Jobs of one kind and subject run in the order in which they were inserted.
  package var subject: JobSubject
  /// Whether the store refuses a second job with the same kind and subject.
  package var isUnique: Bool
  /// The external account that the job uses: jobs share its rate limit and are paused and canceled with it.
  package var resource: UUID
  /// Jobs in one lane of a tenant run one at a time.
  package var lane: JobLane
  package var scheduledAt: Date
  /// The number of runs that were started.
  package var attempts: Int
  /// The number of consecutive runs that did not end, because the process died or failed with an error of its own.
  package var crashes: Int
  /// The claim of the runner that performs the job now.
  package var lease: JobLease?
  /// The rate limit that the claim must still be charged to, which is not stored: see `JobWriting.claim(_:_:)`.
  package var deferredCharge: String?

  package init(
    id: ID,
    tenant: UUID,
    kind: JobKind,
    priority: JobPriority = .normal,
    subject: JobSubject,
    isUnique: Bool = false,
    resource: UUID,
    lane: JobLane,
    scheduledAt: Date,
    attempts: Int = 0,
    crashes: Int = 0,
    lease: JobLease? = nil
  ) {
    self.id = id
    self.tenant = tenant
    self.kind = kind
    self.priority = priority
    self.subject = subject
    self.isUnique = isUnique
    self.resource = resource
    self.lane = lane
    self.scheduledAt = scheduledAt
    self.attempts = attempts
    self.crashes = crashes
    self.lease = lease
  }

  /// The id of a job: a UUID whose text is lowercase with hyphens.
  package struct ID: Sendable, Hashable, LosslessStringConvertible {
    package let uuid: UUID

    package init(_ uuid: UUID) { self.uuid = uuid }

    /// Reads the 36-character text form in either case; nil for anything else.
    package init?(_ description: String) {
      guard description.utf8.count == 36, let uuid = UUID(uuidString: description) else { return nil }
      self.uuid = uuid
    }

    package var description: String { uuid.uuidString.lowercased() }
  }
}

/// The name of a kind of work, under which its worker is registered.
package struct JobKind: RawRepresentable, Sendable, Hashable {
  package let rawValue: String

  package init(rawValue: String) { self.rawValue = rawValue }
}

/// A reference to the entity that a job is about.
package struct JobSubject: Sendable, Hashable, CustomStringConvertible {
  package let type: String
  package let id: UUID

  package init(type: String, id: UUID) {
    self.type = type
    self.id = id
  }

  /// Reads "type/id"; nil for anything else.
  package init?(_ description: String) {
    let parts = description.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, let id = UUID(uuidString: String(parts[1])) else { return nil }
    self.init(type: String(parts[0]), id: id)
  }

  package var description: String { "\(type)/\(id.uuidString.lowercased())" }
}

/// The name of a sequence of jobs of one tenant that run one at a time.
package struct JobLane: RawRepresentable, Sendable, Hashable {
  package let rawValue: String

  package init(rawValue: String) { self.rawValue = rawValue }
}

/// The order among the due jobs of one tenant: the lowest number first.
package enum JobPriority: Int, Sendable, CaseIterable {
  /// A person is waiting for the result.
  case interactive = 0
  /// A person caused it and looks at the result later.
  case normal = 1
  /// Nobody requested it.
  case background = 2
}

/// The claim of one runner on a job, which the runner renews while it works.
///
/// A runner that dies loses the claim when it expires.
package struct JobLease: Sendable, Hashable {
  package var owner: String
  package var expiresAt: Date
  /// When the claim was made; nil where it was only read from the store, which does not keep it.
  package var claimedAt: Date?

  package init(owner: String, expiresAt: Date, claimedAt: Date? = nil) {
    self.owner = owner
    self.expiresAt = expiresAt
    self.claimedAt = claimedAt
  }

  /// Whether the claim was made so recently that no other runner can have taken the job over, even if the clocks of two
  /// machines differ by most of the lease.
  package func isRecent(at now: Date) -> Bool {
    guard let claimedAt else { return false }
    let age = now.timeIntervalSince(claimedAt)
    return age >= 0 && age < expiresAt.timeIntervalSince(claimedAt) / 12
  }
}

/// A job that will not be performed again unless a person retries it.
package struct DiscardedJob: Sendable, Hashable {
  package var job: Job
  /// A sentence for the owner of the account.
  package var reason: String
  package var discardedAt: Date

  package init(job: Job, reason: String, discardedAt: Date) {
    self.job = job
    self.reason = reason
    self.discardedAt = discardedAt
  }
}
