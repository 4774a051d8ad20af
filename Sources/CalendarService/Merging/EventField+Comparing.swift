import CalendarCore
import ICalendar

extension EventField {
  /// Whether two versions mean the same by this field, however each of them puts it.
  func isSame(_ one: EventVersion, _ other: EventVersion) -> Bool {
    switch self {
    case .title: one.content.title == other.content.title
    case .details: (one.content.details ?? "") == (other.content.details ?? "")
    case .location: (one.content.location ?? "") == (other.content.location ?? "")
    case .timing: one.content.timing.isSame(as: other.content.timing)
    // The same lines at another time were moved, not changed.
    case .recurrence:
      one.content.recurrence == other.content.recurrence || one.content.pattern == other.content.pattern
    case .attendees: one.content.attendees.byAddress == other.content.attendees.byAddress
    case .conference: one.conference.isSame(as: other.conference)
    }
  }

  /// Whether two versions are alike in this field to the letter.
  func isIdentical(_ one: EventVersion, _ other: EventVersion) -> Bool {
    switch self {
    case .title: one.content.title == other.content.title
    case .details: one.content.details == other.content.details
    case .location: one.content.location == other.content.location
    case .timing: one.content.timing == other.content.timing
    case .recurrence: one.content.recurrence == other.content.recurrence
    case .attendees: one.content.attendees == other.content.attendees
    case .conference: one.conference == other.conference
    }
  }

  /// Takes this field over from another version.
  func copy(from source: EventVersion, to target: inout EventVersion) {
    switch self {
    case .title: target.content.title = source.content.title
    case .details: target.content.details = source.content.details
    case .location: target.content.location = source.content.location
    case .timing: target.content.timing = source.content.timing
    case .recurrence: target.content.recurrence = source.content.recurrence
    case .attendees: target.content.attendees = source.content.attendees
    case .conference: target.conference = source.conference
    }
  }
}

extension EventTiming {
  /// Compares days, or instants together with their zones.
  func isSame(as other: EventTiming) -> Bool {
    switch (self, other) {
    case (.allDay(let start, let end), .allDay(let otherStart, let otherEnd)):
      start == otherStart && end == otherEnd
    case (.timed(let start, let end), .timed(let otherStart, let otherEnd)):
      start.isSame(as: otherStart) && end.isSame(as: otherEnd)
    default: false
    }
  }
}

extension ZonedDateTime {
  fileprivate func isSame(as other: ZonedDateTime) -> Bool {
    // UTC has many names.
    instant == other.instant && (zone == other.zone || zone.isUTC && other.zone.isUTC)
  }
}

extension EventConference {
  /// Compares the choices; where nothing was requested, the link is the choice.
  fileprivate func isSame(as other: EventConference) -> Bool {
    isSameChoice(as: other) && (requestID != nil || hasSameLink(as: other))
  }

  func hasSameLink(as other: EventConference) -> Bool { (link ?? "") == (other.link ?? "") }
}
