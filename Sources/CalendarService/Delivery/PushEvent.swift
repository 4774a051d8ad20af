import CalendarCore
import Foundation
import ICalendar
import JobQueue
import Logging

/// Brings one event, or what was changed of it, to its provider, and stores what came of that together with the job's
/// end.
struct PushEvent: WorkspaceJobWorker {
  let database: any Database
  let calendars: CalendarProviderRegistry
  let keeping: ConferenceProvisioner
  let sessions: AccountSessions
  let awaited: AwaitedChanges
  let guests: NotifyGuests
  let ids: IdentifierSource
  let clock: WallClock
  let backoff: Backoff
  let logger: Logger

  /// How long an event is tried before a person has to look at it.
  static let patience: TimeInterval = 3 * 86_400

  func perform(_ job: Job, lease: JobLease, within limit: Duration) async throws -> JobOutcome {
    guard let context = try await context(of: job), let operation = context.operation else {
      try await database.write(job.workspaceID) { try $0.complete(job, lease) }
      return .completed
    }
    if let pause = context.pause(at: clock.now) {
      try await database.write(job.workspaceID) {
        try $0.snooze(job, lease, until: pause)
      }
      return .snoozed
    }
    let settlement = PushSettlement(
      job: job,
      lease: lease,
      context: context,
      awaited: awaited,
      clock: clock,
      ids: ids
    )
    let answer = try await answer(context, operation, within: limit) { [database, clock] in
      if lease.isRecent(at: clock.now) { return true }
      // Where the database does not say so, nothing is written.
      return (try? await database.read(job.workspaceID) { try $0.jobs.isClaimed(job.id, by: lease.owner) })
        ?? false
    }
    switch answer {
    case .success(let delivery):
      let answers = try await database.write(job.workspaceID) { transaction in
        try settlement.store(delivery, in: transaction)
        let event = try transaction.event(of: job)
        if let event {
          try guests.tell(of: delivery, on: event, context, in: transaction)
          try follow(event, in: transaction)
        }
        return try awaited.readAnswers(after: job, on: event, from: transaction)
      }
      awaited.deliver(answers, after: job)
      FailPoint.storedResult.reached()
      return .completed
    case .failure(let failure):
      try Task.checkCancellation()
      return try await settle(failure, of: job, settlement)
    }
  }

  private func context(of job: Job) async throws -> JobContext? {
    if let context = awaited.context(of: job) { return context }
    return try await database.read(job.workspaceID) { try JobContext.load(job, from: $0) }
  }

  private func settle(
    _ failure: ProviderRejection,
    of job: Job,
    _ settlement: PushSettlement
  ) async throws -> JobOutcome {
    logger.warning(
      "An event could not be delivered",
      metadata: ["event": "\(job.subject)", "attempt": "\(job.attempts)", "error": "\(failure.cause)"]
    )
    let pause = backoff.delay(after: job.attempts, retryAfter: failure.cause.retryAfter)
    do {
      let outcome = try await database.write(job.workspaceID) { transaction in
        let outcome = try settlement.store(
          failure,
          next: clock.now.addingTimeInterval(pause),
          in: transaction
        )
        if case .refused = outcome, let event = try transaction.event(of: job) {
          try follow(event, in: transaction)
        }
        return outcome
      }
      if case .refused(let refusal) = outcome { awaited.didRevert(job, refusal) }
      return outcome
    } catch {
      awaited.notStored(job, because: error)
      throw error
    }
  }

  /// Requests the jobs that make standalone conferences follow what the event is now.
  private func follow(_ event: CalendarEvent, in transaction: any WorkspaceTransaction) throws {
    try transaction.requestFollowing(of: event, newID: ids.makeJobID(), now: clock.now)
  }

  private func answer(
    _ context: JobContext,
    _ operation: JobContext.Operation,
    within limit: Duration,
    isStillOurs: @escaping @Sendable () async -> Bool
  ) async throws -> Result<Delivery, ProviderRejection> {
    func refused(_ error: ProviderError) -> Result<Delivery, ProviderRejection> {
      .failure(ProviderRejection(error))
    }
    guard let provider = calendars.provider(for: context.account) else {
      return refused(.unavailable(reason: Messages.Delivery.noDriver))
    }
    guard context.account.authFailedAt == nil else {
      return refused(.authExpired(reason: Messages.Delivery.refusedBefore))
    }
    if let series = context.series, context.event.isLeftBehind(by: series) {
      return refused(.rejected(reason: Messages.Delivery.seriesFailed))
    }
    guard context.channel.isWritable else { return refused(.notFound) }
    // A process that was away for days must not rewrite what has happened by now.
    if operation == .change, let agreed = context.event.agreed, agreed.isOver(at: clock.now),
      !EventMerge.difference(from: agreed, to: context.event.editable).isEmpty
    {
      return .failure(ProviderRejection(.rejected(reason: Messages.Delivery.over), isOver: true))
    }
    let delivering = EventDelivery(
      provider: provider,
      keeping: keeping,
      session: sessions.session(for: context.account, in: context.workspaceID),
      now: clock.now,
      earlierVersions: { [database, event = context.event] () async throws(ProviderError) in
        do { return try await database.read(context.workspaceID) { try $0.versions(before: event) } } catch {
          // Without them, our own unconfirmed change would pass for another client's and stand against a later one.
          throw .unavailable(reason: Messages.Delivery.versionsUnread)
        }
      },
      isStillOurs: isStillOurs
    )
    FailPoint.beforeProvider.reached()
    let answer = await providerAnswer(within: limit) { () async throws(ProviderError) in
      try await delivering.deliver(context, operation)
    }
    FailPoint.afterProvider.reached()
    return answer.mapError { ProviderRejection($0, operation, guests: context.event.attendees) }
  }
}

extension PushEvent {
  func discarded(
    _ job: Job,
    because reason: String,
    at now: Date,
    in transaction: any WorkspaceTransaction
  ) throws {
    guard let event = try job.eventID.flatMap({ try transaction.events.find($0) }),
      event.push.status == .pending
    else { return }
    try transaction.markFailed(event, reason: reason)
  }

  func retried(_ job: Job, at now: Date, in transaction: any WorkspaceTransaction) throws {
    try transaction.updateEvent(of: job, at: now) { event in
      guard event.push.status == .failed else { return }
      event.push.status = .pending
      event.push.error = PendingReason.again
    }
  }
}

extension EventVersion {
  /// Whether what the provider has of the event is over; a series never is before its last meeting.
  fileprivate func isOver(at now: Date) -> Bool {
    content.recurrence.isEmpty && content.timing.isOver(at: now)
  }
}

extension JobKind {
  /// Brings an event, or what was changed of it, to its provider.
  static let pushEvent = JobKind(rawValue: "PUSH_EVENT")
}
