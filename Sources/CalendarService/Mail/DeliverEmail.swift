import CalendarCore
import Foundation
import JobQueue
import Logging

/// Hands a mail to its transport, once.
///
/// No transport tells two requests of the same mail apart, so that a mail is never handed over again while it is not
/// certain that the first time came to nothing. That it was handed over is written down before; a runner that finds that
/// without an answer, after a crash, says so and leaves it to a person.
struct DeliverEmail: WorkspaceJobWorker {
  let database: any Database
  let sending: MailSending
  let sessions: AccountSessions
  let clock: WallClock
  let backoff: Backoff
  let logger: Logger

  /// How long it is tried before a person has to look at it.
  static let patience: TimeInterval = 86_400
  static let unanswered =
    Messages.Mail.unanswered

  func perform(_ job: Job, lease: JobLease, within limit: Duration) async throws -> JobOutcome {
    let found = try await database.read(job.workspaceID) { reader -> (EmailMessage, ConnectedAccount)? in
      guard let email = try job.emailID.flatMap({ try reader.emails.find($0) }),
        email.delivery.status == .scheduled, let account = try reader.accounts.find(email.accountID)
      else { return nil }
      return (email, account)
    }
    guard let (email, account) = found else {
      try await database.write(job.workspaceID) { try $0.complete(job, lease) }
      return .completed
    }
    guard email.delivery.deliveryStartedAt == nil else {
      return try await giveUp(email, job, lease, as: .uncertain)
    }
    guard case .available(let transport) = sending.route(of: account) else {
      let reason = sending.unavailableReason(of: account) ?? ""
      return try await giveUp(email, job, lease, as: .failed, because: reason)
    }
    let now = clock.now
    guard try await database.write(job.workspaceID, { try $0.emails.beginDelivery(email.id, at: now) }) else {
      // The email was canceled, or another runner has it.
      try await database.write(job.workspaceID) { try $0.complete(job, lease) }
      return .completed
    }
    FailPoint.beforeProvider.reached()
    let message = email.outgoing(at: now)
    let session = sessions.session(for: account, in: job.workspaceID)
    let answer = await providerAnswer(within: limit) { () async throws(ProviderError) in
      try await transport.send(message, session: session)
    }
    FailPoint.afterProvider.reached()
    switch answer {
    case .success: return try await storeSent(email, job, lease)
    case .failure(let error):
      logger.warning(
        "A mail could not be sent",
        metadata: ["email": "\(email.id)", "attempt": "\(job.attempts)", "error": "\(error)"]
      )
      // It goes on although the run was cancelled: what is known now is known to nobody else.
      return try await Task { try await settle(error, of: email, job, lease) }.value
    }
  }

  /// The email was sent, and that counts even if another runner has the job now.
  private func storeSent(_ email: EmailMessage, _ job: Job, _ lease: JobLease) async throws -> JobOutcome {
    let now = clock.now
    return try await Task {
      try await database.write(job.workspaceID) { transaction in
        guard var sent = try transaction.emails.find(email.id) else { return JobOutcome.completed }
        sent.delivery.status = .sent
        sent.delivery.error = nil
        sent.delivery.sentAt = now
        try transaction.emails.updateDelivery(of: sent)
        if try !transaction.jobs.complete(job.id, owner: lease.owner) {
          // Another runner took this run for dead.
          _ = try transaction.jobs.deleteDiscarded(job.id)
        }
        return .completed
      }
    }.value
  }

  private func settle(
    _ error: ProviderError,
    of email: EmailMessage,
    _ job: Job,
    _ lease: JobLease
  ) async throws -> JobOutcome {
    if error.mayHaveBeenCarriedOut { return try await giveUp(email, job, lease, as: .uncertain) }
    let now = clock.now
    let next = now.addingTimeInterval(backoff.delay(after: job.attempts, retryAfter: error.retryAfter))
    guard error.isRetryable, now.timeIntervalSince(email.delivery.sendAt) < Self.patience else {
      return try await giveUp(
        email,
        job,
        lease,
        as: .failed,
        because: Self.sentence(error, of: email),
        error: error
      )
    }
    return try await database.write(job.workspaceID) { transaction in
      if case .rateLimited = error { try transaction.jobs.pause(resource: job.accountID.uuid, until: next) }
      try transaction.snooze(job, lease, until: next)
      try transaction.emails.abortDelivery(email.id)
      var waiting = email
      waiting.delivery.error =
        Messages.Mail.waiting
      try transaction.emails.updateDelivery(of: waiting)
      return .snoozed
    }
  }

  private func giveUp(
    _ email: EmailMessage,
    _ job: Job,
    _ lease: JobLease,
    as status: EmailStatus,
    because reason: String = unanswered,
    error: ProviderError? = nil
  ) async throws -> JobOutcome {
    let now = clock.now
    return try await database.write(job.workspaceID) { transaction in
      if case .authExpired = error { try transaction.markAuthFailed(email.accountID, at: now) }
      try transaction.discard(job, lease, reason: reason, at: now)
      var ended = email
      ended.delivery.status = status
      ended.delivery.error = reason
      try transaction.emails.updateDelivery(of: ended)
      return .completed
    }
  }

  /// Why a mail was refused for good.
  private static func sentence(_ error: ProviderError, of email: EmailMessage) -> String {
    switch error {
    case .authExpired: ReconnectRequired(.refused).message
    case .rejected(let reason):
      [Messages.Mail.refused(reason), ([email.from.address] + email.recipients).rejectionHint]
        .compactMap(\.self).joined(separator: " ")
    case .forbidden: Messages.Mail.forbidden
    case .notFound, .gone, .calendarMissing, .conflict: Messages.Mail.rejected
    case .rateLimited, .unavailable, .malformedReply:
      Messages.Mail.unreachable
    }
  }
}

extension DeliverEmail {
  func discarded(
    _ job: Job,
    because reason: String,
    at now: Date,
    in transaction: any WorkspaceTransaction
  ) throws {
    guard let email = try job.emailID.flatMap({ try transaction.emails.find($0) }) else { return }
    try transaction.markFailed(email, reason: reason)
  }

  func retried(_ job: Job, at now: Date, in transaction: any WorkspaceTransaction) throws {
    guard let email = try job.emailID.flatMap({ try transaction.emails.find($0) }) else { return }
    try transaction.schedule(email, at: now)
  }
}

extension WorkspaceTransaction {
  /// Says of a mail that waits why it will not go out.
  func markFailed(_ email: EmailMessage, reason: String) throws {
    guard email.delivery.status == .scheduled else { return }
    var failed = email
    failed.delivery.status = email.delivery.deliveryStartedAt == nil ? .failed : .uncertain
    failed.delivery.error = reason
    try emails.updateDelivery(of: failed)
  }
}

extension JobKind {
  /// Hands an email to its transport.
  static let sendEmail = JobKind(rawValue: "SEND_EMAIL")
}
