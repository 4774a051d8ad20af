import CalendarCore
import Foundation
import JobQueue

/// The jobs of one workspace.
struct JobTable: JobWriting, WorkspaceTable {
  let connection: any SQLConnection
  let workspaceID: Workspace.ID

  func find(_ id: Job.ID) throws -> Job? {
    try connection.rows("SELECT * FROM job WHERE workspace_id = \(tenant) AND id = \(.job(id))").first.map(
      Job.init
    )
  }

  func insert(_ job: Job) throws {
    guard job.workspaceID == workspaceID else { throw StoreError.wrongWorkspace }
    try connection.execute(
      """
      INSERT INTO job (
        workspace_id, id, kind, priority, subject, sequence, is_unique, resource, lane, scheduled_at, attempts, crashes,
        lease_owner, lease_expires_at
      )
      VALUES (
        \(tenant), \(.job(job.id)), \(.name(job.kind)), \(.count(job.priority.rawValue)), \(.subject(job.subject)),
        (
          SELECT COALESCE(MAX(sequence), 0) + 1 FROM job
          WHERE workspace_id = \(tenant) AND subject = \(.subject(job.subject))
        ),
        \(.bool(job.isUnique)), \(.uuid(job.resource)), \(.name(job.lane)), \(.instant(job.scheduledAt)),
        \(.count(job.attempts)), \(.count(job.crashes)), \(.string(job.lease?.owner)),
        \(.instant(job.lease?.expiresAt))
      )
      """
    )
  }

  func claim(_ id: Job.ID, _ terms: JobClaimTerms) throws -> JobClaim {
    try JobClaims(connection: connection).claim(id, terms, within: workspaceID)
  }

  func isClaimed(_ id: Job.ID, by owner: String) throws -> Bool {
    try !connection.rows(
      """
      SELECT 1 AS held FROM job
      WHERE workspace_id = \(tenant) AND id = \(.job(id)) AND lease_owner = \(.string(owner))
      """
    ).isEmpty
  }
}

/// How runs end.
extension JobTable {
  func complete(_ id: Job.ID, owner: String) throws -> Bool {
    try connection.execute(
      """
      DELETE FROM job WHERE workspace_id = \(tenant) AND id = \(.job(id)) AND lease_owner = \(.string(owner))
      """
    ) == 1
  }

  func snooze(_ id: Job.ID, owner: String, until instant: Date) throws -> Bool {
    try connection.execute(
      """
      UPDATE job SET scheduled_at = \(.instant(instant)), lease_owner = NULL, lease_expires_at = NULL, crashes = 0,
        priority = CASE WHEN priority = \(.count(JobPriority.interactive.rawValue))
          THEN \(.count(JobPriority.normal.rawValue)) ELSE priority END
      WHERE workspace_id = \(tenant) AND id = \(.job(id)) AND lease_owner = \(.string(owner))
      """
    ) == 1
  }

  func discard(_ id: Job.ID, owner: String, reason: String, at instant: Date) throws -> Bool {
    try connection.execute(
      """
      UPDATE job SET discarded_at = \(.instant(instant)), discard_reason = \(.string(reason)),
        lease_owner = NULL, lease_expires_at = NULL
      WHERE workspace_id = \(tenant) AND id = \(.job(id)) AND lease_owner = \(.string(owner))
      """
    ) == 1
  }
}

/// How jobs are scheduled again, paused and canceled.
extension JobTable {
  func retry(_ id: Job.ID, now: Date) throws -> Job? {
    try reschedule("id = \(.job(id)) AND discarded_at IS NOT NULL", at: now)
  }

  func reschedule(_ kind: JobKind, _ subject: JobSubject, now: Date, at instant: Date) throws -> Job? {
    try reschedule(
      """
      \(Self.idle(now)) AND id = (
        SELECT id FROM job
        WHERE workspace_id = \(tenant) AND subject = \(.subject(subject)) AND kind = \(.name(kind))
        ORDER BY sequence DESC, id LIMIT 1
      )
      """,
      at: instant
    )
  }

  private func reschedule(_ condition: SQLQuery, at instant: Date) throws -> Job? {
    try connection.rows(
      """
      UPDATE job SET discarded_at = NULL, discard_reason = NULL, attempts = 0, crashes = 0,
        scheduled_at = \(.instant(instant)), priority = \(.count(JobPriority.interactive.rawValue))
      WHERE workspace_id = \(tenant) AND \(condition)
      RETURNING *
      """
    ).first.map(Job.init)
  }

  @discardableResult
  func expedite(_ subject: JobSubject, now: Date) throws -> Bool {
    try expedite("subject = \(.subject(subject))", now: now)
  }

  @discardableResult
  func expedite(resource: UUID, now: Date) throws -> Bool {
    try expedite("resource = \(.uuid(resource))", now: now)
  }

  /// Jobs that are due already keep their place in the order.
  private func expedite(_ condition: SQLQuery, now: Date) throws -> Bool {
    try connection.execute(
      """
      UPDATE job SET
        scheduled_at = CASE WHEN scheduled_at > \(.instant(now)) THEN \(.instant(now)) ELSE scheduled_at END
      WHERE workspace_id = \(tenant) AND \(condition) AND discarded_at IS NULL
      """
    ) > 0
  }

  func pause(resource: UUID, until instant: Date) throws {
    try RateLimitTable(connection: connection).block(RateLimitTable.scope(of: resource), until: instant)
  }

  func cancel(_ kind: JobKind, _ subject: JobSubject, now: Date) throws {
    try connection.execute(
      """
      DELETE FROM job WHERE workspace_id = \(tenant) AND subject = \(.subject(subject)) AND kind = \(.name(kind))
        AND \(Self.idle(now))
      """
    )
  }

  func cancelRunning(_ kind: JobKind, _ subject: JobSubject) throws {
    try connection.execute(
      """
      DELETE FROM job WHERE workspace_id = \(tenant) AND subject = \(.subject(subject)) AND kind = \(.name(kind))
      """
    )
  }

  func cancelAll(about subject: JobSubject) throws {
    try connection.execute(
      "DELETE FROM job WHERE workspace_id = \(tenant) AND subject = \(.subject(subject))"
    )
  }

  func cancelAll(resource: UUID) throws -> [Job] {
    try connection.rows(
      "DELETE FROM job WHERE workspace_id = \(tenant) AND resource = \(.uuid(resource)) RETURNING *"
    ).map(Job.init)
  }

  func deleteDiscarded(_ id: Job.ID) throws -> Bool {
    try connection.execute(
      "DELETE FROM job WHERE workspace_id = \(tenant) AND id = \(.job(id)) AND discarded_at IS NOT NULL"
    ) == 1
  }

  func discarded(resources: [UUID], limit: Int) throws -> [DiscardedJob] {
    let rows = try connection.rows(inSlicesOf: Array(Set(resources)).map(SQLValue.uuid)) {
      """
      SELECT * FROM job WHERE workspace_id = \(tenant) AND resource IN (\(list: $0)) AND discarded_at IS NOT NULL
      ORDER BY discarded_at DESC, id LIMIT \(.count(limit))
      """
    }
    // A row that this program cannot read cannot be shown either; the log has it.
    return rows.compactMap { try? DiscardedJob($0) }
      .sorted { ($0.discardedAt, $0.job.id.description) > ($1.discardedAt, $1.job.id.description) }
      .prefix(limit).map(\.self)
  }

  /// Whether nobody runs the job.
  private static func idle(_ now: Date) -> SQLQuery {
    "(lease_expires_at IS NULL OR lease_expires_at <= \(.instant(now)))"
  }
}
