package import Foundation
import ICalendar

/// The place in a list of events by start: everything after this one.
package struct EventCursor: Sendable, Hashable {
  package var startsAt: Date
  package var eventID: CalendarEvent.ID

  package init(startsAt: Date, eventID: CalendarEvent.ID) {
    self.startsAt = startsAt
    self.eventID = eventID
  }
}

extension EventCursor: Comparable {
  /// The place of an event, or of one occurrence of it.
  package init(of event: CalendarEvent) {
    self.init(startsAt: event.timing.startInstant(in: .utc), eventID: event.id)
  }

  package static func < (left: Self, right: Self) -> Bool {
    left.startsAt == right.startsAt
      ? left.eventID.description < right.eventID.description : left.startsAt < right.startsAt
  }
}
