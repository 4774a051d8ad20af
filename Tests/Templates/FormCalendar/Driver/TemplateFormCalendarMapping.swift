import CalendarCore
import Foundation
import ICalendar

// MARK: What is written

extension CalendarObject {
  /// The event as it is stored.
  init(_ draft: ProviderEventDraft) throws(ProviderError) {
    var event = EventComponent(
      uid: draft.iCalUID,
      dtstamp: draft.createdAt,
      sequence: draft.sequence,
      timing: draft.timing,
      summary: draft.title,
      description: draft.details,
      location: draft.location,
      organizer: CalendarUser(draft.organizer),
      attendees: draft.attendees.map { Attendee($0) },
      created: draft.createdAt,
      lastModified: draft.createdAt
    )
    if let conference = draft.conference { event.conferenceLink = try conference.link }
    self.init(events: [event])
  }

  /// Exactly one event, read to the end.
  init(octets: [UInt8]) throws(ProviderError) {
    guard String(decoding: octets.suffix(32), as: UTF8.self).contains("END:VCALENDAR"),
      let object = try? CalendarObject.parse(octets), object.events.count == 1
    else {
      throw .malformedReply(reason: Messages.eventUnreadable)
    }
    self = object
  }
}

extension EventComponent {
  /// Changes what the change is for; all other properties stay as they were read.
  mutating func apply(_ change: ProviderEventChange, of current: ProviderEvent) throws(ProviderError) {
    let new = change.content
    for field in change.fields {
      switch field {
      case .title: summary = new.title
      case .details: description = new.details
      case .location: location = new.location
      case .timing: timing = new.timing
      case .attendees: setAttendees(new.attendees)
      // There is no recurrence here (`recurrenceProblem`), and a conference comes as a change of its own.
      case .recurrence, .conference: break
      }
    }
    switch change.conference {
    case nil: break
    case .remove:
      if url == conferenceLink { url = nil }
      conferenceLink = nil
    case .set(let conference): conferenceLink = try conference.link
    }
    sequence += 1
    dtstamp = change.changedAt
    lastModified = change.changedAt
  }

  /// Adds and removes guests; the others keep all that is said of them.
  private mutating func setAttendees(_ wanted: [CalendarEventParticipant]) {
    let handles = Set(wanted.map(\.handle))
    attendees.removeAll { attendee in
      EmailAddress(attendee.user.address).map { !handles.contains($0) } ?? false
    }
    let present = Set(attendees.compactMap { EmailAddress($0.user.address) })
    attendees += wanted.filter { !present.contains($0.handle) }.map { Attendee($0) }
  }
}

extension ConferenceCreation {
  fileprivate var link: String {
    get throws(ProviderError) {
      guard case .ready(let conference) = self else {
        throw .rejected(reason: Messages.noConferences)
      }
      return conference.link
    }
  }
}

extension Attendee {
  fileprivate init(_ participant: CalendarEventParticipant) {
    let status: ParticipationStatus =
      switch participant.responseStatus {
      case .needsAction: .needsAction
      case .accepted: .accepted
      case .declined: .declined
      case .tentative: .tentative
      }
    self.init(user: CalendarUser(participant), participationStatus: status)
  }
}

// MARK: What is read

extension ProviderEvent {
  init(_ stored: StoredFile, _ account: ConnectedAccount) throws(ProviderError) {
    let event = try CalendarObject(octets: stored.octets).events[0]
    let link = event.conferenceLink.flatMap { try? ConferenceLink($0) }
    self.init(
      externalID: stored.address,
      iCalUID: event.uid,
      etag: stored.etag,
      sequence: event.sequence,
      content: EventContent(
        title: event.summary ?? "",
        details: event.description,
        location: event.location,
        timing: event.timing,
        attendees: event.attendees.compactMap { CalendarEventParticipant($0) }
      ),
      conference: link.map { .success(Conference(link: $0.text)) },
      isOrganizer: event.organizer.map { EmailAddress($0.address) == account.handle } ?? true,
      // A classification that is not known must be taken for PRIVATE (RFC 5545 §3.8.1.3).
      isPrivate: ![nil, .public].contains(event.classification),
      availability: event.transparency == .transparent ? .free : .busy,
      isCanceled: event.status == .cancelled,
      changedAt: event.lastModified ?? event.dtstamp,
      source: stored.octets
    )
  }
}

extension CalendarEventParticipant {
  /// Nil for a person who is identified by something other than an email address.
  fileprivate init?(_ attendee: Attendee) {
    guard let handle = EmailAddress(attendee.user.address) else { return nil }
    let status: CalendarEventResponseStatus =
      switch attendee.participationStatus {
      case .accepted: .accepted
      case .declined: .declined
      case .tentative: .tentative
      case .needsAction, .delegated: .needsAction
      }
    self.init(handle: handle, displayName: attendee.user.commonName, responseStatus: status)
  }
}
