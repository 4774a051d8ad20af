import CalendarCore
import ICalendar

extension Workspace {
  init(_ row: SQLRow) throws {
    self.init(
      id: try row.id("id"),
      displayName: try row.text("display_name"),
      createdAt: try row.instant("created_at"),
      defaultConferenceProviderID: try row.optionalParsed("default_conference_provider") {
        ConferenceProviderID(rawValue: $0)
      }
    )
  }
}

extension WorkspaceMember {
  init(_ row: SQLRow) throws {
    self.init(
      id: try row.id("id"),
      workspaceID: try row.id("workspace_id"),
      email: try row.address("email"),
      displayName: try row.text("display_name"),
      timeZone: try row.optionalParsed("time_zone") { Zone($0) },
      defaultConferenceProviderID: try row.optionalParsed("default_conference_provider") {
        ConferenceProviderID(rawValue: $0)
      }
    )
  }
}

extension Session {
  init(_ row: SQLRow) throws {
    self.init(
      tokenHash: try row.text("token_hash"),
      memberID: try row.id("member_id"),
      workspaceID: try row.id("workspace_id"),
      expiresAt: try row.instant("expires_at")
    )
  }
}

extension APIToken {
  init(_ row: SQLRow) throws {
    self.init(
      id: try row.id("id"),
      tokenHash: try row.text("token_hash"),
      memberID: try row.id("member_id"),
      workspaceID: try row.id("workspace_id"),
      createdAt: try row.instant("created_at")
    )
  }
}
