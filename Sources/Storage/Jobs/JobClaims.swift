import CalendarCore
import Foundation
import JobQueue

/// Claims jobs of all workspaces.
///
/// The unique index `job_running` lets one job of a lane be claimed at a time. A claim locks the job's account first, so
/// that concurrent claims wait for each other instead of colliding in that index.
struct JobClaims: JobClaiming {
  let connection: any SQLConnection

  func hasDueJobs(_ terms: JobClaimTerms) throws -> Bool {
    try !connection.rows(
      """
      SELECT r.id FROM job r
      WHERE r.discarded_at IS NULL AND r.scheduled_at <= \(.instant(terms.now))
        AND \(Self.isKnown(terms, "r")) AND (r.lease_owner IS NULL OR NOT (\(Self.isRunning(terms))))
      LIMIT 1
      """
    ).isEmpty
  }

  func claimNext(_ terms: JobClaimTerms) throws -> Job? {
    for workspace in try workspacesInTurn(terms) {
      for priority in JobPriority.allCases {
        while let candidate = try next(priority, of: workspace, terms) {
          guard try mayStillRun(candidate, terms) else { continue }
          if let later = try admit(candidate, terms, chargesClass: true) {
            // Everything that is due, so that none of it is considered again before.
            try connection.execute(
              """
              UPDATE job SET scheduled_at = \(.instant(later))
              WHERE workspace_id = \(candidate.workspace) AND resource = \(candidate.resource)
                AND discarded_at IS NULL AND scheduled_at < \(.instant(later))
              """
            )
          } else if let job = try claim(candidate, terms) {
            try noteTurn(of: workspace)
            return job
          }
        }
      }
    }
    return nil
  }

  func claim(_ id: Job.ID, _ terms: JobClaimTerms) throws -> JobClaim {
    let candidate = try candidate(
      "j.id = \(.job(id)) AND \(Self.isKnown(terms)) \(connection.dialect.lockingRows(of: "a"))"
    )
    guard let candidate else { return .gone }
    return try claim(candidate, terms, chargesClass: true)
  }

  /// Claims a job in a transaction that holds other locks: it does not wait for the account, and where writers are
  /// concurrent, it reads the limit of the account's class without locking it.
  func claim(_ id: Job.ID, _ terms: JobClaimTerms, within workspace: Workspace.ID) throws -> JobClaim {
    let candidate = try candidate(
      """
      j.workspace_id = \(workspace) AND j.id = \(.job(id)) AND \(Self.isKnown(terms))
      \(connection.dialect.lockingFree("a"))
      """
    )
    guard let candidate else { return .busy(owner: nil) }
    let chargesClass = !connection.dialect.hasConcurrentWriters
    var claim = try claim(candidate, terms, chargesClass: chargesClass)
    if !chargesClass, case .claimed(var job) = claim, terms.limits[candidate.rateClass]?.perClass != nil {
      job.deferredCharge = candidate.rateClass
      claim = .claimed(job)
    }
    return claim
  }

  private func claim(_ candidate: Candidate, _ terms: JobClaimTerms, chargesClass: Bool) throws -> JobClaim {
    if try !mayStillRun(candidate, terms) {
      if let owner = try laneOwner(candidate, terms) { return .busy(owner: owner) }
      // The run in the lane may have ended between the two statements, of which each sees the latest rows.
      guard try mayStillRun(candidate, terms) else { return .busy(owner: nil) }
    }
    if let later = try admit(candidate, terms, chargesClass: chargesClass) {
      try connection.execute("UPDATE job SET scheduled_at = \(.instant(later)) WHERE id = \(candidate.id)")
      return .notBefore(later)
    }
    return try claim(candidate, terms).map(JobClaim.claimed) ?? .gone
  }

  func renew(_ id: Job.ID, _ lease: JobLease) throws -> Bool {
    try connection.execute(
      """
      UPDATE job SET lease_expires_at = \(.instant(lease.expiresAt))
      WHERE id = \(.job(id)) AND lease_owner = \(.string(lease.owner))
      """
    ) == 1
  }

  func release(_ id: Job.ID, owner: String, until instant: Date, counted: Bool) throws {
    let uncounted = SQLValue.count(counted ? 0 : 1)
    try connection.execute(
      """
      UPDATE job SET scheduled_at = \(.instant(instant)), lease_owner = NULL, lease_expires_at = NULL,
        attempts = attempts - \(uncounted), crashes = crashes - \(uncounted)
      WHERE id = \(.job(id)) AND lease_owner = \(.string(owner))
      """
    )
  }

