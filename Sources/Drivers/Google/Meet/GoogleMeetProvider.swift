package import CalendarCore

extension ConferenceProviderID {
  /// Google Meet.
  package static let googleMeet = Self(rawValue: "GOOGLE_MEET")
}

/// Google Meet: made by Google together with the event that it belongs to.
package struct GoogleMeetProvider: ConferenceProvider {
  package let providerID = ConferenceProviderID.googleMeet
  package let displayName = "Google Meet"
  package let icon = ProviderIcon(
    key: "google-meet",
    shapes: """
      <rect x="2" y="6" width="13" height="12" rx="3" fill="#15803d"/>\
      <path d="M16.5 11l5.5-3.5v9L16.5 13z" fill="#ca8a04"/>
      """
  )
  package let requiredFlag: FeatureFlagKey? = .meetIntegration

  /// Google's word for Meet in `conferenceSolutionKey.type`; the others are of Hangouts, which is no more.
  private static let solution = "hangoutsMeet"

  package init() {}

  package func availability(
    for account: ConnectedAccount,
    channel: CalendarChannel
  ) -> ConferenceAvailability {
    guard account.provider == .google else {
      return .unavailable(reason: Messages.meetNeedsAccount)
    }
    guard channel.conferenceSolutions.contains(Self.solution) else {
      return .unavailable(reason: Messages.meetDisabled)
    }
    guard channel.isWritable, GoogleScope.canWrite(account.grantedScopes) else {
      return .unavailable(reason: Messages.meetReadOnly)
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
