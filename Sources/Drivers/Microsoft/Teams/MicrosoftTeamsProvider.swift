package import CalendarCore

extension ConferenceProviderID {
  /// Microsoft Teams.
  package static let microsoftTeams = Self(rawValue: "MICROSOFT_TEAMS")
}

/// Microsoft Teams: made by Exchange together with the event that it belongs to.
package struct MicrosoftTeamsProvider: ConferenceProvider {
  package let providerID = ConferenceProviderID.microsoftTeams
  package let displayName = "Microsoft Teams"
  package let icon = ProviderIcon(
    key: "microsoft-teams",
    shapes: """
      <rect x="2" y="6" width="13" height="12" rx="3" fill="#4338ca"/>\
      <circle cx="19" cy="8" r="2.5" fill="#818cf8"/><path d="M16.5 12h5v4a3 3 0 0 1-5 2z" fill="#818cf8"/>
      """
  )
  package let requiredFlag: FeatureFlagKey? = .teamsIntegration

  /// Graph's word for Teams; the others are of Skype, which is no more.
  private static let solution = "teamsForBusiness"

  package init() {}

  package func availability(
    for account: ConnectedAccount,
    channel: CalendarChannel
  ) -> ConferenceAvailability {
    guard account.provider == .microsoft else {
      return .unavailable(reason: Messages.teamsNeedsAccount)
    }
    guard channel.conferenceSolutions.contains(Self.solution) else {
      return .unavailable(reason: Messages.teamsDisabled)
    }
    guard channel.isWritable, MicrosoftScope.canWrite(account.grantedScopes) else {
      return .unavailable(reason: Messages.teamsReadOnly)
    }
    return .available
  }

  package func createConference(
    _ options: CreateConferenceOptions,
    session: AccountSession?
  ) async throws(ProviderError) -> ConferenceCreation {
    .withEvent(EventConferenceRequest(solution: Self.solution, requestID: options.requestID))
  }
}
