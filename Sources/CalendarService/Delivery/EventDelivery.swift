import CalendarCore
import Foundation
import ICalendar

/// The result of a visit to the provider.
enum Delivery: Sendable {
  /// The event was made there; with what was asked for of its conference.
  case made(ProviderEvent, ConferenceCreation?)
  /// Both sides have this now.
  case agreed(ProviderEvent, EventVersion)
  /// A person must choose; with what both sides had agreed on before, as is known now.
  case contested(EventConflict, base: EventVersion, etag: String?)
  case deleted
}

/// Visits the provider for one event.
struct EventDelivery: Sendable {
  let provider: any CalendarProvider
  let keeping: ConferenceProvisioner
  let session: AccountSession
  let now: Date
  /// Returns the event's versions here since both sides last agreed, newest first; called only where it matters.
  let earlierVersions: @Sendable () async throws(ProviderError) -> [EventVersion]
  /// Whether nobody else has begun to deliver the event, as happens when this process stood still for long.
  let isStillOurs: @Sendable () async -> Bool

  /// How often another client may be faster between our reading and our writing before it is left for later.
  private static let maximumRounds = 4

  func deliver(
    _ context: JobContext,
    _ operation: JobContext.Operation
  ) async throws(ProviderError) -> Delivery {
    switch operation {
    case .create:
      let conference = try await keeping.creation(
        of: context.event.conference,
        for: context.event,
        in: context.workspaceID
      )
      let draft = try context.draft(conference: conference)
      try await checkClaim()
      return .made(
        try await provider.createEvent(draft, session: session).spelled(like: context.event),
        conference
      )
    case .change: return try await change(context)
    case .delete: return try await delete(context)
    }
  }

  /// Refuses to write for a run that stood still until another worker took the job over.
  ///
  /// What that worker stored may be newer: a meeting that was deleted since must not be created, and one whose deletion
  /// was undone must not be deleted.
  private func checkClaim() async throws(ProviderError) {
    guard await isStillOurs() else { throw .unavailable(reason: Messages.Delivery.otherWorker) }
  }

  // MARK: Changing

  /// Reads what is there, reconciles it with what was changed here, and writes the difference, until nobody interferes.
  private func change(_ context: JobContext) async throws(ProviderError) -> Delivery {
    let event = context.event
    for _ in 0..<Self.maximumRounds {
      let current = try await current(context)
      guard current.isCanceled || current.isOrganizer else {
        throw .forbidden(reason: Messages.Delivery.notOrganizer)
      }
      let theirs = EventVersion(
        current.content,
        conference(current.conference, over: event.agreed?.conference ?? event.conference)
      )
      let reconciliation = try await reconciliation(of: context, with: theirs, changedAt: current.changedAt)
      switch reconciliation.outcome(of: current.isCanceled ? .canceled : .present(theirs)) {
      case .adopt(let merged), .push(let merged):
        do throws(ProviderError) {
          return try await write(merged, over: theirs, current, context)
        } catch .conflict {
          continue
        }
      case .contested(let fields, let base):
        let conflict = EventConflict(theirs: theirs, fields: fields, detectedAt: now)
        return .contested(conflict, base: base, etag: current.etag)
      case .cancel, .cancelAndReport, .remove, .confirmDeletion: throw .gone
      case .keep, .deleteRemotely: return .agreed(current, theirs)
      }
    }
    throw .unavailable(reason: Messages.Delivery.keepsChanging)
  }

  private func reconciliation(
    of context: JobContext,
    with theirs: EventVersion,
    changedAt: Date?
  ) async throws(ProviderError) -> Reconciliation {
    let event = context.event
    let isAgreed = event.agreed.map { EventMerge.difference(from: $0, to: event.editable).isEmpty } ?? false
    // Earlier versions matter only where the provider has something else than was agreed.
    let mayBeEcho = event.agreed.map { agreed in EventField.allCases.contains { !$0.isSame(agreed, theirs) } }
    return Reconciliation(
      agreed: event.agreed,
      earlier: mayBeEcho == true ? try await earlierVersions() : [],
      local: event.editable,
      localChange: isAgreed ? .none : .edited,
      winner: context.channel.conflictResolution.winner(
        mineEditedAt: event.editedAt,
        theirsChangedAt: changedAt
      )
    )
  }

