import CalendarCore
import Foundation

/// What a job is about, read in one go.
struct JobContext {
  let event: CalendarEvent
  let account: ConnectedAccount
  let channel: CalendarChannel

  static func load(_ job: Job, from reader: any WorkspaceReader) throws -> Self? {
    guard let event = try reader.event(job.eventID),
      let account = try reader.account(job.accountID),
      let channelID = event.channelID,
      let channel = try reader.channel(channelID)
    else { return nil }
    return Self(event: event, account: account, channel: channel)
  }
}

extension WorkspaceTransaction {
  /// Remembers that the provider refuses the account's credentials; its owner is asked to connect it again.
  func markAuthFailed(_ id: ConnectedAccount.ID, at instant: Date) throws {
    guard var account = try account(id), account.authFailedAt == nil else { return }
    account.authFailedAt = instant
    try update(account)
  }

  /// Ends the job, or throws `LeaseLost`, which rolls back everything else in this transaction.
  func finish(_ job: Job, _ lease: JobLease) throws {
    guard try finishJob(job.id, owner: lease.owner) else { throw LeaseLost() }
  }

  /// Gives the job up, likewise.
  func bury(_ job: Job, _ lease: JobLease, reason: String, at instant: Date) throws {
    guard try buryJob(job.id, owner: lease.owner, reason: reason, at: instant) else { throw LeaseLost() }
  }

  func postpone(_ job: Job, _ lease: JobLease, until instant: Date) throws {
    guard try postponeJob(job.id, owner: lease.owner, until: instant) else { throw LeaseLost() }
  }
}
