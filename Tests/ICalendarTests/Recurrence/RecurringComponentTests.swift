import Foundation
import ICalendar
import Testing

/// Tasks and journal entries repeat as events do.
@Suite(.timeLimit(.minutes(5))) struct RecurringComponentTests {
  private func object(_ name: String, _ parts: [String], _ more: String = "") throws -> CalendarObject {
    let text = parts.map { "BEGIN:\(name)\nUID:1\nDTSTAMP:20260101T000000Z\n\($0)\nEND:\(name)\n" }
    return try CalendarObject.parse(Array("BEGIN:VCALENDAR\n\(more)\(text.joined())END:VCALENDAR\n".utf8))
  }

  private func series<Part: RecurringComponent>(of parts: [Part], in object: CalendarObject) throws
    -> EventSeries
  {
    let groups = EventSeries.groups(of: object.schedules(of: parts).compactMap { $0 })
    guard case .series(let series) = try #require(groups.first).group, groups.count == 1 else {
      throw ICalendarError.noCalendar
    }
    return series
  }

  @Test func `a task has its instances, the changed ones too`() throws {
    let object = try object(
      "VTODO",
      [
        "SUMMARY:Water\nDTSTART;TZID=Europe/Berlin:20260327T090000\nDUE;TZID=Europe/Berlin:20260327T100000\nRRULE:FREQ=DAILY;COUNT=4\nEXDATE;TZID=Europe/Berlin:20260328T090000",
        "SUMMARY:Water twice\nRECURRENCE-ID;TZID=Europe/Berlin:20260329T090000\nDTSTART;TZID=Europe/Berlin:20260329T120000\nDURATION:PT2H",
      ]
    )
    let series = try series(of: object.todos, in: object)
    #expect(
      series.map { $0.timing.startInstant(in: .utc) } == [
        try utc("2026-03-27T08:00:00"), try utc("2026-03-29T10:00:00"), try utc("2026-03-30T07:00:00"),
      ]
    )
    let instances = Array(series)
    #expect(series.event(for: instances[1]).summary == "Water twice")
    let third = object.todos[0].instance(instances[2])
    #expect(
      third.component.properties.map(\.description).sorted() == [
        "DTSTAMP:20260101T000000Z", "DTSTART;TZID=Europe/Berlin:20260330T090000",
        "DUE;TZID=Europe/Berlin:20260330T100000", "RECURRENCE-ID;TZID=Europe/Berlin:20260330T090000",
        "SUMMARY:Water", "UID:1",
      ]
    )
  }

  @Test(
    arguments: [
      ("DUE:20260401T100000Z", "2026-04-01T10:00:00", "2026-04-01T10:00:00"),
      ("DUE;VALUE=DATE:20260401", "2026-04-01T00:00:00", "2026-04-02T00:00:00"),
      ("DTSTART:20260401T100000Z\nDURATION:PT1H", "2026-04-01T10:00:00", "2026-04-01T11:00:00"),
      ("DTSTART:20260401T100000Z", "2026-04-01T10:00:00", "2026-04-01T10:00:00"),
    ]
  )
  func `a task takes place from its start until it is due`(lines: String, start: String, end: String) throws {
    let object = try object("VTODO", [lines])
    let timing = try #require(object.schedules(of: object.todos).first.flatMap { $0 }).timing
    #expect(timing.startInstant(in: .utc) == (try utc(start)))
    #expect(timing.endInstant(in: .utc) == (try utc(end)))
  }

  @Test func `a task without a time, or with none that can be read, has no schedule`() throws {
    let object = try object(
      "VTODO",
      ["SUMMARY:Some day", "DTSTART:soon", "DUE;TZID=Nowhere:20260401T100000"]
    )
    #expect(object.schedules(of: object.todos) == [nil, nil, nil])
  }

  @Test func `a journal entry repeats, in the zone that its calendar names`() throws {
    let object = try object(
      "VJOURNAL",
      ["DTSTART:20260327T220000\nRRULE:FREQ=WEEKLY;COUNT=2\nRDATE:20260328T220000"],
      "X-WR-TIMEZONE:Europe/Berlin\n"
    )
    let series = try series(of: object.journals, in: object)
    #expect(
      series.map { $0.timing.startInstant(in: .utc) } == [
        try utc("2026-03-27T21:00:00"), try utc("2026-03-28T21:00:00"), try utc("2026-04-03T20:00:00"),
      ]
    )
    let days = try self.object("VJOURNAL", ["DTSTART;VALUE=DATE:20260131\nRRULE:FREQ=MONTHLY;COUNT=3"])
    let dates = try self.series(of: days.journals, in: days).map(\.id.local.date.description)
    #expect(dates == ["2026-01-31", "2026-03-31", "2026-05-31"])
  }
}