  func charge(_ rateClass: String, _ terms: JobClaimTerms) throws {
    guard let rate = terms.limits[rateClass]?.perClass else { return }
    _ = try RateLimitTable(connection: connection)
      .take([.init(scope: RateLimitTable.scope(ofClass: rateClass), rate: rate)], now: terms.now)
  }
}

/// The steps of a claim.
extension JobClaims {
  /// A job before its row is understood.
  private struct Candidate {
    let workspace: SQLValue
    let id: SQLValue
    let resource: SQLValue
    let lane: SQLValue
    let rateClass: String
    let isBackground: Bool
  }

  /// The workspaces that have a job that is due, the one that was served least recently first.
  private func workspacesInTurn(_ terms: JobClaimTerms) throws -> [SQLValue] {
    try connection.rows(
      """
      SELECT w.id FROM workspace w LEFT JOIN job_turn t ON t.workspace_id = w.id
      WHERE EXISTS (
        SELECT 1 FROM job j
        WHERE j.workspace_id = w.id AND j.discarded_at IS NULL AND j.scheduled_at <= \(.instant(terms.now))
          AND \(Self.isKnown(terms))
      )
      ORDER BY COALESCE(t.served, 0), w.id
      """
    ).map { .string(try $0.text("id")) }
  }

  /// The next claim of another workspace comes first now.
  private func noteTurn(of workspace: SQLValue) throws {
    try connection.execute(
      """
      INSERT INTO job_turn (workspace_id, served)
      VALUES (\(workspace), (SELECT COALESCE(MAX(served), 0) + 1 FROM job_turn))
      ON CONFLICT (workspace_id) DO UPDATE SET served = excluded.served
      """
    )
  }

  /// The first job that may run, whose account is then locked.
  ///
  /// Jobs are looked at in their order, a page at a time, so that a claim reads a row a few times at the most. A single
  /// statement does so only while the database knows how long the queue is: where PostgreSQL has statistics of a drained
  /// queue, it compares each job with each other one.
  private func next(
    _ priority: JobPriority,
    of workspace: SQLValue,
    _ terms: JobClaimTerms
  ) throws -> Candidate? {
    var last = (scheduledAt: SQLValue.integer(.min), id: SQLValue.text(""))
    while true {
      let page = try connection.rows(
        """
        SELECT j.scheduled_at, j.id FROM job j
        WHERE j.workspace_id = \(workspace) AND j.priority = \(.count(priority.rawValue)) AND j.discarded_at IS NULL
          AND j.scheduled_at <= \(.instant(terms.now)) AND \(Self.isKnown(terms))
          AND (j.scheduled_at, j.id) > (\(last.scheduledAt), \(last.id))
          AND j.lane NOT IN (SELECT r.lane FROM job r WHERE r.workspace_id = \(workspace) AND \(Self.isRunning(terms)))
        ORDER BY j.scheduled_at, j.id LIMIT \(.count(Self.pageSize))
        """
      )
      guard let end = page.last else { return nil }
      var ids = try page.map { SQLValue.text(try $0.text("id")) }
      last = (.count(try end.count("scheduled_at")), .text(try end.text("id")))
      // One length, so that the statement is prepared once.
      ids += Array(repeating: .null, count: Self.pageSize - ids.count)
      let candidate = try candidate(
        """
        j.workspace_id = \(workspace) AND j.id IN (\(list: ids)) AND \(Self.isEligible(terms))
        ORDER BY j.scheduled_at, j.id LIMIT 1 \(connection.dialect.lockingFree("a"))
        """
      )
      if let candidate { return candidate }
    }
  }

  private static let pageSize = 10

  /// Finds a job and locks its account, so that no concurrent transaction claims another of its jobs.
  private func candidate(_ condition: SQLQuery) throws -> Candidate? {
    try connection.rows(
      """
      SELECT j.workspace_id, j.id, j.resource, j.lane, j.priority, a.provider
      FROM job j JOIN connected_account a ON a.workspace_id = j.workspace_id AND a.id = j.resource
      WHERE j.discarded_at IS NULL AND \(condition)
      """
    ).first.map {
      Candidate(
        workspace: .string(try $0.text("workspace_id")),
        id: .string(try $0.text("id")),
        resource: .string(try $0.text("resource")),
        lane: .string(try $0.text("lane")),
        rateClass: try $0.text("provider"),
        isBackground: try $0.count("priority") == JobPriority.background.rawValue
      )
    }
  }

  /// Looks again now that the account is locked: a concurrent transaction may have claimed one of its jobs just before.
  private func mayStillRun(_ candidate: Candidate, _ terms: JobClaimTerms) throws -> Bool {
    try !connection.rows(
      """
      SELECT j.id FROM job j
      WHERE j.workspace_id = \(candidate.workspace) AND j.id = \(candidate.id) AND j.discarded_at IS NULL
        AND \(Self.isEligible(terms))
      """
    ).isEmpty
  }

