import CalendarCore
import Foundation
import ICalendar
import ProviderKit

extension WireEvent {
  /// The event as Google is to store it.
  ///
  /// The organizer is not listed: Google knows whose calendar it is.
  init(_ draft: ProviderEventDraft) {
    self.init(id: Self.id(of: draft.eventID))
    summary = draft.title
    description = Self.description(draft.details, nil).unlessEmpty
    location = draft.location
    (start, end) = WireTime.span(draft.timing)
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
    case .ready(let conference):
      let link = InlineConferenceLink(conference.link)
      description = Self.description(draft.details, link)
      if (draft.location ?? "").isEmpty { location = link.place }
      extendedProperties?.private?.merge(link.properties) { $1 }
    case nil: break
    }
  }

  /// A description as Google keeps it, which is HTML: the text that people wrote, and the line with a link.
  static func description(_ details: String?, _ link: InlineConferenceLink?) -> String {
    let html = HTMLText.escaped(details ?? "", quotes: false)
    return link?.adding(to: html) ?? html
  }

  static let markKey = "phosEventId"

  /// Our mark on an event that we made; copies in other calendars do not have it.
  var mark: String? { extendedProperties?.private?[Self.markKey] }

  /// 32 hexadecimal digits: within base32hex, which Google's ids are made of.
  static func id(of event: CalendarEvent.ID) -> String { event.description.filter { $0 != "-" } }
}

extension WireTime {
  static func span(_ timing: EventTiming) -> (start: WireTime, end: WireTime) {
    switch timing {
    case .allDay(let first, let end):
      (WireTime(date: first.description), WireTime(date: end.description))
    case .timed(let first, let end):
      // The offset settles which pass of a repeated hour is meant, the zone how the series goes on.
      (
        WireTime(dateTime: first.rfc3339, timeZone: first.zone.identifier),
        WireTime(dateTime: end.rfc3339, timeZone: end.zone.identifier)
      )
    }
  }
}

extension WireAttendee {
  init(_ participant: CalendarEventParticipant) {
    self.init(
      email: participant.handle.withALabels,
      displayName: participant.displayName,
      responseStatus: Self.status(participant.responseStatus)
    )
  }

  /// Google's word for an answer.
  static func status(_ response: CalendarEventResponseStatus) -> String {
    switch response {
    case .needsAction: "needsAction"
    case .accepted: "accepted"
    case .declined: "declined"
    case .tentative: "tentative"
    }
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
