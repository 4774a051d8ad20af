extension Migration {
  /// How far inboxes were read, and jobs that are about an account and nothing else.
  ///
  /// This rebuilds the table of jobs, as the step before does.
  static let inboxes = Migration(
    version: 8,
    name: "inboxes",
    statements: [
      """
      CREATE TABLE account_inbox (
        workspace_id \(.text) NOT NULL,
        account_id \(.text) NOT NULL,
        position \(.text),
        read_at BIGINT,
        problem \(.text),
        PRIMARY KEY (workspace_id, account_id),
        FOREIGN KEY (workspace_id, account_id) REFERENCES connected_account (workspace_id, id)
      )
      """,
      """
      CREATE TABLE job_of_any_account (
        workspace_id \(.text) NOT NULL,
        id \(.text) NOT NULL UNIQUE,
        kind \(.text) NOT NULL,
        event_id \(.text),
        email_id \(.text),
        account_id \(.text) NOT NULL,
        run_after BIGINT NOT NULL,
        attempts INTEGER NOT NULL,
        lease_owner \(.text),
        lease_expires_at BIGINT,
        priority INTEGER NOT NULL DEFAULT 1,
        turn BIGINT NOT NULL DEFAULT 0,
        unfinished_runs INTEGER NOT NULL DEFAULT 0,
        dead_at BIGINT,
        dead_reason \(.text),
        PRIMARY KEY (workspace_id, id),
        FOREIGN KEY (workspace_id, event_id) REFERENCES calendar_event (workspace_id, id) ON DELETE CASCADE,
        FOREIGN KEY (workspace_id, email_id) REFERENCES email (workspace_id, id) ON DELETE CASCADE,
        FOREIGN KEY (workspace_id, account_id) REFERENCES connected_account (workspace_id, id),
        CHECK (event_id IS NULL OR email_id IS NULL)
      )
      """,
      """
      INSERT INTO job_of_any_account (
        workspace_id, id, kind, event_id, email_id, account_id, run_after, attempts, lease_owner, lease_expires_at,
        priority, turn, unfinished_runs, dead_at, dead_reason
      )
      SELECT workspace_id, id, kind, event_id, email_id, account_id, run_after, attempts, lease_owner, lease_expires_at,
        priority, turn, unfinished_runs, dead_at, dead_reason
      FROM job
      """,
      "DROP TABLE job",
      "ALTER TABLE job_of_any_account RENAME TO job",
      "CREATE INDEX job_by_account ON job (workspace_id, account_id, lease_expires_at)",
      "CREATE INDEX job_by_priority ON job (priority, run_after, id) WHERE dead_at IS NULL",
      "CREATE INDEX job_by_due ON job (run_after) WHERE dead_at IS NULL",
      "CREATE INDEX job_by_lease ON job (lease_expires_at) WHERE lease_expires_at IS NOT NULL",
      "CREATE INDEX job_by_event ON job (workspace_id, event_id, turn)",
      "CREATE INDEX job_by_email ON job (workspace_id, email_id)",
      "CREATE INDEX dead_job ON job (workspace_id, account_id, dead_at) WHERE dead_at IS NOT NULL",
      """
      CREATE UNIQUE INDEX job_of_account ON job (workspace_id, account_id, kind)
      WHERE event_id IS NULL AND email_id IS NULL
      """,
    ]
  )
}
