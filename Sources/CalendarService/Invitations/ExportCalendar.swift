import CalendarCore
package import Foundation
import ICalendar

/// Writes many events as one calendar file, for other programs to read; `generateMultiple` in the specification.
///
/// The caller's own view of them: an event whose content is hidden from the caller only shows that its owner is busy.
package struct ExportCalendar: Sendable {
  let events: EventQueries
  let clock: WallClock

  package static let maximumEvents = 5000

  /// The events that overlap `[from, to)`, as iCalendar.
  ///
  /// Nobody is asked to anything by such a file: it has no METHOD. Throws `InvalidInput` for a span that is too long or
  /// holds too many events.
  package func callAsFunction(
    from: Date,
    to: Date,
    in accounts: AccountFilter = .all,
    caller: Caller
  ) async throws -> [UInt8] {
    var calendar = CalendarObject()
    calendar.name = "Phos Calendar"
    var after: EventCursor?
    while true {
      let (page, hasMore) = try await events.events(
        from: from,
        to: to,
        in: accounts,
        first: nil,
        after: after,
        expandsSeries: false,
        caller: caller
      )
      // Those that are occurrences come with their series.
      calendar.events += try page.events.filter { $0.event.seriesID == nil }.map { try component($0) }
      guard hasMore, let last = page.events.last?.event else { break }
      guard calendar.events.count < Self.maximumEvents else {
        throw InvalidInput("to", Messages.Events.exportTooLarge(Self.maximumEvents))
      }
      after = EventCursor(startsAt: last.timing.startInstant(in: .utc), eventID: last.id)
    }
    let series = try await events.series(
      from: from,
      to: to,
      in: accounts,
      limit: Self.maximumEvents,
      caller: caller
    )
    for one in series { calendar.events += try components(of: one) }
    return calendar.serialized()
  }

  /// The series with its rules, and each occurrence that differs.
  private func components(of series: VisibleSeries) throws -> [EventComponent] {
    var master = try component(series.master)
    let timing = series.master.event.timing
    for start in series.cancelled { master.exclude(start, of: timing) }
    return [master]
      + (try series.exceptions.map { exception in
        var occurrence = try component(exception)
        occurrence.recurrenceID = exception.event.originalStart.map { RecurrenceID($0.time(in: timing)) }
        return occurrence
      })
  }

  private func component(_ visible: VisibleEvent) throws -> EventComponent {
    guard visible.isRedacted else {
      var component = try EventComponent(visible.event, now: clock.now)
      let participants = visible.event.participants
      // Attendees are of what several are asked to (RFC 5545 §3.8.4.1).
      if participants.contains(where: { !$0.isOrganizer }) {
        component.attendees = participants.map(Attendee.init)
      }
      return component
    }
    var component = EventComponent(
      uid: visible.event.iCalUID,
      dtstamp: clock.now,
      sequence: visible.event.sequence,
      timing: visible.event.timing,
      summary: "Busy",
      status: visible.event.isCanceled ? .cancelled : .confirmed
    )
    try component.setRecurrence(visible.event.recurrence)
    component.otherProperties = [ContentLine("CLASS", value: "PRIVATE")]
    return component
  }
}
