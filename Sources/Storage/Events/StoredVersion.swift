import CalendarCore
import Foundation
import ICalendar

/// A version of an event as JSON, for columns that are only ever read whole.
///
/// Times and choices are spelt as in the event's own columns.
struct StoredVersion: Codable {
  private var title: String
  private var details: String?
  private var location: String?
  private var start: String
  private var end: String
  private var recurrence: [String]
  private var attendees: [StoredAttendee]
  private var conferenceProvider: String
  private var conferenceStatus: String
  private var conferenceLink: String?
  private var conferenceRequestID: String?
  private var conferenceID: String?

  private struct StoredAttendee: Codable {
    var handle: String
    var displayName: String?
    var responseStatus: String
  }

  init(_ version: EventVersion) {
    let (content, conference) = (version.content, version.conference)
    let times = EventTimes(content.timing)
    title = content.title
    details = content.details
    location = content.location
    start = times.startText
    end = times.endText
    recurrence = content.recurrence
    attendees = content.attendees.map {
      StoredAttendee(
        handle: $0.handle.rawValue,
        displayName: $0.displayName,
        responseStatus: $0.responseStatus.rawValue
      )
    }
    conferenceProvider = conference.providerID.rawValue
    conferenceStatus = conference.status.rawValue
    conferenceLink = conference.link
    conferenceRequestID = conference.requestID
    conferenceID = conference.conferenceID
  }

  /// Nil where it makes no sense.
  var version: EventVersion? {
    guard let timing = EventTiming(startText: start, endText: end),
      let status = ConferenceStatus(rawValue: conferenceStatus)
    else { return nil }
    let people = attendees.compactMap { attendee in
      EmailAddress(attendee.handle).flatMap { handle in
        CalendarEventResponseStatus(rawValue: attendee.responseStatus).map {
          CalendarEventParticipant(
            handle: handle,
            displayName: attendee.displayName,
            responseStatus: $0
          )
        }
      }
    }
    guard people.count == attendees.count else { return nil }
    return EventVersion(
      EventContent(
        title: title,
        details: details,
        location: location,
        timing: timing,
        recurrence: recurrence,
        attendees: people
      ),
      EventConference(
        providerID: ConferenceProviderID(rawValue: conferenceProvider),
        status: status,
        link: conferenceLink,
        requestID: conferenceRequestID,
        conferenceID: conferenceID
      )
    )
  }
}

struct StoredConflict: Codable {
  private var theirs: StoredVersion
  private var fields: [String]
  private var detectedAt: Double

  init(_ conflict: EventConflict) {
    theirs = StoredVersion(conflict.theirs)
    fields = conflict.fields.map(\.rawValue)
    detectedAt = conflict.detectedAt.timeIntervalSince1970
  }

  var conflict: EventConflict? {
    theirs.version.map {
      EventConflict(
        theirs: $0,
        fields: fields.compactMap(EventField.init(rawValue:)),
        detectedAt: Date(timeIntervalSince1970: detectedAt)
      )
    }
  }
}

struct StoredDeletion: Codable {
  private var scope: String
  private var originalStart: String?
  private var dueAt: Double

  init(_ deletion: PendingDeletion) {
    scope = deletion.scope.rawValue
    originalStart = deletion.originalStart?.description
    dueAt = deletion.dueAt.timeIntervalSince1970
  }

  var deletion: PendingDeletion? {
    guard let scope = RecurrenceScope(rawValue: scope) else { return nil }
    let start = originalStart.flatMap(OriginalStart.init)
    guard (start == nil) == (originalStart == nil) else { return nil }
    return PendingDeletion(scope: scope, originalStart: start, dueAt: Date(timeIntervalSince1970: dueAt))
  }
}

extension SQLRow {
  func optionalVersion(_ column: String) throws -> EventVersion? {
    try optionalStored(column, StoredVersion.self).map {
      guard let version = $0.version else { throw StoreError.corrupt(column: column) }
      return version
    }
  }

  func optionalStored<Stored: Decodable>(_ column: String, _ type: Stored.Type) throws -> Stored? {
    try self[column] == .null ? nil : json(column)
  }
}
