import CalendarCore
import Foundation
import ICalendar

/// The stored form of an event's time: the texts that are the truth, and the instants that are indexed.
struct EventTimes {
  let startText: String
  let endText: String
  let start: Date
  let end: Date
  var bucket: ListingBucket { ListingBucket(lasting: end.timeIntervalSince(start)) }

  /// Whole days count from midnight to midnight in UTC.
  init(_ timing: EventTiming) {
    switch timing {
    case .allDay(let start, let end): (startText, endText) = (start.description, end.description)
    case .timed(let start, let end): (startText, endText) = (start.description, end.description)
    }
    start = timing.startInstant(in: .utc)
    end = timing.endInstant(in: .utc)
  }
}

extension EventTiming {
  init(_ row: SQLRow) throws {
    // Each column by itself, so that the error names the one that is to blame.
    let start = try row.text("starts_time")
    if let date = CalendarDate(start) {
      self = .allDay(start: date, end: try row.parsed("ends_time") { CalendarDate($0) })
    } else {
      self = .timed(
        start: try row.parsed("starts_time") { ZonedDateTime($0) },
        end: try row.parsed("ends_time") { ZonedDateTime($0) }
      )
    }
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