  private func laneOwner(_ candidate: Candidate, _ terms: JobClaimTerms) throws -> String? {
    try connection.rows(
      """
      SELECT r.lease_owner FROM job r
      WHERE r.workspace_id = \(candidate.workspace) AND r.lane = \(candidate.lane) AND \(Self.isRunning(terms))
      """
    ).first?.optionalText("lease_owner")
  }

  /// Whether the runner can perform the job that the statement calls `name`.
  private static func isKnown(_ terms: JobClaimTerms, _ name: StaticString = "j") -> SQLQuery {
    guard let kinds = terms.kinds else { return "TRUE" }
    // In one order, so that the statement is prepared once, and never an empty list.
    return
      "\(name: name).kind IN (\(list: kinds.isEmpty ? [.null] : kinds.map(\.rawValue).sorted().map(SQLValue.text)))"
  }

  /// Whether the lane of job `j` is free, and no earlier job of its kind and subject is left.
  private static func isEligible(_ terms: JobClaimTerms) -> SQLQuery {
    """
    NOT EXISTS (
      SELECT 1 FROM job r WHERE r.workspace_id = j.workspace_id AND r.lane = j.lane AND \(isRunning(terms))
    ) AND NOT EXISTS (
      SELECT 1 FROM job e
      WHERE e.workspace_id = j.workspace_id AND e.subject = j.subject AND e.kind = j.kind
        AND e.sequence < j.sequence AND e.discarded_at IS NULL
    )
    """
  }

  /// Whether job `r` is claimed.
  private static func isRunning(_ terms: JobClaimTerms) -> SQLQuery {
    """
    r.lease_owner IS NOT NULL AND r.lease_expires_at > \(.instant(terms.now))
      AND r.lease_expires_at <= \(latestExpiry(terms))
    """
  }

  /// A claim that expires later than this was made before the clock was set back, and does not count.
  private static func latestExpiry(_ terms: JobClaimTerms) -> SQLValue {
    let skew: TimeInterval = 60
    return .instant(terms.lease.expiresAt.addingTimeInterval(skew))
  }

  /// Nil when the row cannot be read, which discards it, so that it does not block its lane.
  ///
  /// Nil, too, when a late runner has discarded the job since it was looked at, which only this statement can see.
  private func claim(_ candidate: Candidate, _ terms: JobClaimTerms) throws -> Job? {
    // The lane is free: what is left in it of claims has expired, or was made before the clock was set back.
    try connection.execute(
      """
      UPDATE job SET lease_owner = NULL, lease_expires_at = NULL
      WHERE workspace_id = \(candidate.workspace) AND lane = \(candidate.lane) AND lease_owner IS NOT NULL
        AND (lease_expires_at <= \(.instant(terms.now)) OR lease_expires_at > \(Self.latestExpiry(terms)))
      """
    )
    let row = try connection.rows(
      """
      UPDATE job SET
        lease_owner = \(.string(terms.lease.owner)),
        lease_expires_at = \(.instant(terms.lease.expiresAt)),
        attempts = attempts + 1,
        crashes = crashes + 1
      WHERE workspace_id = \(candidate.workspace) AND id = \(candidate.id) AND discarded_at IS NULL
      RETURNING *
      """
    ).first
    guard let row else { return nil }
    do {
      var job = try Job(row)
      job.lease = terms.lease
      return job
    } catch is StoreError {
      try connection.execute(
        """
        UPDATE job SET discarded_at = \(.instant(terms.now)), lease_owner = NULL, lease_expires_at = NULL,
          discard_reason = 'This program cannot read the job. A newer version may have made it.'
        WHERE workspace_id = \(candidate.workspace) AND id = \(candidate.id)
        """
      )
      return nil
    }
  }

  /// When the account may go on, or nil when it may now; its limits are then charged.
  ///
  /// Background work leaves a quarter of the account's limit to people.
  private func admit(_ candidate: Candidate, _ terms: JobClaimTerms, chargesClass: Bool) throws -> Date? {
    guard case .text(let resource) = candidate.resource, let id = UUID(uuidString: resource) else {
      return nil
    }
    let limits = terms.limits[candidate.rateClass]
    return try RateLimitTable(connection: connection).take(
      [
        .init(
          scope: RateLimitTable.scope(of: id),
          rate: limits?.perResource,
          reserve: candidate.isBackground ? 0.25 : 0
        ),
        .init(
          scope: RateLimitTable.scope(ofClass: candidate.rateClass),
          rate: limits?.perClass,
          isCharged: chargesClass
        ),
      ],
      now: terms.now
    )
  }
}
