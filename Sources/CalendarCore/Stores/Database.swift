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

/// What can be read within one workspace.
package protocol WorkspaceReader: EventReader, RecordReader, AccountReader, KeptConferenceReader,
  EmailReader
{
  var workspaceID: Workspace.ID { get }
  func workspace() throws -> Workspace?
  func member(_ id: WorkspaceMember.ID) throws -> WorkspaceMember?
  func members() throws -> [WorkspaceMember]
  func flags() throws -> FeatureFlags
  /// The workspace's jobs.
  associatedtype Jobs: JobReading
  var jobs: Jobs { get }
}

/// What can be changed within one workspace.
package protocol WorkspaceTransaction: WorkspaceReader, EventWriter, RecordWriter, AccountWriter,
  KeptConferenceWriter, EmailWriter
where Jobs: JobWriting {
  /// Replaces what is stored of a member, or of the workspace itself.
  func update(_ member: WorkspaceMember) throws
  func update(_ workspace: Workspace) throws
  func setFlag(_ key: FeatureFlagKey, enabled: Bool) throws
  /// `passwordHash` as `PasswordHash` writes it; nil for a member who cannot sign in with a password.
  func insert(_ member: WorkspaceMember, passwordHash: String?) throws
  func insert(_ token: APIToken) throws
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

  /// The jobs of all workspaces.
  var jobs: any JobClaiming { get }
}
