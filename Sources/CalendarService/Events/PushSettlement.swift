import CalendarCore
import Foundation

/// Stores what came of a visit to the provider, together with the job's end.
struct PushSettlement {
  let job: Job
  let lease: JobLease
  /// As it was when the visit began.
  let context: JobContext
  let awaited: AwaitedChanges
  let clock: WallClock
  let ids: IdentifierSource

  func store(_ delivery: Delivery, in transaction: any WorkspaceTransaction) throws {
    try transaction.finish(job, lease)
    guard let event = try transaction.event(of: job) else { return }
    switch delivery {
    case .made(let made, let creation): try storeMade(made, creation, event, transaction)
    case .agreed(let told, let version):
      // Ours is part of it where nothing was changed here meanwhile.
      let asked = isUnchanged(event) ? event.editable : context.event.editable
      try storeAgreed(told, version, asked: asked, event, transaction)
    case .contested(let conflict, let base, let etag):
      try storeConflict(conflict, base, etag, event, transaction)
    case .deleted: try storeDeleted(event, transaction)
    }
    FailPoint.storingResult.reached()
  }

  private func storeMade(
    _ made: ProviderEvent,
    _ creation: ConferenceCreation?,
    _ stored: CalendarEvent,
    _ transaction: any WorkspaceTransaction
  ) throws {
    var conference = context.event.conference
    if case .ready(let ready) = creation {
      conference.apply(.success(ready))
    } else if creation != nil {
      conference.apply(made.conference ?? .pending)
    }
    var agreed = EventVersion(made.content, conference)
    var asked = context.event.editable
    // An earlier attempt may have made it as it was at first, without what was changed here since.
    if context.event.version > 1, let first = try transaction.version(1, of: stored.id) {
      asked = first
      if !first.conference.isSameChoice(as: conference) { agreed.conference = first.conference }
    }
    try storeAgreed(made, agreed, asked: asked, stored, transaction)
  }

  /// `asked` is what of ours the provider may have been told at the earliest.
  private func storeAgreed(
    _ told: ProviderEvent,
    _ version: EventVersion,
    asked: EventVersion,
    _ stored: CalendarEvent,
    _ transaction: any WorkspaceTransaction
  ) throws {
    // It goes with a series that has become another one meanwhile, and is looked at anew by its own job.
    guard stored.reference == context.event.reference, (stored.agreed == nil) == (context.event.agreed == nil)
    else { return }
    var event = stored
    let isAsItWas = isUnchanged(stored)
    event.push.externalID = told.externalID
    event.push.etag = told.etag
    event.push.providerURL = told.url
    event.iCalUID = told.iCalUID
    event.sequence = told.sequence
    event.agreed = version
    // What was changed here meanwhile has its own job, and what the provider has besides is merged into it.
    event.editable = EventMerge(base: asked, mine: stored.editable, theirs: version).merged { _ in .mine }
    let isDone = EventMerge.difference(from: version, to: event.editable).isEmpty
    if isAsItWas, isDone { (event.push.status, event.push.error) = (.synced, nil) }
    if !EventMerge.difference(from: stored.editable, to: event.editable).isEmpty { event.version += 1 }
    event.updatedAt = clock.now
    try transaction.update(event)
    if isAsItWas, !isDone {
      _ = try transaction.requestPush(of: event, newID: ids.make(), now: clock.now, runAfter: clock.now)
    }
    if event.isRecurring, context.event.push.externalID == nil {
      // They wait for their series, or were given up with it.
      for exception in try transaction.exceptions(ofSeries: [event.id]) {
        try deliver(exception, transaction)
      }
    } else if event.isRecurring {
      for exception in try transaction.exceptions(ofSeries: [event.id]) where exception.agreed == nil {
        try transaction.expediteJobs(eventID: exception.id, now: clock.now)
      }
    }
    guard event.conference.status == .pending else { return }
    try transaction.enqueue(
      Job(
        id: ids.make(),
        workspaceID: job.workspaceID,
        kind: .resolveConference,
        eventID: event.id,
        accountID: job.accountID,
        runAfter: clock.now.addingTimeInterval(1)
      )
    )
  }

  /// Whether there is nothing new to be told since the visit began; links to records are nobody's business but ours.
  private func isUnchanged(_ stored: CalendarEvent) -> Bool {
    stored.version == context.event.version
      || (stored.editable == context.event.editable && stored.deletedAt == context.event.deletedAt)
  }

  private func deliver(_ exception: CalendarEvent, _ transaction: any WorkspaceTransaction) throws {
    if exception.push.status == .failed {
      var again = exception
      (again.push.status, again.push.error) = (.pending, PushDelay.again)
      try transaction.update(again)
      _ = try transaction.requestPush(of: again, newID: ids.make(), now: clock.now, runAfter: clock.now)
    }
    try transaction.expediteJobs(eventID: exception.id, now: clock.now)
  }

