import CalendarCore

/// A calendar in which there is nothing.
protocol EmptyCalendar: CalendarProvider {}

extension EmptyCalendar {
  func event(
    _ reference: ProviderEventReference,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent {
    throw .notFound
  }

  func updateEvent(
    _ reference: ProviderEventReference,
    current: ProviderEvent,
    change: ProviderEventChange,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent {
    throw .notFound
  }

  func deleteEvent(
    _ reference: ProviderEventReference,
    notifyAttendees: Bool,
    session: AccountSession
  ) async throws(ProviderError) {
    throw .notFound
  }
}
