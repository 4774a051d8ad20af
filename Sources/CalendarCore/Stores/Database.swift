package import Foundation
package import JobQueue

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

/// The readable aggregates of one workspace, each by its name.
package protocol WorkspaceReader {
  associatedtype Events: EventReading
  associatedtype Emails: EmailReading
  associatedtype Accounts: AccountReading
  associatedtype Records: RecordReading
  associatedtype Members: MemberReading
  associatedtype Conferences: ConferenceReading
  associatedtype Jobs: JobReading

  var workspaceID: Workspace.ID { get }
  var events: Events { get }
  var emails: Emails { get }
  var accounts: Accounts { get }
  var records: Records { get }
  var members: Members { get }
  var conferences: Conferences { get }
  var jobs: Jobs { get }
}

/// The writable aggregates of one workspace.
///
/// It names the same aggregates as `WorkspaceReader`, each of which can be written here as well.
package protocol WorkspaceTransaction: WorkspaceReader
where
  Events: EventWriting, Emails: EmailWriting, Accounts: AccountWriting, Records: RecordWriting,
  Members: MemberWriting, Conferences: ConferenceWriting, Jobs: JobWriting
{
}

/// The lookups that come before, or without, a workspace.
package protocol SystemReader {
  associatedtype Changes: ChangeLogReading

  var changes: Changes { get }
  func workspaces() throws -> [Workspace]

  /// A member and the stored password hash, by the address they sign in with (unique over all workspaces).
  func member(email: EmailAddress) throws -> (member: WorkspaceMember, passwordHash: String?)?
  func session(tokenHash: String) throws -> Session?
  func apiToken(tokenHash: String) throws -> APIToken?

  /// Whether there are due jobs that nobody has claimed; a claim may still find that none of them can run now.
  func hasDueJobs(_ terms: JobClaimTerms) throws -> Bool
  /// When the next job becomes due, or a lease ends, after `instant`; nil when there is none.
  func nextJobDue(after instant: Date) throws -> Date?
}

/// The writes that come before, or without, a workspace.
package protocol SystemTransaction: SystemReader where Changes: ChangeLogTrimming {
  func insert(_ workspace: Workspace) throws
  func insert(_ session: Session) throws
  func deleteSession(tokenHash: String) throws
  func deleteSessions(expiredAt instant: Date) throws

  /// The jobs of all workspaces.
  var jobs: any JobClaiming { get }
}
