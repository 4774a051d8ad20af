package import Foundation

/// Where everything is kept.
///
/// A transaction is opened for one workspace, and sees and writes that one only.
///
/// The bodies are synchronous and run off the cooperative pool, each in one transaction that is rolled back
/// when the body throws.
package protocol Database: Sendable {
  func read<T: Sendable>(
    _ workspace: Workspace.ID,
    _ body: @escaping @Sendable (any WorkspaceReader) throws -> T
  ) async throws -> T

  func write<T: Sendable>(
    _ workspace: Workspace.ID,
    _ body: @escaping @Sendable (any WorkspaceTransaction) throws -> T
  ) async throws -> T

  /// For what comes before a workspace is known: recognising callers, and looking for jobs.
  func systemRead<T: Sendable>(
    _ body: @escaping @Sendable (any SystemReader) throws -> T
  ) async throws -> T

  /// Runs a writing transaction across workspaces, for signing in and for assigning jobs.
  func system<T: Sendable>(
    _ body: @escaping @Sendable (any SystemTransaction) throws -> T
  ) async throws -> T
}

/// What can be read within one workspace.
package protocol WorkspaceReader: EventReader, RecordReader, AccountReader, KeptConferenceReader,
  EmailReader
{
  var workspaceID: Workspace.ID { get }
  func workspace() throws -> Workspace?
  func member(_ id: WorkspaceMember.ID) throws -> WorkspaceMember?
  func members() throws -> [WorkspaceMember]
  func flags() throws -> FeatureFlags
  /// The jobs of these accounts that were given up, newest first.
  func deadJobs(accountIDs: [ConnectedAccount.ID], limit: Int) throws -> [DeadJob]
  /// Whether the claim on a job is still `owner`'s, be it over or not: nobody else has begun to run it.
  func isLeased(_ id: Job.ID, by owner: String) throws -> Bool
}

/// What can be changed within one workspace.
package protocol WorkspaceTransaction: WorkspaceReader, EventWriter, RecordWriter, AccountWriter,
  KeptConferenceWriter, EmailWriter
{
  /// Replaces what is stored of a member, or of the workspace itself.
  func update(_ member: WorkspaceMember) throws
  func update(_ workspace: Workspace) throws
  func setFlag(_ key: FeatureFlagKey, enabled: Bool) throws
  /// `passwordHash` as `PasswordHash` writes it; nil for a member who cannot sign in with a password.
  func insert(_ member: WorkspaceMember, passwordHash: String?) throws
  func insert(_ token: APIToken) throws
  /// A job may be enqueued with its lease, so that its creator can run it at once.
  func enqueue(_ job: Job) throws
  /// Ends a job. False when the lease is no longer `owner`'s: then nothing that was learnt may be stored.
  func finishJob(_ id: Job.ID, owner: String) throws -> Bool
  /// Puts a job back for later, without a caller that waits for it. It is false as for `finishJob`.
  func postponeJob(_ id: Job.ID, owner: String, until instant: Date) throws -> Bool
  /// Gives a job up, and keeps it for a person to see. False as for `finishJob`.
  func buryJob(_ id: Job.ID, owner: String, reason: String, at instant: Date) throws -> Bool
  /// Makes a job that was given up due now, as if it were new; nil when there is none.
  func reviveJob(_ id: Job.ID, now: Date) throws -> Job?
  /// Makes the last job of this kind for the event due at `runAfter`, as if it were new: one that waits, or was given
  /// up. Nil when there is none that does not run.
  func raiseJob(_ kind: JobKind, eventID: CalendarEvent.ID, now: Date, runAfter: Date) throws -> Job?
  /// Forgets the jobs of this kind for the event that do not run, also those that were given up.
  func dropJobs(_ kind: JobKind, eventID: CalendarEvent.ID, now: Date) throws
  /// Forgets the job of this kind that is about nothing but the account, also one that runs.
  func dropJob(_ kind: JobKind, accountID: ConnectedAccount.ID) throws
  /// Forgets every job of the account, those that run and those that were given up, too; what they were about.
  func dropJobs(accountID: ConnectedAccount.ID) throws -> [DroppedJob]
  /// Forgets a job that was given up; false when there is none.
  func discardDeadJob(_ id: Job.ID) throws -> Bool
  /// Lets no job of the account run before then: its provider has asked for that.
  func holdJobs(of account: ConnectedAccount.ID, until instant: Date) throws
  /// Makes every waiting job of the event due now; false when it has no job at all, not even one that runs.
  @discardableResult
  func expediteJobs(eventID: CalendarEvent.ID, now: Date) throws -> Bool
  /// Does the same for every waiting job of the account.
  @discardableResult
  func expediteJobs(accountID: ConnectedAccount.ID, now: Date) throws -> Bool
}

/// What is looked up before, or without, a workspace.
package protocol SystemReader: ChangeReader {
  func workspaces() throws -> [Workspace]

  /// A member and the stored password hash, by the address they sign in with (unique over all workspaces).
  func member(email: EmailAddress) throws -> (member: WorkspaceMember, passwordHash: String?)?
  func session(tokenHash: String) throws -> Session?
  func apiToken(tokenHash: String) throws -> APIToken?

  /// When the next job becomes due, or a lease ends, after `instant`; nil when there is none.
  func nextJobDue(after instant: Date) throws -> Date?
}

/// What is written before, or without, a workspace.
package protocol SystemTransaction: SystemReader, ChangeForgetter {
  func insert(_ workspace: Workspace) throws
  func insert(_ session: Session) throws
  func deleteSession(tokenHash: String) throws
  func deleteSessions(expiredAt instant: Date) throws

  /// Claims the next job that is due and may run, and counts the attempt.
  ///
  /// A job may run when no other of its account does, none of its kind for its event is before it, and the provider
  /// takes more.
  /// Jobs of a higher priority come first, then those that are due longer. Rows that cannot be understood are given
  /// up, so that they hold up nobody.
  func leaseNextJob(
    now: Date,
    lease: JobLease,
    limits: [CalendarProviderID: RequestLimits]
  ) throws -> Job?
  /// Claims this very job if it may run, whether or not it is due.
  func leaseJob(
    _ id: Job.ID,
    now: Date,
    lease: JobLease,
    limits: [CalendarProviderID: RequestLimits]
  ) throws -> JobClaim
  /// Makes the claim on a job hold longer; false when it was lost.
  func renewLease(_ id: Job.ID, _ lease: JobLease) throws -> Bool
  /// Gives a claim back without a result, due at `instant`.
  ///
  /// `counted` is whether that was an attempt. Nothing happens when the claim was lost.
  func handBackJob(_ id: Job.ID, owner: String, until instant: Date, counted: Bool) throws
}
