import Foundation
import ICalendar

extension EventTiming {
  /// DTSTART, as a recurrence counts from it.
  var firstStart: RecurrenceTime {
    switch self {
    case .allDay(let start, _): .date(start)
    case .timed(let start, _) where start.zone.isFloating: .floating(start.local)
    case .timed(let start, _): .zoned(start)
    }
  }

  /// The wall-clock time at the start; midnight for whole days.
  var startLocal: LocalDateTime { firstStart.local }

  /// Seconds from midnight to the start, as the clock shows it.
  var secondOfDay: Int { startLocal.hour * 3600 + startLocal.minute * 60 + startLocal.second }

  /// Returns this timing on another first day, with the time of day and the length it has.
  func moved(to day: CalendarDate) -> EventTiming {
    switch self {
    case .allDay(let start, let end):
      return .allDay(start: day, end: day.adding(days: end.dayNumber - start.dayNumber))
    case .timed(let start, let end):
      let local = LocalDateTime(startOf: day).adding(seconds: secondOfDay)
      let first = ZonedDateTime(local: local, zone: start.zone)
      let length = end.instant.timeIntervalSince(start.instant)
      let last = ZonedDateTime(instant: first.instant.addingTimeInterval(length), zone: end.zone)
      return .timed(start: first, end: last)
    }
  }
}

extension RecurrenceTime {
  /// The time in the form and zone of an event's start, as RFC 5545 §3.8.5.1 requires in EXDATE and RDATE.
  ///
  /// A day given for an event with a time of day means that time on it.
  func inForm(of timing: EventTiming) -> RecurrenceTime {
    guard case .timed(let start, _) = timing else { return .date(local.date) }
    let zone = start.zone
    switch self {
    case .zoned(let time):
      if zone.isFloating { return .floating(time.local) }
      return .zoned(time.zone == zone ? time : ZonedDateTime(instant: time.instant, zone: zone))
    case .floating(let local):
      return zone.isFloating ? self : .zoned(ZonedDateTime(local: local, zone: zone))
    case .date(let date):
      let local = LocalDateTime(startOf: date).adding(seconds: timing.secondOfDay)
      return zone.isFloating ? .floating(local) : .zoned(ZonedDateTime(local: local, zone: zone))
    }
  }
}

extension EventRecurrence {
  /// The lines in one order, with one list for all dates of a form, each once.
  var compactLines: [String] {
    var listed = self
    listed.rules = []
    listed.exclusionRules = []
    listed.unread = []
    var lists: [String: Set<String>] = [:]
    for line in listed.lines {
      lists[String(line.description.dropLast(line.value.count)), default: []].insert(line.value)
    }
    // RDATE stands before EXDATE, as what is added before what is taken away.
    let dates = lists.sorted { $0.key > $1.key }.map { $0.key + $0.value.sorted().joined(separator: ",") }
    var others = self
    others.dates = []
    others.exclusions = []
    others.unread = []
    return others.lines.map(\.description).sorted { $0 > $1 } + dates + unread.map(\.description).sorted()
  }
}
