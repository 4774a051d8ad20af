import CalendarCore
import Foundation
import ICalendar
import JSONModel
import ProviderKit

// MARK: What is written

extension JSON {
  /// The event as it is to be stored.
  init(_ draft: ProviderEventDraft) throws(ProviderError) {
    let content = EventContent(
      title: draft.title,
      details: draft.details,
      location: draft.location,
      timing: draft.timing,
      attendees: draft.attendees
    )
    self = [
      "uid": .string(draft.iCalUID),
      "organizer": .string(draft.organizer.handle.withALabels),
      "notify": .bool(draft.notifyAttendees),
    ]
    for field in [EventField.title, .details, .location, .timing, .attendees] { set(field, content) }
    if let conference = draft.conference { try set(conference) }
  }

  /// The members that a change is for; nil when it is for none.
  init?(_ change: ProviderEventChange, of current: ProviderEvent) throws(ProviderError) {
    guard !change.fields.isEmpty || change.conference != nil else { return nil }
    self = ["notify": .bool(change.notifyAttendees)]
    for field in change.fields { set(field, change.content) }
    switch change.conference {
    case nil: break
    case .remove: self["meetingLink"] = .null
    case .set(let conference): try set(conference)
    }
  }

  private mutating func set(_ field: EventField, _ content: EventContent) {
    switch field {
    case .title: self["title"] = .string(content.title)
    case .details: self["description"] = content.details.map { JSON.string($0) } ?? .null
    case .location: self["location"] = content.location.map { JSON.string($0) } ?? .null
    case .timing: (self["start"], self["end"]) = Self.span(content.timing)
    case .attendees: self["attendees"] = .array(content.attendees.map { JSON($0) })
    // There is no recurrence here (`recurrenceProblem`), and a conference comes as a change of its own.
    case .recurrence, .conference: break
    }
  }

  private mutating func set(_ conference: ConferenceCreation) throws(ProviderError) {
    guard case .ready(let conference) = conference else {
      throw .rejected(reason: Messages.noConferences)
    }
    self["meetingLink"] = .string(conference.link)
  }

  private static func span(_ timing: EventTiming) -> (JSON, JSON) {
    switch timing {
    case .allDay(let start, let end):
      (["date": .string(start.description)], ["date": .string(end.description)])
    case .timed(let start, let end): (time(start), time(end))
    }
  }

  /// The instant settles which pass of a repeated hour is meant, the zone what people see.
  private static func time(_ time: ZonedDateTime) -> JSON {
    ["instant": .string(time.instant.formatted(.iso8601)), "zone": .string(time.zone.identifier)]
  }

  private init(_ attendee: CalendarEventParticipant) {
    self = [
      "email": .string(attendee.handle.withALabels), "response": .string(attendee.responseStatus.rawValue),
    ]
    if let name = attendee.displayName { self["name"] = .string(name) }
  }
}

// MARK: What is read

extension ProviderEvent {
  init(_ event: JSON, _ account: ConnectedAccount) throws(ProviderError) {
    guard let id = event["id"]?.string, let uid = event["uid"]?.string, let etag = event["etag"]?.string,
      let timing = EventTiming(event["start"], event["end"])
    else {
      throw .malformedReply(reason: Messages.unexpectedEvent)
    }
    let link = event["meetingLink"]?.string.flatMap { try? ConferenceLink($0) }
    self.init(
      externalID: id,
      iCalUID: uid,
      etag: etag,
      content: EventContent(
        title: event["title"]?.string ?? "",
        details: event["description"]?.string,
        location: event["location"]?.string,
        timing: timing,
        attendees: (event["attendees"]?.array ?? []).compactMap { CalendarEventParticipant($0) }
      ),
      conference: link.map { .success(Conference(link: $0.text)) },
      isOrganizer: event["organizer"]?.string.map { EmailAddress($0) == account.handle } ?? true
    )
  }
}

extension EventTiming {
  fileprivate init?(_ start: JSON?, _ end: JSON?) {
    if let start = start?["date"]?.string.flatMap({ CalendarDate($0) }),
      let end = end?["date"]?.string.flatMap({ CalendarDate($0) })
    {
      self = .allDay(start: start, end: end)
    } else if let start = ZonedDateTime(start), let end = ZonedDateTime(end) {
      self = .timed(start: start, end: end)
    } else {
      return nil
    }
  }
}

extension ZonedDateTime {
  fileprivate init?(_ time: JSON?) {
    guard let text = time?["instant"]?.string, let instant = try? Date(text, strategy: .iso8601) else {
      return nil
    }
    self.init(instant: instant, zone: time?["zone"]?.string.flatMap { Zone($0) } ?? .utc)
  }
}

extension CalendarEventParticipant {
  fileprivate init?(_ attendee: JSON) {
    guard let handle = attendee["email"]?.string.flatMap({ EmailAddress($0) }) else { return nil }
    self.init(
      handle: handle,
      displayName: attendee["name"]?.string,
      responseStatus: attendee["response"]?.string.flatMap { .init(rawValue: $0) } ?? .needsAction
    )
  }
}
