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

  /// What calendar and clock show at the start; midnight for whole days.
  var startLocal: LocalDateTime { firstStart.local }
}

extension RecurrenceTime {
  /// The same time in the form and zone of an event's start, as RFC 5545 §3.8.5.1 wants it in EXDATE and RDATE.
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
      let time = start.local.hour * 3600 + start.local.minute * 60 + start.local.second
      let local = LocalDateTime(startOf: date).adding(seconds: time)
      return zone.isFloating ? .floating(local) : .zoned(ZonedDateTime(local: local, zone: zone))
    }
  }
}

extension EventRecurrence {
  /// The lines with one list for all dates of a form, in order and each once.
  var compactLines: [String] {
    var heads: [String] = []
    var values: [String: Set<String>] = [:]
    for line in lines {
      let head = String(line.description.dropLast(line.value.count))
      if values[head] == nil { heads.append(head) }
      values[head, default: []].insert(line.value)
    }
    return heads.map { head in head + (values[head] ?? []).sorted().joined(separator: ",") }
  }
}
