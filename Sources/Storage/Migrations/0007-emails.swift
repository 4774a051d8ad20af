extension Migration {
  /// Mails, jobs that are about a mail, and what guests answered by mail.
  ///
  /// A job is about an event or a mail, so the table of jobs is rebuilt: no engine's way of making a column optional is the
  /// other's.
  static let emails = Migration(
    version: 7,
    name: "mails",
    statements: [
      """
      CREATE TABLE email (
        workspace_id \(.text) NOT NULL REFERENCES workspace (id),
        id \(.text) NOT NULL,
        account_id \(.text) NOT NULL,
        sender_id \(.text) NOT NULL,
        purpose \(.text) NOT NULL,
        from_address \(.text) NOT NULL,
        from_name \(.text),
        subject \(.text) NOT NULL,
        text_body \(.text) NOT NULL,
        html_body \(.text),
        mail_references \(.text) NOT NULL,
        event_id \(.text),
        person_ids \(.text) NOT NULL,
        company_id \(.text),
        opportunity_id \(.text),
        status \(.text) NOT NULL,
        error \(.text),
        send_at BIGINT NOT NULL,
        handed_over_at BIGINT,
        sent_at BIGINT,
        created_at BIGINT NOT NULL,
        idempotency_key \(.text),
        fingerprint \(.text),
        PRIMARY KEY (workspace_id, id),
        UNIQUE (workspace_id, idempotency_key),
        FOREIGN KEY (workspace_id, account_id) REFERENCES connected_account (workspace_id, id),
        FOREIGN KEY (workspace_id, sender_id) REFERENCES workspace_member (workspace_id, id),
        FOREIGN KEY (workspace_id, event_id) REFERENCES calendar_event (workspace_id, id) ON DELETE CASCADE,
        FOREIGN KEY (workspace_id, company_id) REFERENCES company (workspace_id, id),
        FOREIGN KEY (workspace_id, opportunity_id) REFERENCES opportunity (workspace_id, id)
      )
      """,
      "CREATE INDEX email_by_sender ON email (workspace_id, sender_id, created_at, id)",
      "CREATE INDEX email_by_event ON email (workspace_id, event_id)",
      "CREATE INDEX email_by_company ON email (workspace_id, company_id)",
      "CREATE INDEX email_by_opportunity ON email (workspace_id, opportunity_id)",
      """
      CREATE TABLE email_recipient (
        workspace_id \(.text) NOT NULL,
        email_id \(.text) NOT NULL,
        position INTEGER NOT NULL,
        role \(.text) NOT NULL,
        handle \(.text) NOT NULL,
        display_name \(.text),
        address \(.text) NOT NULL,
        PRIMARY KEY (workspace_id, email_id, position),
        FOREIGN KEY (workspace_id, email_id) REFERENCES email (workspace_id, id) ON DELETE CASCADE
      )
      """,
      "CREATE INDEX email_recipient_by_address ON email_recipient (workspace_id, address)",
      """
      CREATE TABLE email_attachment (
        workspace_id \(.text) NOT NULL,
        email_id \(.text) NOT NULL,
        position INTEGER NOT NULL,
        name \(.text) NOT NULL,
        media_type \(.text) NOT NULL,
        size BIGINT NOT NULL,
        content \(.text) NOT NULL,
        PRIMARY KEY (workspace_id, email_id, position),
        FOREIGN KEY (workspace_id, email_id) REFERENCES email (workspace_id, id) ON DELETE CASCADE
      )
      """,
      """
      CREATE TABLE event_answers (
        workspace_id \(.text) NOT NULL,
        event_id \(.text) NOT NULL,
        memory \(.text) NOT NULL,
        PRIMARY KEY (workspace_id, event_id),
        FOREIGN KEY (workspace_id, event_id) REFERENCES calendar_event (workspace_id, id) ON DELETE CASCADE
      )
      """,
      "CREATE INDEX calendar_event_by_uid ON calendar_event (workspace_id, ical_uid)",
      """
      CREATE TABLE job_of_anything (
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
        CHECK ((event_id IS NULL) <> (email_id IS NULL))
      )
      """,
      """
      INSERT INTO job_of_anything (
        workspace_id, id, kind, event_id, account_id, run_after, attempts, lease_owner, lease_expires_at, priority, turn,
        unfinished_runs, dead_at, dead_reason
      )
      SELECT workspace_id, id, kind, event_id, account_id, run_after, attempts, lease_owner, lease_expires_at, priority,
        turn, unfinished_runs, dead_at, dead_reason
      FROM job
      """,
      "DROP TABLE job",
      "ALTER TABLE job_of_anything RENAME TO job",
      "CREATE INDEX job_by_account ON job (workspace_id, account_id, lease_expires_at)",
      "CREATE INDEX job_by_priority ON job (priority, run_after, id) WHERE dead_at IS NULL",
      "CREATE INDEX job_by_due ON job (run_after) WHERE dead_at IS NULL",
      "CREATE INDEX job_by_lease ON job (lease_expires_at) WHERE lease_expires_at IS NOT NULL",
      "CREATE INDEX job_by_event ON job (workspace_id, event_id, turn)",
      "CREATE INDEX job_by_email ON job (workspace_id, email_id)",
      "CREATE INDEX dead_job ON job (workspace_id, account_id, dead_at) WHERE dead_at IS NOT NULL",
    ]
  )
}
