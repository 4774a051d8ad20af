import Foundation

extension EventComponent {
  /// What RRULE, RDATE, EXDATE and EXRULE say.
  ///
  /// Setting it rewrites the lines; until then they stay as they were read.
  public var typedRecurrence: EventRecurrence {
    get { EventRecurrence(recurrenceLines, zones: timing.zones) }
    set { keepRecurrence(newValue.lines) }
  }

  /// Which instance of its series the event stands for; nil for a series, a single event, or an unreadable one.
  public var recurrenceID: RecurrenceID? {
    get {
      guard let line = otherProperties.first(where: { $0.isNamed("RECURRENCE-ID") }),
        let time = RecurrenceTime(line.value, of: line, zones: timing.zones)
      else { return nil }
      return RecurrenceID(time, includesFollowing: line.parameter("RANGE")?.uppercased() == "THISANDFUTURE")
    }
    set {
      let index = otherProperties.firstIndex { $0.isNamed("RECURRENCE-ID") }
      otherProperties.removeAll { $0.isNamed("RECURRENCE-ID") }
      guard let newValue else { return }
      let range = newValue.includesFollowing ? [ContentLine.Parameter("RANGE", "THISANDFUTURE")] : []
      otherProperties.insert(newValue.time.line("RECURRENCE-ID", more: range), at: index ?? 0)
    }
  }

  /// When the event takes place, without what its `EventSeries` may have been changed to.
  public var recurrenceSet: RecurrenceSet {
    let recurrence = typedRecurrence
    return RecurrenceSet(
      start: timing.recurrenceStart,
      rules: recurrence.rules,
      dates: recurrence.dates,
      exclusions: recurrence.exclusions,
      exclusionRules: recurrence.exclusionRules
    )
  }
}

extension EventTiming {
  fileprivate var zones: [Zone] {
    switch self {
    case .allDay: []
    case .timed(let start, let end): [start.zone, end.zone]
    }
  }

  var recurrenceStart: RecurrenceTime {
    switch self {
    case .allDay(let start, _): .date(start)
    case .timed(let start, _) where start.zone.isFloating: .floating(start.local)
    case .timed(let start, _): .zoned(start)
    }
  }

  /// Days of an event of whole days, seconds of another.
  var length: Int {
    switch self {
    case .allDay(let start, let end): end.dayNumber - start.dayNumber
    case .timed(let start, let end): RecurrenceTime.zoned(end).second - RecurrenceTime.zoned(start).second
    }
  }

  /// The same length at another time (RFC 5545 §3.8.5.3: with DTEND the exact one).
  func moved(to start: RecurrenceTime) -> EventTiming {
    switch (self, start) {
    case (.allDay, _):
      return .allDay(start: start.local.date, end: start.local.date.adding(days: length))
    case (.timed(_, let end), .zoned(let first)):
      return .timed(
        start: first,
        end: ZonedDateTime(instant: first.instant.addingTimeInterval(Double(length)), zone: end.zone)
      )
    case (.timed(let old, let end), _):
      let first = ZonedDateTime(local: start.local, zone: old.zone)
      return .timed(
        start: first,
        end: ZonedDateTime(instant: first.instant.addingTimeInterval(Double(length)), zone: end.zone)
      )
    }
  }
}
