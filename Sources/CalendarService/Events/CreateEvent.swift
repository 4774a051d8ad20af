import CalendarCore
import Foundation
import JobQueue

/// Makes an event: checks it, stores it together with the job that brings it to its provider, and waits for that
/// job for as long as a person can be made to wait.
package struct CreateEvent: Sendable {
  let database: any Database
  let calendars: CalendarProviderRegistry
  let conferences: AvailableConferenceProviders
  let surroundings: EventReadContext
  let runner: WorkspaceJobRunner
  let awaited: AwaitedChanges
  let ids: IdentifierSource
  let clock: WallClock

  private enum Outcome: Sendable {
    case made(CalendarEvent, Job?, JobContext?)
    case madeBefore(CalendarEvent, fingerprint: String)
  }

  /// The event as far as it got: `SYNCED`, or `PENDING` when the provider is slow or down.
  ///
  /// Throws `InvalidInput`, `AccessError`, `ReconnectRequired`, `IdempotencyKeyTaken`, or `ProviderRejection` when the
  /// provider refused it at once; nothing is stored then.
  package func callAsFunction(_ input: CreateEventInput, caller: Caller) async throws -> ShownEvent {
    let key = try Self.key(input.idempotencyKey)
    let fingerprint = Self.fingerprint(of: input, caller: caller)
    switch try await store(input, key: key, fingerprint: fingerprint, caller: caller) {
    case .made(let event, let job, let context):
      return try await answer(for: event, after: job, context, caller: caller)
    case .madeBefore(let event, let earlier):
      guard earlier == fingerprint else { throw IdempotencyKeyTaken() }
      return try await answerAgain(event, caller: caller)
    }
  }

  private func store(
    _ input: CreateEventInput,
    key: String?,
    fingerprint: String,
    caller: Caller
  ) async throws -> Outcome {
    let (calendars, conferences, clock) = (calendars, conferences, clock)
    let terms = runner.claimTerms()
    let (eventID, jobID, requestID) = (ids.make(CalendarEvent.self), ids.makeJobID(), ids.makeRequestID())
    return try await database.writeOnce(caller.workspaceID) { transaction, mayBeStored in
      let flags = try transaction.members.flags()
      try flags.require(.eventCreate)
      if mayBeStored, let event = try transaction.events.find(eventID) {
        return .made(event, try transaction.jobs.find(jobID), nil)
      }
      if let key, let earlier = try transaction.events.find(idempotencyKey: key) {
        return .madeBefore(earlier.event, fingerprint: earlier.fingerprint)
      }
      let (event, calendar) = try NewEvent.make(
        input,
        caller: caller,
        id: eventID,
        requestID: requestID,
        flags: flags,
        reader: transaction,
        calendars: calendars,
        conferences: conferences,
        clock: clock
      )
      let job = Job(
        id: jobID,
        workspaceID: caller.workspaceID,
        kind: .pushEvent,
        priority: .interactive,
        subject: .event(event.id),
        accountID: calendar.account.id,
        scheduledAt: clock.now.addingTimeInterval(Job.headStart)
      )
      try transaction.events.insert(event, idempotencyKey: key, fingerprint: key == nil ? nil : fingerprint)
      try transaction.jobs.insert(job)
      let claimed = try transaction.claimed(job, terms)
      FailPoint.storing.reached()
      return .made(event, claimed, JobContext(ofNew: event, in: calendar, of: caller.workspaceID))
    }
  }

  private func answer(
    for event: CalendarEvent,
    after job: Job?,
    _ context: JobContext?,
    caller: Caller
  ) async throws -> ShownEvent {
    let id = event.id
    var outcome: JobOutcome? = .completed
    var refusal: (any Error)?
    FailPoint.stored.reached()
    defer { FailPoint.beforeAnswer.reached() }
    // Without a job the event was delivered since.
    if let job {
      let shown: ShownEvent?
      (outcome, shown) = await awaited.run(job, with: context, on: runner) { [surroundings] in
        try surroundings.find(event.reference, knowing: $1, for: caller, in: $0)
      }
      if case .completed = outcome, let shown { return shown }
    }
    switch outcome {
    case .refused(let reason):
      refusal = reason
    case .completed, .snoozed:
      break
    case .rateLimited:
      try await note(PendingReason(.rateLimited(retryAfter: nil)).message, on: id, caller: caller)
    case .leaseLost, nil:
      try await note(PendingReason.unanswered, on: id, caller: caller)
    }
    return try await database.read(caller.workspaceID) { [surroundings, refusal] reader in
      let kept = try reader.events.find(id)
      // Unless a second request was told of it, a refused event was never accepted and is gone.
      if let refusal, kept?.isWithdrawn ?? true { throw refusal }
      guard let kept else { throw StoreError.inconsistent }
      // The refusal came while it was written down that there is no answer yet.
      guard !kept.isWithdrawn else { throw FirstRequestRefused(reason: nil) }
      return try surroundings.answer(about: kept.reference, to: caller, from: reader)
    }
  }

  /// The answer to a repeated request: what the first one got, or gets.
  private func answerAgain(_ event: CalendarEvent, caller: Caller) async throws -> ShownEvent {
    guard event.push.status == .pending, event.push.error == nil, let account = event.accountID else {
      return try await database.read(caller.workspaceID) { [surroundings] reader in
        try surroundings.answer(about: event.reference, to: caller, from: reader)
      }
    }
    await runner.waitUntilIdle(.account(account), of: caller.workspaceID.uuid)
    // The first request may be running in another process. What is said here binds it: from now on the event is
    // accepted.
    try await note(PendingReason.unanswered, on: event.id, caller: caller)
    return try await database.read(caller.workspaceID) { [surroundings] reader in
      let found = try reader.events.find(event.id)
      guard let found, found.push.status != .failed, !found.isWithdrawn else {
        throw FirstRequestRefused(reason: found?.push.error)
      }
      return try surroundings.answer(about: found.reference, to: caller, from: reader)
    }
  }

  /// Says why the event is not delivered yet, which is what makes it accepted: see `PushEvent.settle`.
  private func note(_ delay: String, on id: CalendarEvent.ID, caller: Caller) async throws {
    try await database.write(caller.workspaceID) { transaction in
      guard var event = try transaction.events.find(id), event.push.status == .pending,
        event.push.error == nil
      else { return }
      event.push.error = delay
      try transaction.events.update(event)
    }
  }

  static func key(_ key: String?) throws(InvalidInput) -> String? {
    guard let key else { return nil }
    guard (1...EventLimits.idempotencyKeyCharacters).contains(key.utf8.count) else {
      throw InvalidInput(
        "idempotencyKey",
        Messages.Access.keyLength(limit: EventLimits.idempotencyKeyCharacters)
      )
    }
    return key
  }

  /// Tells a repeated request from another one that happens to use the same key.
  private static func fingerprint(of input: CreateEventInput, caller: Caller) -> String {
    let parts: [String?] =
      [
        caller.memberID.description, input.title, input.details, input.location,
        "\(input.startsAt.instant.timeIntervalSince1970)", "\(input.startsAt.writtenDate)",
        "\(input.endsAt.instant.timeIntervalSince1970)", "\(input.endsAt.writtenDate)",
        "\(input.isFullDay)", input.timeZone, input.conferenceProviderID.rawValue,
        input.customConferenceLink, "\(input.connectedAccountID)", "\(input.sendInvitations)",
        input.linkedCompanyID?.description, input.linkedOpportunityID?.description,
      ] + input.linkedPersonIDs.map(\.description).sorted()
      + input.attendees.flatMap { [$0.email, $0.displayName, "\($0.isOrganizer)"] }
      // Keys that were used before there was recurrence keep their fingerprints.
      + (input.recurrence.isEmpty ? [] : ["recurrence"] + input.recurrence)
    return Fingerprint.of(parts)
  }
}

/// The request that this one repeats was refused in the meantime.
package struct FirstRequestRefused: UseCaseError {
  let reason: String?

  package var code: ErrorCode { .providerRejected }
  package var message: String { reason ?? Messages.Events.refused }
}

/// The caller's key was already used, for something else.
package struct IdempotencyKeyTaken: UseCaseError {
  /// Where what it was used for can be found, as a sentence.
  var whereToLook = Messages.Events.lookForMeeting

  package var code: ErrorCode { .conflict }
  package var field: String? { "idempotencyKey" }
  package var message: String {
    Messages.Access.requestRepeated(whereToLook)
  }
}
