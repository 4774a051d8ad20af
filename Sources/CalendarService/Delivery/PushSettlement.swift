import CalendarCore
import Foundation
import JobQueue

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
    try transaction.complete(job, lease)
    if context.channel.lastError != nil { try setChannelError(nil, transaction) }
    guard let event = try transaction.event(of: job) else { return }
    switch delivery {
    case .made(let made, let creation): try storeMade(made, creation, of: event, transaction)
    case .agreed(let told, let version):
      // Ours is part of it where nothing was changed here since.
      let asked = isUnchanged(event) ? event.editable : context.event.editable
      try storeAgreed(told, version, asked: asked, of: event, transaction)
    case .contested(let conflict, let base, let etag):
      try storeConflict(conflict, base: base, etag: etag, of: event, transaction)
    case .deleted: try storeDeleted(event, transaction)
    }
    FailPoint.storingResult.reached()
  }

  private func storeMade(
    _ made: ProviderEvent,
    _ creation: ConferenceCreation?,
    of stored: CalendarEvent,
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
    if context.event.version > 1, let first = try transaction.events.version(1, of: stored.id) {
      asked = first
      if !first.conference.isSameChoice(as: conference) { agreed.conference = first.conference }
    }
    try storeAgreed(made, agreed, asked: asked, of: stored, transaction)
  }

  /// `asked` is what of ours the provider may have been told at the earliest.
  private func storeAgreed(
    _ told: ProviderEvent,
    _ version: EventVersion,
    asked: EventVersion,
    of stored: CalendarEvent,
    _ transaction: any WorkspaceTransaction
  ) throws {
    // It goes with a series that has become another one since, and its own job reads it again.
    guard stored.reference == context.event.reference, (stored.agreed == nil) == (context.event.agreed == nil)
    else { return }
    let isAsItWas = isUnchanged(stored)
    let (merged, isDone) = merged(stored, with: version, asked: asked)
    var event = stored
    event.push.externalID = told.externalID
    event.push.etag = told.etag
    event.push.providerURL = told.url
    event.iCalUID = told.iCalUID
    event.sequence = told.sequence
    event.agreed = version
    event.editable = merged
    if isAsItWas, isDone {
      event.push.status = .synced
      event.push.error = nil
    }
    if !EventMerge.difference(from: stored.editable, to: event.editable).isEmpty { event.version += 1 }
    event.updatedAt = clock.now
    try transaction.events.update(event)
    if isAsItWas, !isDone {
      _ = try transaction.requestPush(
        of: event,
        newID: ids.makeJobID(),
        now: clock.now,
        scheduledAt: clock.now
      )
    }
    try releaseExceptions(of: event, transaction)
    if event.conference.status == .pending { try requestConference(of: event, transaction) }
  }

  /// The stored event with what the provider has besides, and whether the provider needs to be told nothing more.
  ///
  /// What was changed here since has a job of its own, so it counts where both sides changed a field.
  private func merged(
    _ stored: CalendarEvent,
    with answer: EventVersion,
    asked: EventVersion
  ) -> (EventVersion, isDone: Bool) {
    let reconciliation = Reconciliation(
      agreed: asked,
      local: stored.editable,
      localChange: stored.editable == asked ? .none : .edited,
      winner: .mine
    )
    return switch reconciliation.outcome(of: .present(answer)) {
    case .adopt(let merged): (merged, true)
    case .push(let merged): (merged, false)
    default: (stored.editable, true)
    }
  }

  /// Lets the occurrences that differ follow their series, which the provider has now.
  private func releaseExceptions(of event: CalendarEvent, _ transaction: any WorkspaceTransaction) throws {
    guard event.isRecurring else { return }
    let isFirstDelivery = context.event.push.externalID == nil
    // They wait for their series, or were given up with it.
    let waiting = try transaction.events.exceptions(ofSeries: [event.id]).filter {
      isFirstDelivery || $0.agreed == nil
    }
    for (index, exception) in waiting.inWritingOrder.enumerated() {
      // Jobs that are due at one time run in any order.
      try deliver(exception, at: clock.now.addingTimeInterval(Double(index) / 1000), transaction)
    }
  }

  private func requestConference(of event: CalendarEvent, _ transaction: any WorkspaceTransaction) throws {
    try transaction.jobs.insert(
      Job(
        id: ids.makeJobID(),
        workspaceID: job.workspaceID,
        kind: .resolveConference,
        subject: .event(event.id),
        accountID: job.accountID,
        scheduledAt: clock.now.addingTimeInterval(1)
      )
    )
  }

  /// Whether there is nothing new to be told since the visit began; links to records are nobody's business but ours.
  private func isUnchanged(_ stored: CalendarEvent) -> Bool {
    stored.version == context.event.version
      || (stored.editable == context.event.editable && stored.deletedAt == context.event.deletedAt)
  }

  private func deliver(
    _ exception: CalendarEvent,
    at instant: Date,
    _ transaction: any WorkspaceTransaction
  ) throws {
    if exception.push.status == .failed {
      var again = exception
      again.push.status = .pending
      again.push.error = PendingReason.again
      try transaction.events.update(again)
      _ = try transaction.requestPush(
        of: again,
        newID: ids.makeJobID(),
        now: clock.now,
        scheduledAt: instant
      )
    }
    try transaction.jobs.expedite(.event(exception.id), now: instant)
  }

  private func storeConflict(
    _ conflict: EventConflict,
    base: EventVersion,
    etag: String?,
    of stored: CalendarEvent,
    _ transaction: any WorkspaceTransaction
  ) throws {
    // Its own job compares what was changed since.
    guard isUnchanged(stored) else { return }
    var event = stored
    event.conflict = conflict
    // With what of ours has arrived unconfirmed: a person must not choose between two changes that were made here.
    event.agreed = base
    event.push.status = .conflict
    event.push.error = PermissionDenial.undecided.message
    event.push.etag = etag
    event.updatedAt = clock.now
    try transaction.events.update(event)
  }

  private func storeDeleted(_ stored: CalendarEvent, _ transaction: any WorkspaceTransaction) throws {
    guard stored.deletedAt != nil else { return }
    if stored.agreed == nil, stored.push.externalID == nil, stored.seriesID == nil {
      // It never arrived, and nothing is left of it.
      try transaction.withdraw(stored, newID: ids.makeJobID(), now: clock.now)
      return
    }
    var event = stored
    event.push.status = .synced
    event.push.error = nil
    event.updatedAt = clock.now
    try transaction.events.update(event)
  }
}
