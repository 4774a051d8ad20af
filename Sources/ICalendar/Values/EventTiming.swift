public import Foundation

/// When an event takes place: whole days, or wall-clock times in zones.
public enum EventTiming: Sendable, Hashable {
  /// Whole days, in whatever zone one is; `end` is exclusive and after `start` (RFC 5545 §3.6.1).
  case allDay(start: CalendarDate, end: CalendarDate)
  /// Wall-clock times; `end` is not before `start`.
  case timed(start: ZonedDateTime, end: ZonedDateTime)

  /// Whether the event takes whole days.
  public var isAllDay: Bool {
    switch self {
    case .allDay: true
    case .timed: false
    }
  }

  /// Whether the end is where it may be: after the first day, or not before the starting time.
  public var isOrdered: Bool {
    switch self {
    case .allDay(let start, let end): start < end
    case .timed(let start, let end): start.instant <= end.instant
    }
  }

  /// The instant of the start; whole days begin at midnight in `zone`, in which floating times are read too.
  public func startInstant(in zone: Zone) -> Date {
    switch self {
    case .allDay(let start, _): ZonedDateTime(local: LocalDateTime(startOf: start), zone: zone).instant
    case .timed(let start, _): start.instant(in: zone)
    }
  }

  /// The instant of the end, exclusive; whole days end at midnight in `zone`, in which floating times are read too.
  public func endInstant(in zone: Zone) -> Date {
    switch self {
    case .allDay(_, let end): ZonedDateTime(local: LocalDateTime(startOf: end), zone: zone).instant
    case .timed(_, let end): end.instant(in: zone)
    }
  }
}

extension ZonedDateTime {
  /// The instant; that of a floating time where it is read in `zone`.
  fileprivate func instant(in zone: Zone) -> Date {
    self.zone.isFloating ? ZonedDateTime(local: local, zone: zone).instant : instant
  }
}
