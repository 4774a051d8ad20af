import CalendarCore
import Foundation
import JobQueue

extension Job {
  /// Seconds for which a job is left to the process that answers the caller.
  ///
  /// The worker takes it up only if it was not run by then.
  static let headStart: TimeInterval = 3
}

extension WorkspaceTransaction {
  /// Sees to it that a job brings the event to its provider: the one that waits already, or was given up, or a new one.
  ///
  /// A job that runs now may have read the event before this change, so it does not count.
  func requestPush(
    of event: CalendarEvent,
    newID: Job.ID,
    now: Date,
    scheduledAt: Date
  ) throws -> Job {
    guard let accountID = event.accountID else { throw StoreError.inconsistent }
    if let job = try jobs.reschedule(.pushEvent, .event(event.id), now: now, at: scheduledAt) { return job }
    let job = Job(
      id: newID,
      workspaceID: workspaceID,
      kind: .pushEvent,
      priority: .interactive,
      subject: .event(event.id),
      accountID: accountID,
      scheduledAt: scheduledAt
    )
    try jobs.insert(job)
    return job
  }

  /// Does the same for a caller who waits and runs the job at once.
  func requestAwaitedPush(of event: CalendarEvent, ids: IdentifierSource, now: Date) throws -> Job {
    try requestPush(
      of: event,
      newID: ids.makeJobID(),
      now: now,
      scheduledAt: now.addingTimeInterval(Job.headStart)
    )
  }

  /// Has the deletion that the event is marked for carried out when it is due.
  func requestDeletion(of event: CalendarEvent, due: Date, ids: IdentifierSource) throws {
    guard let accountID = event.accountID else { throw StoreError.inconsistent }
    try jobs.insert(
      Job(
        id: ids.makeJobID(),
        workspaceID: workspaceID,
        kind: .deleteEvent,
        subject: .event(event.id),
        accountID: accountID,
        scheduledAt: due
      )
    )
  }
}
