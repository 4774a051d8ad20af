extension Migration {
  /// Adds the tables and columns for changing, deleting and repeating events.
  ///
  /// `repeats_until` bounds when a series ends; an occurrence that differs from its series is a row of its own, named by
  /// `series_id` and `original_start`. `agreed` is the version that the provider and we last agreed on, and
  /// `event_version` holds the last ones of ours, for callers who changed an older one.
  static let changingEvents = Migration(
    version: 5,
    name: "changing, deleting and repeating events",
    statements: [
      "ALTER TABLE calendar_event ADD COLUMN series_id \(.text)",
      "ALTER TABLE calendar_event ADD COLUMN original_start \(.text)",
      "ALTER TABLE calendar_event ADD COLUMN repeats_until BIGINT",
      "ALTER TABLE calendar_event ADD COLUMN agreed \(.text)",
      "ALTER TABLE calendar_event ADD COLUMN conflict \(.text)",
      "ALTER TABLE calendar_event ADD COLUMN pending_deletion \(.text)",
      "ALTER TABLE calendar_event ADD COLUMN deleted_at BIGINT",
      "ALTER TABLE calendar_event ADD COLUMN edited_at BIGINT NOT NULL DEFAULT 0",
      "ALTER TABLE calendar_event ADD COLUMN conference_id \(.text)",
      "UPDATE calendar_event SET edited_at = created_at",
      """
      CREATE UNIQUE INDEX calendar_event_by_series ON calendar_event (workspace_id, series_id, original_start)
        WHERE series_id IS NOT NULL
      """,
      """
      CREATE TABLE event_version (
        workspace_id \(.text) NOT NULL,
        event_id \(.text) NOT NULL,
        version INTEGER NOT NULL,
        content \(.text) NOT NULL,
        PRIMARY KEY (workspace_id, event_id, version),
        FOREIGN KEY (workspace_id, event_id) REFERENCES calendar_event (workspace_id, id) ON DELETE CASCADE
      )
      """,
    ]
  )
}
