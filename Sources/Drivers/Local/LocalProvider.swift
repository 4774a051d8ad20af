package import CalendarCore

extension CalendarProviderID {
  /// The built-in calendar.
  package static let local = Self(rawValue: "LOCAL")
}

/// The built-in calendar: what is stored here is all there is, so everything succeeds at once.
package struct LocalProvider: CalendarProvider {
  package let providerID = CalendarProviderID.local
  package let displayName = "Built-in calendar"
  package let maximumAttendees = 500

  package init() {}

  package func canWrite(_ account: ConnectedAccount) -> Bool { true }

  package func createEvent(
    _ draft: ProviderEventDraft,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent {
    if case .withEvent = draft.conference {
      throw .rejected(reason: "The built-in calendar cannot make video conferences.")
    }
    return ProviderEvent(
      externalID: draft.eventID.description,
      iCalUID: draft.iCalUID,
      etag: Self.etag(sequence: draft.sequence),
      sequence: draft.sequence
    )
  }

  /// There is no copy outside that could be read.
  ///
  /// Not `.notFound`, which would mean that somebody deleted it.
  package func event(
    _ reference: ProviderEventReference,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent {
    throw .rejected(reason: "The built-in calendar keeps no copy of its own.")
  }

  private static func etag(sequence: Int) -> String { "\"\(sequence)\"" }
}
