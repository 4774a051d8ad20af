import CalendarCore
import ICalendar

extension EventTable {
  func find(iCalUID: String) throws -> [CalendarEvent] {
    let rows = try connection.rows(
      """
      SELECT id FROM calendar_event
      WHERE workspace_id = \(tenant) AND ical_uid = \(.string(iCalUID)) AND series_id IS NULL
      """
    )
    return try find(ids: rows.map { try $0.id("id") })
  }

  func answers(to event: CalendarEvent.ID) throws -> SchedulingMemory? {
    try connection.rows(
      "SELECT memory FROM event_answers WHERE workspace_id = \(tenant) AND event_id = \(event)"
    ).first.map { try $0.json("memory") }
  }

  func keep(_ answers: SchedulingMemory, to event: CalendarEvent.ID) throws {
    try connection.execute(
      "DELETE FROM event_answers WHERE workspace_id = \(tenant) AND event_id = \(event)"
    )
    try connection.insert(
      into: "event_answers",
      ["workspace_id": tenant, "event_id": .id(event), "memory": try .json(answers)]
    )
  }
}
