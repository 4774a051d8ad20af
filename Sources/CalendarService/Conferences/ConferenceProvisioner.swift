import CalendarCore
import Foundation
import ICalendar
import Logging

/// Makes conferences, and writes down which of them live at services of their own before they are asked for.
struct ConferenceProvisioner: Sendable {
  let database: any Database
  let conferences: ConferenceProviderRegistry
  let sessions: AccountSessions
  let clock: WallClock
  let logger: Logger

  /// The conference that an event shall have, made or to be made with it; nil when it shall have none.
  ///
  /// A failure of the conference's service is no fault of the calendar's account: it is `.unavailable` as long as it
  /// may pass, else `.rejected` with a sentence.
  func creation(
    of conference: EventConference,
    for event: CalendarEvent,
    in workspace: Workspace.ID
  ) async throws(ProviderError) -> ConferenceCreation? {
    guard let requestID = conference.requestID else { return nil }
    guard let provider = conferences[conference.providerID] else {
      throw .unavailable(reason: Messages.Conferences.noDriver)
    }
    let options = CreateConferenceOptions(event.editable.content, conference, requestID: requestID)
    guard provider is any StandaloneConferenceProvider else {
      let session = try await session(ofOwn: provider, for: event, in: workspace)
      return try await Self.blamingService(provider) { () async throws(ProviderError) in
        try await provider.createConference(options, session: session)
      }
    }
    var kept = try await intent(requestID, provider, of: event, in: workspace)
    let session = try await session(of: kept, provider, in: workspace)
    let creation: ConferenceCreation
    do throws(ProviderError) {
      creation = try await provider.createConference(options, session: session)
    } catch {
      await noteRefusal(error, kept.accountID, workspace)
      throw Self.calendarError(error, provider)
    }
    if case .ready(let made) = creation {
      kept.conferenceID = made.conferenceID
      kept.lastPushedFingerprint = options.fingerprint
      try await store(kept, workspace)
    }
    return creation
  }

  /// The account whose turn it is to make conferences for a member; nil when there is none that can.
  static func ownAccount(
    of provider: any ConferenceProvider,
    ownerID: WorkspaceMember.ID,
    from reader: any WorkspaceReader
  ) throws -> ConnectedAccount? {
    guard let kind = provider.ownAccountProviderID else { return nil }
    let accounts = try reader.accounts.list(ownerID: ownerID).filter { $0.provider == kind }
    return accounts.first { $0.authFailedAt == nil } ?? accounts.first
  }

  /// Returns the stored intent of this request, or stores one.
  private func intent(
    _ requestID: String,
    _ provider: any ConferenceProvider,
    of event: CalendarEvent,
    in workspace: Workspace.ID
  ) async throws(ProviderError) -> StandaloneConference {
    let now = clock.now
    do {
      return try await database.write(workspace) { transaction in
        let known = try transaction.conferences.list(eventID: event.id).first { $0.requestID == requestID }
        // An account that was taken off before it has told of anything gives way to the one that is there now.
        if let known, try known.conferenceID != nil || !Self.hasLostAccount(known, provider, transaction) {
          return known
        }
        let owner = try event.accountID.flatMap { try transaction.accounts.find($0) }?.ownerID
        let account = try owner.flatMap {
          try Self.ownAccount(of: provider, ownerID: $0, from: transaction)
        }
        let kept = StandaloneConference(
          requestID: requestID,
          eventID: event.id,
          providerID: provider.providerID,
          accountID: account?.id,
          createdAt: now
        )
        try transaction.conferences.save(kept)
        return kept
      }
    } catch {
      throw .unavailable(reason: Messages.Conferences.intentNotStored(error))
    }
  }

  private static func hasLostAccount(
    _ kept: StandaloneConference,
    _ provider: any ConferenceProvider,
    _ reader: any WorkspaceReader
  ) throws -> Bool {
    guard provider.ownAccountProviderID != nil else { return false }
    return try kept.accountID.flatMap { try reader.accounts.find($0) }?.disconnectedAt != nil
      || kept.accountID == nil
  }

