package import CalendarCore
package import Foundation
import ICalendar

/// The .ics of an event, as an invitation to its guests (RFC 5546 §3.2.2).
package struct InvitationFile: Sendable, Hashable {
  package let name: String
  package let content: String

  /// Nil while the provider has not named the event yet: a file with another UID would make a second event in the
  /// guest's calendar.
  package init?(of event: CalendarEvent, now: Date) throws {
    guard event.push.status == .synced, event.organizer != nil, !event.isHidden else { return nil }
    let guests = event.participants.filter { !$0.isOrganizer }
    var component = try EventComponent(event, now: now)
    component.recurrenceID = event.originalStart.map { RecurrenceID($0.time) }
    if guests.isEmpty {
      // Nobody is asked: RFC 5546 §3.2.1 allows no attendee in what is merely published.
      content = try SchedulingMessage.publication(of: [component]).text
    } else {
      component.attendees = event.participants.map(Attendee.init)
      // RFC 5546 §3.2.2 knows no request for what does not take place.
      let message =
        event.isCanceled
        ? try SchedulingMessage.cancellation(of: [component])
        : try SchedulingMessage.request(for: [component])
      content = message.text
    }
    name = "meeting-\(event.id).ics"
  }
}
