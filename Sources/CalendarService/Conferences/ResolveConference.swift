import CalendarCore
import Foundation
import Logging

/// Sees what became of a conference that was pending, by reading the event that carries it.
struct ResolveConference: JobHandler {
  let database: any Database
  let calendars: CalendarProviderRegistry
  let sessions: AccountSessions
  let clock: WallClock
  let backoff: Backoff
  let logger: Logger

  /// How often a provider is asked: over about ten minutes.
  static let mostAttempts = 10

  func run(_ job: Job, lease: JobLease, within limit: Duration) async throws -> JobOutcome {
    let context = try await database.read(job.workspaceID) { try JobContext.load(job, from: $0) }
    guard let context, context.event.conference.status == .pending,
      let externalID = context.event.push.externalID,
      let provider = calendars.provider(for: context.account)
    else {
      try await database.write(job.workspaceID) { try $0.finish(job, lease) }
      return .done
    }
    let session = sessions.session(for: context.account, in: job.workspaceID)
    let reference = ProviderEventReference(
      calendarExternalID: context.channel.externalID,
      externalID: externalID
    )
    let answer = await providerAnswer(within: limit) { () async throws(ProviderError) in
      try await provider.event(reference, session: session)
    }
    switch answer {
    case .success(let found):
      return try await settle(found.conference ?? .failure, etag: found.etag, error: nil, job, lease)
    case .failure(let error):
      logger.warning(
        "A conference could not be read",
        metadata: ["event": "\(job.eventID)", "attempt": "\(job.attempts)", "error": "\(error)"]
      )
      return try await settle(error.isRetryable ? .pending : .failure, etag: nil, error: error, job, lease)
    }
  }

  private func settle(
    _ answer: ProviderConference,
    etag: String?,
    error: ProviderError?,
    _ job: Job,
    _ lease: JobLease
  ) async throws -> JobOutcome {
    let now = clock.now
    let next = now.addingTimeInterval(backoff.delay(after: job.attempts, retryAfter: error?.retryAfter))
    return try await database.write(job.workspaceID) { transaction in
      if answer == .pending, job.attempts < Self.mostAttempts {
        try transaction.postpone(job, lease, until: next)
        return .postponed
      }
      try transaction.finish(job, lease)
      guard var event = try transaction.event(job.eventID) else { return .done }
      event.conference.apply(answer == .pending ? .failure : answer)
      if let etag { event.push.etag = etag }
      event.updatedAt = now
      try transaction.update(event)
      return .done
    }
  }
}
