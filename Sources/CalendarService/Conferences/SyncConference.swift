import CalendarCore
import Foundation
import JobQueue
import Logging

/// Lets the conferences of an event that live at services of their own be as the event is: moved with it, deleted with
/// it, and none left over.
struct SyncConference: WorkspaceJobWorker {
  let database: any Database
  let keeping: ConferenceProvisioner
  let clock: WallClock
  let backoff: Backoff
  let logger: Logger

  /// How long it is tried before a person has to look at it.
  private static let patience: TimeInterval = 3 * 86_400

  /// The work to be done for one conference.
  enum Operation: Sendable {
    case update(StandaloneConference, CreateConferenceOptions)
    case delete(StandaloneConference)
  }

  func perform(_ job: Job, lease: JobLease, within limit: Duration) async throws -> JobOutcome {
    let operations = try await database.read(job.workspaceID) { try Self.operations(job.eventID, from: $0) }
    for operation in operations {
      do throws(ProviderError) {
        try await perform(operation, job, within: limit)
      } catch {
        try Task.checkCancellation()
        return try await settle(error, of: operation, job, lease)
      }
    }
    try await database.write(job.workspaceID) { try $0.complete(job, lease) }
    return .completed
  }

  private static func operations(_ id: CalendarEvent.ID?, from reader: any WorkspaceReader) throws
    -> [Operation]
  {
    guard let id else { return [] }
    let event = try reader.events.find(id)
    return try reader.conferences.list(eventID: id).compactMap { kept in
      guard let event, event.deletedAt == nil, !event.isCanceled, event.wants(kept) else {
        return .delete(kept)
      }
      guard let agreed = event.agreed, agreed.conference.requestID == kept.requestID else { return nil }
      let options = CreateConferenceOptions(agreed.content, agreed.conference, requestID: kept.requestID)
      return options.fingerprint == kept.lastPushedFingerprint ? nil : .update(kept, options)
    }
  }

  private func perform(_ operation: Operation, _ job: Job, within limit: Duration) async throws(ProviderError)
  {
    let kept = operation.conference
    guard let keeper = keeping.conferences[kept.providerID] as? any StandaloneConferenceProvider else {
      throw .unavailable(reason: Messages.Conferences.noDriver)
    }
    let session = try await keeping.session(of: kept, keeper, in: job.workspaceID)
    let answer = await providerAnswer(within: limit) { () async throws(ProviderError) in
      switch operation {
      case .update(let kept, let options): try await keeper.updateConference(kept, options, session: session)
      case .delete(let kept): try await keeper.deleteConference(kept, session: session)
      }
    }
    do throws(ProviderError) { try answer.get() } catch {
      await keeping.noteRefusal(error, kept.accountID, job.workspaceID)
      switch error {
      // It was deleted at the service, and stays deleted.
      case .notFound, .gone: break
      default: throw error
      }
    }
    do {
      try await database.write(job.workspaceID) { transaction in
        switch operation {
        case .delete(let kept): try transaction.conferences.delete(kept)
        case .update(var kept, let options):
          kept.lastPushedFingerprint = options.fingerprint
          try transaction.conferences.save(kept)
        }
      }
    } catch {
      throw .unavailable(reason: Messages.Conferences.outcomeNotStored(error))
    }
  }

  private func settle(
    _ error: ProviderError,
    of operation: Operation,
    _ job: Job,
    _ lease: JobLease
  ) async throws -> JobOutcome {
    logger.warning(
      "A conference could not follow its meeting",
      metadata: ["event": "\(job.subject)", "attempt": "\(job.attempts)", "error": "\(error)"]
    )
    let now = clock.now
    let next = now.addingTimeInterval(backoff.delay(after: job.attempts, retryAfter: error.retryAfter))
    return try await database.write(job.workspaceID) { transaction in
      // The calendar's account is not to wait for another service.
      if case .rateLimited = error, operation.conference.accountID == job.accountID {
        try transaction.jobs.pause(resource: job.accountID.uuid, until: next)
      }
      let since = try transaction.event(of: job)?.updatedAt ?? now
      if error.isRetryable, now.timeIntervalSince(since) < Self.patience {
        try transaction.snooze(job, lease, until: next)
        return .snoozed
      }
      try transaction.discard(job, lease, reason: operation.sentence, at: now)
      return .completed
    }
  }
}

extension SyncConference.Operation {
  fileprivate var conference: StandaloneConference {
    switch self {
    case .update(let kept, _), .delete(let kept): kept
    }
  }

  /// The work that failed.
  fileprivate var sentence: String {
    switch self {
    case .update: Messages.Conferences.notUpdated
    case .delete: Messages.Conferences.notDeleted
    }
  }
}

extension CalendarEvent {
  /// Whether it was taken away before it ever came to be: see `withdraw`.
  var isWithdrawn: Bool { deletedAt != nil && agreed == nil && push.externalID == nil }

  /// Whether a conference is the event's, now or once it is delivered.
  fileprivate func wants(_ kept: StandaloneConference) -> Bool {
    conference.requestID == kept.requestID || agreed?.conference.requestID == kept.requestID
  }
}

extension WorkspaceTransaction {
  /// Has the conferences of an event follow it, if it has any that live by themselves.
  func requestFollowing(of event: CalendarEvent, newID: Job.ID, now: Date) throws {
    guard let kept = try conferences.list(eventID: event.id).first,
      let accountID = kept.accountID ?? event.accountID
    else { return }
    if try jobs.reschedule(.followConference, .event(event.id), now: now, at: now) != nil { return }
    try jobs.insert(
      Job(
        id: newID,
        workspaceID: workspaceID,
        kind: .followConference,
        subject: .event(event.id),
        accountID: accountID,
        scheduledAt: now
      )
    )
  }

  /// Takes away an event that never came to be; what a service has made for it goes, too.
  func withdraw(_ event: CalendarEvent, newID: Job.ID, now: Date) throws {
    guard try !conferences.list(eventID: event.id).isEmpty else { return try events.delete(event.id) }
    var hidden = event.deleted(at: now)
    hidden.push.status = .synced
    hidden.push.error = nil
    try events.update(hidden)
    try events.releaseKey(of: event.id)
    try requestFollowing(of: hidden, newID: newID, now: now)
  }
}

extension JobKind {
  /// Changes the conferences of an event, at services of their own, as the event was changed.
  static let followConference = JobKind(rawValue: "FOLLOW_CONFERENCE")
}
