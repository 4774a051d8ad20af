import CalendarCore
import Foundation

/// The log of changes to events, of all workspaces.
struct ChangeTable: ChangeLogTrimming {
  let connection: any SQLConnection
}

extension ChangeTable {
  func since(_ last: SnapshotPosition?, in workspace: Workspace.ID?, limit: Int) throws -> ChangePage {
    guard let row = try connection.rows(connection.dialect.changeHorizon).first else {
      throw StoreError.corrupt(column: "position")
    }
    let horizon = try SnapshotPosition(row)
    guard let last else { return ChangePage(changes: [], horizon: horizon, isComplete: true) }
    guard try remembers(last, at: horizon) else {
      return ChangePage(changes: [], horizon: horizon, isComplete: false)
    }
    let changes = try connection.rows(Self.changes(from: last, to: horizon, in: workspace, limit: limit + 1))
      .map { EventChange(workspaceID: try $0.id("workspace_id"), eventID: try $0.id("event_id")) }
    return ChangePage(
      changes: Array(changes.prefix(limit)),
      horizon: horizon,
      isComplete: changes.count <= limit
    )
  }

  /// Whether everything since `last` is in this log.
  private func remembers(_ last: SnapshotPosition, at present: SnapshotPosition) throws -> Bool {
    let age = present.instant.timeIntervalSince(last.instant)
    // What claims to come from the future is made up, or is another server's.
    guard last.next <= present.next, (-1...ChangeLog.minimumRetention).contains(age) else { return false }
    // What was over by then and yet was made later is of another history: this database was put back from a copy, or
    // took over from a server that had got further.
    let before = try connection.rows(
      """
      SELECT changed_at FROM event_change
      WHERE position < \(.integer(last.next)) AND position NOT IN (\(list: last.openPositions))
      ORDER BY position DESC LIMIT 1
      """
    ).first
    return try before.map { try $0.instant("changed_at") <= last.instant } ?? true
  }

  /// By position alone, each half from an index; the upper bound keeps out what came with a dump of another server.
  private static func changes(
    from last: SnapshotPosition,
    to present: SnapshotPosition,
    in workspace: Workspace.ID?,
    limit: Int
  ) -> SQLQuery {
    let place: SQLQuery = workspace.map { "workspace_id = \($0) AND" } ?? ""
    return """
      SELECT workspace_id, event_id, MAX(position) AS latest FROM (
        SELECT workspace_id, event_id, position FROM event_change
        WHERE \(place) position IN (\(list: last.openPositions))
        UNION ALL
        SELECT workspace_id, event_id, position FROM event_change
        WHERE \(place) position >= \(.integer(last.next)) AND position < \(.integer(present.next))
      ) AS found
      GROUP BY workspace_id, event_id ORDER BY latest, event_id LIMIT \(literal: limit)
      """
  }

  // A part at a time, so that no transaction takes long. The newest stays: SQLite counts on from it.
  func forget(olderThan age: TimeInterval) throws -> Int {
    try connection.execute(
      """
      DELETE FROM event_change
      WHERE changed_at < \(connection.dialect.now) - \(.integer(Int64(age * 1000)))
        AND position <= (
          SELECT MAX(position) FROM (SELECT position FROM event_change ORDER BY position LIMIT 10000) AS oldest
        )
        AND position < (SELECT MAX(position) FROM event_change)
      """
    )
  }
}

extension SnapshotPosition {
  fileprivate init(_ row: SQLRow) throws {
    self.init(
      next: Int64(try row.count("next")),
      open: try row.parsed("open") { text in
        let numbers = text.split(separator: ",").map { Int64($0) }
        return numbers.contains(nil) ? nil : numbers.compactMap(\.self).sorted()
      },
      instant: try row.instant("instant")
    )
  }

  /// As the members of a list, which must not be empty.
  fileprivate var openPositions: [SQLValue] { open.isEmpty ? [.integer(-1)] : open.map(SQLValue.integer) }
}
