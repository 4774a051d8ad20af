import CalendarCore
import Foundation
import JobQueue

/// One transaction before, or without, a workspace.
struct SystemStore: SystemTransaction {
  let connection: any SQLConnection

  var changes: ChangeTable { ChangeTable(connection: connection) }
  var jobs: any JobClaiming { JobClaims(connection: connection) }
}

extension SystemStore {
  func hasDueJobs(_ terms: JobClaimTerms) throws -> Bool {
    try JobClaims(connection: connection).hasDueJobs(terms)
  }

  func nextJobDue(after instant: Date) throws -> Date? {
    try connection.rows(
      """
      SELECT MIN(due) AS due FROM (
        SELECT MIN(scheduled_at) AS due FROM job WHERE discarded_at IS NULL AND scheduled_at > \(.instant(instant))
        UNION ALL
        SELECT MIN(lease_expires_at) AS due FROM job WHERE lease_expires_at > \(.instant(instant))
      ) AS next
      """
    ).first?.optionalInstant("due")
  }
}

extension SystemStore {
  func insert(_ workspace: Workspace) throws {
    try connection.insert(
      into: "workspace",
      [
        "id": .id(workspace.id),
        "display_name": .string(workspace.displayName),
        "created_at": .instant(workspace.createdAt),
        "default_conference_provider": .name(workspace.defaultConferenceProviderID),
      ]
    )
  }

  func workspaces() throws -> [Workspace] {
    try connection.rows("SELECT * FROM workspace ORDER BY created_at, id").map(Workspace.init)
  }

  func member(email: EmailAddress) throws -> (member: WorkspaceMember, passwordHash: String?)? {
    let address = SearchText(email).value
    return try connection.rows("SELECT * FROM workspace_member WHERE address = \(address)").first.map {
      (try WorkspaceMember($0), try $0.optionalText("password_hash"))
    }
  }

  func insert(_ session: Session) throws {
    try connection.insert(
      into: "session",
      [
        "workspace_id": .id(session.workspaceID),
        "token_hash": .string(session.tokenHash),
        "member_id": .id(session.memberID),
        "expires_at": .instant(session.expiresAt),
      ]
    )
  }

  func session(tokenHash: String) throws -> Session? {
    try connection.rows("SELECT * FROM session WHERE token_hash = \(.string(tokenHash))")
      .first.map(Session.init)
  }

  func deleteSession(tokenHash: String) throws {
    try connection.execute("DELETE FROM session WHERE token_hash = \(.string(tokenHash))")
  }

  func deleteSessions(expiredAt instant: Date) throws {
    try connection.execute("DELETE FROM session WHERE expires_at <= \(.instant(instant))")
  }

  func apiToken(tokenHash: String) throws -> APIToken? {
    try connection.rows("SELECT * FROM api_token WHERE token_hash = \(.string(tokenHash))")
      .first.map(APIToken.init)
  }
}