  private func store(_ kept: StandaloneConference, _ workspace: Workspace.ID) async throws(ProviderError) {
    do { try await database.write(workspace) { try $0.conferences.save(kept) } } catch {
      // The next attempt finds it there.
      throw .unavailable(reason: Messages.Conferences.notStored(error))
    }
  }

  private func session(
    ofOwn provider: any ConferenceProvider,
    for event: CalendarEvent,
    in workspace: Workspace.ID
  ) async throws(ProviderError) -> AccountSession? {
    guard provider.ownAccountProviderID != nil else { return nil }
    let kept = StandaloneConference(
      requestID: "",
      eventID: event.id,
      providerID: provider.providerID,
      accountID: nil,
      createdAt: clock.now
    )
    return try await session(of: kept, provider, in: workspace)
  }

  /// The way of the account that a conference was made with; nil where the service knows none.
  func session(
    of kept: StandaloneConference,
    _ provider: any ConferenceProvider,
    in workspace: Workspace.ID
  ) async throws(ProviderError) -> AccountSession? {
    guard provider.ownAccountProviderID != nil else { return nil }
    let account: ConnectedAccount?
    do {
      account = try await database.read(workspace) { reader in
        try kept.accountID.flatMap { try reader.accounts.find($0) }
      }
    } catch {
      throw .unavailable(reason: Messages.Conferences.accountUnreadable(error))
    }
    guard let account, account.authFailedAt == nil, account.disconnectedAt == nil else {
      throw .rejected(reason: Messages.Conferences.reconnect(provider.displayName))
    }
    return sessions.session(for: account, in: workspace)
  }

  /// Remembers that a service refuses its account's credentials.
  func noteRefusal(_ error: ProviderError, _ account: ConnectedAccount.ID?, _ workspace: Workspace.ID) async {
    guard case .authExpired = error, let account else { return }
    let now = clock.now
    do { try await database.write(workspace) { try $0.markAuthFailed(account, at: now) } } catch {
      logger.warning("An account's refusal could not be stored", metadata: ["error": "\(error)"])
    }
  }

  private static func blamingService<T>(
    _ provider: any ConferenceProvider,
    _ call: () async throws(ProviderError) -> T
  ) async throws(ProviderError) -> T {
    do throws(ProviderError) { return try await call() } catch { throw calendarError(error, provider) }
  }

  /// Maps a failure of the conference's service to an error of the event's delivery.
  private static func calendarError(_ error: ProviderError, _ provider: any ConferenceProvider)
    -> ProviderError
  {
    switch error {
    case .rateLimited(let wait):
      .unavailable(reason: Messages.Conferences.rateLimited, retryAfter: wait)
    case .unavailable, .malformedReply: error
    case .authExpired: .rejected(reason: Messages.Conferences.reconnect(provider.displayName))
    case .rejected(let reason): .rejected(reason: reason)
    case .forbidden, .notFound, .gone, .calendarMissing, .conflict:
      .rejected(reason: Messages.Conferences.notCreated(provider.displayName))
    }
  }
}

extension CreateConferenceOptions {
  init(_ content: EventContent, _ conference: EventConference, requestID: String) {
    let zone: String? = if case .timed(let start, _) = content.timing { start.zone.identifier } else { nil }
    self.init(
      requestID: requestID,
      title: content.title,
      startsAt: content.timing.startInstant(in: .utc),
      endsAt: content.timing.endInstant(in: .utc),
      timeZone: zone,
      isRecurring: !content.recurrence.isEmpty,
      attendees: content.attendees.map(\.handle),
      customLink: conference.link
    )
  }

  /// The fingerprint of the meeting as a conference's service sees it.
  var fingerprint: String {
    let parts = [
      title, "\(Int(startsAt.timeIntervalSince1970))", "\(Int(endsAt.timeIntervalSince1970))", timeZone ?? "",
      "\(isRecurring)",
    ]
    return parts.joined(separator: "\u{1F}")
  }
}
