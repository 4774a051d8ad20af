package import CalendarCore
package import Foundation

extension Samples {
  /// A change of the named fields of what was read.
  package static func change(
    of current: ProviderEvent,
    _ fields: Set<EventField> = [],
    conference: ConferenceChange? = nil,
    notifies: Bool = true,
    at instant: Date = Date(timeIntervalSince1970: 1_790_100_000),
    _ edit: (inout EventContent) throws -> Void = { _ in }
  ) throws -> ProviderEventChange {
    var content = current.content
    try edit(&content)
    return ProviderEventChange(
      fields: fields,
      content: content,
      conference: conference,
      organizer: try draft(calendar: "").organizer,
      notifyAttendees: notifies,
      changedAt: instant
    )
  }

  package static func guest(
    _ address: String,
    named name: String? = nil,
    _ status: CalendarEventResponseStatus = .needsAction
  ) throws -> CalendarEventParticipant {
    CalendarEventParticipant(handle: try self.address(address), displayName: name, responseStatus: status)
  }

  package static func start(_ text: String) throws -> OriginalStart {
    guard let start = OriginalStart(text) else { throw Missing() }
    return start
  }
}

extension ProviderEventDraft {
  /// The content that the event should have.
  package var content: EventContent {
    EventContent(
      title: title,
      details: details,
      location: location,
      timing: timing,
      recurrence: recurrence,
      attendees: attendees
    )
  }
}
