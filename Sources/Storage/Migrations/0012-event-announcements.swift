extension Migration {
  /// Recurring events as their guests were last told of them.
  static let eventAnnouncements = Migration(
    version: 12,
    name: "event announcements",
    statements: [
      """
      CREATE TABLE event_announcement (
        workspace_id \(.text) NOT NULL,
        event_id \(.text) NOT NULL,
        content \(.text) NOT NULL,
        PRIMARY KEY (workspace_id, event_id),
        FOREIGN KEY (workspace_id, event_id) REFERENCES calendar_event (workspace_id, id) ON DELETE CASCADE
      ) \(.strict)
      """
    ]
  )
}
