package import CalendarCore
import JSONModel
import ProviderKit

extension MicrosoftCalendarProvider: InvitationResponder {
  /// Graph removes a declined event from the calendar, so the result is the event as it was.
  package func respond(
    _ reference: ProviderEventReference,
    current: ProviderEvent,
    response: CalendarEventResponseStatus,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent {
    guard let event = GraphEvent(source: current.source) else {
      throw .malformedReply(reason: Messages.eventUnreadable)
    }
    guard !current.isOrganizer else {
      throw .rejected(reason: Messages.notInvited)
    }
    let (action, word): (String, String)
    switch response {
    case .accepted: (action, word) = ("accept", "accepted")
    case .tentative: (action, word) = ("tentativelyAccept", "tentativelyAccepted")
    case .declined: (action, word) = ("decline", "declined")
    case .needsAction: throw .rejected(reason: Messages.responseIsFinal)
    }
    guard event.json["responseStatus"]?["response"]?.string != word else { return current }
    // An organizer who wants no answers is sent none.
    let sends = event.json["responseRequested"]?.bool ?? true
    try await client.answer(current.externalID, action, sends: sends, session: session)
    guard response == .declined else {
      return try await read(try await client.event(current.externalID, session), session)
    }
    var declined = current
    declined.response = .declined
    for index in declined.content.attendees.indices
    where declined.content.attendees[index].handle == session.account.handle {
      declined.content.attendees[index].responseStatus = .declined
    }
    return declined
  }
}
