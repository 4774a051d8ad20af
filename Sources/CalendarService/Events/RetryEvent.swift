import CalendarCore

/// Tries at once to deliver an event that is waiting, or that was given up.
package struct RetryEvent: Sendable {
  let database: any Database
  let runner: JobRunner
  let ids: IdentifierSource
  let clock: WallClock

  package func callAsFunction(_ id: String, caller: Caller) async throws {
    let missing = AccessError.notFound(what: "This event", field: nil)
    guard let eventID = CalendarEvent.ID(id) else { throw missing }
    let (now, jobID) = (clock.now, ids.make(Job.self))
    let wasFailed = try await database.write(caller.workspaceID) { transaction in
      try transaction.flags().require(.eventCreate)
      guard var event = try transaction.event(eventID), let accountID = event.accountID else { throw missing }
      guard event.crmCreatorID == caller.memberID else {
        throw AccessError.forbidden(reason: "Only who made the event can deliver it again.", field: nil)
      }
      guard event.push.status == .pending || event.push.status == .failed else { return nil as Job? }
      if try transaction.expediteJobs(eventID: eventID, now: now) { return nil }
      event.push.status = .pending
      event.push.error = nil
      try transaction.update(event)
      let job = Job(
        id: jobID,
        workspaceID: caller.workspaceID,
        kind: .pushEvent,
        eventID: eventID,
        accountID: accountID,
        runAfter: now
      )
      try transaction.enqueue(job)
      return job
    }
    if let wasFailed {
      _ = await runner.runNow(wasFailed)
    } else {
      runner.wake()
    }
  }
}
