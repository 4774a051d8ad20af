package import CalendarCore
package import ICalendar
package import ProviderKit

extension AccountProviderID {
  /// TemplateFormCalendar.
  package static let templateFormCalendar = Self(rawValue: "TEMPLATE_FORM_CALENDAR")
}

/// TemplateFormCalendar: servers that members name, with a file of iCalendar for each event.
package struct TemplateFormCalendarProvider: CalendarProvider {
  package let providerID = AccountProviderID.templateFormCalendar
  package let displayName = "TemplateFormCalendar"
  package let maximumAttendees = 100

  let http: ProviderHTTP
  let clock: WallClock

  package init(http: ProviderHTTP, clock: WallClock) {
    self.http = http
    self.clock = clock
  }

  package func canWrite(_ account: ConnectedAccount) -> Bool { true }

  package func recurrenceProblem(_ recurrence: [String], timing: EventTiming) -> String? {
    recurrence.isEmpty ? nil : Messages.noRecurrence
  }

  package func createEvent(
    _ draft: ProviderEventDraft,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent {
    let client = try await client(session)
    let address = Self.address(draft.calendarExternalID, draft.eventID)
    let octets = try CalendarObject(draft).serialized()
    let stored: StoredFile
    do { stored = try await client.put(octets, at: address, replacing: nil) } catch .conflict {
      // The name is ours and made for this event alone: an earlier attempt has stored it.
      stored = try await client.file(address)
    }
    return try ProviderEvent(stored, session.account)
  }

  package func event(
    _ reference: ProviderEventReference,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent {
    guard reference.originalStart == nil else { throw .notFound }
    let stored = try await client(session).file(Self.address(reference))
    return try ProviderEvent(stored, session.account)
  }

  package func updateEvent(
    _ reference: ProviderEventReference,
    current: ProviderEvent,
    change: ProviderEventChange,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent {
    guard !change.fields.isEmpty || change.conference != nil else { return current }
    var object = try CalendarObject(octets: current.source)
    try object.events[0].apply(change, of: current)
    let stored = try await client(session).put(
      object.serialized(),
      at: Self.address(reference),
      replacing: current.etag
    )
    return try ProviderEvent(stored, session.account)
  }

  package func deleteEvent(
    _ reference: ProviderEventReference,
    notifyAttendees: Bool,
    session: AccountSession
  ) async throws(ProviderError) {
    guard reference.originalStart == nil else { throw .notFound }
    try await client(session).delete(Self.address(reference))
  }

  private func client(_ session: AccountSession) async throws(ProviderError) -> TemplateFormCalendarClient {
    try TemplateFormCalendarClient(try await session.credentials(), http: http, clock: clock)
  }

  private static func address(_ reference: ProviderEventReference) -> String {
    reference.externalID ?? address(reference.calendarExternalID, reference.eventID)
  }

  private static func address(_ calendar: String, _ event: CalendarEvent.ID) -> String {
    "\(calendar)/\(event).ics"
  }
}