  private func current(_ context: JobContext) async throws(ProviderError) -> ProviderEvent {
    let event = context.event
    if provider.storesEvents {
      return try await provider.event(context.reference, session: session).spelled(like: event)
    }
    let agreed = event.agreed ?? event.editable
    return ProviderEvent(
      externalID: event.push.externalID ?? context.reference.externalID ?? "\(event.id)",
      iCalUID: event.iCalUID,
      etag: event.push.etag,
      sequence: event.sequence,
      url: event.push.providerURL,
      content: agreed.content,
      conference: agreed.conference.link.map { .success(Conference(link: $0)) }
    )
  }

  private func write(
    _ merged: EventVersion,
    over theirs: EventVersion,
    _ current: ProviderEvent,
    _ context: JobContext
  ) async throws(ProviderError) -> Delivery {
    let event = context.event
    let fields = EventMerge.difference(from: theirs, to: merged).subtracting([.conference])
    let isOtherChoice = !merged.conference.isSameChoice(as: theirs.conference)
    guard !fields.isEmpty || isOtherChoice else { return .agreed(current, merged) }
    guard let organizer = event.organizer else { throw .rejected(reason: Messages.Delivery.noOrganizer) }
    // After the reading: a runner that takes over from now on changes the etag, and this write is refused.
    try await checkClaim()
    var conferenceChange: ConferenceChange?
    if isOtherChoice {
      let creation = try await keeping.creation(
        of: merged.conference,
        for: event,
        in: context.workspaceID
      )
      conferenceChange = creation.map(ConferenceChange.set) ?? .remove
    }
    let updated = try await provider.updateEvent(
      context.reference,
      current: current,
      change: ProviderEventChange(
        fields: fields,
        content: merged.content,
        conference: conferenceChange,
        organizer: organizer,
        notifyAttendees: event.sendInvitations,
        changedAt: now
      ),
      session: session
    ).spelled(like: event)
    var result = EventVersion(updated.content, conference(updated.conference, over: merged.conference))
    if case .set(.ready(let made)) = conferenceChange { result.conference.apply(.success(made)) }
    return .agreed(updated, result)
  }

  /// The conference as the provider has it, in our words.
  private func conference(_ answer: ProviderConference?, over known: EventConference) -> EventConference {
    var conference = known
    if let answer {
      conference.apply(answer)
    } else if known.status == .success || known.status == .pending {
      // Another client removed it.
      conference = EventConference()
    }
    return conference
  }

  // MARK: Deleting

  private func delete(_ context: JobContext) async throws(ProviderError) -> Delivery {
    try await checkClaim()
    do throws(ProviderError) {
      try await provider.deleteEvent(
        context.reference,
        // Who knows of the meeting must not come to it, however quietly it was changed last.
        notifyAttendees: context.guestsMayKnow,
        session: session
      )
    } catch .notFound, .gone {
      // What was to be reached.
    }
    return .deleted
  }
}

extension ProviderEvent {
  /// The event with its guests' addresses spelled as they are here: a provider may write a domain in A-labels, or in
  /// lower case.
  fileprivate func spelled(like event: CalendarEvent) -> Self {
    let spellings = Dictionary(
      event.participants.map { ($0.handle, $0.handle) },
      uniquingKeysWith: { first, _ in first }
    )
    var spelled = self
    for (index, guest) in content.attendees.enumerated() {
      spelled.content.attendees[index].handle = spellings[guest.handle] ?? guest.handle
    }
    return spelled
  }
}
