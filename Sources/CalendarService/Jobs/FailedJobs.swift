import CalendarCore
import Foundation
package import JobQueue

/// Deliveries that were given up: a member sees those of their own accounts, tries them again, or lets them be.
package struct FailedJobs: Sendable {
  let database: any Database
  let surroundings: EventReadContext
  let workers: WorkspaceJobWorkers
  let runner: WorkspaceJobRunner
  let clock: WallClock

  /// The most that are listed.
  private static let limit = 100

  /// Newest first, with the events and mails that they are about.
  package func list(
    caller: Caller
  ) async throws -> (jobs: [DiscardedJob], events: EventPage, emails: [VisibleEmail]) {
    try await database.read(caller.workspaceID) { [surroundings] reader in
      let accounts = try reader.accounts.list(ownerID: caller.memberID).map(\.id)
      let jobs = try reader.jobs.discarded(resources: accounts.map(\.uuid), limit: Self.limit)
      let events = try Set(jobs.compactMap(\.job.eventID)).compactMap { try reader.events.find($0) }
      let emails = try Set(jobs.compactMap(\.job.emailID)).compactMap { try reader.emails.find($0) }
      return (
        jobs, try EventPage.load(events, caller: caller, as: surroundings, from: reader),
        emails.map { VisibleEmail($0, caller: caller, channels: []) }
      )
    }
  }

  /// Tries it again at once, with all its patience.
  package func retry(_ id: Job.ID, caller: Caller) async throws {
    let now = clock.now
    let job = try await database.write(caller.workspaceID) { [workers] transaction in
      let dead = try Self.find(id, caller: caller, transaction)
      if dead.eventID != nil { try transaction.members.flags().require(.eventCreate) }
      guard let job = try transaction.jobs.retry(dead.id, now: now) else {
        throw AccessError.missingFailedDelivery
      }
      try workers[job.kind]?.retried(job, at: now, in: transaction)
      return job
    }
    _ = await runner.runNow(job)
  }

  /// Takes it off the list; the event stays as it is.
  package func discard(_ id: Job.ID, caller: Caller) async throws {
    try await database.write(caller.workspaceID) { transaction in
      let dead = try Self.find(id, caller: caller, transaction)
      guard try transaction.jobs.deleteDiscarded(dead.id) else { throw AccessError.missingFailedDelivery }
    }
  }

  private static func find(
    _ id: Job.ID,
    caller: Caller,
    _ reader: any WorkspaceReader
  ) throws -> Job {
    let accounts = try reader.accounts.list(ownerID: caller.memberID).map(\.id)
    let own = try reader.jobs.discarded(resources: accounts.map(\.uuid), limit: Self.limit)
    guard let found = own.first(where: { $0.job.id == id }) else { throw AccessError.missingFailedDelivery }
    return found.job
  }
}
