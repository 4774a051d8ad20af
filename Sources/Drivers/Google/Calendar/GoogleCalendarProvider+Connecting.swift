package import CalendarCore
package import ProviderKit

extension GoogleCalendarProvider: OAuthConnecting {
  package var authorizationEndpoint: String { configuration.authorizationURL }
  package var requestedScopes: [String] { GoogleScope.requested }
  /// Google gives a refresh token only for offline access, and only when it asks for consent.
  package var authorizationParameters: [(String, String)] {
    [("access_type", "offline"), ("prompt", "consent")]
  }

  package func connection(
    tokens: OAuthTokens,
    scopes: [String]?
  ) async throws(ProviderError) -> AccountConnection {
    guard tokens.refreshToken != nil else {
      throw .rejected(reason: Messages.accessTooShort)
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
      grantedScopes: scopes ?? requestedScopes,
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
