package import CalendarCore
import ProviderKit

extension GoogleCalendarProvider: ConnectsWithOAuth {
  package func authorizationURL(_ request: OAuthAuthorizationRequest) -> String {
    var fields = [
      ("client_id", configuration.clientID),
      ("redirect_uri", request.redirectURL),
      ("response_type", "code"),
      ("scope", GoogleScope.requested.joined(separator: " ")),
      ("state", request.state),
      ("code_challenge", request.codeChallenge),
      ("code_challenge_method", "S256"),
      // Google gives a refresh token only for offline access, and only when it asks for consent.
      ("access_type", "offline"),
      ("prompt", "consent"),
    ]
    if let loginHint = request.loginHint { fields.append(("login_hint", loginHint)) }
    return "\(configuration.authorizationURL)?\(FormEncoding.encode(fields))"
  }

  package func connect(
    code: String,
    codeVerifier: String,
    redirectURL: String
  ) async throws(ProviderError) -> AccountConnection {
    let (tokens, scopes) = try await oauth.exchange(
      code: code,
      codeVerifier: codeVerifier,
      redirectURL: redirectURL
    )
    guard tokens.refreshToken != nil else {
      throw .rejected(
        reason:
          Messages.accessTooShort
      )
    }
    let entries = try await client.calendars(token: tokens.accessToken)
    // The primary calendar's id is the account's address: no further scope is needed to learn it.
    guard let primary = entries.first(where: { $0.primary == true }), let handle = EmailAddress(primary.id)
    else {
      throw .rejected(reason: Messages.noCalendar)
    }
    return AccountConnection(
      handle: handle,
      displayName: primary.summaryOverride ?? primary.summary ?? handle.rawValue,
      // People can untick scopes; a server that says nothing granted what was asked for (RFC 6749 §5.1).
      grantedScopes: scopes ?? GoogleScope.requested,
      sendsInvitations: true,
      credentials: tokens.credentials,
      calendars: entries.filter(\.showsEvents).map(DiscoveredCalendar.init)
    )
  }
}

extension GoogleCalendarProvider: RevokesAccess {
  /// With the refresh token goes all that was granted with it.
  package func revokeAccess(session: AccountSession) async throws(ProviderError) {
    guard let tokens = OAuthTokens(try await session.credentials()) else { return }
    try await oauth.revoke(tokens.refreshToken ?? tokens.accessToken, at: configuration.revocationURL)
  }
}
