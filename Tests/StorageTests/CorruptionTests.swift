import CalendarCore
import Foundation
import Testing

@testable import Storage

@Suite(.timeLimit(.minutes(5))) struct CorruptionTests {
  @Test(
    arguments: Engine.allCases,
    [
      ("starts_time", "'yesterday'"), ("starts_time", "'2026-01-28T10:00:00+01:00[Mars/Olympus]'"),
      ("ends_time", "'2026-02-30'"), ("recurrence", "'{'"), ("recurrence", "'[1]'"),
      ("push_status", "'LOST'"),
      ("conference_status", "''"), ("crm_creator_id", "NULL"), ("agreed", "'{}'"), ("conflict", "'[]'"),
      ("pending_deletion", "'soon'"),
      ("original_start", "'noon'"), ("series_id", "'7'"),
    ]
  )
  func `an event that cannot be understood names the column and not the value`(
    engine: Engine,
    corruption: (column: String, value: String)
  ) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    try database.transaction { connection in
      _ = try connection.execute(
        "UPDATE calendar_event SET \(corruption.column) = \(corruption.value) WHERE workspace_id = $1",
        [.id(fixture.workspace.id)]
      )
    }
    guard corruption.value != "NULL" else {
      // A column that may be empty is no corruption.
      #expect(
        try await database.read(fixture.workspace.id) { try $0.events.find(fixture.event.id) }?.crmCreatorID
          == nil
      )
      return
    }
    await #expect(throws: StoreError.corrupt(column: corruption.column)) {
      try await database.read(fixture.workspace.id) { try $0.events.find(fixture.event.id) }
    }
  }

  @Test(
    arguments: Engine.allCases,
    [
      ("calendar_event_participant", "handle", "not an address"),
      ("calendar_event_participant", "response_status", "MAYBE"),
      ("connected_account", "parameters", "[]"), ("connected_account", "handle", ""),
      ("calendar_channel", "sync_stage", "?"), ("workspace_member", "time_zone", "../../etc/passwd"),
      ("person_email", "email", "@"),
    ]
  )
  func `a corrupt column of another table is reported`(
    engine: Engine,
    corruption: (table: String, column: String, value: String)
  ) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    try database.transaction { connection in
      _ = try connection.execute(
        "UPDATE \(corruption.table) SET \(corruption.column) = $1 WHERE workspace_id = $2",
        [.string(corruption.value), .id(fixture.workspace.id)]
      )
    }
    await #expect(throws: StoreError.corrupt(column: corruption.column)) {
      try await database.read(fixture.workspace.id) { reader in
        _ = try reader.events.find(fixture.event.id)
        _ = try reader.accounts.find(fixture.account.id)
        _ = try reader.accounts.channel(fixture.channel.id)
        _ = try reader.members.find(fixture.member.id)
        _ = try reader.records.people(ids: [fixture.person.id])
      }
    }
  }
}
