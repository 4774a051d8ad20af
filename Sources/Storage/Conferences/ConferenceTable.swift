import CalendarCore

/// The conferences of one workspace that live at services of their own.
struct ConferenceTable: ConferenceWriting, WorkspaceTable {
  let connection: any SQLConnection
  let workspaceID: Workspace.ID
}

extension ConferenceTable {
  func list(eventID: CalendarEvent.ID) throws -> [StandaloneConference] {
    try connection.rows(
      """
      SELECT * FROM kept_conference WHERE workspace_id = \(tenant) AND event_id = \(eventID)
      ORDER BY created_at, request_id
      """
    ).map(StandaloneConference.init)
  }

  func save(_ conference: StandaloneConference) throws {
    try delete(conference)
    try connection.insert(
      into: "kept_conference",
      [
        "workspace_id": tenant,
        "request_id": .string(conference.requestID),
        "event_id": .id(conference.eventID),
        "provider": .name(conference.providerID),
        "account_id": conference.accountID.map(SQLValue.id) ?? .null,
        "conference_id": .string(conference.conferenceID),
        "told": .string(conference.lastPushedFingerprint),
        "created_at": .instant(conference.createdAt),
      ]
    )
  }

  func delete(_ conference: StandaloneConference) throws {
    try connection.execute(
      """
      DELETE FROM kept_conference
      WHERE workspace_id = \(tenant) AND request_id = \(.string(conference.requestID))
      """
    )
  }
}

extension StandaloneConference {
  fileprivate init(_ row: SQLRow) throws {
    self.init(
      requestID: try row.text("request_id"),
      eventID: try row.id("event_id"),
      providerID: try row.parsed("provider") { ConferenceProviderID(rawValue: $0) },
      accountID: try row.optionalID("account_id"),
      conferenceID: try row.optionalText("conference_id"),
      lastPushedFingerprint: try row.optionalText("told"),
      createdAt: try row.instant("created_at")
    )
  }
}
