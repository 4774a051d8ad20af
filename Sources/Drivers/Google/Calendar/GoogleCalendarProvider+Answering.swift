package import CalendarCore
import JSONModel
import ProviderKit

extension GoogleCalendarProvider: InvitationResponder {
  package func respond(
    _ reference: ProviderEventReference,
    current: ProviderEvent,
    response: CalendarEventResponseStatus,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent {
    guard let event = WireEvent(source: current.source) else {
      throw .malformedReply(reason: Messages.eventUnreadable)
    }
    guard let own = event.attendees?.first(where: { $0.isSelf == true }), let address = own.email else {
      throw .rejected(reason: Messages.notInvited)
    }
    let status = WireAttendee.status(response)
    guard own.responseStatus != status else { return current }
    let stored = try await client.patch(
      reference.googleID,
      [
        // A list that says it is not whole changes the answer of the calendar's owner and nobody else's.
        "attendeesOmitted": .bool(true),
        "attendees": .array([.object(["email": .string(address), "responseStatus": .string(status)])]),
      ],
      etag: current.etag,
      calendar: reference.calendarExternalID,
      notifyAttendees: true,
      session: session
    )
    guard !stored.isDeleted else { throw .gone }
    return try ProviderEvent(stored)
  }
}
