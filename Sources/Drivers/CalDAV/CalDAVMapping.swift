import CalendarCore
import ICalendar

extension CalendarObject {
  /// The event as it is stored: no METHOD (RFC 4791 §4.1), people only when there are guests.
  ///
  /// `serverInvites` says whether the account's server mails the guests (RFC 6638).
  init(_ draft: ProviderEventDraft, serverInvites: Bool) throws(ProviderError) {
    var event = EventComponent(
      uid: draft.iCalUID,
      dtstamp: draft.createdAt,
      sequence: draft.sequence,
      timing: draft.timing,
      summary: draft.title,
      description: draft.details,
      location: draft.location,
      created: draft.createdAt,
      lastModified: draft.createdAt
    )
    do { try event.setRecurrence(draft.recurrence) } catch {
      throw .rejected(reason: Messages.invalidRecurrence)
    }
    if !draft.attendees.isEmpty {
      event.organizer = CalendarUser(draft.organizer)
      // An object with an ORGANIZER makes a scheduling server write to the guests. Where it is not to, or is not
      // known to, the object says that inviting is the client's matter (RFC 6638 §7.1). Those guests
      // are told by mail (`NotifyGuests`, RFC 6047), or by the member whose email invites them.
      let agent: ScheduleAgent? = serverInvites && draft.notifyAttendees ? nil : .client
      event.attendees = [Attendee(organizer: draft.organizer)]
      event.attendees += draft.attendees.map { Attendee($0, scheduleAgent: agent) }
    }
    switch draft.conference {
    case .ready(let conference):
      event.conferenceLink = conference.link
      event.location = EventComponent.location(draft.location, showing: conference.link)
    case .withEvent:
      throw .rejected(reason: Messages.noConferences)
    case nil: break
    }
    self.init(events: [event])
  }
}

extension Attendee.ParticipationStatus {
  init(_ response: CalendarEventResponseStatus) {
    self =
      switch response {
      case .needsAction: .needsAction
      case .accepted: .accepted
      case .declined: .declined
      case .tentative: .tentative
      }
  }
}

extension Attendee {
  init(_ participant: CalendarEventParticipant, scheduleAgent: ScheduleAgent?) {
    let status = Attendee.ParticipationStatus(participant.responseStatus)
    self.init(
      user: CalendarUser(participant),
      participationStatus: status,
      expectsReply: status == .needsAction,
      scheduleAgent: scheduleAgent
    )
  }

  /// The organizer takes part; clients show guests of a meeting without its host otherwise.
  init(organizer: CalendarEventParticipant) {
    self.init(
      user: CalendarUser(organizer),
      role: .chair,
      participationStatus: .accepted,
      expectsReply: false
    )
  }
}
