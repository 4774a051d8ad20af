package import CalendarCore
import Foundation
import ICalendar
import JobQueue

/// Changes an event, or some occurrences of a recurring one: merges the change into what is stored, stores it with the
/// jobs that bring it to its provider, and waits for those for as long as a person can be made to wait.
package struct UpdateEvent: Sendable {
  let database: any Database
  let calendars: CalendarProviderRegistry
  let conferences: AvailableConferenceProviders
  let surroundings: EventReadContext
  let runner: WorkspaceJobRunner
  let awaited: AwaitedChanges
  let ids: IdentifierSource
  let clock: WallClock

  /// The event as far as it got: `SYNCED`, `PENDING` when the provider is slow or down, or `CONFLICT`.
  ///
  /// Throws `InvalidInput`, `AccessError`, `PermissionDenial`, `EditConflict`, or `ProviderRejection` when the provider refused
  /// the change at once; everything is as it was then.
  package func callAsFunction(
    _ reference: EventReference,
    _ input: UpdateEventInput,
    caller: Caller
  ) async throws -> ShownEvent {
    let requestID = ids.makeRequestID()
    let terms = runner.claimTerms()
    let (saved, changed) = try await database.write(caller.workspaceID) { transaction in
      var written = try save(reference, input, requestID: requestID, caller: caller, transaction)
      try written.saved.claimFirstJob(terms, in: transaction)
      FailPoint.storing.reached()
      return written
    }
    FailPoint.stored.reached()
    defer { FailPoint.beforeAnswer.reached() }
    return try await awaited.run(
      saved,
      on: runner,
      showing: changed,
      to: caller,
      as: surroundings,
      in: database
    )
  }

  private func save(
    _ reference: EventReference,
    _ input: UpdateEventInput,
    requestID: String,
    caller: Caller,
    _ transaction: any WorkspaceTransaction
  ) throws -> (saved: ChangeSet, reference: EventReference) {
    let target = try EventTarget.settled(
      reference,
      occurrenceStart: input.occurrenceStart,
      scope: input.scope,
      transaction,
      calendars: calendars,
      ids: ids,
      now: clock.now
    )
    let event = target.event
    let flags = try transaction.members.flags()
    let account = try event.accountID.flatMap { try transaction.accounts.find($0) }
    let channel = try event.channelID.flatMap { try transaction.accounts.channel($0) }
    let rules = EventPermissionRules(caller: caller, flags: flags, calendars: calendars, now: clock.now)
    for affected in [event, target.shown] {
      // For the whole series it does not matter that the occurrence one came from is over.
      if target.isWhole, affected != event { continue }
      let permissions = rules.permissions(of: affected, account: account, channel: channel)
      if let denial = permissions.edit { throw denial }
    }
    guard let account, let channel, let provider = calendars.provider(for: account) else {
      throw PermissionDenial.noCalendar
    }
    guard target.scope != .this || target.series == nil || input.recurrence == nil else {
      throw InvalidInput("recurrence", Messages.Recurrence.onlyForSeveral)
    }
    let edit = EventEdit(
      input: input,
      account: account,
      channel: channel,
      provider: provider,
      conferences: conferences,
      flags: flags,
      ownAccounts: try transaction.accounts.list(ownerID: account.ownerID),
      requestID: requestID
    )
    let edited = try merged(edit, target, channel.conflictResolution, reader: transaction)
    if edited.content.timing != target.shown.timing, edited.content.timing.isOver(at: clock.now) {
      throw InvalidInput("endsAt", Messages.Events.movedIntoPast)
    }
    var writer = EventChangeWriter(
      transaction: transaction,
      provider: provider,
      conferences: conferences,
      notifiesAttendees: input.sendInvitations,
      ids: ids,
      clock: clock
    )
    return try writer.write(
      edited,
      repeating: input.recurrence,
      links: try links(input, of: target.shown, transaction),
      for: target
    )
  }

  /// Merges the caller's changes with those that others made since the version that the caller had.
  private func merged(
    _ edit: EventEdit,
    _ target: EventTarget,
    _ strategy: ConflictResolutionStrategy,
    reader: any WorkspaceReader
  ) throws -> EventVersion {
    let (current, expected) = (target.shown, edit.input.expectedVersion ?? target.shown.version)
    guard expected != current.version else {
      return try edit.applied(to: current.editable, organizer: current.organizer)
    }
    guard expected > 0, expected < current.version else {
      throw InvalidInput("expectedVersion", Messages.Events.unknownVersion)
    }
    guard var base = try reader.events.version(expected, of: current.id) else {
      throw EditConflict(fields: [])
    }
    if target.occurrence != nil, current.seriesID != nil, base.content.recurrence.isEmpty == false {
      // A version of the series, seen as this occurrence: its time and rules are not what was edited.
      base.content.timing = current.timing
      base.content.recurrence = []
    }
    let mine = try edit.applied(to: base, organizer: current.organizer)
    let merge = EventMerge(base: base, mine: mine, theirs: current.editable)
    guard merge.contested.isEmpty || strategy != .manual else { throw EditConflict(fields: merge.contested) }
    // Of two members the one who writes last is right; the channel's other strategies are about the provider.
    return merge.merged { _ in .mine }
  }

  private func links(
    _ input: UpdateEventInput,
    of event: CalendarEvent,
    _ reader: any WorkspaceReader
  ) throws -> EventLinks {
    var links = event.links
    if let ids = input.linkedPersonIDs { links.personIDs = try NewEvent.people(ids, reader: reader) }
    if case .set(let id) = input.linkedCompanyID {
      links.companyID = try NewEvent.company(id, reader: reader)
    }
    if case .set(let id) = input.linkedOpportunityID {
      links.opportunityID = try NewEvent.opportunity(id, reader: reader)
    }
    return links
  }
}

/// Another person changed the same fields, and the calendar's strategy leaves the choice to the caller.
package struct EditConflict: UseCaseError, Hashable {
  package let fields: [EventField]

  package var code: ErrorCode { .conflict }
  package var field: String? { "expectedVersion" }
  package var message: String {
    let names = fields.map(\.words).joined(separator: ", ")
    return names.isEmpty
      ? Messages.Events.changedSince
      : Messages.Events.changedTheSame(names)
  }
}

extension EventField {
  var words: String {
    switch self {
    case .title: Messages.EventFields.title
    case .details: Messages.EventFields.details
    case .location: Messages.EventFields.location
    case .timing: Messages.EventFields.timing
    case .recurrence: Messages.EventFields.recurrence
    case .attendees: Messages.EventFields.guests
    case .conference: Messages.EventFields.conference
    }
  }
}
