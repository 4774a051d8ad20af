/// The account that a driver found while connecting.
package struct AccountConnection: Sendable, Hashable {
  package var handle: EmailAddress
  package var displayName: String
  package var grantedScopes: [String]
  package var parameters: [String: String]
  package var sendsInvitations: Bool
  package var credentials: Credentials
  package var calendars: [DiscoveredCalendar]
  /// The mail servers that the form named beside the account; each is signed in to before the account is stored.
  package var companions: [CompanionServer]

  package init(
    handle: EmailAddress,
    displayName: String,
    grantedScopes: [String] = [],
    parameters: [String: String] = [:],
    sendsInvitations: Bool,
    credentials: Credentials,
    calendars: [DiscoveredCalendar],
    companions: [CompanionServer] = []
  ) {
    self.handle = handle
    self.displayName = displayName
    self.grantedScopes = grantedScopes
    self.parameters = parameters
    self.sendsInvitations = sendsInvitations
    self.credentials = credentials
    self.calendars = calendars
    self.companions = companions
  }
}
