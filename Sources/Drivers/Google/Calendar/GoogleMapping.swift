import CalendarCore
import Foundation
import ICalendar

extension WireEvent {
  /// The event as Google is to store it.
  ///
  /// The organizer is not listed: Google knows whose calendar it is.
  init(_ draft: ProviderEventDraft) {
    // 32 hexadecimal digits: within base32hex, which Google's ids are made of.
    self.init(id: draft.eventID.description.filter { $0 != "-" })
    summary = draft.title
    description = draft.details
    location = draft.location
    switch draft.timing {
    case .allDay(let first, let end):
      start = WireTime(date: first.description)
      self.end = WireTime(date: end.description)
    case .timed(let first, let end):
      // The offset settles which pass of a repeated hour is meant, the zone how the series goes on.
      start = WireTime(dateTime: first.rfc3339, timeZone: first.zone.identifier)
      self.end = WireTime(dateTime: end.rfc3339, timeZone: end.zone.identifier)
    }
    recurrence = draft.recurrence.isEmpty ? nil : draft.recurrence
    attendees = draft.attendees.isEmpty ? nil : draft.attendees.map(WireAttendee.init)
    extendedProperties = .init(private: [Self.markKey: draft.eventID.description])
    switch draft.conference {
    case .withEvent(let request):
      conferenceData = .init(
        createRequest: .init(
          requestId: request.requestID,
          conferenceSolutionKey: .init(type: request.solution)
        )
      )
    case .ready(let conference): show(conference)
    case nil: break
    }
  }

  static let markKey = "phosEventId"

  /// Our mark on an event that we made; copies in other calendars do not have it.
  var mark: String? { extendedProperties?.private?[Self.markKey] }

  /// Puts a link of another service where people look: the end of the description, and the place if it is free.
  ///
  /// `conferenceData` is not for us to fill: Google takes foreign conferences from add-ons only.
  private mutating func show(_ conference: Conference) {
    let line = "Join: \(conference.link)"
    description = if let text = description, !text.isEmpty { "\(text)\n\n\(line)" } else { line }
    if (location ?? "").isEmpty { location = conference.link }
  }
}

extension WireAttendee {
  init(_ participant: CalendarEventParticipant) {
    let status =
      switch participant.responseStatus {
      case .needsAction: "needsAction"
      case .accepted: "accepted"
      case .declined: "declined"
      case .tentative: "tentative"
      }
    self.init(
      email: participant.handle.rawValue,
      displayName: participant.displayName,
      responseStatus: status
    )
  }
}

extension ProviderEvent {
  init(_ event: WireEvent) {
    self.init(
      externalID: event.id,
      // Google's rule for events that were made without a UID.
      iCalUID: event.iCalUID ?? "\(event.id)@google.com",
      etag: event.etag,
      sequence: event.sequence ?? 0,
      url: event.htmlLink,
      conference: event.conference
    )
  }
}

extension WireEvent {
  /// How far the conference got; nil when the event has none.
  var conference: ProviderConference? {
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

extension DiscoveredCalendar {
  init(_ entry: WireCalendarList.Entry) {
    self.init(
      externalID: entry.id,
      displayName: entry.summaryOverride ?? entry.summary ?? entry.id,
      isPrimary: entry.primary ?? false,
      isWritable: ["owner", "writer"].contains(entry.accessRole ?? ""),
      conferenceSolutions: entry.conferenceProperties?.allowedConferenceSolutionTypes ?? []
    )
  }
}
