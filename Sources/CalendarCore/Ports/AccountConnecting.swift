/// A kind of account that members connect: at a calendar, at a video service, or at both.
package protocol AccountProvider: Sendable {
  /// Names the kind; `ConnectedAccount.provider` of every such account.
  var accountProviderID: CalendarProviderID { get }
  /// What people call it.
  var displayName: String { get }

  /// Whether what was granted allows writing what the account is for: events, or meetings.
  func canWrite(_ account: ConnectedAccount) -> Bool
}

/// A provider that can be told that its access is not needed any more.
package protocol RevokesAccess: AccountProvider {
  /// Gives back what was granted; access that is not there any more is no error.
  func revokeAccess(session: AccountSession) async throws(ProviderError)
}

/// How an account of a provider is connected; decides what the settings page offers.
package enum ProviderConnection: String, Sendable, CaseIterable {
  case oauth = "OAUTH"
  /// A server's address, a user name and a password.
  case serverLogin = "CALDAV"
  /// Nothing to connect: every member has it.
  case builtIn = "BUILT_IN"
}

/// What a driver found when an account was connected.
package struct AccountConnection: Sendable, Hashable {
  package var handle: EmailAddress
  package var displayName: String
  package var grantedScopes: [String]
  package var parameters: [String: String]
  package var sendsInvitations: Bool
  package var credentials: Credentials
  package var calendars: [DiscoveredCalendar]

  package init(
    handle: EmailAddress,
    displayName: String,
    grantedScopes: [String] = [],
    parameters: [String: String] = [:],
    sendsInvitations: Bool,
    credentials: Credentials,
    calendars: [DiscoveredCalendar]
  ) {
    (self.handle, self.displayName, self.grantedScopes) = (handle, displayName, grantedScopes)
    (self.parameters, self.sendsInvitations) = (parameters, sendsInvitations)
    (self.credentials, self.calendars) = (credentials, calendars)
  }
}

/// One calendar that an account has.
package struct DiscoveredCalendar: Sendable, Hashable {
  package var externalID: String
  package var displayName: String
  package var isPrimary: Bool
  package var isWritable: Bool
  package var conferenceSolutions: [String]

  package init(
    externalID: String,
    displayName: String,
    isPrimary: Bool,
    isWritable: Bool = true,
    conferenceSolutions: [String] = []
  ) {
    (self.externalID, self.displayName, self.isPrimary) = (externalID, displayName, isPrimary)
    (self.isWritable, self.conferenceSolutions) = (isWritable, conferenceSolutions)
  }
}

/// A provider whose accounts are connected with a server's address and a password.
package protocol ConnectsWithServerLogin: AccountProvider {
  /// Finds the account's calendars. `ProviderError.authExpired` means the password was refused;
  /// `.rejected` says what about the address or the server is wrong, as a sentence for people.
  func connect(
    serverURL: String,
    username: String,
    password: String,
    handle: EmailAddress
  ) async throws(ProviderError) -> AccountConnection
}

/// A provider whose accounts are connected by OAuth 2 with PKCE (RFC 6749, RFC 7636).
package protocol ConnectsWithOAuth: AccountProvider {
  /// The address that the browser must open.
  func authorizationURL(_ request: OAuthAuthorizationRequest) -> String

  /// Trades the code for tokens and finds the account's address, granted scopes and calendars.
  func connect(
    code: String,
    codeVerifier: String,
    redirectURL: String
  ) async throws(ProviderError) -> AccountConnection
}

/// What goes into an authorization address.
package struct OAuthAuthorizationRequest: Sendable, Hashable {
  package var redirectURL: String
  package var state: String
  /// BASE64URL(SHA256(verifier)), RFC 7636 §4.2.
  package var codeChallenge: String
  package var loginHint: String?

  package init(redirectURL: String, state: String, codeChallenge: String, loginHint: String? = nil) {
    (self.redirectURL, self.state) = (redirectURL, state)
    (self.codeChallenge, self.loginHint) = (codeChallenge, loginHint)
  }
}

extension AccountProvider {
  /// Read off the driver's abilities.
  package var connection: ProviderConnection {
    switch self {
    case is any ConnectsWithOAuth: .oauth
    case is any ConnectsWithServerLogin: .serverLogin
    default: .builtIn
    }
  }
}
