import CalendarCore
import Foundation
import ICalendar
import ProviderKit

extension ProviderEvent {
  init(_ stored: StoredEvent) throws(ProviderError) {
    let event = stored.wire
    self.init(
      externalID: event.id,
      // Google's rule for events that were made without a UID.
      iCalUID: event.iCalUID ?? "\(event.id)@google.com",
      etag: event.etag,
      sequence: event.sequence ?? 0,
      url: event.htmlLink,
      content: try EventContent(event),
      conference: event.conference,
      organizer: event.organizerParticipant,
      isOrganizer: event.organizer.map { $0.isSelf ?? false } ?? true,
      response: event.ownResponse,
      kind: event.kind,
      isPrivate: ["private", "confidential"].contains(event.visibility),
      availability: event.availability,
      isCanceled: stored.isDeleted,
      changedAt: event.updated.flatMap(Date.init(rfc3339:)),
      source: stored.source
    )
  }
}

extension EventContent {
  /// The description that people wrote, without what this driver added.
  fileprivate init(_ event: WireEvent) throws(ProviderError) {
    guard let timing = EventTiming(event.start, event.end) else {
      throw .malformedReply(reason: Messages.eventWithoutTime)
    }
    let link = event.shownLink
    self.init(
      title: event.summary ?? "",
      details: HTMLText.plain(link?.removing(from: event.description) ?? event.description ?? "", .editable)
        .unlessEmpty,
      location: link?.text == event.location ? nil : event.location?.unlessEmpty,
      timing: timing,
      // An occurrence has none of its own.
      recurrence: event.recurringEventId == nil ? event.recurrence ?? [] : [],
      attendees: (event.attendees ?? []).filter { !event.isOrganizer($0) }.compactMap(\.participant)
    )
  }
}

extension WireEvent {
  /// The purpose that Google names as the event's type.
  var kind: EventKind {
    switch eventType {
    case nil, "default": .meeting
    case "focusTime": .focusTime
    case "outOfOffice": .outOfOffice
    default: .other
    }
  }

  var ownAttendee: WireAttendee? { attendees?.first { $0.isSelf == true } }

  var availability: EventAvailability {
    if transparency == "transparent" || !kind.takesTime { return .free }
    if kind == .outOfOffice { return .outOfOffice }
    return status == "tentative" ? .tentative : .busy
  }

  fileprivate var ownResponse: CalendarEventResponseStatus? {
    ownAttendee.flatMap { isOrganizer($0) ? nil : $0.response }
  }

  /// The organizer, who takes part unless the list of attendees says otherwise.
  fileprivate var organizerParticipant: CalendarEventParticipant? {
    guard let organizer, let handle = organizer.email.flatMap({ EmailAddress($0) }) else { return nil }
    return CalendarEventParticipant(
      handle: handle,
      displayName: organizer.displayName,
      isOrganizer: true,
      responseStatus: attendees?.first(where: isOrganizer)?.response ?? .accepted
    )
  }

  fileprivate func isOrganizer(_ attendee: WireAttendee) -> Bool {
    attendee.organizer == true
      || attendee.email.map { CalendarAddress($0) == organizer?.email.map { CalendarAddress($0) } } ?? false
  }
}

extension WireAttendee {
  /// It is nil for a person without an address, whom Google lists by a profile.
  fileprivate var participant: CalendarEventParticipant? {
    guard let handle = email.flatMap({ EmailAddress($0) }) else { return nil }
    return CalendarEventParticipant(handle: handle, displayName: displayName, responseStatus: response)
  }

  fileprivate var response: CalendarEventResponseStatus {
    switch responseStatus {
    case "accepted": .accepted
    case "declined": .declined
    case "tentative": .tentative
    default: .needsAction
    }
  }
}

extension WireEvent {
  /// Which occurrence of its series it is.
  var originalStart: OriginalStart? {
    if let date = originalStartTime?.date.flatMap({ CalendarDate($0) }) { return OriginalStart(.date(date)) }
    return originalStartTime?.zoned.map { OriginalStart(.zoned($0)) }
  }
}

extension EventTiming {
  /// Google writes instants in the calendar's zone, and beside them the zone that the event was made in.
  init?(_ start: WireTime?, _ end: WireTime?) {
    if let first = start?.date.flatMap({ CalendarDate($0) }) {
      let last = end?.date.flatMap { CalendarDate($0) } ?? first
      self = .allDay(start: first, end: max(last, first.adding(days: 1)))
    } else if let first = start?.zoned {
      let last = end?.zoned ?? first
      self = .timed(start: first, end: last.instant < first.instant ? first : last)
    } else {
      return nil
    }
  }
}

extension WireTime {
  fileprivate var zoned: ZonedDateTime? {
    guard let instant = dateTime.flatMap(Date.init(rfc3339:)) else { return nil }
    let zone = timeZone.flatMap { Zone($0) ?? Zone(otherName: $0) }
    return ZonedDateTime(instant: instant, zone: zone ?? .utc)
  }
}

extension Date {
  /// To the second, in UTC.
  var rfc3339: String { ZonedDateTime(instant: self, zone: .utc).rfc3339 }

  /// RFC 3339 §5.6, fractions of a second dropped but for milliseconds.
  fileprivate init?(rfc3339 text: String) {
    guard text.utf8.count >= 20, let local = LocalDateTime(String(text.prefix(19))) else { return nil }
    var rest = text.dropFirst(19)
    var milliseconds = 0
    if rest.first == "." {
      let digits = rest.dropFirst().prefix(while: \.isWholeNumber)
      guard let number = Int("\(digits)00".prefix(3)) else { return nil }
      milliseconds = number
      rest = rest.dropFirst(digits.count + 1)
    }
    var offset = 0
    if rest.uppercased() != "Z" {
      let parts = rest.dropFirst().split(separator: ":").compactMap { Int($0) }
      guard let sign = rest.first, sign == "+" || sign == "-", parts.count == 2 else { return nil }
      offset = (parts[0] * 60 + parts[1]) * (sign == "-" ? -60 : 60)
    }
    let whole = ZonedDateTime(local: local, zone: .utc).instant
    self = whole.addingTimeInterval(Double(milliseconds) / 1000 - Double(offset))
  }
}

extension String {
  var unlessEmpty: String? { isEmpty ? nil : self }
}

extension WireEvent {
  /// How far the conference got; nil when the event has none.
  var conference: ProviderConference? {
    // A link that was agreed on and is still shown counts before a Meet that was added at the provider.
    if let link = shownLink { return .success(Conference(link: link.text)) }
    // Pending and failed ones both lack entry points: only the status tells them apart.
    switch conferenceData?.createRequest?.status?.statusCode {
    case "pending": return .pending
    case "failure": return .failure
    default: break
    }
    let video = conferenceData?.entryPoints?.first { $0.entryPointType == "video" }
    if let link = video?.uri ?? hangoutLink, link.hasPrefix("https://"),
      let checked = try? ConferenceLink(link)
    {
      let phone = conferenceData?.entryPoints?.first { $0.entryPointType == "phone" }
      return .success(
        Conference(
          link: checked.text,
          conferenceID: conferenceData?.conferenceId,
          dialIn: phone?.label ?? phone?.uri,
          passcode: video?.passcode ?? video?.pin
        )
      )
    }
    // "success" whose entry points are not there yet is asked about again, like a pending one.
    return conferenceData?.createRequest == nil ? nil : .pending
  }
}
