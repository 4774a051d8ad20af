import CalendarCore
import Foundation
import ICalendar

/// The target of a change: an event, or some occurrences of a recurring one.
struct EventTarget {
  /// The event itself; the series, where an occurrence is meant.
  let event: CalendarEvent
  /// The series with what differs from it; nil for an event that happens once.
  let series: RecurringEvent?
  /// The occurrence that was named, as it is now.
  let occurrence: CalendarEvent?
  let scope: RecurrenceScope

  /// The event or occurrence that the caller saw.
  var shown: CalendarEvent { occurrence ?? event }

  /// Whether it is for the whole event, whichever way it was named.
  var isWhole: Bool { series == nil || scope == .all }

  /// Reads it.
  ///
  /// The scope is one occurrence where one is named, all of them otherwise.
  /// Changing what follows the first occurrence is changing all.
  static func find(
    _ reference: EventReference,
    occurrenceStart: RequestedInstant?,
    scope: RecurrenceScope?,
    reader: any WorkspaceReader
  ) throws -> Self {
    let missing = AccessError.missingEvent("eventId")
    guard let found = try reader.events.find(reference.eventID), !found.isHidden else { throw missing }
    var (event, start) = (found, reference.originalStart)
    // An occurrence that differs has a row of its own, by which jobs and links may name it.
    if let seriesID = found.seriesID {
      guard let series = try reader.events.find(seriesID), !series.isHidden else { throw missing }
      event = series
      start = found.originalStart
    }
    guard event.isRecurring else {
      // A caller that names an occurrence of what is a single event by now must not get that event in its place.
      let isIt = occurrenceStart.map { $0.instant == event.timing.startInstant(in: .utc) } ?? true
      guard start == nil, isIt else { throw missing }
      return Self(event: event, series: nil, occurrence: nil, scope: .all)
    }
    let series = RecurringEvent(event, exceptions: try reader.events.exceptions(ofSeries: [event.id]))
    if start == nil, let written = occurrenceStart {
      start = OriginalStart(
        event.timing.isAllDay
          ? .date(written.writtenDate) : .zoned(ZonedDateTime(instant: written.instant, zone: .utc))
      )
    }
    guard let start else {
      guard scope ?? .all == .all else {
        throw InvalidInput("occurrenceStart", Messages.Events.occurrenceMissing)
      }
      return Self(event: event, series: series, occurrence: nil, scope: .all)
    }
    guard let occurrence = series.occurrence(start) else {
      throw AccessError.notFound(what: Messages.Things.occurrence, field: "occurrenceStart")
    }
    var chosen = scope ?? .this
    if chosen == .thisAndFollowing, series.firstOriginalStart == start { chosen = .all }
    return Self(event: event, series: series, occurrence: occurrence, scope: chosen)
  }
}
