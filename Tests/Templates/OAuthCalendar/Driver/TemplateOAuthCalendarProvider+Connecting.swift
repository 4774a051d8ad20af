package import CalendarCore
import JSONModel
import ProviderKit

extension TemplateOAuthCalendarProvider: ConnectsWithOAuth, RevokesAccess {
  static let writingScope = "calendar.write"

  package func authorizationURL(_ request: OAuthAuthorizationRequest) -> String {
    var fields = [
      ("client_id", clientID),
      ("redirect_uri", request.redirectURL),
      ("response_type", "code"),
      ("scope", Self.writingScope),
      ("state", request.state),
      ("code_challenge", request.codeChallenge),
      ("code_challenge_method", "S256"),
    ]
    if let loginHint = request.loginHint { fields.append(("login_hint", loginHint)) }
    return "\(oauthURL)/authorize?\(FormEncoding.encode(fields))"
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
    let me = try await client.me(token: tokens.accessToken)
    guard let handle = me["email"]?.string.flatMap({ EmailAddress($0) }) else {
      throw .malformedReply(reason: "TemplateOAuthCalendar didn't say whose account this is.")
    }
    return AccountConnection(
      handle: handle,
      displayName: me["name"]?.string ?? handle.rawValue,
      // A server that says nothing granted what was asked for (RFC 6749 §5.1).
      grantedScopes: scopes ?? [Self.writingScope],
      sendsInvitations: true,
      credentials: tokens.credentials,
      calendars: try await client.calendars(token: tokens.accessToken).compactMap { DiscoveredCalendar($0) }
    )
  }

  package func revokeAccess(session: AccountSession) async throws(ProviderError) {
    guard let tokens = OAuthTokens(try await session.credentials()) else { return }
    try await oauth.revoke(tokens.refreshToken ?? tokens.accessToken, at: "\(oauthURL)/revoke")
  }
}

extension DiscoveredCalendar {
  fileprivate init?(_ calendar: JSON) {
    guard let id = calendar["id"]?.string else { return nil }
    self.init(
      externalID: id,
      displayName: calendar["name"]?.string ?? id,
      isPrimary: calendar["isPrimary"]?.bool ?? false,
      isWritable: calendar["isWritable"]?.bool ?? false
    )
  }
}
