package import CalendarCore
import Foundation
package import ICalendar
import ProviderKit

extension MicrosoftCalendarProvider {
  package func event(
    _ reference: ProviderEventReference,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent {
    try await read(try await client.event(try await id(reference, session), session), session)
  }

  package func updateEvent(
    _ reference: ProviderEventReference,
    current: ProviderEvent,
    change: ProviderEventChange,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent {
    guard current.isOrganizer else {
      throw .forbidden(reason: Messages.notOrganizer)
    }
    guard let event = GraphEvent(source: current.source) else {
      throw .malformedReply(reason: Messages.eventUnreadable)
    }
    var dayZone = "UTC"
    if !change.fields.isDisjoint(with: [.timing, .recurrence]) {
      let timing = change.fields.contains(.timing) ? change.content.timing : current.content.timing
      dayZone = try await self.dayZone(timing, over: event, session)
    }
    let wish = try GraphEventBody(change, of: current, event, dayZone: dayZone)
    guard !wish.isEmpty else { return current }
    // What was read is what is changed, under its own id: that of an occurrence, too.
    let stored = try await client.update(current.externalID, wish.body, etag: current.etag, session: session)
    var changed = try await read(stored.keeping(event.properties).keeping(wish.properties), session)
    if case .set(.withEvent) = change.conference, changed.conference == nil { changed.conference = .failure }
    return changed
  }

  /// Graph tells the guests of a meeting that it is off, whatever `notifyAttendees` says.
  package func deleteEvent(
    _ reference: ProviderEventReference,
    notifyAttendees: Bool,
    session: AccountSession
  ) async throws(ProviderError) {
    try await client.delete(try await id(reference, session), session: session)
  }

  package func recurrenceProblem(_ recurrence: [String], timing: EventTiming) -> String? {
    guard !recurrence.isEmpty else { return nil }
    do throws(RecurrenceProblem) {
      _ = try WireRecurrence(recurrence, timing)
      return nil
    } catch {
      return error.reason
    }
  }

  package func textProblem(_ content: EventContent, conference: EventConference) -> TextProblem? {
    content.title.utf16.count > GraphEventBody.maximumTitleLength
      ? TextProblem(.title, reason: Messages.titleTooLong) : nil
  }

  /// Graph's id of what is meant.
  func id(
    _ reference: ProviderEventReference,
    _ session: AccountSession
  ) async throws(ProviderError) -> String {
    var id = reference.externalID
    if id == nil { id = try await ours(reference.eventID, in: reference.calendarExternalID, session) }
    guard let id else { throw .notFound }
    guard let start = reference.originalStart else { return id }
    // An occurrence stays between its neighbours, wherever it is moved: first near by, then as far as they may be apart.
    for days in [2.0, 45, 800] {
      let window = DateInterval(
        start: start.instant.addingTimeInterval(-days * 86_400),
        end: start.instant.addingTimeInterval(days * 86_400)
      )
      let found = try await instances(of: id, in: window, session)
      if let occurrence = found.first(where: { $0.originalStart == start }) { return occurrence.id }
    }
    throw .notFound
  }

  /// The occurrences of a series that take place in a span of time; those that were deleted are not among them.
  func instances(
    of series: String,
    in window: DateInterval,
    _ session: AccountSession
  ) async throws(ProviderError) -> [GraphEvent] {
    let query = FormEncoding.encode([
      ("startDateTime", window.start.graph), ("endDateTime", window.end.graph),
      ("$select", "id,type,seriesMasterId,start,end,isAllDay,originalStart,originalStartTimeZone"),
    ])
    return try await client.all("\(client.eventPath(series))/instances?\(query)", session).map(
      GraphEvent.init
    )
  }
}

extension Date {
  /// As Graph's queries take an instant.
  var graph: String { ZonedDateTime(instant: self, zone: .utc).rfc3339 }
}
