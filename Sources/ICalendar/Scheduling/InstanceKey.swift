import Foundation

/// An instance's start in the form in which instances of one series are compared.
///
/// Others write the same instance as a day, in UTC or in a zone; within one series these are one.
enum InstanceKey: Hashable, Codable {
  /// Days since 1970-01-01.
  case day(Int)
  /// Seconds since 1970 UTC.
  case second(Int)
  /// Seconds since 1970-01-01T00:00:00 on a clock without a zone.
  case wall(Int)

  /// The instance's key in a series that takes place at `series`; without one, by its own form.
  init(_ instance: RecurrenceID, in series: EventTiming?) {
    switch (series, instance.time) {
    case (.allDay, .date(let date)), (nil, .date(let date)):
      self = .day(date.dayNumber)
    case (.allDay, .floating(let local)):
      self = .day(local.date.dayNumber)
    case (.allDay, .zoned(let time)):
      // In UTC it is midnight in the organizer's zone, which is not known: the nearest one.
      self = .day(time.local.adding(seconds: time.zone.isUTC ? 43_200 : 0).date.dayNumber)
    case (_, .zoned(let time)):
      self = .second(time.instant.wholeSeconds)
    case (.timed(let first, _), .floating(let local)):
      self = .second(ZonedDateTime(local: local, zone: first.zone).instant.wholeSeconds)
    case (.timed(let first, _), .date(let date)):
      let time = first.local.nominalSeconds - first.local.date.dayNumber * 86_400
      let local = LocalDateTime(startOf: date).adding(seconds: time)
      self = .second(ZonedDateTime(local: local, zone: first.zone).instant.wholeSeconds)
    case (nil, .floating(let local)):
      self = .wall(local.nominalSeconds)
    }
  }

  /// The instance in the form that the series' own start has.
  func instance(in series: EventTiming?) -> RecurrenceID {
    switch self {
    case .day(let number): RecurrenceID(.date(CalendarDate(dayNumber: number)))
    case .wall(let seconds): RecurrenceID(.floating(LocalDateTime(nominalSeconds: seconds)))
    case .second(let second):
      RecurrenceID(
        .zoned(
          ZonedDateTime(
            instant: Date(timeIntervalSince1970: TimeInterval(second)),
            zone: series?.startZone ?? .utc
          )
        )
      )
    }
  }

  /// A number by which instances of one series are ordered.
  var order: Int {
    switch self {
    case .day(let number): number * 86_400
    case .second(let second), .wall(let second): second
    }
  }
}

extension EventTiming {
  fileprivate var startZone: Zone? {
    switch self {
    case .allDay: nil
    case .timed(let start, _): start.zone
    }
  }
}
