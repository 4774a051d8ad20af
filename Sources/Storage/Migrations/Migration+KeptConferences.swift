extension Migration {
  /// The conferences that live at services of their own, the workspace's proposal for new meetings, and accounts that
  /// were disconnected.
  ///
  /// `renewed_until` is the end of a process's claim on renewing an account's secrets.
  static let keptConferences = Migration(
    version: 6,
    name: "conferences of their own",
    statements: [
      """
      CREATE TABLE kept_conference (
        workspace_id TEXT NOT NULL,
        request_id TEXT NOT NULL,
        event_id TEXT NOT NULL,
        provider TEXT NOT NULL,
        account_id TEXT,
        conference_id TEXT,
        told TEXT,
        created_at BIGINT NOT NULL,
        PRIMARY KEY (workspace_id, request_id),
        FOREIGN KEY (workspace_id, event_id) REFERENCES calendar_event (workspace_id, id) ON DELETE CASCADE,
        FOREIGN KEY (workspace_id, account_id) REFERENCES connected_account (workspace_id, id)
      )
      """,
      "CREATE INDEX kept_conference_by_event ON kept_conference (workspace_id, event_id)",
      "ALTER TABLE connected_account ADD COLUMN disconnected_at BIGINT",
      "ALTER TABLE account_credential ADD COLUMN renewed_until BIGINT",
      "ALTER TABLE workspace ADD COLUMN default_conference_provider TEXT",
    ]
  )
}
