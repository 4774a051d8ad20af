package import CalendarCore
import Foundation
import ICalendar
import ProviderKit

extension CalDAVProvider: InvitationResponder {
  /// A server that schedules tells the organizer (RFC 6638 §3.2.2); elsewhere the answer is in the calendar only.
  package func respond(
    _ reference: ProviderEventReference,
    current: ProviderEvent,
    response: CalendarEventResponseStatus,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderEvent {
    let handle = session.account.handle
    guard !current.isOrganizer else { throw .notInvited }
    var resource = try EventResource(current.source)
    guard try resource.answer(response, as: handle, to: reference.originalStart, at: clock.now) else {
      return current
    }
    let (address, client) = (try reference.address, try await client(session))
    let stored = try await client.replace(address, etag: current.etag, with: resource.serialized())
    return try ProviderEvent(
      stored,
      reference.originalStart,
      links: reference.conferenceLinks,
      for: handle
    )
  }
}

extension EventResource {
  /// Whether anything is different afterwards.
  fileprivate mutating func answer(
    _ response: CalendarEventResponseStatus,
    as handle: EmailAddress,
    to start: OriginalStart?,
    at instant: Date
  ) throws(ProviderError) -> Bool {
    let status = Attendee.ParticipationStatus(response)
    func invitation(_ event: EventComponent) -> Attendee? {
      event.attendees.first { EmailAddress($0.user.address) == handle }
    }
    func answered(_ part: Part) -> Component {
      var edit = EventEdit(part)
      edit.answer(status, as: handle, in: part.event)
      edit.stamp(instant, raisingSequence: false)
      return edit.component
    }
    if let start {
      guard let own = invitation(try occurrence(start)) else { throw .notInvited }
      guard own.participationStatus != status else { return false }
      try overrideOccurrence(start, answered)
      return true
    }
    let invited = [master] + overrides
    guard invited.contains(where: { invitation($0.event) != nil }) else { throw .notInvited }
    func isNew(_ part: Part) -> Bool {
      invitation(part.event).map { $0.participationStatus != status } ?? false
    }
    guard invited.contains(where: isNew) else { return false }
    if isNew(master) { master = try part(answered(master)) }
    for index in overrides.indices where isNew(overrides[index]) {
      overrides[index] = try part(answered(overrides[index]))
    }
    return true
  }
}

extension EventEdit {
  /// Puts the answer into the attendee's line, and keeps the rest of the line.
  fileprivate mutating func answer(
    _ status: Attendee.ParticipationStatus,
    as handle: EmailAddress,
    in event: EventComponent
  ) {
    // The lines are read in their order.
    let lines = zip(component.properties("ATTENDEE"), event.attendees).map { line, attendee in
      guard EmailAddress(attendee.user.address) == handle else { return line }
      let kept = line.parameters.filter { !["PARTSTAT", "RSVP"].contains($0.name.uppercased()) }
      return ContentLine(
        "ATTENDEE",
        parameters: kept + [.init("PARTSTAT", [status.rawValue])],
        value: line.value
      )
    }
    set("ATTENDEE", lines)
  }
}

extension ProviderError {
  fileprivate static let notInvited = Self.rejected(reason: Messages.notInvited)
}
