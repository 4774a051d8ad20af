import CalendarCore
import Foundation
import ICalendar

/// What is stored of an event's time: the texts that are the truth, and the instants that are indexed.
struct EventTimes {
  let startText: String
  let endText: String
  let start: Date
  let end: Date
  var length: EventLength { EventLength(end.timeIntervalSince(start)) }

  /// Whole days count from midnight to midnight in UTC.
  init(_ timing: EventTiming) {
    switch timing {
    case .allDay(let start, let end): (startText, endText) = (start.description, end.description)
    case .timed(let start, let end): (startText, endText) = (start.description, end.description)
    }
    (start, end) = (timing.startInstant(in: .utc), timing.endInstant(in: .utc))
  }
}

extension EventTiming {
  init(_ row: SQLRow) throws {
    let end = try row.text("ends_time")
    self = try row.parsed("starts_time") { EventTiming(startText: $0, endText: end) }
  }

  /// Both as `EventTimes` writes them.
  init?(startText: String, endText: String) {
    if let start = CalendarDate(startText), let end = CalendarDate(endText) {
      self = .allDay(start: start, end: end)
    } else if let start = ZonedDateTime(startText), let end = ZonedDateTime(endText) {
      self = .timed(start: start, end: end)
    } else {
      return nil
    }
  }
}
