package import CalendarCore
import JSONModel
import ProviderKit

extension ZoomProvider: ConnectsWithOAuth, RevokesAccess {
  package var accountProviderID: CalendarProviderID { .zoom }

  package func canWrite(_ account: ConnectedAccount) -> Bool {
    Self.needed.allSatisfy(account.grantedScopes.contains)
  }

  /// The scopes for creating, moving, finding and deleting meetings; an application's scopes are chosen at Zoom.
  private static let needed = [
    "meeting:write:meeting", "meeting:update:meeting", "meeting:delete:meeting", "meeting:read:meeting",
    "meeting:read:list_meetings",
  ]

  package func authorizationURL(_ request: OAuthAuthorizationRequest) -> String {
    var fields = [
      ("client_id", configuration.clientID),
      ("redirect_uri", request.redirectURL),
      ("response_type", "code"),
      ("scope", (Self.needed + ["user:read:user"]).joined(separator: " ")),
      ("state", request.state),
      ("code_challenge", request.codeChallenge),
      ("code_challenge_method", "S256"),
    ]
    if let loginHint = request.loginHint { fields.append(("login_hint", loginHint)) }
    return "\(configuration.oauthURL)/oauth/authorize?\(FormEncoding.encode(fields))"
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
      throw .malformedReply(reason: Messages.accountUnknown)
    }
    return AccountConnection(
      handle: handle,
      displayName: me["display_name"]?.string ?? handle.rawValue,
      grantedScopes: scopes ?? [],
      sendsInvitations: false,
      credentials: tokens.credentials,
      calendars: []
    )
  }

  package func revokeAccess(session: AccountSession) async throws(ProviderError) {
    guard let tokens = OAuthTokens(try await session.credentials()) else { return }
    try await oauth.revoke(tokens.accessToken, at: "\(configuration.oauthURL)/oauth/revoke")
  }
}
