package import CalendarCore
package import Foundation
import ICalendar

/// The .ics of an event, as an invitation to its guests (RFC 5546 §3.2.2).
package struct InvitationFile: Sendable, Hashable {
  package let name: String
  package let content: String

  /// Nil while the provider has not named the event yet: a file with another UID would make a second event in the
  /// guest's calendar.
  ///
  /// `exceptions` are the occurrences of a series that have rows of their own, the called-off ones too.
  package init?(of event: CalendarEvent, exceptions: [CalendarEvent] = [], now: Date) throws {
    guard let components = try Self.components(of: event, exceptions, now: now) else { return nil }
    let guests = event.participants.filter { !$0.isOrganizer }
    if guests.isEmpty {
      // Nobody is asked: RFC 5546 §3.2.1 allows no attendee in what is merely published.
      content = try SchedulingMessage.publication(of: components).text
    } else {
      // RFC 5546 §3.2.2 knows no request for what does not take place.
      let message =
        event.isCanceled
        ? try SchedulingMessage.cancellation(of: components)
        : try SchedulingMessage.request(for: components)
      content = message.text
    }
    name = Self.name(of: event)
  }

  /// The name of the file that an event has; nil where it has none, or where the event is redacted.
  package static func name(of visible: VisibleEvent) -> String? {
    visible.isRedacted || !isAvailable(for: visible.event) ? nil : name(of: visible.event)
  }

  private static func name(of event: CalendarEvent) -> String { "meeting-\(event.id).ics" }

  private static func isAvailable(for event: CalendarEvent) -> Bool {
    event.push.status == .synced && event.organizer != nil && !event.isHidden
  }

  /// Reads what differs from a series along with it.
  static func read(of event: CalendarEvent, from reader: any WorkspaceReader, now: Date) throws -> Self? {
    let exceptions = event.isRecurring ? try reader.events.exceptions(ofSeries: [event.id]) : []
    return try Self(of: event, exceptions: exceptions, now: now)
  }

  /// The event and what differs from it, with the people where others than the organizer are asked.
  static func components(
    of event: CalendarEvent,
    _ exceptions: [CalendarEvent],
    now: Date
  ) throws -> [EventComponent]? {
    guard isAvailable(for: event) else { return nil }
    return try eventComponents(of: event, exceptions, now: now)
  }

  static func eventComponents(
    of event: CalendarEvent,
    _ exceptions: [CalendarEvent],
    now: Date
  ) throws -> [EventComponent] {
    let isAsked = event.participants.contains { !$0.isOrganizer }
    var components = [try EventComponent(event, of: event.timing, isAsked: isAsked, now: now)]
    for exception in exceptions {
      if exception.isHidden {
        components[0].exclude(exception.originalStart, of: event.timing)
      } else {
        components.append(try EventComponent(exception, of: event.timing, isAsked: isAsked, now: now))
      }
    }
    return components
  }
}

extension EventComponent {
  /// With the people, where others than the organizer are asked; `series` is the timing of the series if the event is an
  /// occurrence of one.
  init(_ event: CalendarEvent, of series: EventTiming, isAsked: Bool, now: Date) throws {
    try self.init(event, now: now)
    recurrenceID = event.originalStart.map { RecurrenceID($0.time(in: series)) }
    if isAsked { attendees = event.participants.map(Attendee.init) }
  }

  /// Leaves out the occurrence with this original start (EXDATE) of a series with this timing.
  mutating func exclude(_ start: OriginalStart?, of series: EventTiming) {
    guard let start else { return }
    var recurrence = typedRecurrence
    recurrence.exclusions.append(start.time(in: series))
    typedRecurrence = recurrence
  }
}
