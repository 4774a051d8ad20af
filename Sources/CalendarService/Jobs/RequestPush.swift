import CalendarCore
import Foundation

extension WorkspaceTransaction {
  /// Sees to it that a job brings the event to its provider: the one that waits already, or was given up, or a new one.
  ///
  /// Whoever answers the caller runs it at once; the worker takes it up only if that did not happen by `runAfter`. A
  /// job that runs now may have read the event before this change, so it does not count.
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
}
