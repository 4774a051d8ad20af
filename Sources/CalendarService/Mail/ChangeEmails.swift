package import CalendarCore
import Foundation
import JobQueue

/// Takes a mail back that has not left, and tries one again that did not.
package struct ChangeEmails: Sendable {
  let database: any Database
  let runner: WorkspaceJobRunner
  let ids: IdentifierSource
  let clock: WallClock

  /// Nothing is left of the mail.
  ///
  /// Throws `EmailGone` once a runner has begun to send it.
  package func cancel(_ id: EmailMessage.ID, caller: Caller) async throws {
    try await database.write(caller.workspaceID) { transaction in
      let email = try Self.find(id, caller, transaction)
      guard try transaction.emails.deleteWaiting(email.id) else {
        throw EmailGone(status: email.delivery.status)
      }
    }
  }

  /// Sends a mail again that was not sent, or may not have been, and one that waits, now.
  package func retry(_ id: EmailMessage.ID, caller: Caller) async throws -> EmailMessage {
    let (clock, jobID) = (clock, ids.makeJobID())
    let (email, job) = try await database.write(caller.workspaceID) { transaction in
      let email = try Self.find(id, caller, transaction)
      guard email.delivery.status != .sent else { throw EmailGone(status: .sent) }
      try transaction.schedule(email, at: clock.now)
      let now = clock.now
      if let job = try transaction.jobs.reschedule(.sendEmail, .email(email.id), now: now, at: now) {
        return (email, job)
      }
      let job = Job(
        id: jobID,
        workspaceID: caller.workspaceID,
        kind: .sendEmail,
        priority: .interactive,
        subject: .email(email.id),
        accountID: email.accountID,
        scheduledAt: clock.now
      )
      try transaction.jobs.insert(job)
      return (email, job)
    }
    _ = await runner.runNow(job)
    return try await database.read(caller.workspaceID) { try $0.emails.find(email.id) } ?? email
  }

  static func find(_ id: EmailMessage.ID, _ caller: Caller, _ reader: any WorkspaceReader) throws
    -> EmailMessage
  {
    guard let email = try reader.emails.find(id), email.senderID == caller.memberID else {
      throw AccessError.missingEmail
    }
    return email
  }
}

extension WorkspaceTransaction {
  /// Has a mail wait to be sent again that was not, or may not have been.
  func schedule(_ email: EmailMessage, at now: Date) throws {
    guard [.failed, .uncertain].contains(email.delivery.status) else { return }
    var waiting = email
    waiting.delivery = EmailDelivery(sendAt: now)
    try emails.updateDelivery(of: waiting)
    try emails.abortDelivery(email.id)
  }
}

/// It is too late for that.
package struct EmailGone: UseCaseError, Hashable {
  let status: EmailStatus

  package var code: ErrorCode { .conflict }
  package var message: String {
    switch status {
    case .scheduled: Messages.Mail.sending
    case .sent: Messages.Mail.sent
    case .failed, .uncertain: Messages.Mail.notWaiting
    }
  }
}