  private func storeConflict(
    _ conflict: EventConflict,
    _ base: EventVersion,
    _ etag: String?,
    _ stored: CalendarEvent,
    _ transaction: any WorkspaceTransaction
  ) throws {
    // What was changed meanwhile is compared anew by its own job.
    guard isUnchanged(stored) else { return }
    var event = stored
    event.conflict = conflict
    // With what of ours has arrived unheard: whoever chooses does not choose between two things that were said here.
    event.agreed = base
    event.push.status = .conflict
    event.push.error = EventDenial.undecided.message
    event.push.etag = etag
    event.updatedAt = clock.now
    try transaction.update(event)
  }

  private func storeDeleted(_ stored: CalendarEvent, _ transaction: any WorkspaceTransaction) throws {
    guard stored.deletedAt != nil else { return }
    if stored.agreed == nil, stored.push.externalID == nil, stored.seriesID == nil {
      // It never arrived, and nothing is left of it.
      try transaction.withdraw(stored, newID: ids.make(), now: clock.now)
      return
    }
    var event = stored
    (event.push.status, event.push.error) = (.synced, nil)
    event.updatedAt = clock.now
    try transaction.update(event)
  }

  /// Decides what a refusal means for the event.
  func store(
    _ refusal: EventRefused,
    next: Date,
    in transaction: any WorkspaceTransaction
  ) throws -> JobOutcome {
    let (error, now) = (refusal.cause, clock.now)
    if case .authExpired = error { try transaction.markAuthFailed(job.accountID, at: now) }
    if case .rateLimited = error { try transaction.holdJobs(of: job.accountID, until: next) }
    guard var event = try transaction.event(of: job) else {
      try transaction.finish(job, lease)
      return .done
    }
    if refusal.meansDeleted, event.seriesID != nil, event.agreed == nil, event.deletedAt == nil,
      let series = context.series,
      series.deletedAt == nil, series.push.externalID != nil
    {
      // It only went along with its series, and somebody has called off this one there: no reason to refuse what was done
      // to the others.
      var gone = event.deleted(at: now)
      gone.push.status = .synced
      try transaction.update(gone)
      try transaction.finish(job, lease)
      return .done
    }
    if !error.isRetryable {
      let changes = awaited.refused(job)
      if !changes.isEmpty {
        try transaction.finish(job, lease)
        if refusal.meansDeleted, event.agreed != nil, event.deletedAt == nil {
          // That stays known, whatever becomes of the change.
          event.isCanceled = true
          try transaction.update(event)
        }
        for change in changes { try change.takeBack(in: transaction, ids: ids, now: now) }
        return .refused(refusal)
      }
    }
    // As long as no answer was given, the person is still there and can mend it: the event was never accepted. One that
    // somebody has changed is.
    if !error.isRetryable, event.push.error == nil, event.push.externalID == nil, event.seriesID == nil,
      event.agreed == nil, event.version == 1
    {
      try transaction.finish(job, lease)
      try transaction.withdraw(event, newID: ids.make(), now: now)
      return .refused(refusal)
    }
    event.push.error = PushDelay(error).message
    if error.isRetryable, now.timeIntervalSince(event.updatedAt) < PushEvent.patience {
      try transaction.postpone(job, lease, until: next)
      try transaction.update(event)
      return .postponed
    }
    if case .authExpired = error {
      // The job rests until the account is connected again.
      try transaction.postpone(job, lease, until: now.addingTimeInterval(PushEvent.patience))
      try transaction.update(event)
      return .refused(refusal)
    }
    // What was changed meanwhile, or deleted, has its own job.
    if event.version != context.event.version,
      let newer = try transaction.raiseJob(.pushEvent, eventID: event.id, now: now, runAfter: now),
      newer.id != job.id
    {
      event.push.error = PushDelay.again
      try transaction.update(event)
      try transaction.finish(job, lease)
      return .refused(refusal)
    }
    if event.deletedAt != nil, let series = context.series, series.push.externalID == nil {
      // It is called off here. Should its series ever get there, it will be there, too.
      event.push.status = .failed
      try transaction.update(event)
      try transaction.finish(job, lease)
      return .done
    }
    if event.deletedAt != nil, context.errand != .delete {
      // It was deleted with its series meanwhile, and goes, or comes back, with that.
      event.push.status = .failed
      try transaction.update(event)
      try transaction.finish(job, lease)
      return .refused(refusal)
    }
    if refusal.isOver, let agreed = event.agreed {
      // What has taken place is as the calendar has it. The job tells what was not sent.
      event.editable = agreed
      event.version += 1
      (event.push.status, event.push.error) = (.synced, nil)
      try transaction.update(event)
      try transaction.bury(job, lease, reason: refusal.message, at: now)
      return .refused(refusal)
    }
    if refusal.meansDeleted, event.agreed != nil { event.isCanceled = true }
    try transaction.markFailed(event, reason: refusal.message)
    try transaction.bury(job, lease, reason: refusal.message, at: now)
    return .refused(refusal)
  }
}
