import CalendarCore
import CalendarService
import Foundation

/// The context of every resolver: the caller, and the use cases.
struct CallerContext: Sendable {
  let caller: Caller
  let useCases: UseCases
  /// The address that browsers use, without a trailing slash.
  let publicURL: String
  /// Where a client of a stream has got to; nil for a single answer.
  var place: ResumeCursor?
  /// The records that other fields of the same answer have read already.
  let records: RecordLoader

  init(caller: Caller, useCases: UseCases, publicURL: String) {
    self.caller = caller
    self.useCases = useCases
    self.publicURL = publicURL
    records = RecordLoader(useCases, caller: caller)
  }

  /// For the next event of a stream: nothing that was read for the last one.
  func renewed() -> CallerContext { CallerContext(caller: caller, useCases: useCases, publicURL: publicURL) }

  /// The signed, expiring address of an event's .ics; nil while the event's UID is not certain, or hidden.
  func invitationURL(of event: VisibleEvent) -> String? {
    useCases.events.invitations.path(to: event, caller: caller).map { "\(publicURL)/ics/\($0)" }
  }
}
