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
        workspace_id \(.text) NOT NULL,
        request_id \(.text) NOT NULL,
        event_id \(.text) NOT NULL,
        provider \(.text) NOT NULL,
        account_id \(.text),
        conference_id \(.text),
        told \(.text),
        created_at BIGINT NOT NULL,
        PRIMARY KEY (workspace_id, request_id),
        FOREIGN KEY (workspace_id, event_id) REFERENCES calendar_event (workspace_id, id) ON DELETE CASCADE,
        FOREIGN KEY (workspace_id, account_id) REFERENCES connected_account (workspace_id, id)
      )
      """,
      "CREATE INDEX kept_conference_by_event ON kept_conference (workspace_id, event_id)",
      "ALTER TABLE connected_account ADD COLUMN disconnected_at BIGINT",
      "ALTER TABLE account_credential ADD COLUMN renewed_until BIGINT",
      "ALTER TABLE workspace ADD COLUMN default_conference_provider \(.text)",
    ]
  )
}
