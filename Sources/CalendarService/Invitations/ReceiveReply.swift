package import CalendarCore
import Foundation
import ICalendar
import JobQueue

/// Applies a guest's reply that a member found in their mail.
package struct ReceiveReply: Sendable {
  let take: ApplyReply
  let surroundings: EventReadContext
  let runner: WorkspaceJobRunner

  /// A guest's response to a meeting.
  package struct Received: Sendable, Hashable {
    package let event: EventReference
    package let handle: EmailAddress
    package let displayName: String?
    package let responseStatus: CalendarEventResponseStatus
    /// Whom the guest asks to come instead.
    package let delegates: [String]
    /// Why parts of the reply do not count, in sentences: one message may answer a series and some of its meetings.
    package let ignoredParts: [String]
  }

  /// The answer, as it is kept now, and the meeting; nil where that is gone already.
  ///
  /// `content` is the .ics. Throws `InvalidInput` or `AccessError` with what is the matter with it.
  package func callAsFunction(
    _ content: String,
    caller: Caller
  ) async throws -> (received: Received, meeting: ShownEvent?) {
    let (received, jobs) = try await take(
      content,
      of: caller.memberID,
      in: caller.workspaceID,
      headStart: Job.headStart
    )
    _ = await runner.runNow(jobs)
    let meeting = try await take.database.read(caller.workspaceID) { [surroundings] reader in
      try surroundings.find(received.event, for: caller, in: reader)
    }
    return (received, meeting)
  }
}

/// Takes a guest's answer that came by mail (RFC 5546 §3.2.3), for meetings whose calendar hears of none.
///
/// The meeting is found by its UID and the guest by their address; who organizes it need not be said, as some mail
/// programs do not. Answers are taken in whatever order and however often they come: the newest counts.
struct ApplyReply: Sendable {
  let database: any Database
  let calendars: CalendarProviderRegistry
  let ids: IdentifierSource
  let clock: WallClock

  private static let maximumOctets = 256 << 10

  /// The stored response to a meeting of `owner`, and the jobs that bring it to the calendar.
  ///
  /// These are left to the caller for `headStart` seconds.
  func callAsFunction(
    _ content: String,
    of owner: WorkspaceMember.ID,
    in workspace: Workspace.ID,
    headStart: TimeInterval
  ) async throws -> (received: ReceiveReply.Received, jobs: [Job]) {
    let messages = try Self.messages(content)
    let now = clock.now
    return try await database.write(workspace) { [calendars, ids] transaction in
      try transaction.members.flags().require()
      let (event, account) = try Self.find(messages, owner, transaction)
      guard let provider = calendars.provider(for: account) else {
        throw AccessError.notFound(what: Messages.Things.meetingCalendar, field: nil)
      }
      let exceptions = event.isRecurring ? try transaction.events.exceptions(ofSeries: [event.id]) : []
      var answeredEvent = ScheduledEvent(
        uid: event.iCalUID,
        components: try InvitationFile.eventComponents(of: event, exceptions, now: event.createdAt),
        memory: try transaction.events.answers(to: event.id) ?? SchedulingMemory()
      )
      let outcomes = messages.flatMap { message in
        let reception = answeredEvent.receiving(message, for: [account.handle.rawValue])
        answeredEvent = reception.event
        return reception.outcomes
      }
      let (answer, ignoredParts) = try Self.answer(of: outcomes, by: [event] + exceptions)
      try transaction.events.keep(answeredEvent.memory, to: event.id)
      var (jobs, answered): ([Job], [CalendarEvent]) = ([], [])
      let own = try Self.ownRows(
        of: answeredEvent,
        series: event,
        exceptions: exceptions,
        ids: ids,
        at: now,
        transaction
      )
      // The series goes last: its answer must not reach the calendar before those that differ from it.
      for stored in exceptions.filter({ !$0.isHidden }) + own + [event] {
        let component = stored.originalStart.map { answeredEvent.event(at: RecurrenceID($0.time)) }
        guard let told = component ?? answeredEvent.series,
          let changed = stored.taking(told.attendees, storesEvents: provider.storesEvents, at: now)
        else { continue }
        try transaction.events.update(changed)
        answered.append(changed)
        if provider.storesEvents {
          jobs.append(
            try transaction.requestPush(
              of: changed,
              newID: ids.makeJobID(),
              now: now,
              scheduledAt: now.addingTimeInterval(headStart)
            )
          )
        }
      }
      let meeting = answered.count == 1 ? answered[0] : event
      return (try ReceiveReply.Received(meeting, answer, ignoredParts: ignoredParts), jobs)
    }
  }

  /// Rows for the occurrences that have none and were answered apart from their series.
  private static func ownRows(
    of answered: ScheduledEvent,
    series event: CalendarEvent,
    exceptions: [CalendarEvent],
    ids: IdentifierSource,
    at now: Date,
    _ transaction: any WorkspaceTransaction
  ) throws -> [CalendarEvent] {
    let series = RecurringEvent(event, exceptions: exceptions)
    let known = Set(exceptions.compactMap(\.originalStart))
    return try answered.overrides.compactMap(\.recurrenceID).compactMap { id in
      let start = OriginalStart(id.time)
      guard !known.contains(start), let occurrence = series.occurrence(start) else { return nil }
      let own = occurrence.detached(as: ids.make(), now: now)
      try transaction.events.insert(own, idempotencyKey: nil, fingerprint: nil)
      return own
    }
  }

