package import CalendarCore

/// One way to hold a video conference, as the selector shows it.
package struct ConferenceProviderInfo: Sendable, Hashable {
  package var providerID: ConferenceProviderID
  package var displayName: String
  package var iconKey: String
  package var requiresLink: Bool
  /// Nil when it can be had; else a sentence for people.
  package var unavailableReason: String?
}

/// Which conferences can be had, out of all that are registered.
package struct AvailableConferenceProviders: Sendable {
  let database: any Database
  let registry: ConferenceProviderRegistry

  package init(database: any Database, registry: ConferenceProviderRegistry) {
    self.database = database
    self.registry = registry
  }

  /// Every registered provider after Messages.Conferences.none, each with whether this account, or without one any account of the
  /// caller's, can have it.
  package func callAsFunction(
    accountID: ConnectedAccount.ID?,
    caller: Caller
  ) async throws -> [ConferenceProviderInfo] {
    let registry = registry
    return try await database.read(caller.workspaceID) { reader in
      let flags = try reader.members.flags()
      var accounts = try reader.accounts.list(ownerID: caller.memberID)
      if let accountID {
        accounts = accounts.filter { $0.id == accountID }
        guard !accounts.isEmpty else { throw AccessError.missingCalendarAccount }
      }
      let channels = try reader.accounts.channels(accountIDs: accounts.map(\.id))
      let all = try reader.accounts.list(ownerID: caller.memberID)
      let none = ConferenceProviderInfo(
        providerID: .none,
        displayName: Messages.Conferences.none,
        iconKey: "none",
        requiresLink: false
      )
      return [none]
        + registry.providers.map { provider in
          ConferenceProviderInfo(
            providerID: provider.providerID,
            displayName: provider.displayName,
            iconKey: provider.icon.key,
            requiresLink: provider.requiresLink,
            unavailableReason: Self.unavailability(of: provider, accounts, channels, flags)
              ?? Self.missingAccount(of: provider, among: all)
          )
        }
    }
  }

  /// Why a conference's own service cannot be reached for a member; nil when it can, or has no accounts.
  private static func missingAccount(
    of provider: any ConferenceProvider,
    among accounts: [ConnectedAccount]
  ) -> String? {
    guard let kind = provider.ownAccountProviderID else { return nil }
    let own = accounts.filter { $0.provider == kind }
    if own.contains(where: { $0.authFailedAt == nil }) { return nil }
    return own.isEmpty
      ? Messages.Conferences.connectAccount(provider.displayName)
      : Messages.Conferences.connectionExpired(provider.displayName)
  }

  /// The conference of a new event, not made yet; refuses what cannot be had.
  ///
  /// `accounts` are the member's own.
  func choice(
    _ id: ConferenceProviderID,
    link: String?,
    account: ConnectedAccount,
    channel: CalendarChannel,
    flags: FeatureFlags,
    requestID: String,
    accounts: @autoclosure () throws -> [ConnectedAccount]
  ) throws -> EventConference {
    let provider = registry[id]
    if id != .none, provider == nil {
      throw InvalidInput("conferenceProviderId", Messages.Conferences.unknownKind)
    }
    guard provider?.requiresLink == true || link == nil || link?.trimmed.isEmpty == true else {
      throw InvalidInput(
        "customConferenceLink",
        Messages.Conferences.linkNotExpected
      )
    }
    guard let provider else { return EventConference() }
    if let flag = provider.requiredFlag { try flags.require(flag) }
    if case .unavailable(let reason) = provider.availability(for: account, channel: channel) {
      throw InvalidInput("conferenceProviderId", reason)
    }
    if let reason = Self.missingAccount(of: provider, among: try accounts()) {
      throw InvalidInput("conferenceProviderId", reason)
    }
    guard provider.requiresLink else {
      return EventConference(providerID: id, status: .pending, requestID: requestID)
    }
    do {
      let link = try ConferenceLink(link ?? "")
      return EventConference(providerID: id, status: .pending, link: link.text, requestID: requestID)
    } catch {
      throw InvalidInput("customConferenceLink", error.message)
    }
  }

  private static func unavailability(
    of provider: any ConferenceProvider,
    _ accounts: [ConnectedAccount],
    _ channels: [CalendarChannel],
    _ flags: FeatureFlags
  ) -> String? {
    if let flag = provider.requiredFlag, !flags.isEnabled(flag) {
      return AccessError.featureDisabled(flag).message
    }
    var reason: String?
    for account in accounts {
      guard let channel = channels.first(where: { $0.accountID == account.id && $0.isWritable }) else {
        continue
      }
      switch provider.availability(for: account, channel: channel) {
      case .available: return nil
      case .unavailable(let why): reason = reason ?? why
      }
    }
    return reason ?? Messages.Conferences.connectCalendar
  }
}
