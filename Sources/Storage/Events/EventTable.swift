import CalendarCore
import Foundation

/// The events of one workspace, each with its participants and links.
struct EventTable: EventWriting, WorkspaceTable {
  let connection: any SQLConnection
  let workspaceID: Workspace.ID
  let changes: ChangeNotes
}

extension EventTable {
  func find(_ id: CalendarEvent.ID) throws -> CalendarEvent? {
    try events(
      connection.rows("SELECT * FROM calendar_event WHERE workspace_id = \(tenant) AND id = \(id)")
    ).first
  }

  func find(ids: [CalendarEvent.ID]) throws -> [CalendarEvent] {
    try events(
      connection.rows(inSlicesOf: Array(Set(ids)).map(SQLValue.id)) {
        "SELECT * FROM calendar_event WHERE workspace_id = \(tenant) AND id IN (\(list: $0))"
      }
    )
  }

  func find(idempotencyKey: String) throws -> (event: CalendarEvent, fingerprint: String)? {
    let rows = try connection.rows(
      """
      SELECT * FROM calendar_event
      WHERE workspace_id = \(tenant) AND idempotency_key = \(.string(idempotencyKey))
      """
    )
    guard let row = rows.first, let event = try events(rows).first else { return nil }
    return (event, try row.optionalText("fingerprint") ?? "")
  }

  func list(
    from: Date,
    to: Date,
    accountID: ConnectedAccount.ID?,
    after: EventCursor?,
    limit: Int
  ) throws -> [CalendarEvent] {
    try events(
      connection.rows(
        Self.overlapping(
          workspaceID,
          from: from,
          to: to,
          accountID: accountID,
          after: after,
          limit: limit
        )
      )
    )
  }

  func series(from: Date, to: Date, accountID: ConnectedAccount.ID?, limit: Int) throws -> [CalendarEvent] {
    var condition: SQLQuery = "starts_at < \(.instant(to)) AND repeats_until > \(.instant(from))"
    if let accountID { condition = "\(condition) AND account_id = \(accountID)" }
    return try events(
      connection.rows(
        """
        SELECT * FROM calendar_event
        WHERE workspace_id = \(tenant) AND listing_bucket = \(.count(ListingBucket.series.rawValue)) AND \(condition)
        ORDER BY starts_at, id LIMIT \(literal: limit)
        """
      )
    )
  }

  func exceptions(ofSeries ids: [CalendarEvent.ID]) throws -> [CalendarEvent] {
    try events(
      connection.rows(inSlicesOf: Array(Set(ids)).map(SQLValue.id)) {
        "SELECT * FROM calendar_event WHERE workspace_id = \(tenant) AND series_id IN (\(list: $0))"
      }
    )
  }

  func exception(_ start: OriginalStart, ofSeries id: CalendarEvent.ID) throws -> CalendarEvent? {
    try events(
      connection.rows(
        """
        SELECT * FROM calendar_event
        WHERE workspace_id = \(tenant) AND series_id = \(id) AND original_start = \(.string(start.description))
        """
      )
    ).first
  }

  func version(_ version: Int, of id: CalendarEvent.ID) throws -> EventVersion? {
    try connection.rows(
      """
      SELECT content FROM event_version
      WHERE workspace_id = \(tenant) AND event_id = \(id) AND version = \(.count(version))
      """
    ).first?.optionalVersion("content")
  }

  func timeline(of record: RecordReference, offset: Int, limit: Int) throws -> [CalendarEvent] {
    try events(connection.rows(Self.timeline(workspaceID, of: record, offset: offset, limit: limit)))
  }

  func timelineCount(of record: RecordReference) throws -> Int {
    try connection.rows(
      """
      \(Self.eventIDs(workspaceID, of: record))
      SELECT COUNT(*) AS number FROM calendar_event
      WHERE workspace_id = \(tenant) AND id IN (SELECT event_id FROM listed)
        AND listing_bucket <> \(.count(ListingBucket.hidden.rawValue))
      """
    ).first?.count("number") ?? 0
  }

  /// The events of these rows; participants and links of all of them are read at once.
  private func events(_ rows: [SQLRow]) throws -> [CalendarEvent] {
    let ids = try rows.map { SQLValue.string(try $0.text("id")) }
    let participants = try connection.rows(inSlicesOf: ids) {
      """
      SELECT * FROM calendar_event_participant WHERE workspace_id = \(tenant) AND event_id IN (\(list: $0))
      ORDER BY event_id, position
      """
    }
    let links = try connection.rows(inSlicesOf: ids) {
      """
      SELECT event_id, person_id FROM calendar_event_person
      WHERE workspace_id = \(tenant) AND event_id IN (\(list: $0))
      ORDER BY event_id, position
      """
    }
    let participantsByEvent = try Dictionary(grouping: participants) { try $0.text("event_id") }
    let linksByEvent = try Dictionary(grouping: links) { try $0.text("event_id") }
    return try rows.map { row in
      let id = try row.text("id")
      var event = try CalendarEvent(row)
      event.participants = try participantsByEvent[id, default: []].map(CalendarEventParticipant.init)
      event.links.personIDs = try linksByEvent[id, default: []].map { try $0.id("person_id") }
      return event
    }
  }
}
