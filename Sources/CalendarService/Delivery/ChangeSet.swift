import CalendarCore
import Foundation
import JobQueue

/// The rows that a change has written, so that it can be reverted when the provider refuses it at once.
struct ChangeSet: Sendable {
  /// The jobs that bring it to the provider, in order.
  var jobs: [Job] = []
  /// The data that the first job needs, as it was when that job was claimed.
  private(set) var context: JobContext?
  /// Every event that was changed: before and after; nil before for one that was made, after for one that is gone.
  var events: [(before: CalendarEvent?, after: CalendarEvent?)] = []

  /// Claims the first job for the caller who waits, at the end of the transaction that made the change.
  mutating func claimFirstJob(_ terms: JobClaimTerms, in transaction: any WorkspaceTransaction) throws {
    guard let first = jobs.first else { return }
    (jobs[0], context) = try transaction.claimedPush(first, terms)
  }

  /// Returns an event's version since this change; 0 for one that it is not about.
  func version(of id: CalendarEvent.ID) -> Int {
    events.compactMap(\.after).filter { $0.id == id }.map(\.version).max() ?? 0
  }

  /// Puts everything back, but for what was changed again since.
  ///
  /// What had been accepted before and was not delivered yet is tried by itself. What the provider has taken of this
  /// change already is brought back there, too.
  func revert(in transaction: any WorkspaceTransaction, ids: IdentifierSource, now: Date) throws {
    let restoration = Restoration(
      transaction: transaction,
      ids: ids,
      now: now,
      deliveredSeries: try deliveredSeries(transaction)
    )
    for change in events.reversed() {
      switch change {
      case (nil, nil): break
      case (let before?, nil): try restoration.restore(before)
      case (nil, let after?): try restoration.remove(after)
      case (let before?, let after?): try restoration.restore(before, from: after)
      }
    }
  }
}

extension ChangeSet {
  /// The series of which the provider has taken the change.
  private func deliveredSeries(_ reader: any WorkspaceReader) throws -> Set<CalendarEvent.ID> {
    var told: Set<CalendarEvent.ID> = []
    for case (let before?, let after?) in events where before.isRecurring {
      if let current = try reader.events.find(after.id), current.agreed != after.agreed {
        told.insert(after.id)
      }
    }
    return told
  }
}

/// Puts events back as they were before a change.
private struct Restoration {
  let transaction: any WorkspaceTransaction
  let ids: IdentifierSource
  let now: Date
  /// With its change a series may have lost there what differed from it.
  let deliveredSeries: Set<CalendarEvent.ID>

  /// Inserts what the change had removed, with its jobs.
  func restore(_ before: CalendarEvent) throws {
    let restored = needsRecreation(before) ? before.droppedByProvider() : before
    if try transaction.events.find(restored.id) == nil {
      try transaction.events.insert(restored, idempotencyKey: nil, fingerprint: nil)
    } else {
      try transaction.events.update(restored)
    }
    if restored.push.status == .pending { try push(restored) }
    try performDeletion(of: before)
  }

  /// Removes what the change had made, unless another person has changed it since.
  func remove(_ after: CalendarEvent) throws {
    guard let current = try transaction.events.find(after.id), current.deletedAt == nil else { return }
    if current.seriesID == nil, current.agreed != after.agreed {
      let gone = current.deleted(at: now)
      try transaction.events.update(gone)
      try push(gone)
    } else if current.seriesID != nil, current.isCanceled || current.pendingDeletion != nil {
      // What was learnt of the occurrence, or is to become of it, needs the row.
      return
    } else if current.editable == after.editable {
      try transaction.withdraw(current, newID: ids.makeJobID(), now: now)
    }
  }

