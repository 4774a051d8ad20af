package import CalendarCore
import JobQueue

/// Tries at once to deliver an event that is waiting, or that was given up.
package struct RetryEvent: Sendable {
  let database: any Database
  let conferences: ConferenceProviderRegistry
  let surroundings: EventReadContext
  let runner: WorkspaceJobRunner
  let ids: IdentifierSource
  let clock: WallClock

  package func callAsFunction(_ reference: EventReference, caller: Caller) async throws -> ShownEvent {
    let missing = AccessError.missingEvent(nil)
    let (now, jobID, terms) = (clock.now, ids.makeJobID(), runner.claimTerms())
    let again = try await database.write(caller.workspaceID) { transaction -> Job? in
      let flags = try transaction.members.flags()
      guard var event = try transaction.events.find(reference), !event.isHidden else { throw missing }
      try flags.require(event.agreed == nil ? .eventCreate : .eventEdit)
      guard event.crmCreatorID == caller.memberID else {
        throw AccessError.forbidden(reason: Messages.Events.onlyCreatorRetries, field: nil)
      }
      if let flag = conferences[event.conference.providerID]?.requiredFlag { try flags.require(flag) }
      guard event.push.status == .failed else {
        // A pending event has its job: it is due now, or running already. Should it ever have none, it gets one.
        guard event.push.status == .pending, try !transaction.jobs.expedite(.event(event.id), now: now) else {
          return nil
        }
        let job = try transaction.requestPush(of: event, newID: jobID, now: now, scheduledAt: now)
        return try transaction.claimed(job, terms)
      }
      event.push.status = .pending
      event.push.error = PendingReason.again
      event.updatedAt = now
      try transaction.events.update(event)
      let job = try transaction.requestPush(of: event, newID: jobID, now: now, scheduledAt: now)
      return try transaction.claimed(job, terms)
    }
    if let again {
      _ = await runner.runNow(again)
    } else {
      runner.wake()
    }
    return try await database.read(caller.workspaceID) { [surroundings] reader in
      try surroundings.answer(about: reference, to: caller, from: reader)
    }
  }
}
