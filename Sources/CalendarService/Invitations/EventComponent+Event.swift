import CalendarCore
import Foundation
import ICalendar

extension EventComponent {
  /// An event in iCalendar's words, without its participants.
  init(_ event: CalendarEvent, now: Date) throws(ICalendarError) {
    self.init(
      uid: event.iCalUID,
      dtstamp: now,
      sequence: event.sequence,
      timing: event.timing,
      summary: event.title,
      description: event.details,
      location: event.location,
      conferenceLink: event.conference.link,
      status: event.isCanceled ? .cancelled : .confirmed,
      organizer: event.organizer.map { CalendarUser($0) },
      created: event.createdAt,
      lastModified: event.updatedAt
    )
    try setRecurrence(event.recurrence)
  }
}

extension Attendee {
  init(_ participant: CalendarEventParticipant) {
    self.init(
      user: CalendarUser(participant),
      role: participant.isOrganizer ? .chair : .required,
      participationStatus: participant.responseStatus.participationStatus,
      expectsReply: !participant.isOrganizer
    )
  }
}

extension CalendarEventResponseStatus {
  /// The response as a participation status (RFC 5545 §3.2.12).
  var participationStatus: Attendee.ParticipationStatus {
    switch self {
    case .needsAction: .needsAction
    case .accepted: .accepted
    case .declined: .declined
    case .tentative: .tentative
    }
  }
}
