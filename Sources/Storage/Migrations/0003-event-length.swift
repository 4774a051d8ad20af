extension Migration {
  /// Events by how long they are, in place of the one distinction between long and short.
  ///
  /// With 1,000,000 events in a workspace, a list read 8,500 events of the month before its range to find those that
  /// still went on. The indexes hold the end, so that those that are over are passed without being read. The bounds
  /// are those of `ListingBucket`, in milliseconds.
  static let eventLength = Migration(
    version: 3,
    name: "events by their length",
    statements: [
      "ALTER TABLE calendar_event ADD COLUMN length INTEGER NOT NULL DEFAULT 0",
      """
      UPDATE calendar_event SET length = CASE
        WHEN ends_at - starts_at <= 21600000 THEN 0
        WHEN ends_at - starts_at <= 86400000 THEN 1
        WHEN ends_at - starts_at <= 2678400000 THEN 2
        ELSE 3
      END
      """,
      "DROP INDEX calendar_event_by_start",
      "DROP INDEX calendar_event_by_account",
      "ALTER TABLE calendar_event DROP COLUMN lasts_long",
      "CREATE INDEX calendar_event_by_start ON calendar_event (workspace_id, length, starts_at, id, ends_at)",
      """
      CREATE INDEX calendar_event_by_account
        ON calendar_event (workspace_id, account_id, length, starts_at, id, ends_at)
      """,
    ]
  )
}
