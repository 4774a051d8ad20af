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
    guard event.push.status == .synced, let organizer = event.organizer else { return nil }
    let guests = event.participants.filter { !$0.isOrganizer }
    var component = EventComponent(
      uid: event.iCalUID,
      dtstamp: now,
      sequence: event.sequence,
      timing: event.timing,
      summary: event.title,
      description: event.details,
      location: event.location,
      conferenceLink: event.conference.link,
      status: event.isCanceled ? .cancelled : .confirmed,
      organizer: CalendarUser(address: organizer.handle.rawValue, commonName: organizer.displayName),
      created: event.createdAt,
      lastModified: event.updatedAt
    )
    try component.setRecurrence(event.recurrence)
    if guests.isEmpty {
      // Nobody is asked: RFC 5546 §3.2.1 allows no attendee in what is merely published.
      content = try SchedulingMessage.publication(of: [component]).text
    } else {
      component.attendees = event.participants.map { participant in
        Attendee(
          user: CalendarUser(address: participant.handle.rawValue, commonName: participant.displayName),
          role: participant.isOrganizer ? .chair : .required,
          participationStatus: participant.responseStatus.participationStatus,
          expectsReply: !participant.isOrganizer
        )
      }
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

extension CalendarEventResponseStatus {
  /// The same answer in iCalendar's words (RFC 5545 §3.2.12).
  var participationStatus: Attendee.ParticipationStatus {
    switch self {
    case .needsAction: .needsAction
    case .accepted: .accepted
    case .declined: .declined
    case .tentative: .tentative
    }
  }
}
