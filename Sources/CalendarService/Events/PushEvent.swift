import CalendarCore
import Foundation
import ICalendar
import Logging

/// Brings one event to its provider, and stores what the provider made of it together with the job's end.
struct PushEvent: JobHandler {
  let database: any Database
  let calendars: CalendarProviderRegistry
  let conferences: ConferenceProviderRegistry
  let sessions: AccountSessions
  let ids: IdentifierSource
  let clock: WallClock
  let backoff: Backoff
  let logger: Logger

  /// How long an event is tried before a person has to look at it.
  static let patience: TimeInterval = 3 * 86_400

  func run(_ job: Job, lease: JobLease, within limit: Duration) async throws -> JobOutcome {
    let context = try await database.read(job.workspaceID) { try JobContext.load(job, from: $0) }
    guard let context, context.event.push.status != .synced else {
      try await database.write(job.workspaceID) { try $0.finish(job, lease) }
      return .done
    }
    guard let provider = calendars.provider(for: context.account) else {
      return try await settle(.unavailable(reason: "No driver for the account in this program"), job, lease)
    }
    guard context.account.authFailedAt == nil else {
      return try await settle(.authExpired(reason: "Refused before"), job, lease)
    }
    guard context.channel.isWritable else {
      return try await settle(.notFound, job, lease)
    }
    let (conferences, session) = (conferences, sessions.session(for: context.account, in: job.workspaceID))
    FailPoint.beforeProvider.reached()
    let answer = await providerAnswer(within: limit) { () async throws(ProviderError) in
      let conference = try await Self.conference(for: context.event, from: conferences)
      let draft = try Self.draft(context, conference: conference)
      return (try await provider.createEvent(draft, session: session), conference)
    }
    FailPoint.afterProvider.reached()
    switch answer {
    case .success((let made, let conference)):
      try await store(made, conference, job, lease)
      FailPoint.storedResult.reached()
      return .done
    case .failure(let error):
      try Task.checkCancellation()
      return try await settle(error, job, lease)
    }
  }

  private static func conference(
    for event: CalendarEvent,
    from registry: ConferenceProviderRegistry
  ) async throws(ProviderError) -> ConferenceCreation? {
    guard let requestID = event.conference.requestID else { return nil }
    guard let provider = registry[event.conference.providerID] else {
      throw .unavailable(reason: "No driver for the conference in this program")
    }
    return try await provider.createConference(
      CreateConferenceOptions(
        requestID: requestID,
        title: event.title,
        startsAt: event.timing.startInstant(in: .utc),
        endsAt: event.timing.endInstant(in: .utc),
        attendees: event.participants.filter { !$0.isOrganizer }.map(\.handle),
        customLink: event.conference.link
      )
    )
  }

  private static func draft(
    _ context: JobContext,
    conference: ConferenceCreation?
  ) throws(ProviderError) -> ProviderEventDraft {
    let event = context.event
    guard let organizer = event.organizer else { throw .rejected(reason: "The meeting has no organizer.") }
    return ProviderEventDraft(
      eventID: event.id,
      calendarExternalID: context.channel.externalID,
      iCalUID: event.iCalUID,
      sequence: event.sequence,
      title: event.title,
      details: event.details,
      location: event.location,
      timing: event.timing,
      recurrence: event.recurrence,
      organizer: organizer,
      attendees: event.participants.filter { !$0.isOrganizer },
      notifyAttendees: event.sendInvitations,
      conference: conference,
      createdAt: event.createdAt
    )
  }

  private func store(
    _ made: ProviderEvent,
    _ conference: ConferenceCreation?,
    _ job: Job,
    _ lease: JobLease
  ) async throws {
    let (now, pollID) = (clock.now, ids.make(Job.self))
    try await database.write(job.workspaceID) { transaction in
      try transaction.finish(job, lease)
      guard var event = try transaction.event(job.eventID) else { return }
      event.push = PushState(
        status: .synced,
        externalID: made.externalID,
        etag: made.etag,
        providerURL: made.url
      )
      event.iCalUID = made.iCalUID
      event.sequence = made.sequence
      if case .ready(let conference) = conference {
        event.conference.status = .success
        event.conference.link = conference.link
      } else if conference != nil {
        event.conference.apply(made.conference ?? .pending)
      }
      event.updatedAt = now
      try transaction.update(event)
      FailPoint.storingResult.reached()
      guard event.conference.status == .pending else { return }
      try transaction.enqueue(
        Job(
          id: pollID,
          workspaceID: job.workspaceID,
          kind: .resolveConference,
          eventID: event.id,
          accountID: job.accountID,
          runAfter: now.addingTimeInterval(1)
        )
      )
    }
  }

  /// Decides what an error means for the event, and stores that with the job's end.
  private func settle(_ error: ProviderError, _ job: Job, _ lease: JobLease) async throws -> JobOutcome {
    logger.warning(
      "An event could not be delivered",
      metadata: ["event": "\(job.eventID)", "attempt": "\(job.attempts)", "error": "\(error)"]
    )
    let now = clock.now
    let next = now.addingTimeInterval(backoff.delay(after: job.attempts, retryAfter: error.retryAfter))
    return try await database.write(job.workspaceID) { transaction in
      if case .authExpired = error { try transaction.markAuthFailed(job.accountID, at: now) }
      if case .rateLimited = error { try transaction.holdJobs(of: job.accountID, until: next) }
      guard var event = try transaction.event(job.eventID) else {
        try transaction.finish(job, lease)
        return .done
      }
      // As long as no answer was given, the person is still there and can mend it: the event was never accepted.
      if !error.isRetryable, event.push.error == nil, event.push.externalID == nil {
        try transaction.finish(job, lease)
        try transaction.deleteEvent(event.id)
        return .refused(EventRefused(error))
      }
      event.push.error = PushDelay(error).message
      if error.isRetryable, now.timeIntervalSince(event.updatedAt) < Self.patience {
        try transaction.postpone(job, lease, until: next)
        try transaction.update(event)
        return .postponed
      }
      let refusal = EventRefused(error)
      if case .authExpired = error {
        // The job rests until the account is connected again.
        try transaction.postpone(job, lease, until: now.addingTimeInterval(Self.patience))
        try transaction.update(event)
        return .refused(refusal)
      }
      event.push.status = .failed
      event.push.error = refusal.message
      try transaction.update(event)
      try transaction.bury(job, lease, reason: refusal.message, at: now)
      return .refused(refusal)
    }
  }
}

extension EventConference {
  /// Takes over what the provider says of the conference that was asked for.
  mutating func apply(_ answer: ProviderConference) {
    switch answer {
    case .pending: status = .pending
    case .failure: status = .failure
    case .success(let conference):
      status = .success
      link = conference.link
    }
  }
}
