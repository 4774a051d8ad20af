import CalendarCore
import Foundation
import JobQueue
import Logging

/// Sees what became of a conference that was pending, by reading the event that carries it.
struct ResolveConference: WorkspaceJobWorker {
  let database: any Database
  let calendars: CalendarProviderRegistry
  let sessions: AccountSessions
  let clock: WallClock
  let backoff: Backoff
  let logger: Logger

  /// How long a provider may say "pending", counted from when the event was delivered.
  static let patience: TimeInterval = 600

  func perform(_ job: Job, lease: JobLease, within limit: Duration) async throws -> JobOutcome {
    let context = try await database.read(job.workspaceID) { try JobContext.load(job, from: $0) }
    guard let context, context.event.conference.status == .pending,
      context.event.push.externalID != nil, !context.event.isHidden
    else {
      try await database.write(job.workspaceID) { try $0.complete(job, lease) }
      return .completed
    }
    guard let provider = calendars.provider(for: context.account) else {
      return try await settle(.unavailable(reason: Messages.Delivery.noDriver), job, lease)
    }
    let session = sessions.session(for: context.account, in: job.workspaceID)
    let reference = context.reference
    let answer = await providerAnswer(within: limit) { () async throws(ProviderError) in
      try await provider.event(reference, session: session)
    }
    switch answer {
    case .success(let found): return try await settle(found, job, lease)
    case .failure(let error):
      try Task.checkCancellation()
      return try await settle(error, job, lease)
    }
  }

  private func settle(_ found: ProviderEvent, _ job: Job, _ lease: JobLease) async throws -> JobOutcome {
    let (now, next) = (clock.now, next(after: job, retryAfter: nil))
    return try await database.write(job.workspaceID) { transaction in
      guard var event = try transaction.event(of: job) else {
        try transaction.complete(job, lease)
        return .completed
      }
      // A member may have chosen another one since then, which a job of its own requests.
      guard event.conference.status == .pending,
        event.conference.isSameChoice(as: event.agreed?.conference ?? event.conference)
      else {
        try transaction.complete(job, lease)
        return .completed
      }
      let answer = found.conference ?? .failure
      if answer == .pending, now.timeIntervalSince(event.updatedAt) < Self.patience {
        try transaction.snooze(job, lease, until: next)
        return .snoozed
      }
      event.conference.apply(answer == .pending ? .failure : answer)
      event.agreed?.conference = event.conference
      if let etag = found.etag { event.push.etag = etag }
      event.updatedAt = now
      try transaction.events.update(event)
      try Self.carryOver(event, transaction)
      try transaction.complete(job, lease)
      return .completed
    }
  }

  /// The occurrences of a series that differ from it have its conference, unless they have one of their own.
  private static func carryOver(_ series: CalendarEvent, _ transaction: any WorkspaceTransaction) throws {
    guard series.isRecurring else { return }
    for var exception in try transaction.events.exceptions(ofSeries: [series.id])
    where exception.conference.status == .pending && exception.conference.isSameChoice(as: series.conference)
    {
      exception.conference = series.conference
      if exception.agreed?.conference.isSameChoice(as: series.conference) == true {
        exception.agreed?.conference = series.conference
      }
      try transaction.events.update(exception)
    }
  }

  /// A provider that cannot be asked has not said no: the conference stays pending as long as an event would.
  private func settle(_ error: ProviderError, _ job: Job, _ lease: JobLease) async throws -> JobOutcome {
    logger.warning(
      "A conference could not be read",
      metadata: ["event": "\(job.subject)", "attempt": "\(job.attempts)", "error": "\(error)"]
    )
    let (now, next) = (clock.now, next(after: job, retryAfter: error.retryAfter))
    return try await database.write(job.workspaceID) { transaction in
      guard var event = try transaction.event(of: job) else {
        try transaction.complete(job, lease)
        return .completed
      }
      if case .authExpired = error {
        try transaction.markAuthFailed(job.accountID, at: now)
        try transaction.snooze(job, lease, until: now.addingTimeInterval(PushEvent.patience))
        return .snoozed
      }
      if case .rateLimited = error { try transaction.jobs.pause(resource: job.accountID.uuid, until: next) }
      if error.isRetryable, now.timeIntervalSince(event.updatedAt) < PushEvent.patience {
        try transaction.snooze(job, lease, until: next)
        return .snoozed
      }
      event.conference.status = .failure
      event.updatedAt = now
      try transaction.events.update(event)
      let reason = Messages.Conferences.linkNotFetched
      try transaction.discard(job, lease, reason: reason, at: now)
      return .completed
    }
  }

  private func next(after job: Job, retryAfter: Duration?) -> Date {
    clock.now.addingTimeInterval(backoff.delay(after: job.attempts, retryAfter: retryAfter))
  }
}

extension ResolveConference {
  func discarded(
    _ job: Job,
    because reason: String,
    at now: Date,
    in transaction: any WorkspaceTransaction
  ) throws {
    guard var event = try job.eventID.flatMap({ try transaction.events.find($0) }),
      event.conference.status == .pending
    else { return }
    event.conference.status = .failure
    event.updatedAt = now
    try transaction.events.update(event)
  }

  func retried(_ job: Job, at now: Date, in transaction: any WorkspaceTransaction) throws {
    try transaction.updateEvent(of: job, at: now) { event in
      if event.conference.status == .failure { event.conference.status = .pending }
    }
  }
}

extension JobKind {
  /// Reads what became of a conference that was pending.
  static let resolveConference = JobKind(rawValue: "RESOLVE_CONFERENCE")
}
