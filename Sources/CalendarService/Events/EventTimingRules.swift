import CalendarCore
import Foundation
import ICalendar

/// Turns the instants and the zone that a caller gave into an event's time, or says what is wrong with them.
enum EventTimingRules {
  /// The time, which ends after it starts.
  ///
  /// `canBeMoment` is for a meeting that has no length already: calendars of others can hold one (RFC 5545 §3.6.1).
  static func timing(
    from startsAt: RequestedInstant,
    to endsAt: RequestedInstant,
    isFullDay: Bool,
    zone: Zone,
    canBeMoment: Bool = false
  ) throws(InvalidInput) -> EventTiming {
    for (field, written) in [("startsAt", startsAt), ("endsAt", endsAt)]
    where !EventLimits.years.contains(written.writtenDate.year) {
      throw InvalidInput(
        field,
        Messages.Events.years
      )
    }
    let timing: EventTiming
    if isFullDay {
      let (start, end) = (startsAt.writtenDate, endsAt.writtenDate)
      guard end > start else {
        throw InvalidInput("endsAt", Messages.Events.lastDayBeforeFirst)
      }
      timing = .allDay(start: start, end: end)
    } else {
      guard endsAt.instant > startsAt.instant || canBeMoment && endsAt.instant == startsAt.instant else {
        throw InvalidInput("endsAt", Messages.Events.endBeforeStart)
      }
      timing = .timed(
        start: ZonedDateTime(instant: startsAt.instant, zone: zone),
        end: ZonedDateTime(instant: endsAt.instant, zone: zone)
      )
    }
    let length = timing.endInstant(in: zone).timeIntervalSince(timing.startInstant(in: zone))
    guard length <= Double(EventLimits.maximumDays) * 86_400 + 7_200 else {
      throw InvalidInput("endsAt", Messages.Events.tooLong)
    }
    return timing
  }

  static func zone(_ name: String?, default fallback: Zone?) throws(InvalidInput) -> Zone {
    guard let name else { return fallback ?? .utc }
    guard let zone = Zone(name) else {
      throw InvalidInput("timeZone", Messages.Events.unknownTimeZone)
    }
    return zone
  }
}
