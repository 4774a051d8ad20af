import CalendarCore
import Foundation

/// Jobs that were given up.
extension WorkspaceStore {
  func deadJobs(accountIDs: [ConnectedAccount.ID], limit: Int) throws -> [DeadJob] {
    let rows = try connection.rows(inSlicesOf: Array(Set(accountIDs)).map(SQLValue.id)) {
      """
      SELECT * FROM job WHERE workspace_id = \(tenant) AND account_id IN (\(list: $0)) AND dead_at IS NOT NULL
      ORDER BY dead_at DESC, id LIMIT \(.count(limit))
      """
    }
    // What this program cannot read it cannot show either; the log has it.
    return rows.compactMap { try? DeadJob($0) }
      .sorted { ($0.diedAt, $0.job.id.description) > ($1.diedAt, $1.job.id.description) }
      .prefix(limit).map(\.self)
  }

  func buryJob(_ id: Job.ID, owner: String, reason: String, at instant: Date) throws -> Bool {
    try connection.execute(
      """
      UPDATE job SET dead_at = \(.instant(instant)), dead_reason = \(.string(reason)),
        lease_owner = NULL, lease_expires_at = NULL
      WHERE workspace_id = \(tenant) AND id = \(id) AND lease_owner = \(.string(owner))
      """
    ) == 1
  }

  func reviveJob(_ id: Job.ID, now: Date) throws -> Job? {
    try connection.rows(
      """
      UPDATE job SET dead_at = NULL, dead_reason = NULL, attempts = 0, unfinished_runs = 0,
        run_after = \(.instant(now)), priority = \(.count(JobPriority.awaited.rawValue))
      WHERE workspace_id = \(tenant) AND id = \(id) AND dead_at IS NOT NULL
      RETURNING *
      """
    ).first.map(Job.init)
  }

  func discardDeadJob(_ id: Job.ID) throws -> Bool {
    try connection.execute(
      "DELETE FROM job WHERE workspace_id = \(tenant) AND id = \(id) AND dead_at IS NOT NULL"
    ) == 1
  }

  func holdJobs(of account: ConnectedAccount.ID, until instant: Date) throws {
    try RateLimitStore(connection: connection)
      .block(RateLimitStore.scope(ofAccount: account.description), until: instant)
  }
}

extension DeadJob {
  fileprivate init(_ row: SQLRow) throws {
    self.init(
      job: try Job(row),
      reason: try row.optionalText("dead_reason") ?? "",
      diedAt: try row.instant("dead_at")
    )
  }
}
