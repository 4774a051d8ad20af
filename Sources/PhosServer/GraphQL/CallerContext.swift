import CalendarCore
import CalendarService
import Foundation

/// What every resolver gets: who asks, and what can be done.
struct CallerContext: Sendable {
  let caller: Caller
  let useCases: UseCases
  /// The address that browsers use, without a trailing slash.
  let publicURL: String

  /// The signed, expiring address of an event's .ics; nil while the event's UID is not certain, or hidden.
  func invitationURL(of event: VisibleEvent) -> String? {
    guard !event.isRedacted, event.event.push.status == .synced else { return nil }
    let path = useCases.invitationLink.path(
      workspace: caller.workspaceID,
      event: event.event.id,
      now: useCases.clock.now
    )
    return "\(publicURL)/ics/\(path)"
  }
}