  func restore(_ before: CalendarEvent, from after: CalendarEvent) throws {
    guard let current = try transaction.events.find(after.id),
      after.deletedAt != nil || current.deletedAt == nil
    else {
      return
    }
    let undoing = EventMerge(
      base: after.editable,
      mine: try known(before, of: after, since: current),
      theirs: current.editable
    )
    var restored = before
    restored.editable = undoing.merged { _ in .theirs }
    restored.version = current.version + 1
    restored.updatedAt = now
    if current.links != after.links { restored.links = current.links }
    if current.isCanceled != after.isCanceled { restored.isCanceled = current.isCanceled }
    if current.pendingDeletion != after.pendingDeletion { restored.pendingDeletion = current.pendingDeletion }

    let isDelivered = current.agreed != after.agreed
    if needsRecreation(before) {
      restored = restored.droppedByProvider()
      try transaction.events.update(restored)
      try push(restored)
    } else if isDelivered || restored.editable != before.editable {
      try deliver(restored, like: current)
    } else if before.push.status == .synced || before.push.status == .conflict {
      try transaction.events.update(restored)
      try transaction.jobs.cancel(.pushEvent, .event(before.id), now: now)
    } else if current.push.status == .failed {
      restored.push = current.push
      try transaction.events.update(restored)
    } else {
      // Also where it was given up before: by that job it was on the list of such events.
      if before.push.status == .failed {
        restored.push.status = .pending
        restored.push.error = PendingReason.again
      }
      try transaction.events.update(restored)
      try push(restored)
    }
    if after.deletedAt != nil { try performDeletion(of: restored) }
  }

  /// The version before the change, with what others have changed at the provider since.
  ///
  /// A field that this change and another client both changed still has this change's value here.
  private func known(
    _ before: CalendarEvent,
    of after: CalendarEvent,
    since current: CalendarEvent
  ) throws -> EventVersion {
    // An event whose making was never answered was made as it was at first.
    guard let told = current.agreed,
      let agreed = try after.agreed ?? transaction.events.version(1, of: after.id)
    else { return before.editable }
    let reconciliation = Reconciliation(
      agreed: agreed,
      // What the provider has taken of this change is nobody else's.
      earlier: [after.editable],
      local: before.editable,
      localChange: .edited,
      winner: .mine
    )
    return reconciliation.outcome(of: .present(told)).version ?? before.editable
  }

  private func needsRecreation(_ before: CalendarEvent) -> Bool {
    before.seriesID.map { deliveredSeries.contains($0) } ?? false
  }

  /// Brings to the provider what it has in another state by now, or what others have changed since.
  private func deliver(_ event: CalendarEvent, like current: CalendarEvent) throws {
    var event = event
    let isSamePlace = event.reference == current.reference
    event.agreed = isSamePlace ? current.agreed : nil
    event.editedAt = current.editedAt
    event.sendInvitations = current.sendInvitations
    if isSamePlace {
      event.push = current.push
      event.iCalUID = current.iCalUID
      event.sequence = current.sequence
    }
    event.push.status = .pending
    event.push.error = nil
    event.conflict = nil
    try transaction.events.update(event)
    try push(event)
  }

  private func push(_ event: CalendarEvent) throws {
    _ = try transaction.requestPush(of: event, newID: ids.makeJobID(), now: now, scheduledAt: now)
  }

  /// The job of a deletion that the event is marked for may be done by now, having found nothing to delete.
  private func performDeletion(of event: CalendarEvent) throws {
    guard let deletion = event.pendingDeletion else { return }
    try transaction.requestDeletion(of: event, due: deletion.dueAt, ids: ids)
  }
}

extension CalendarEvent {
  /// Returns the exception as it waits to be written again, after the provider dropped it with its series' change.
  func droppedByProvider() -> CalendarEvent {
    var event = self
    event.agreed = nil
    event.conflict = nil
    event.push = PushState(externalID: push.externalID, providerURL: push.providerURL)
    return event
  }

  /// As it is kept once it is deleted, on its way to the provider.
  func deleted(at now: Date) -> CalendarEvent {
    var event = self
    event.deletedAt = now
    event.pendingDeletion = nil
    event.conflict = nil
    event.push.status = .pending
    event.push.error = nil
    event.version += 1
    event.updatedAt = now
    return event
  }
}
