import CalendarCore
import Foundation
import ICalendar
import ProviderKit

extension ProviderEvent {
  /// The event of a stored object, or one occurrence of it; `handle` is the account's address.
  ///
  /// `links` are those that it was given here (`ProviderEventReference.conferenceLinks`).
  init(
    _ stored: StoredObject,
    _ start: OriginalStart? = nil,
    links: [String] = [],
    for handle: EmailAddress
  ) throws(ProviderError) {
    let event = try start.map(stored.resource.occurrence) ?? stored.resource.master.event
    let shown = event.conferenceLink ?? links.first(where: event.shows)
    let link = shown.flatMap { try? ConferenceLink($0) }
    let organizer = event.organizer.map { EmailAddress($0.address) }
    self.init(
      externalID: stored.address.text,
      iCalUID: event.uid,
      etag: stored.etag,
      sequence: event.sequence,
      content: try EventContent(event, link: shown, organizer: organizer ?? handle),
      conference: link.map { .success(Conference(link: $0.text)) },
      organizer: event.organizerParticipant,
      isOrganizer: organizer.map { $0 == handle } ?? true,
      response: organizer == handle ? nil : event.attendees.response(of: handle),
      isPrivate: event.isPrivate,
      availability: event.availability,
      isCanceled: event.status == .cancelled,
      changedAt: event.lastModified ?? event.dtstamp,
      source: stored.source
    )
  }
}

extension EventContent {
  /// The description that people wrote, without what this driver added.
  ///
  /// A series in a time zone that no zone of the IANA stands for is rejected: its later meetings would be shown at wrong
  /// times.
  fileprivate init(
    _ event: EventComponent,
    link: String?,
    organizer: EmailAddress?
  ) throws(ProviderError) {
    self.init(
      title: event.summary ?? "",
      details: event.description.flatMap { $0.isEmpty ? nil : $0 },
      location: event.place(besides: link).flatMap { $0.isEmpty ? nil : $0 },
      timing: try event.timing.inKnownZones(repeating: !event.isOccurrence && event.isRecurring),
      recurrence: event.isOccurrence ? [] : event.recurrence,
      attendees: event.attendees.compactMap { CalendarEventParticipant($0) }
        .filter { $0.handle != organizer }
    )
  }
}

extension EventComponent {
  /// Whether people who look at the event see a link: some servers keep no CONFERENCE, and fewer properties still.
  fileprivate func shows(_ link: String) -> Bool {
    url == link || [location, description].contains { $0?.mentions(link) == true }
  }

  /// The place, without the link that was put there.
  func place(besides link: String?) -> String? {
    guard let location, let link else { return location }
    if location == link { return nil }
    let end = Self.placeSeparator + link
    return location.hasSuffix(end) ? String(location.dropLast(end.count)) : location
  }

  /// The place with the link behind it.
  ///
  /// Few clients show CONFERENCE yet, some servers keep neither it nor URL, and emailed invitations show guests neither; all
  /// have the place.
  static func location(_ place: String?, showing link: String?) -> String? {
    guard let place, !place.isEmpty else { return link }
    guard let link else { return place }
    return place.mentions(link) ? place : place + placeSeparator + link
  }

  private static let placeSeparator = ", "
}

extension String {
  /// Whether a link stands in it, and not only the beginning of another one.
  fileprivate func mentions(_ link: String) -> Bool {
    ranges(of: link).contains { range in
      guard range.upperBound < endIndex else { return true }
      let next = self[range.upperBound]
      return !next.isLetter && !next.isNumber && !"/?#&=%-_~+@".contains(next)
    }
  }
}

extension CalendarEventParticipant {
  /// It is nil for a person whom the server identifies by something other than an email address.
  fileprivate init?(_ attendee: Attendee) {
    guard let handle = EmailAddress(attendee.user.address) else { return nil }
    self.init(
      handle: handle,
      displayName: attendee.user.commonName,
      responseStatus: attendee.participationStatus.response
    )
  }
}

extension Attendee.ParticipationStatus {
  fileprivate var response: CalendarEventResponseStatus {
    switch self {
    case .accepted: .accepted
    case .declined: .declined
    case .tentative: .tentative
    case .needsAction, .delegated: .needsAction
    }
  }
}

extension [Attendee] {
  func response(of handle: EmailAddress) -> CalendarEventResponseStatus? {
    first { EmailAddress($0.user.address) == handle }?.participationStatus.response
  }
}

extension EventComponent {
  /// The organizer, who takes part unless the list of attendees says otherwise.
  fileprivate var organizerParticipant: CalendarEventParticipant? {
    guard let organizer, let handle = EmailAddress(organizer.address) else { return nil }
    return CalendarEventParticipant(
      handle: handle,
      displayName: organizer.commonName,
      isOrganizer: true,
      responseStatus: attendees.response(of: handle) ?? .accepted
    )
  }

  /// A classification that is not known must be taken for PRIVATE (RFC 5545 §3.8.1.3).
  fileprivate var isPrivate: Bool { ![nil, .public].contains(classification) }

  /// TRANSP says only free or busy; Outlook and Exchange say more beside it ([MS-OXCICAL]).
  fileprivate var availability: EventAvailability {
    let status = propertyLines.first { $0.name == "X-MICROSOFT-CDO-BUSYSTATUS" }?.value.uppercased()
    switch status {
    case "FREE", "WORKINGELSEWHERE": return .free
    case "TENTATIVE": return .tentative
    case "OOF": return .outOfOffice
    default: break
    }
    if transparency == .transparent { return .free }
    return self.status == .tentative ? .tentative : .busy
  }
}

extension EventTiming {
  /// The times in time zones of the IANA.
  ///
  /// A zone that a file defines itself is known to that file only: the one with the same rules takes its place, or, for what
  /// does not repeat, one of the same offset, so that the instant is right in any case.
  fileprivate func inKnownZones(repeating isRepeating: Bool) throws(ProviderError) -> EventTiming {
    guard case .timed(let start, let end) = self else { return self }
    return .timed(
      start: try start.inKnownZone(repeating: isRepeating),
      end: try end.inKnownZone(repeating: isRepeating)
    )
  }
}

extension ZonedDateTime {
  fileprivate func inKnownZone(repeating isRepeating: Bool) throws(ProviderError) -> ZonedDateTime {
    guard zone.definition != nil else { return self }
    let equivalent = zone.equivalent(from: instant)
    if case .sameRules(let same) = equivalent { return ZonedDateTime(instant: instant, zone: same) }
    guard !isRepeating else { throw .rejected(reason: Messages.unknownZone(zone.identifier)) }
    return ZonedDateTime(instant: instant, zone: equivalent?.zone ?? .utc)
  }
}
