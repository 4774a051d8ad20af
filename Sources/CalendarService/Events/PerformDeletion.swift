import CalendarCore
import Foundation
import JobQueue

/// Carries out a deletion that was put off, once it can no longer be taken back.
struct PerformDeletion: WorkspaceJobWorker {
  let database: any Database
  let calendars: CalendarProviderRegistry
  let ids: IdentifierSource
  let clock: WallClock

  func perform(_ job: Job, lease: JobLease, within limit: Duration) async throws -> JobOutcome {
    try await database.write(job.workspaceID) { transaction in
      let event = try transaction.event(of: job)
      // The first deletion was undone and another one requested, which is due later.
      if let due = event?.pendingDeletion?.dueAt, due > max(clock.now, job.scheduledAt) {
        try transaction.snooze(job, lease, until: due)
        return .snoozed
      }
      try transaction.complete(job, lease)
      guard let event else { return .completed }
      var deletion = Deletion(transaction: transaction, calendars: calendars, ids: ids, now: clock.now)
      try deletion.performPending(on: event)
      // Nobody waits for the answer.
      for event in deletion.saved.jobs.compactMap(\.eventID) {
        try transaction.jobs.expedite(.event(event), now: clock.now)
      }
      return .completed
    }
  }
}

extension PerformDeletion {
  /// Shows the event again: what is not deleted is there for everyone to see.
  func discarded(
    _ job: Job,
    because reason: String,
    at now: Date,
    in transaction: any WorkspaceTransaction
  ) throws {
    guard let event = try job.eventID.flatMap({ try transaction.events.find($0) }),
      event.pendingDeletion != nil, event.deletedAt == nil
    else { return }
    try transaction.removeMark(from: event, now: now)
  }
}

extension JobKind {
  /// Carries out a deletion that can no longer be undone.
  static let deleteEvent = JobKind(rawValue: "DELETE_EVENT")
}
