import Foundation

/// A time that a recurrence is made of: of DTSTART, UNTIL, EXDATE, RDATE or RECURRENCE-ID.
///
/// RFC 5545 §3.3.4 and the three forms of §3.3.5; the form with UTC is `zoned` in `Zone.utc`.
public enum RecurrenceTime: Sendable, Hashable {
  /// A whole day.
  case date(CalendarDate)
  /// A wall clock without a zone: the time is local wherever the reader is.
  case floating(LocalDateTime)
  /// A wall clock in a zone.
  case zoned(ZonedDateTime)

  /// The time that the calendar or clock shows; midnight for a whole day.
  public var local: LocalDateTime {
    switch self {
    case .date(let date): LocalDateTime(startOf: date)
    case .floating(let local): local
    case .zoned(let time): time.local
    }
  }

  /// Whether it is a whole day.
  public var isDate: Bool {
    if case .date = self { true } else { false }
  }

  /// The zone of the clock; nil for days and floating times.
  public var zone: Zone? {
    if case .zoned(let time) = self { time.zone } else { nil }
  }

  /// Seconds since 1970 on the wall clock.
  var wall: Int { local.nominalSeconds }

  /// Seconds since 1970 UTC; days and floating times count as if in UTC.
  var second: Int {
    switch self {
    case .date, .floating: wall
    case .zoned(let time): time.local.nominalSeconds - time.offset
    }
  }

  /// The time so many seconds since 1970 UTC, in the form and zone of this one.
  func sameForm(second: Int) -> RecurrenceTime {
    switch self {
    case .date: .date(LocalDateTime(nominalSeconds: second).date)
    case .floating: .floating(LocalDateTime(nominalSeconds: second))
    case .zoned(let time):
      .zoned(ZonedDateTime(instant: Date(timeIntervalSince1970: TimeInterval(second)), zone: time.zone))
    }
  }
}
