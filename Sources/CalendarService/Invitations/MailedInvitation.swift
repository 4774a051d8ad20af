import CalendarCore
import Foundation
import ICalendar

/// The .ics of an event as a mail about it carries it.
///
/// It invites where nobody else does. Where the guests hear of the meeting otherwise it has no METHOD: a file that a
/// reader may look into, under the same UID, so that no calendar has the meeting twice.
package struct MailedInvitation: Sendable, Hashable {
  package let name: String
  /// The media type with its parameters.
  package let type: String
  package let content: [UInt8]
  package let isInvitation: Bool

  /// Nil while the provider has not named the event yet.
  init?(of event: CalendarEvent, exceptions: [CalendarEvent], isTold: Bool, now: Date) throws {
    guard let components = try InvitationFile.components(of: event, exceptions, now: now) else { return nil }
    let hasGuests = event.participants.contains { !$0.isOrganizer }
    isInvitation = hasGuests && !isTold && !event.sendInvitations && !event.isCanceled
    if isInvitation {
      let message = try SchedulingMessage.request(for: components)
      type = message.contentType
      content = message.serialized()
    } else {
      type = "text/calendar; charset=UTF-8"
      content = CalendarObject(events: components).serialized()
    }
    name = "invite.ics"
  }
}

extension CalendarProvider {
  /// Whether the guests of the event, as it was written last, hear of it from the provider.
  func notifiesGuests(of event: CalendarEvent, _ account: ConnectedAccount) -> Bool {
    account.sendsInvitations && (event.sendInvitations || !supportsSilentUpdates)
  }
}
