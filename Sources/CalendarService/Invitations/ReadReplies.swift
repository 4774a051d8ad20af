import CalendarCore
import Foundation
import JobQueue
import Logging

/// Looks into an account's mailbox for answers to invitations, again and again.
///
/// There is one such job an account while it has a mailbox. It knows how far it has read; an answer that is found twice
/// is the same answer.
struct ReadReplies: WorkspaceJobWorker {
  let database: any Database
  let inboxes: MailInboxRegistry
  let sessions: AccountSessions
  let take: ApplyReply
  let clock: WallClock
  /// Seconds between two looks.
  let pause: TimeInterval
  let logger: Logger

  /// The account's meetings wait while it is read.
  private static let patience = Duration.seconds(15)

  func perform(_ job: Job, lease: JobLease, within limit: Duration) async throws -> JobOutcome {
    let (found, position, isAllowed) = try await database.read(job.workspaceID) { reader in
      (
        try reader.accounts.find(job.accountID), try reader.accounts.inboxReading(job.accountID)?.position,
        (try? reader.members.flags().require()) != nil
      )
    }
    guard let account = found, let inbox = inboxes.inbox(forRepliesTo: account) else {
      try await database.write(job.workspaceID) { transaction in
        try transaction.complete(job, lease)
        try transaction.accounts.keep(nil, of: job.accountID)
      }
      return .completed
    }
    guard isAllowed else { return try await postpone(job, lease) }
    let session = sessions.session(for: account, in: job.workspaceID)
    let answer = await providerAnswer(within: min(limit, Self.patience)) { () async throws(ProviderError) in
      try await inbox.calendarFiles(after: position, session: session)
    }
    switch answer {
    case .success(let findings):
      for file in findings.files { try await look(file, account, job) }
      let reading = InboxCursor(position: findings.position, readAt: clock.now)
      return try await postpone(job, lease, until: findings.hasMore ? clock.now : nil, reading)
    case .failure(let error):
      logger.warning(
        "A mailbox could not be read",
        metadata: ["account": "\(account.id)", "attempt": "\(job.attempts)", "error": "\(error)"]
      )
      return try await settle(error, job, lease)
    }
  }

  /// A file that is no reply, or none to a meeting of the account's owner, is ignored.
  private func look(_ file: String, _ account: ConnectedAccount, _ job: Job) async throws {
    do {
      let (received, _) = try await take(file, of: account.ownerID, in: job.workspaceID, headStart: 0)
      guard !received.ignoredParts.isEmpty else { return }
      logger.debug("Parts of an answer do not count", metadata: ["account": "\(account.id)"])
    } catch let refusal as any UseCaseError {
      logger.debug("A file was no answer", metadata: ["account": "\(account.id)", "code": "\(refusal.code)"])
    }
  }

  /// A refusal is told and not tried again: servers lock out those who come back with a wrong password.
  private func settle(_ error: ProviderError, _ job: Job, _ lease: JobLease) async throws -> JobOutcome {
    let refusal: String? =
      switch error {
      case .rejected(let reason): reason
      case .authExpired: Messages.Replies.signInRefused
      case .forbidden: Messages.Replies.readingForbidden
      case .notFound, .gone, .calendarMissing, .conflict: Messages.Replies.noMailbox
      case .rateLimited, .unavailable, .malformedReply: nil
      }
    let now = clock.now
    guard let refusal else {
      let problem = Messages.Replies.unreachable
      let next = now.addingTimeInterval(max(pause, error.retryAfter?.inSeconds ?? 0))
      return try await database.write(job.workspaceID) { transaction in
        try transaction.snooze(job, lease, until: next)
        try transaction.note(problem, of: job.accountID)
        return .snoozed
      }
    }
    return try await database.write(job.workspaceID) { transaction in
      try transaction.discard(job, lease, reason: refusal, at: now)
      try transaction.note(refusal, of: job.accountID)
      return .completed
    }
  }

  private func postpone(
    _ job: Job,
    _ lease: JobLease,
    until next: Date? = nil,
    _ reading: InboxCursor? = nil
  ) async throws -> JobOutcome {
    let next = next ?? clock.now.addingTimeInterval(pause)
    return try await database.write(job.workspaceID) { transaction in
      try transaction.snooze(job, lease, until: next)
      if let reading { try transaction.accounts.keep(reading, of: job.accountID) }
      return .snoozed
    }
  }
}

extension MailInboxRegistry {
  /// The mailbox that answers to the account's invitations come to; nil where its calendar takes them itself.
  func inbox(forRepliesTo account: ConnectedAccount) -> (any MailInbox)? {
    account.disconnectedAt == nil && !account.sendsInvitations ? inbox(for: account) : nil
  }
}

extension WorkspaceTransaction {
  /// Says why the mailbox cannot be read; how far it was stays known.
  fileprivate func note(_ problem: String, of account: ConnectedAccount.ID) throws {
    var reading = try accounts.inboxReading(account) ?? InboxCursor()
    reading.problem = problem
    try accounts.keep(reading, of: account)
  }

  /// Starts or stops reading the account's mailbox.
  func requestReplies(
    to account: ConnectedAccount,
    at inboxes: MailInboxRegistry,
    ids: IdentifierSource,
    now: Date
  ) throws {
    // It may be another mailbox than before.
    try accounts.keep(nil, of: account.id)
    try jobs.cancelRunning(.readReplies, .account(account.id))
    guard inboxes.inbox(forRepliesTo: account) != nil else { return }
    try jobs.insert(
      Job(
        id: ids.makeJobID(),
        workspaceID: workspaceID,
        kind: .readReplies,
        priority: .background,
        subject: .account(account.id),
        isUnique: true,
        accountID: account.id,
        lane: .inbox(account.id),
        scheduledAt: now
      )
    )
  }
}

extension JobKind {
  /// Reads answers to invitations from the account's mailbox, as long as there is one.
  static let readReplies = JobKind(rawValue: "READ_REPLIES")
}
