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

  /// Likewise for writing: signing in, and handing out jobs.
  func system<T: Sendable>(
    _ body: @escaping @Sendable (any SystemTransaction) throws -> T
  ) async throws -> T
}

/// What can be read within one workspace.
package protocol WorkspaceReader: EventReader, RecordReader, AccountReader {
  var workspaceID: Workspace.ID { get }
  func workspace() throws -> Workspace?
  func member(_ id: WorkspaceMember.ID) throws -> WorkspaceMember?
  func members() throws -> [WorkspaceMember]
  func flags() throws -> FeatureFlags
}

/// What can be changed within one workspace.
package protocol WorkspaceTransaction: WorkspaceReader, EventWriter, RecordWriter, AccountWriter {
  func setFlag(_ key: FeatureFlagKey, enabled: Bool) throws
  /// `passwordHash` as `PasswordHash` writes it; nil for a member who cannot sign in with a password.
  func insert(_ member: WorkspaceMember, passwordHash: String?) throws
  func insert(_ token: APIToken) throws
  /// A job may be enqueued with its lease, so that whoever made it runs it at once.
  func enqueue(_ job: Job) throws
  /// Ends a job. False when the lease is no longer `owner`'s: then nothing that was learnt may be stored.
  func finishJob(_ id: Job.ID, owner: String) throws -> Bool
  /// Puts a job back for later. False as for `finishJob`.
  func postponeJob(_ id: Job.ID, owner: String, until instant: Date) throws -> Bool
  /// Makes every waiting job of the event due now; false when it has none.
  @discardableResult
  func expediteJobs(eventID: CalendarEvent.ID, now: Date) throws -> Bool
  /// Likewise for every waiting job of the account.
  @discardableResult
  func expediteJobs(accountID: ConnectedAccount.ID, now: Date) throws -> Bool
}

/// What is looked up before, or without, a workspace.
package protocol SystemReader {
  func workspaces() throws -> [Workspace]

  /// A member and the stored password hash, by the address they sign in with (unique over all workspaces).
  func member(email: EmailAddress) throws -> (member: WorkspaceMember, passwordHash: String?)?
  func session(tokenHash: String) throws -> Session?
  func apiToken(tokenHash: String) throws -> APIToken?

  /// When the next job becomes due or its lease ends; nil when there is none.
  func nextJobDue() throws -> Date?
}

/// What is written before, or without, a workspace.
package protocol SystemTransaction: SystemReader {
  func insert(_ workspace: Workspace) throws
  func insert(_ session: Session) throws
  func deleteSession(tokenHash: String) throws
  func deleteSessions(expiredAt instant: Date) throws

  /// Claims the next job that is due and whose account has no other job running, and counts the attempt.
  func leaseNextJob(now: Date, lease: JobLease) throws -> Job?
  /// Claims this very job if nobody has it and its account is free, whether or not it is due.
  func leaseJob(_ id: Job.ID, now: Date, lease: JobLease) throws -> Job?
}