  /// The replies in the file, which may have several VCALENDARs.
  private static func messages(_ content: String) throws(InvalidInput) -> [SchedulingMessage] {
    guard content.utf8.count <= maximumOctets else {
      throw InvalidInput("content", Messages.Replies.tooLarge(maximumOctets >> 10))
    }
    guard let messages = try? SchedulingMessage.parseAll(Array(content.utf8)) else {
      throw InvalidInput(
        "content",
        Messages.Replies.notAReply
      )
    }
    let replies = messages.filter { $0.method == .reply }
    guard !replies.isEmpty else {
      throw InvalidInput(
        "content",
        Messages.Replies.otherMethod
      )
    }
    return replies
  }

  private static func find(
    _ messages: [SchedulingMessage],
    _ owner: WorkspaceMember.ID,
    _ reader: any WorkspaceReader
  ) throws -> (CalendarEvent, ConnectedAccount) {
    let uids = Set(messages.flatMap(\.events).compactMap { $0.property("UID")?.text })
    for uid in uids.sorted() {
      for event in try reader.events.find(iCalUID: uid) where !event.isHidden {
        guard let account = try event.accountID.flatMap({ try reader.accounts.find($0) }),
          account.ownerID == owner
        else { continue }
        guard !account.sendsInvitations else {
          throw AccessError.forbidden(
            reason: Messages.Replies.takenByCalendar,
            field: "content"
          )
        }
        return (event, account)
      }
    }
    throw AccessError.notFound(what: Messages.Things.repliedMeeting, field: "content")
  }

  /// The answer, and why other parts of the reply do not count; throws where none counts.
  ///
  /// A person to whom a guest delegates becomes a guest only once the organizer has invited them.
  private static func answer(
    of outcomes: [SchedulingOutcome],
    by events: [CalendarEvent]
  ) throws -> (answer: AttendeeAnswer, ignoredParts: [String]) {
    let guests = Set(events.flatMap(\.participants).map(\.handle))
    var answer: AttendeeAnswer?
    var problems: [String] = []
    for outcome in outcomes {
      if case .answered(let given) = outcome, EmailAddress(given.address).map(guests.contains) ?? false {
        answer = answer ?? given
      } else if let problem = problem(outcome), !problems.contains(problem) {
        problems.append(problem)
      }
    }
    guard let answer else {
      throw InvalidInput(
        "content",
        problems.isEmpty ? Messages.Replies.noMeeting : problems.joined(separator: " ")
      )
    }
    return (answer, problems.filter { $0 != Messages.Replies.duplicate })
  }

  /// Why a part of a reply does not count.
  private static func problem(_ outcome: SchedulingOutcome) -> String? {
    switch outcome {
    case .answered(let answer), .crashed(let answer): Messages.Replies.notInvited(answer.address)
    case .ignored(.duplicate): Messages.Replies.duplicate
    case .ignored(.stale): Messages.Replies.stale
    case .ignored(.earlierSequence): Messages.Replies.beforeMove
    case .ignored(.unknownInstance): Messages.Replies.unknownOccurrence
    case .ignored(.otherUID): Messages.Replies.otherMeeting
    case .ignored(.noAttendee), .ignored(.senderIsNotAttendee): Messages.Replies.noSender
    case .ignored(.unreadable): Messages.Replies.unreadableOccurrence
    default: nil
    }
  }
}

extension ReceiveReply.Received {
  fileprivate init(_ event: CalendarEvent, _ answer: AttendeeAnswer, ignoredParts: [String]) throws {
    let guest = event.participants.first { $0.handle == EmailAddress(answer.address) }
    guard let handle = guest?.handle ?? EmailAddress(answer.address) else { throw StoreError.inconsistent }
    self.init(
      event: event.reference,
      handle: handle,
      displayName: guest?.displayName,
      responseStatus: answer.status.responseStatus,
      delegates: answer.status == .delegated ? answer.delegates : [],
      ignoredParts: ignoredParts
    )
  }
}

extension CalendarEvent {
  /// With what guests have answered; nil where that changes nothing.
  fileprivate func taking(_ told: [Attendee], storesEvents: Bool, at now: Date) -> CalendarEvent? {
    var event = self
    for index in event.attendees.indices {
      let handle = event.attendees[index].handle
      let answer = told.first { EmailAddress($0.user.address) == handle }?.participationStatus.responseStatus
      if let answer { event.attendees[index].responseStatus = answer }
    }
    guard event.attendees != attendees else { return nil }
    if storesEvents {
      event.push.status = .pending
      event.push.error = nil
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
  /// The response as this program's type.
  fileprivate var responseStatus: CalendarEventResponseStatus {
    switch self {
    case .needsAction: .needsAction
    case .accepted: .accepted
    // A guest who delegates does not come; the organizer decides whether to invite the delegate.
    case .declined, .delegated: .declined
    case .tentative: .tentative
    }
  }
}
