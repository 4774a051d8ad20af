import CalendarCore
import Foundation

/// Handing out jobs.
extension SystemStore {
  func leaseNextJob(
    now: Date,
    lease: JobLease,
    limits: [CalendarProviderID: RequestLimits]
  ) throws -> Job? {
    for priority in JobPriority.allCases {
      while let chosen = try choose(
        """
        j.priority = \(.count(priority.rawValue)) AND j.run_after <= \(.instant(now)) AND \(Self.mayRun(now, lease))
        ORDER BY j.run_after, j.id LIMIT 1 \(connection.dialect.lockingFree("a"))
        """
      ) {
        guard try mayStillRun(chosen, now, lease) else { continue }
        if let later = try admission(chosen, now: now, limits: limits[chosen.provider]) {
          // All that is due, so that none of it is looked at again before.
          try connection.execute(
            """
            UPDATE job SET run_after = \(.instant(later))
            WHERE workspace_id = \(chosen.workspace) AND account_id = \(chosen.account) AND dead_at IS NULL
              AND run_after < \(.instant(later))
            """
          )
        } else if let job = try claim(chosen, lease, now: now) {
          return job
        }
      }
    }
    return nil
  }

  func leaseJob(
    _ id: Job.ID,
    now: Date,
    lease: JobLease,
    limits: [CalendarProviderID: RequestLimits]
  ) throws -> JobClaim {
    let chosen = try choose("j.id = \(id) \(connection.dialect.lockingRows(of: "a"))")
    guard let chosen, try mayStillRun(chosen, now, lease) else { return .taken }
    if let later = try admission(chosen, now: now, limits: limits[chosen.provider]) {
      try connection.execute("UPDATE job SET run_after = \(.instant(later)) WHERE id = \(id)")
      return .notBefore(later)
    }
    return try claim(chosen, lease, now: now).map(JobClaim.claimed) ?? .taken
  }

  func renewLease(_ id: Job.ID, _ lease: JobLease) throws -> Bool {
    try connection.execute(
      """
      UPDATE job SET lease_expires_at = \(.instant(lease.expiresAt))
      WHERE id = \(id) AND lease_owner = \(.string(lease.owner))
      """
    ) == 1
  }

  func handBackJob(_ id: Job.ID, owner: String, until instant: Date, counted: Bool) throws {
    let uncounted = SQLValue.count(counted ? 0 : 1)
    try connection.execute(
      """
      UPDATE job SET run_after = \(.instant(instant)), lease_owner = NULL, lease_expires_at = NULL,
        attempts = attempts - \(uncounted), unfinished_runs = unfinished_runs - \(uncounted)
      WHERE id = \(id) AND lease_owner = \(.string(owner))
      """
    )
  }

  func nextJobDue(after instant: Date) throws -> Date? {
    try connection.rows(
      """
      SELECT MIN(due) AS due FROM (
        SELECT MIN(run_after) AS due FROM job WHERE dead_at IS NULL AND run_after > \(.instant(instant))
        UNION ALL
        SELECT MIN(lease_expires_at) AS due FROM job WHERE lease_expires_at > \(.instant(instant))
      ) AS next
      """
    ).first?.optionalInstant("due")
  }

  /// A job before it is understood.
  private struct Chosen {
    let workspace: SQLValue
    let id: SQLValue
    let account: SQLValue
    let provider: CalendarProviderID
  }

  /// Finds a job and locks its account, so that nobody else can claim another of its jobs meanwhile.
  private func choose(_ condition: SQLQuery) throws -> Chosen? {
    try connection.rows(
      """
      SELECT j.workspace_id, j.id, j.account_id, a.provider
      FROM job j JOIN connected_account a ON a.workspace_id = j.workspace_id AND a.id = j.account_id
      WHERE j.dead_at IS NULL AND \(condition)
      """
    ).first.map {
      Chosen(
        workspace: .string(try $0.text("workspace_id")),
        id: .string(try $0.text("id")),
        account: .string(try $0.text("account_id")),
        provider: CalendarProviderID(rawValue: try $0.text("provider"))
      )
    }
  }

  /// Looks again now that the account is locked: somebody may have claimed one of its jobs just before.
  private func mayStillRun(_ chosen: Chosen, _ now: Date, _ lease: JobLease) throws -> Bool {
    let found = try connection.rows(
      """
      SELECT j.id FROM job j
      WHERE j.workspace_id = \(chosen.workspace) AND j.id = \(chosen.id) AND j.dead_at IS NULL
        AND \(Self.mayRun(now, lease))
      """
    )
    return !found.isEmpty
  }

  /// Whether nobody works for the account of job `j`, and nothing of its kind for its event comes before it.
  ///
  /// A claim that would hold longer than those that are made now was made before the clock was set back.
  private static func mayRun(_ now: Date, _ lease: JobLease) -> SQLQuery {
    let skew: TimeInterval = 60
    return """
      NOT EXISTS (
        SELECT 1 FROM job r
        WHERE r.workspace_id = j.workspace_id AND r.account_id = j.account_id
          AND r.lease_expires_at > \(.instant(now))
          AND r.lease_expires_at <= \(.instant(lease.expiresAt.addingTimeInterval(skew)))
      ) AND NOT EXISTS (
        SELECT 1 FROM job e
        WHERE e.workspace_id = j.workspace_id AND e.event_id = j.event_id AND e.kind = j.kind
          AND e.turn < j.turn AND e.dead_at IS NULL
      )
      """
  }

  /// Nil when the row makes no sense: it is given up, so that it holds up nobody.
  ///
  /// Nil, too, when a late runner has given the job up since it was looked at, which only this statement can see.
  private func claim(_ chosen: Chosen, _ lease: JobLease, now: Date) throws -> Job? {
    let row = try connection.rows(
      """
      UPDATE job SET
        lease_owner = \(.string(lease.owner)),
        lease_expires_at = \(.instant(lease.expiresAt)),
        attempts = attempts + 1,
        unfinished_runs = unfinished_runs + 1
      WHERE workspace_id = \(chosen.workspace) AND id = \(chosen.id) AND dead_at IS NULL
      RETURNING *
      """
    ).first
    guard let row else { return nil }
    do { return try Job(row) } catch is StoreError {
      try connection.execute(
        """
        UPDATE job SET dead_at = \(.instant(now)), lease_owner = NULL, lease_expires_at = NULL,
          dead_reason = 'This program cannot read the job. A newer version may have made it.'
        WHERE workspace_id = \(chosen.workspace) AND id = \(chosen.id)
        """
      )
      return nil
    }
  }

  /// When the account may go on, or nil when it may now; what the provider takes is then less by one.
  private func admission(_ chosen: Chosen, now: Date, limits: RequestLimits?) throws -> Date? {
    guard case .text(let account) = chosen.account else { return nil }
    let store = RateLimitStore(connection: connection)
    return try store.take(
      [
        (RateLimitStore.scope(ofAccount: account), limits?.perAccount),
        (RateLimitStore.scope(of: chosen.provider), limits?.perProvider),
      ],
      now: now
    )
  }
}
