import CalendarCore
import Foundation

extension WorkspaceStore {
  func enqueue(_ job: Job) throws {
    guard job.workspaceID == workspaceID else { throw StoreError.missing }
    try connection.insert(
      into: "job",
      [
        "workspace_id": tenant,
        "id": .id(job.id),
        "kind": .name(job.kind),
        "priority": .count(job.priority.rawValue),
        "turn": .count(try job.eventID.map(nextTurn) ?? 1),
        "event_id": .id(job.eventID),
        "email_id": .id(job.emailID),
        "account_id": .id(job.accountID),
        "run_after": .instant(job.runAfter),
        "attempts": .count(job.attempts),
        "unfinished_runs": .count(job.unfinishedRuns),
        "lease_owner": .string(job.lease?.owner),
        "lease_expires_at": .instant(job.lease?.expiresAt),
      ]
    )
  }

  private func nextTurn(_ event: CalendarEvent.ID) throws -> Int {
    try connection.rows(
      """
      SELECT COALESCE(MAX(turn), 0) + 1 AS turn FROM job WHERE workspace_id = \(tenant) AND event_id = \(event)
      """
    ).first?.count("turn") ?? 1
  }

  func isLeased(_ id: Job.ID, by owner: String) throws -> Bool {
    try !connection.rows(
      "SELECT 1 AS held FROM job WHERE workspace_id = \(tenant) AND id = \(id) AND lease_owner = \(.string(owner))"
    ).isEmpty
  }

  func finishJob(_ id: Job.ID, owner: String) throws -> Bool {
    try connection.execute(
      "DELETE FROM job WHERE workspace_id = \(tenant) AND id = \(id) AND lease_owner = \(.string(owner))"
    ) == 1
  }

  func postponeJob(_ id: Job.ID, owner: String, until instant: Date) throws -> Bool {
    try connection.execute(
      """
      UPDATE job SET run_after = \(.instant(instant)), lease_owner = NULL, lease_expires_at = NULL,
        unfinished_runs = 0,
        priority = CASE WHEN priority = \(.count(JobPriority.awaited.rawValue))
          THEN \(.count(JobPriority.caused.rawValue)) ELSE priority END
      WHERE workspace_id = \(tenant) AND id = \(id) AND lease_owner = \(.string(owner))
      """
    ) == 1
  }

  func raiseJob(_ kind: JobKind, eventID: CalendarEvent.ID, now: Date, runAfter: Date) throws -> Job? {
    try raise("event_id = \(eventID) AND kind = \(.name(kind))", now: now, runAfter: runAfter)
  }

  func raiseJob(emailID: EmailMessage.ID, now: Date) throws -> Job? {
    try raise("email_id = \(emailID)", now: now, runAfter: now)
  }

  private func raise(_ condition: SQLQuery, now: Date, runAfter: Date) throws -> Job? {
    try connection.rows(
      """
      UPDATE job SET dead_at = NULL, dead_reason = NULL, attempts = 0, unfinished_runs = 0,
        run_after = \(.instant(runAfter)), priority = \(.count(JobPriority.awaited.rawValue))
      WHERE workspace_id = \(tenant) AND \(Self.idle(now)) AND id = (
        SELECT id FROM job
        WHERE workspace_id = \(tenant) AND \(condition)
        ORDER BY turn DESC, id LIMIT 1
      )
      RETURNING *
      """
    ).first.map(Job.init)
  }

  func dropJobs(accountID: ConnectedAccount.ID) throws -> [DroppedJob] {
    try connection.rows(
      """
      DELETE FROM job WHERE workspace_id = \(tenant) AND account_id = \(accountID)
      RETURNING kind, event_id, email_id
      """
    ).map {
      DroppedJob(
        kind: try $0.name("kind"),
        eventID: try $0.optionalID("event_id"),
        emailID: try $0.optionalID("email_id")
      )
    }
  }

  func dropJobs(_ kind: JobKind, eventID: CalendarEvent.ID, now: Date) throws {
    try connection.execute(
      """
      DELETE FROM job WHERE workspace_id = \(tenant) AND event_id = \(eventID) AND kind = \(.name(kind))
        AND \(Self.idle(now))
      """
    )
  }

  func dropJob(_ kind: JobKind, accountID: ConnectedAccount.ID) throws {
    try connection.execute(
      """
      DELETE FROM job WHERE workspace_id = \(tenant) AND account_id = \(accountID) AND kind = \(.name(kind))
        AND event_id IS NULL AND email_id IS NULL
      """
    )
  }

  /// Whether nobody runs the job.
  private static func idle(_ now: Date) -> SQLQuery {
    "(lease_expires_at IS NULL OR lease_expires_at <= \(.instant(now)))"
  }

  @discardableResult
  func expediteJobs(eventID: CalendarEvent.ID, now: Date) throws -> Bool {
    try expedite("event_id = \(eventID)", now: now)
  }

  @discardableResult
  func expediteJobs(accountID: ConnectedAccount.ID, now: Date) throws -> Bool {
    try expedite("account_id = \(accountID)", now: now)
  }

  /// Jobs that are due already keep their place in the order; one that runs is as good as due.
  private func expedite(_ condition: SQLQuery, now: Date) throws -> Bool {
    try connection.execute(
      """
      UPDATE job SET run_after = CASE WHEN run_after > \(.instant(now)) THEN \(.instant(now)) ELSE run_after END
      WHERE workspace_id = \(tenant) AND \(condition) AND dead_at IS NULL
      """
    ) > 0
  }
}

extension Job {
  init(_ row: SQLRow) throws {
    let owner = try row.optionalText("lease_owner")
    let expiresAt = try row.optionalInstant("lease_expires_at")
    guard (owner == nil) == (expiresAt == nil) else { throw StoreError.corrupt(column: "lease_owner") }
    var lease: JobLease?
    if let owner, let expiresAt { lease = JobLease(owner: owner, expiresAt: expiresAt) }
    self.init(
      id: try row.id("id"),
      workspaceID: try row.id("workspace_id"),
      kind: try row.name("kind"),
      priority: try row.code("priority"),
      eventID: try row.optionalID("event_id"),
      emailID: try row.optionalID("email_id"),
      accountID: try row.id("account_id"),
      runAfter: try row.instant("run_after"),
      attempts: try row.count("attempts"),
      unfinishedRuns: try row.count("unfinished_runs"),
      lease: lease
    )
  }
}
