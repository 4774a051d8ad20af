package import CalendarCore
package import Foundation
import JobQueue

/// Deletes an event, or some occurrences of a recurring one: at once, or after a while in which it can be taken back.
package struct DeleteEvent: Sendable {
  let database: any Database
  let calendars: CalendarProviderRegistry
  let runner: WorkspaceJobRunner
  let awaited: AwaitedChanges
  let ids: IdentifierSource
  let clock: WallClock

  /// The longest time, in seconds, for which a deletion can be put off.
  package static let maximumWindow = 30

  /// Until when the deletion can be taken back; nil when it was carried out.
  ///
  /// Throws `InvalidInput`, `AccessError`, `PermissionDenial`, or `ProviderRejection` when the provider refused it at once;
  /// the event is as it was then.
  package func callAsFunction(
    _ reference: EventReference,
    scope: RecurrenceScope?,
    occurrenceStart: RequestedInstant?,
    undoWindow: Int = 0,
    caller: Caller
  ) async throws -> Date? {
    guard (0...Self.maximumWindow).contains(undoWindow) else {
      throw InvalidInput("undoWindow", Messages.Events.undoWindow(Self.maximumWindow))
    }
    let terms = runner.claimTerms()
    let outcome = try await database.write(caller.workspaceID) { transaction -> Outcome in
      let target = try EventTarget.settled(
        reference,
        occurrenceStart: occurrenceStart,
        scope: scope,
        transaction,
        calendars: calendars,
        ids: ids,
        now: clock.now
      )
      try check(target, caller, transaction)
      var deletion = Deletion(transaction: transaction, calendars: calendars, ids: ids, now: clock.now)
      defer { FailPoint.storing.reached() }
      guard undoWindow > 0 else {
        try deletion.perform(on: target)
        try deletion.saved.claimFirstJob(terms, in: transaction)
        return .performed(deletion.saved)
      }
      return .scheduled(try deletion.schedule(by: TimeInterval(undoWindow), on: target))
    }
    FailPoint.stored.reached()
    defer { FailPoint.beforeAnswer.reached() }
    switch outcome {
    case .scheduled(let until):
      runner.wake()
      return until
    case .performed(let saved):
      _ = try await awaited.run(saved, on: runner)
      return nil
    }
  }

  private enum Outcome: Sendable {
    case scheduled(Date)
    case performed(ChangeSet)
  }

  private func check(_ target: EventTarget, _ caller: Caller, _ reader: any WorkspaceReader) throws {
    let event = target.event
    let rules = EventPermissionRules(
      caller: caller,
      flags: try reader.members.flags(),
      calendars: calendars,
      now: clock.now
    )
    if let denial = try rules.permissions(of: event, from: reader).delete { throw denial }
    // All of it ends the conflict. A part leaves it open what the rest is, and the provider would hear nothing of it.
    if !target.isWhole, target.scope == .thisAndFollowing, event.push.status == .conflict {
      throw PermissionDenial.undecided
    }
  }
}

/// There is no deletion of this that could be taken back.
package struct UndoTooLate: UseCaseError {
  package init() {}

  package var code: ErrorCode { .notFound }
  package var field: String? { "eventId" }
  package var message: String { Messages.Events.tooLateToUndo }
}

/// Takes back a deletion that was put off and is not carried out yet.
package struct UndoDeletion: Sendable {
  let database: any Database
  let surroundings: EventReadContext
  let runner: WorkspaceJobRunner
  let clock: WallClock

  /// The event, as it was.
  ///
  /// Throws `UndoTooLate` when the deletion can no longer be undone.
  package func callAsFunction(_ reference: EventReference, caller: Caller) async throws -> ShownEvent {
    let shown = try await database.write(caller.workspaceID) { transaction in
      try undo(reference, caller, transaction)
      return try surroundings.find(reference, for: caller, in: transaction)
    }
    runner.wake()
    guard let shown else { throw EventDeleted() }
    return shown
  }

  private func undo(
    _ reference: EventReference,
    _ caller: Caller,
    _ transaction: any WorkspaceTransaction
  ) throws {
    let missing = UndoTooLate()
    let exception = try reference.originalStart.flatMap {
      try transaction.events.exception($0, ofSeries: reference.eventID)
    }
    // One occurrence bears its own mark; a deletion that goes on to the end is its series'.
    let marked = try [exception, transaction.events.find(reference.eventID)].compactMap(\.self).first {
      // An occurrence that was marked with its series is shown again with it.
      guard let mark = $0.pendingDeletion, $0.deletedAt == nil else { return false }
      return $0.seriesID == nil || mark.originalStart == nil
    }
    guard let event = marked else { throw missing }
    let account = try event.accountID.flatMap { try transaction.accounts.find($0) }
    guard event.crmCreatorID == caller.memberID || account?.ownerID == caller.memberID else { throw missing }
    try transaction.removeMark(from: event, now: clock.now)
  }
}
