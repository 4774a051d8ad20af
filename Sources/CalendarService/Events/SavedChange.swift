import CalendarCore
import Foundation

/// What a change has written, so that it can be taken back when the provider refuses it at once.
struct SavedChange: Sendable {
  /// How the caller names what was changed from now on.
  var reference: EventReference
  /// The jobs that bring it to the provider, in order.
  var jobs: [Job] = []
  /// Every event that was changed: before and after; nil before for one that was made, after for one that is gone.
  var events: [(before: CalendarEvent?, after: CalendarEvent?)] = []

  /// Puts everything back, but for what was changed again since.
  ///
  /// What had been accepted before and was not delivered yet is tried by itself. What the provider has taken of this
  /// change already is brought back there, too.
  func takeBack(in transaction: any WorkspaceTransaction, ids: IdentifierSource, now: Date) throws {
    for change in events.reversed() {
      guard let after = change.after else {
        if let before = change.before {
          try transaction.insert(before, idempotencyKey: nil, fingerprint: nil)
        }
        continue
      }
      guard let current = try transaction.event(after.id), current.version == after.version else { continue }
      try transaction.dropJobs(.pushEvent, eventID: after.id, now: now)
      let isDelivered = current.agreed != after.agreed
      guard var restored = change.before else {
        if isDelivered {
          try push(current.deleted(at: now), in: transaction, ids: ids, now: now)
        } else {
          try transaction.deleteEvent(after.id)
        }
        continue
      }
      restored.version = current.version + 1
      restored.updatedAt = now
      if isDelivered {
        (restored.agreed, restored.push) = (current.agreed, current.push)
        restored.push.status = .pending
      }
      if restored.push.status == .pending {
        try push(restored, in: transaction, ids: ids, now: now)
      } else {
        try transaction.update(restored)
      }
    }
  }

  private func push(
    _ event: CalendarEvent,
    in transaction: any WorkspaceTransaction,
    ids: IdentifierSource,
    now: Date
  ) throws {
    try transaction.update(event)
    _ = try transaction.requestPush(of: event, newID: ids.make(), now: now, runAfter: now)
  }
}

extension CalendarEvent {
  /// As it is kept once it is deleted, on its way to the provider.
  func deleted(at now: Date) -> CalendarEvent {
    var event = self
    (event.deletedAt, event.pendingDeletion, event.conflict) = (now, nil, nil)
    (event.push.status, event.push.error) = (.pending, nil)
    event.version += 1
    event.updatedAt = now
    return event
  }
}
