package import CalendarCore
import Foundation
package import ICalendar

extension GoogleCalendarProvider {
  package func event(
    _ reference: ProviderEventReference,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent {
    try ProviderEvent(try await stored(reference, session: session))
  }

  package func updateEvent(
    _ reference: ProviderEventReference,
    current: ProviderEvent,
    change: ProviderEventChange,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent {
    guard current.isOrganizer else {
      throw .forbidden(reason: Messages.notOrganizer)
    }
    let patch = try EventPatch(change, of: current)
    guard !patch.body.isEmpty else { return current }
    let stored = try await client.patch(
      reference.googleID,
      patch.body,
      etag: current.etag,
      calendar: reference.calendarExternalID,
      notifyAttendees: change.notifyAttendees,
      session: session
    )
    guard !stored.isDeleted else { throw .gone }
    var event = try ProviderEvent(stored)
    if case .set(.withEvent(let request)) = change.conference, !stored.wire.took(request, before: current) {
      event.conference = .failure
    }
    return event
  }

  package func deleteEvent(
    _ reference: ProviderEventReference,
    notifyAttendees: Bool,
    session: AccountSession
  ) async throws(ProviderError) {
    // An id that was worked out, not told, may be another event's.
    if reference.externalID == nil { _ = try await stored(reference, session: session) }
    try await client.delete(
      reference.googleID,
      calendar: reference.calendarExternalID,
      notifyAttendees: notifyAttendees,
      session: session
    )
  }

  package func recurrenceProblem(_ recurrence: [String], timing: EventTiming) -> String? {
    guard !recurrence.isEmpty else { return nil }
    var event = EventComponent(uid: "", dtstamp: .distantPast, timing: timing)
    guard (try? event.setRecurrence(recurrence)) != nil, event.typedRecurrence.unread.isEmpty else {
      return Messages.recurrenceUnreadable
    }
    let (rules, isExcepted) = (event.typedRecurrence.rules, !event.typedRecurrence.exclusionRules.isEmpty)
    guard rules.count <= 1, !isExcepted else {
      return Messages.severalRules
    }
    if event.typedRecurrence.dates.contains(where: { $0.end != nil }) {
      return Messages.otherDuration
    }
    // It reads a day among times as no occurrence's.
    if event.typedRecurrence.exclusions.contains(where: { $0.isDate != timing.isAllDay }) {
      return Messages.otherExcludedTime
    }
    if let rule = rules.first {
      guard ![.secondly, .minutely, .hourly].contains(rule.frequency), rule.byHour.isEmpty,
        rule.byMinute.isEmpty, rule.bySecond.isEmpty
      else { return Messages.tooOften }
    }
    return nil
  }

  /// Google's limit of a description.
  private static let descriptionCharacters = 8192
  /// So long a link fits with the longest description; those of video services have up to 130 characters.
  private static let expectedLink = String(repeating: "x", count: 180)

  package func textProblem(_ content: EventContent, conference: EventConference) -> TextProblem? {
    // A Meet stands beside the description; another service's link stands in it.
    let isInline = conference.providerID != .none && conference.providerID != .googleMeet
    let link = isInline ? InlineConferenceLink(conference.link ?? Self.expectedLink) : nil
    let length = WireEvent.description(content.details, link).utf16.count
    guard length > Self.descriptionCharacters else { return nil }
    return TextProblem(
      .details,
      reason: Messages.descriptionTooLong(length, limit: Self.descriptionCharacters)
    )
  }

  /// Returns the event, unless it was deleted or another account organizes it.
  private func stored(
    _ reference: ProviderEventReference,
    session: AccountSession
  ) async throws(ProviderError) -> StoredEvent {
    let stored = try await client.event(
      reference.googleID,
      calendar: reference.calendarExternalID,
      session: session
    )
    guard !stored.isDeleted else { throw .gone }
    guard reference.externalID != nil || stored.wire.mark == reference.eventID.description else {
      throw .notFound
    }
    return stored
  }
}

extension ProviderEventReference {
  /// An occurrence's is that of the series, and its original start.
  var googleID: String {
    let id = externalID ?? WireEvent.id(of: eventID)
    return originalStart.map { "\(id)_\($0)" } ?? id
  }
}

extension WireEvent {
  /// Whether the answer shows anything of a wish for a conference; Google drops some without a word.
  fileprivate func took(_ request: EventConferenceRequest, before: ProviderEvent) -> Bool {
    guard let conference else { return false }
    return conferenceData?.createRequest?.requestId == request.requestID || conference != before.conference
  }
}
