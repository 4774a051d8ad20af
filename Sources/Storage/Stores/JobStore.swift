import CalendarCore
import Foundation

extension SystemStore {
  func leaseNextJob(now: Date, lease: JobLease) throws -> Job? {
    try take(
      """
      SELECT j.workspace_id, j.id FROM job j
      WHERE j.run_after <= \(.instant(now)) AND \(Self.isFree(at: now))
      ORDER BY j.run_after, j.id LIMIT 1
      """,
      lease
    )
  }

  func leaseJob(_ id: Job.ID, now: Date, lease: JobLease) throws -> Job? {
    try take("SELECT j.workspace_id, j.id FROM job j WHERE j.id = \(id) AND \(Self.isFree(at: now))", lease)
  }

  /// A job that is due but whose account is at work becomes due when that work's lease ends: the job behind it is
  /// no reason to wake earlier.
  func nextJobDue() throws -> Date? {
    try connection.rows(
      """
      SELECT MIN(CASE WHEN busy_until > run_after THEN busy_until ELSE run_after END) AS due FROM (
        SELECT j.run_after, (
          SELECT MAX(r.lease_expires_at) FROM job r
          WHERE r.workspace_id = j.workspace_id AND r.account_id = j.account_id
        ) AS busy_until
        FROM job j
      ) AS waiting
      """
    ).first?.optionalInstant("due")
  }

  /// Claims the job that `choice` finds, in one statement.
  private func take(_ choice: SQLQuery, _ lease: JobLease) throws -> Job? {
    try connection.rows(
      """
      UPDATE job SET
        lease_owner = \(.string(lease.owner)),
        lease_expires_at = \(.instant(lease.expiresAt)),
        attempts = attempts + 1
      WHERE (workspace_id, id) = (\(choice))
      RETURNING *
      """
    ).first.map(Job.init)
  }

  /// Whether nobody holds job `j`, nor another job of its account.
  private static func isFree(at now: Date) -> SQLQuery {
    """
    NOT EXISTS (
      SELECT 1 FROM job r
      WHERE r.workspace_id = j.workspace_id AND r.account_id = j.account_id
        AND r.lease_expires_at > \(.instant(now))
    )
    """
  }
}

extension WorkspaceStore {
  func enqueue(_ job: Job) throws {
    guard job.workspaceID == workspaceID else { throw StoreError.missing }
    try connection.insert(
      into: "job",
      [
        "workspace_id": tenant,
        "id": .id(job.id),
        "kind": .name(job.kind),
        "event_id": .id(job.eventID),
        "account_id": .id(job.accountID),
        "run_after": .instant(job.runAfter),
        "attempts": .count(job.attempts),
        "lease_owner": .string(job.lease?.owner),
        "lease_expires_at": .instant(job.lease?.expiresAt),
      ]
    )
  }

  func finishJob(_ id: Job.ID, owner: String) throws -> Bool {
    try connection.execute(
      "DELETE FROM job WHERE workspace_id = \(tenant) AND id = \(id) AND lease_owner = \(.string(owner))"
    ) == 1
  }

  func postponeJob(_ id: Job.ID, owner: String, until instant: Date) throws -> Bool {
    try connection.execute(
      """
      UPDATE job SET run_after = \(.instant(instant)), lease_owner = NULL, lease_expires_at = NULL
      WHERE workspace_id = \(tenant) AND id = \(id) AND lease_owner = \(.string(owner))
      """
    ) == 1
  }

  @discardableResult
  func expediteJobs(eventID: CalendarEvent.ID, now: Date) throws -> Bool {
    try expedite("event_id = \(eventID)", now: now)
  }

  @discardableResult
  func expediteJobs(accountID: ConnectedAccount.ID, now: Date) throws -> Bool {
    try expedite("account_id = \(accountID)", now: now)
  }

  /// Jobs that are due already keep their place in the order.
  private func expedite(_ condition: SQLQuery, now: Date) throws -> Bool {
    try connection.execute(
      """
      UPDATE job SET run_after = CASE WHEN run_after > \(.instant(now)) THEN \(.instant(now)) ELSE run_after END
      WHERE workspace_id = \(tenant) AND \(condition)
        AND (lease_expires_at IS NULL OR lease_expires_at <= \(.instant(now)))
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
      eventID: try row.id("event_id"),
      accountID: try row.id("account_id"),
      runAfter: try row.instant("run_after"),
      attempts: try row.count("attempts"),
      lease: lease
    )
  }
}
