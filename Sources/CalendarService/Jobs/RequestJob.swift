import CalendarCore
import Foundation

extension Job {
  /// Seconds for which a job is left to whoever answers the caller.
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
    runAfter: Date
  ) throws -> Job {
    guard let accountID = event.accountID else { throw StoreError.missing }
    if let job = try raiseJob(.pushEvent, eventID: event.id, now: now, runAfter: runAfter) { return job }
    let job = Job(
      id: newID,
      workspaceID: workspaceID,
      kind: .pushEvent,
      priority: .awaited,
      eventID: event.id,
      accountID: accountID,
      runAfter: runAfter
    )
    try enqueue(job)
    return job
  }

  /// Likewise for a caller who waits, and runs it at once.
  func requestAwaitedPush(of event: CalendarEvent, ids: IdentifierSource, now: Date) throws -> Job {
    try requestPush(
      of: event,
      newID: ids.make(),
      now: now,
      runAfter: now.addingTimeInterval(Job.headStart)
    )
  }

  /// Has the deletion that the event is marked for carried out when it is due.
  func requestDeletion(of event: CalendarEvent, due: Date, ids: IdentifierSource) throws {
    guard let accountID = event.accountID else { throw StoreError.missing }
    try enqueue(
      Job(
        id: ids.make(),
        workspaceID: workspaceID,
        kind: .deleteEvent,
        eventID: event.id,
        accountID: accountID,
        runAfter: due
      )
    )
  }
}
