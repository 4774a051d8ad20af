import CalendarCore
import Foundation
import ICalendar

/// Recurring meetings for tests, by the texts that people know from calendars.
enum SampleSeries {
  static let id = identifier(1)

  static func identifier(_ number: UInt8) -> CalendarEvent.ID {
    Identifier(UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, number)))
  }

  /// A meeting as a series: `timing` such as `2026-06-02 10:00 11:00 Europe/Berlin` or `2026-06-02 2026-06-03`.
  static func event(_ timing: String, _ recurrence: String...) -> CalendarEvent {
    CalendarEvent(
      id: id,
      title: "Weekly",
      timing: self.timing(timing),
      recurrence: recurrence,
      iCalUID: "series@phos.example",
      createdFromCRM: true,
      accountID: nil,
      channelID: nil,
      createdAt: instant("2026-01-01T00:00:00Z"),
      updatedAt: instant("2026-01-01T00:00:00Z")
    )
  }

  /// One occurrence that differs: at `start`, an original start, with another title or time, or deleted.
  static func exception(
    _ number: UInt8,
    of master: CalendarEvent,
    at start: String,
    title: String? = nil,
    timing: String? = nil,
    isDeleted: Bool = false
  ) -> CalendarEvent {
    let name = original(start)
    var event = RecurringEventPlain.event(master, name)
    event.id = identifier(number)
    event.pendingDeletion = nil
    if let title { event.title = title }
    if let timing { event.timing = self.timing(timing) }
    if isDeleted { event.deletedAt = master.createdAt }
    return event
  }

  static func timing(_ text: String) -> EventTiming {
    let words = text.split(separator: " ").map(String.init)
    if words.count == 2, let start = CalendarDate(words[0]), let end = CalendarDate(words[1]) {
      return .allDay(start: start, end: end)
    }
    guard words.count == 4, let zone = Zone(words[3]),
      let start = LocalDateTime("\(words[0])T\(words[1]):00"),
      let end = LocalDateTime("\(words[0])T\(words[2]):00")
    else { preconditionFailure("no timing: \(text)") }
    return .timed(start: ZonedDateTime(local: start, zone: zone), end: ZonedDateTime(local: end, zone: zone))
  }

  static func original(_ text: String) -> OriginalStart {
    guard let start = OriginalStart(text) else { preconditionFailure("no original start: \(text)") }
    return start
  }

  static func instant(_ text: String) -> Date {
    guard let date = try? Date(text, strategy: .iso8601) else { preconditionFailure("no instant: \(text)") }
    return date
  }

  /// `2026-06-02 10:00`, as the clock of the event's own zone shows its start.
  static func clock(_ event: CalendarEvent) -> String { clock(event.timing) }

  static func clock(_ timing: EventTiming) -> String {
    switch timing {
    case .allDay(let start, _): "\(start)"
    case .timed(let start, _): "\(start.local)".replacing("T", with: " ").dropLast(3).description
    }
  }
}

/// An occurrence as its series has it, made without the code under test.
private enum RecurringEventPlain {
  static func event(_ master: CalendarEvent, _ start: OriginalStart) -> CalendarEvent {
    var event = master
    event.recurrence = []
    event.seriesID = master.id
    event.originalStart = start
    switch master.timing {
    case .allDay(let first, let end):
      let day = start.time.local.date
      event.timing = .allDay(start: day, end: day.adding(days: end.dayNumber - first.dayNumber))
    case .timed(let first, let end):
      let begin = ZonedDateTime(instant: start.instant, zone: first.zone)
      let length = end.instant.timeIntervalSince(first.instant)
      event.timing = .timed(
        start: begin,
        end: ZonedDateTime(instant: begin.instant.addingTimeInterval(length), zone: end.zone)
      )
    }
    return event
  }
}
