extension Migration {
  /// The log of changes to events (docs/decisions/0011-live-updates.md).
  ///
  /// It refers to no event, because deleting is a change. `position` is `SQLDialect.changePosition`, `changed_at`
  /// the database's clock.
  static let eventChanges = Migration(
    version: 4,
    name: "a log of changes to events",
    statements: [
      """
      CREATE TABLE event_change (
        workspace_id \(.text) NOT NULL REFERENCES workspace (id),
        position BIGINT NOT NULL,
        event_id \(.text) NOT NULL,
        changed_at BIGINT NOT NULL,
        PRIMARY KEY (workspace_id, position, event_id)
      )
      """,
      "CREATE INDEX event_change_by_position ON event_change (position)",
    ]
  )
}
