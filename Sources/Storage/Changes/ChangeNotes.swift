import CalendarCore

/// The entries of one transaction in the log of changes.
final class ChangeNotes: WorkspaceTable {
  let connection: any SQLConnection
  let workspaceID: Workspace.ID
  /// Whether the transaction has written nothing into the log.
  private(set) var isEmpty = true

  init(connection: any SQLConnection, workspaceID: Workspace.ID) {
    self.connection = connection
    self.workspaceID = workspaceID
  }

  /// Says that this transaction changes the event.
  func add(_ event: CalendarEvent.ID) throws {
    let dialect = connection.dialect
    try connection.execute(
      """
      INSERT INTO event_change (workspace_id, position, event_id, changed_at)
      VALUES (\(tenant), \(dialect.changePosition), \(event), \(dialect.now))
      ON CONFLICT (workspace_id, position, event_id) DO NOTHING
      """
    )
    isEmpty = false
  }

  /// Says that this transaction changes the newest events of a calendar.
  ///
  /// Watchers are told of at most 1,000 events at once before they have to load their lists again, so older ones need
  /// not be named.
  func add(eventsOf channel: CalendarChannel.ID) throws {
    let dialect = connection.dialect
    let noted = try connection.execute(
      """
      INSERT INTO event_change (workspace_id, position, event_id, changed_at)
      \(Self.newest(workspaceID, of: channel, dialect))
      ON CONFLICT (workspace_id, position, event_id) DO NOTHING
      """
    )
    if noted > 0 { isEmpty = false }
  }

  /// The newest events of a calendar as changes.
  static func newest(_ workspace: Workspace.ID, of channel: CalendarChannel.ID, _ dialect: SQLDialect)
    -> SQLQuery
  {
    """
    SELECT workspace_id, \(dialect.changePosition), id, \(dialect.now) FROM calendar_event
    WHERE workspace_id = \(workspace) AND channel_id = \(channel)
    ORDER BY starts_at DESC, id LIMIT 2000
    """
  }
}
