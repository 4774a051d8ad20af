package import CalendarCore
import Foundation
import ICalendar

/// Takes a guest's answer that came by mail (RFC 5546 §3.2.3), for meetings whose calendar hears of none.
///
/// The meeting is found by its UID and the guest by their address; who organizes it need not be said, as some mail
/// programs do not. Answers are taken in whatever order and however often they come: the newest counts.
package struct ReceiveReply: Sendable {
  let database: any Database
  let calendars: CalendarProviderRegistry
  let runner: JobRunner
  let ids: IdentifierSource
  let clock: WallClock

  /// Who answered what to which meeting.
  package struct Received: Sendable, Hashable {
    package let event: EventReference
    package let handle: EmailAddress
    package let displayName: String?
    package let responseStatus: CalendarEventResponseStatus
  }

  private static let mostOctets = 256 << 10

  /// The answer, also when it was known before.
  ///
  /// `content` is the .ics. Throws `InvalidInput` or `AccessError` with what is the matter with it.
  package func callAsFunction(_ content: String, caller: Caller) async throws -> Received {
    let message = try Self.message(content)
    let now = clock.now
    let (received, job) = try await database.write(caller.workspaceID) { [calendars, ids] transaction in
      try transaction.flags().require()
      let (event, account) = try Self.find(message, caller, transaction)
      guard let provider = calendars.provider(for: account) else {
        throw AccessError.notFound(what: "The calendar of this meeting", field: nil)
      }
      let exceptions = event.isRecurring ? try transaction.exceptions(ofSeries: [event.id]) : []
      let known = ScheduledEvent(
        uid: event.iCalUID,
        components: try InvitationFile.eventComponents(of: event, exceptions, now: event.createdAt),
        memory: try transaction.answers(to: event.id) ?? SchedulingMemory()
      )
      let reception = known.receiving(message, for: [account.handle.rawValue])
      let answer = try Self.answer(of: reception, to: message)
      try transaction.keep(reception.event.memory, to: event.id)
      var job: Job?
      var isStored = reception.event.overrides.count == known.overrides.count
      for stored in [event] + exceptions.filter({ !$0.isHidden }) {
        let component = stored.originalStart.map { reception.event.event(at: RecurrenceID($0.time)) }
        guard let told = component ?? reception.event.series,
          let changed = stored.taking(told.attendees, keepsEvents: provider.keepsEvents, at: now)
        else { continue }
        isStored = true
        try transaction.update(changed)
        if provider.keepsEvents {
          job = try transaction.requestAwaitedPush(of: changed, ids: ids, now: now)
        }
      }
      guard isStored else {
        throw InvalidInput(
          "content",
          "This answers one meeting of a series only. Answers are kept for the series, and for meetings that differ from it."
        )
      }
      return (try Received(event, answer), job)
    }
    if let job { _ = await runner.runNow(job.id, of: job.accountID) }
    return received
  }

  private static func message(_ content: String) throws(InvalidInput) -> SchedulingMessage {
    guard content.utf8.count <= mostOctets else {
      throw InvalidInput("content", "An answer has at most \(mostOctets >> 10) KB.")
    }
    guard let message = try? SchedulingMessage.parse(Array(content.utf8)) else {
      throw InvalidInput(
        "content",
        "This is not an answer to an invitation. Look for the .ics file in the mail."
      )
    }
    guard message.method == .reply else {
      throw InvalidInput(
        "content",
        "This is not an answer to an invitation, but something else about a meeting."
      )
    }
    return message
  }

  private static func find(
    _ message: SchedulingMessage,
    _ caller: Caller,
    _ reader: any WorkspaceReader
  ) throws -> (CalendarEvent, ConnectedAccount) {
    let uids = Set(message.events.compactMap { $0.property("UID")?.text })
    for uid in uids.sorted() {
      for event in try reader.events(iCalUID: uid) where !event.isHidden {
        guard let account = try event.accountID.flatMap({ try reader.account($0) }),
          account.ownerID == caller.memberID
        else { continue }
        guard !account.sendsInvitations else {
          throw AccessError.forbidden(
            reason: "The calendar of this meeting takes the answers of its guests itself.",
            field: "content"
          )
        }
        return (event, account)
      }
    }
    throw AccessError.notFound(what: "The meeting that was answered", field: "content")
  }

  /// The answer, if it counts.
  private static func answer(of reception: Reception, to message: SchedulingMessage) throws -> AttendeeAnswer
  {
    var problem = "It says nothing of a meeting."
    for outcome in reception.outcomes {
      switch outcome {
      case .answered(let answer): return answer
      case .crashed(let answer):
        problem = "\(answer.address) is not invited to this meeting."
      case .ignored(.duplicate): problem = "This answer was taken before."
      case .ignored(.stale): problem = "A newer answer of the same guest is known."
      case .ignored(.earlierSequence): problem = "The meeting was moved after this answer was given."
      case .ignored(.unknownInstance): problem = "The series has no meeting at the time that was answered."
      case .ignored(.noAttendee), .ignored(.senderIsNotAttendee): problem = "It does not say who answers."
      case .ignored(.otherOrganizer): problem = "It answers somebody else's invitation."
      default: continue
      }
    }
    throw InvalidInput("content", problem)
  }
}

extension ReceiveReply.Received {
  fileprivate init(_ event: CalendarEvent, _ answer: AttendeeAnswer) throws {
    let guest = event.participants.first { $0.handle.normalized == answer.address.lowercased() }
    guard let handle = guest?.handle ?? EmailAddress(answer.address) else { throw StoreError.missing }
    self.init(
      event: event.reference,
      handle: handle,
      displayName: guest?.displayName,
      responseStatus: answer.status.responseStatus ?? .needsAction
    )
  }
}

extension CalendarEvent {
  /// With what guests have answered; nil where that changes nothing.
  fileprivate func taking(_ told: [Attendee], keepsEvents: Bool, at now: Date) -> CalendarEvent? {
    var event = self
    for index in event.attendees.indices {
      let address = event.attendees[index].handle.normalized
      let answer = told.first { $0.user.address.lowercased() == address }?.participationStatus.responseStatus
      if let answer { event.attendees[index].responseStatus = answer }
    }
    guard event.attendees != attendees else { return nil }
    if keepsEvents {
      (event.push.status, event.push.error) = (.pending, nil)
    } else {
      let answered = event.attendees
      event.agreed?.content.attendees = answered
    }
    event.version += 1
    event.updatedAt = now
    return event
  }
}

extension Attendee.ParticipationStatus {
  /// The same answer in our words; nil for what we have none for, such as that somebody else comes.
  fileprivate var responseStatus: CalendarEventResponseStatus? {
    switch self {
    case .needsAction: .needsAction
    case .accepted: .accepted
    case .declined: .declined
    case .tentative: .tentative
    default: nil
    }
  }
}
