extension Migration {
  /// Jobs whose subject is a text of their worker's, lanes, and whose turn it is among the workspaces.
  ///
  /// No job that was stored before runs when this step does, since a program of another version is stopped first; a claim
  /// that is left of one is dropped, so that one job of a lane is claimed at most.
  static let jobLanes = Migration(
    version: 10,
    name: "job lanes",
    statements: [
      """
      CREATE TABLE job_in_lane (
        workspace_id \(.text) NOT NULL,
        id \(.text) NOT NULL UNIQUE,
        kind \(.text) NOT NULL,
        priority INTEGER NOT NULL,
        subject \(.text) NOT NULL,
        sequence \(.long) NOT NULL,
        is_unique INTEGER NOT NULL CHECK (is_unique IN (0, 1)),
        resource \(.text) NOT NULL,
        lane \(.text) NOT NULL,
        scheduled_at \(.long) NOT NULL,
        attempts INTEGER NOT NULL,
        crashes INTEGER NOT NULL,
        lease_owner \(.text),
        lease_expires_at \(.long),
        discarded_at \(.long),
        discard_reason \(.text),
        PRIMARY KEY (workspace_id, id),
        FOREIGN KEY (workspace_id, resource) REFERENCES connected_account (workspace_id, id)
      ) \(.strict)
      """,
      """
      INSERT INTO job_in_lane (
        workspace_id, id, kind, priority, subject, sequence, is_unique, resource, lane, scheduled_at, attempts, crashes,
        discarded_at, discard_reason
      )
      SELECT workspace_id, id, kind, priority,
        CASE WHEN event_id IS NOT NULL THEN 'event/' || event_id
          WHEN email_id IS NOT NULL THEN 'email/' || email_id
          ELSE 'account/' || account_id END,
        turn, CASE WHEN event_id IS NULL AND email_id IS NULL THEN 1 ELSE 0 END, account_id,
        'account/' || account_id, run_after, attempts, unfinished_runs, dead_at, dead_reason
      FROM job
      """,
      "DROP TABLE job",
      "ALTER TABLE job_in_lane RENAME TO job",
      "CREATE INDEX job_by_priority ON job (workspace_id, priority, scheduled_at, id) WHERE discarded_at IS NULL",
      "CREATE INDEX job_by_workspace ON job (workspace_id, scheduled_at) WHERE discarded_at IS NULL",
      "CREATE INDEX job_by_due ON job (scheduled_at) WHERE discarded_at IS NULL",
      "CREATE INDEX job_by_lease ON job (lease_expires_at) WHERE lease_expires_at IS NOT NULL",
      "CREATE INDEX job_by_subject ON job (workspace_id, subject, sequence)",
      "CREATE INDEX job_by_resource ON job (workspace_id, resource)",
      "CREATE INDEX discarded_job ON job (workspace_id, resource, discarded_at) WHERE discarded_at IS NOT NULL",
      "CREATE UNIQUE INDEX job_running ON job (workspace_id, lane) WHERE lease_owner IS NOT NULL",
      "CREATE UNIQUE INDEX job_of_subject ON job (workspace_id, kind, subject) WHERE is_unique = 1",
      """
      CREATE TABLE job_turn (
        workspace_id \(.text) NOT NULL PRIMARY KEY,
        served \(.long) NOT NULL,
        FOREIGN KEY (workspace_id) REFERENCES workspace (id)
      ) \(.strict)
      """,
    ]
  )
}
