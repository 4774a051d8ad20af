import CalendarCore
import Foundation
import ICalendar
import ProviderKit

extension ProviderEvent {
  /// The event of a stored object, or one occurrence of it; `handle` is the account's address.
  init(
    _ stored: StoredObject,
    _ start: OriginalStart? = nil,
    for handle: EmailAddress
  ) throws(ProviderError) {
    let event = try start.map(stored.resource.occurrence) ?? stored.resource.master.event
    let link = event.conferenceLink.flatMap { try? ConferenceLink($0) }
    let organizer = event.organizer.map { EmailAddress($0.address) }
    self.init(
      externalID: stored.address.text,
      iCalUID: event.uid,
      etag: stored.etag,
      sequence: event.sequence,
      content: try EventContent(event, organizer: organizer ?? handle),
      conference: link.map { .success(Conference(link: $0.text)) },
      isOrganizer: organizer.map { $0 == handle } ?? true,
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
  fileprivate init(_ event: EventComponent, organizer: EmailAddress?) throws(ProviderError) {
    if !event.isOccurrence, event.isRecurring, let zone = event.timing.zoneWithoutEquivalent {
      throw .rejected(reason: Messages.unknownZone(zone))
    }
    let place = event.location == event.conferenceLink ? nil : event.location
    self.init(
      title: event.summary ?? "",
      details: event.description.flatMap { $0.isEmpty ? nil : $0 },
      location: place.flatMap { $0.isEmpty ? nil : $0 },
      timing: event.timing.inKnownZones,
      recurrence: event.isOccurrence ? [] : event.recurrence,
      attendees: event.attendees.compactMap { CalendarEventParticipant($0) }
        .filter { $0.handle != organizer }
    )
  }
}

extension CalendarEventParticipant {
  /// It is nil for a person whom the server identifies by something other than an email address.
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

extension EventTiming {
  /// The name of a zone that a file defines and that has other rules than all zones of the IANA; nil for any other.
  fileprivate var zoneWithoutEquivalent: String? {
    guard case .timed(let start, let end) = self else { return nil }
    return [start, end].first { time in
      guard time.zone.definition != nil else { return false }
      if case .sameRules = time.zone.equivalent(from: time.instant) { return false }
      return true
    }?.zone.identifier
  }

  /// The times in time zones of the IANA.
  ///
  /// A zone that a file defines itself is known to that file only: the one with the same rules takes its place, or one of
  /// the same offset, so that the instant is right in any case.
  fileprivate var inKnownZones: EventTiming {
    guard case .timed(let start, let end) = self else { return self }
    return .timed(start: start.inKnownZone, end: end.inKnownZone)
  }
}

extension ZonedDateTime {
  fileprivate var inKnownZone: ZonedDateTime {
    guard zone.definition != nil else { return self }
    return ZonedDateTime(instant: instant, zone: zone.equivalent(from: instant)?.zone ?? .utc)
  }
}
