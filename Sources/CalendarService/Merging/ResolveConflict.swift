package import CalendarCore
import Foundation
import JobQueue

/// Carries out what a person chose for an event in conflict.
package struct ResolveConflict: Sendable {
  let database: any Database
  let calendars: CalendarProviderRegistry
  let conferences: AvailableConferenceProviders
  let surroundings: EventReadContext
  let runner: WorkspaceJobRunner
  let awaited: AwaitedChanges
  let ids: IdentifierSource
  let clock: WallClock

  /// Everything that only one side changed is kept; of what both changed, ours with `keepCRM`, the provider's without.
  ///
  /// For an exception, the choice is about its series where that is in conflict; the series is returned then.
  ///
  /// Throws `AccessError`, `PermissionDenial`, `NoConflict`, or `ProviderRejection` when the provider refuses the choice.
  package func callAsFunction(
    _ reference: EventReference,
    keepCRM: Bool,
    caller: Caller
  ) async throws -> ShownEvent {
    let terms = runner.claimTerms()
    let (saved, resolved) = try await database.write(caller.workspaceID) { transaction in
      let undecided = try find(reference, caller, transaction)
      var event = undecided
      guard event.push.status == .conflict, let conflict = event.conflict else { throw NoConflict() }
      let merge = EventMerge(
        base: event.agreed ?? conflict.theirs,
        mine: event.editable,
        theirs: conflict.theirs
      )
      let now = clock.now
      guard !event.isOver(at: now) || !keepCRM else { throw PermissionDenial.over }
      // Nothing is written into a meeting that is over: what the provider has is all that can be chosen.
      event.editable =
        event.isOver(at: now) ? conflict.theirs : merge.merged { _ in keepCRM ? .mine : .theirs }
      // What the provider has was seen, and is decided about.
      event.agreed = conflict.theirs
      event.conflict = nil
      event.push.status = .pending
      event.push.error = nil
      event.version += 1
      event.editedAt = now
      event.updatedAt = now
      var writer = try writer(for: event, transaction)
      var saved = try writer.resolve(undecided, as: event)
      try saved.claimFirstJob(terms, in: transaction)
      return (saved, event.reference)
    }
    return try await awaited.run(
      saved,
      on: runner,
      showing: resolved,
      to: caller,
      as: surroundings,
      in: database
    )
  }

  private func writer(
    for event: CalendarEvent,
    _ transaction: any WorkspaceTransaction
  ) throws -> EventChangeWriter {
    guard let provider = try calendars.provider(of: event, from: transaction) else {
      throw PermissionDenial.noCalendar
    }
    return EventChangeWriter(
      transaction: transaction,
      provider: provider,
      conferences: conferences,
      notifiesAttendees: event.sendInvitations,
      ids: ids,
      clock: clock
    )
  }

  private func find(
    _ reference: EventReference,
    _ caller: Caller,
    _ transaction: any WorkspaceTransaction
  ) throws -> CalendarEvent {
    guard var found = try transaction.events.find(reference), !found.isHidden else {
      throw AccessError.missingEvent("eventId")
    }
    if found.push.status != .conflict, let id = found.seriesID, let series = try transaction.events.find(id) {
      found = series
    }
    var undecided = found
    // The conflict is what is to be ended here, so it does not stand against it.
    if undecided.push.status == .conflict { undecided.push.status = .pending }
    let rules = EventPermissionRules(
      caller: caller,
      flags: try transaction.members.flags(),
      calendars: calendars,
      now: clock.now
    )
    if let denial = try rules.permissions(of: undecided, from: transaction).edit, denial != .over {
      throw denial
    }
    return found
  }
}

/// There is nothing to choose.
package struct NoConflict: UseCaseError {
  package var code: ErrorCode { .conflict }
  package var message: String { Messages.Events.sameVersion }
}
