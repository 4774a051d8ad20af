extension Migration {
  /// Jobs in turn, jobs that were given up, and how much the providers take.
  ///
  /// `turn` numbers the jobs of one event. `rate_limit` is the whole installation's, so that all nodes share what a
  /// provider gives to all workspaces: the one table without a workspace but that of the workspaces.
  static let sharedJobs = Migration(
    version: 2,
    name: "jobs shared by many nodes",
    statements: [
      "ALTER TABLE job ADD COLUMN priority INTEGER NOT NULL DEFAULT 1",
      "ALTER TABLE job ADD COLUMN turn BIGINT NOT NULL DEFAULT 0",
      "ALTER TABLE job ADD COLUMN unfinished_runs INTEGER NOT NULL DEFAULT 0",
      "ALTER TABLE job ADD COLUMN dead_at BIGINT",
      "ALTER TABLE job ADD COLUMN dead_reason \(.text)",
      "DROP INDEX job_by_due",
      "DROP INDEX job_by_event",
      "CREATE INDEX job_by_priority ON job (priority, run_after, id) WHERE dead_at IS NULL",
      "CREATE INDEX job_by_due ON job (run_after) WHERE dead_at IS NULL",
      "CREATE INDEX job_by_lease ON job (lease_expires_at) WHERE lease_expires_at IS NOT NULL",
      "CREATE INDEX job_by_event ON job (workspace_id, event_id, turn)",
      "CREATE INDEX dead_job ON job (workspace_id, account_id, dead_at) WHERE dead_at IS NOT NULL",
      """
      CREATE TABLE rate_limit (
        scope \(.text) NOT NULL PRIMARY KEY,
        tokens DOUBLE PRECISION NOT NULL,
        counted_at BIGINT NOT NULL,
        blocked_until BIGINT NOT NULL
      )
      """,
    ]
  )
}
