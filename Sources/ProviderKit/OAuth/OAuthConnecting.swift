package import CalendarCore

/// A provider whose accounts are connected with an `OAuthClient`: the driver names scopes and finds the account.
package protocol OAuthConnecting: ConnectsWithOAuth {
  var oauth: OAuthClient { get }

  /// The address of the authorization endpoint (RFC 6749 §3.1).
  var authorizationEndpoint: String { get }

  /// The scopes that members are asked to grant.
  var requestedScopes: [String] { get }

  /// The parameters of the authorization address besides those of RFC 6749 and RFC 7636; none unless the driver says so.
  var authorizationParameters: [(String, String)] { get }

  /// Finds the account that new tokens are for.
  ///
  /// `scopes` are the granted ones; nil means that the server did not name them (RFC 6749 §5.1).
  func connection(tokens: OAuthTokens, scopes: [String]?) async throws(ProviderError) -> AccountConnection
}

extension OAuthConnecting {
  package var authorizationParameters: [(String, String)] { [] }

  package func authorizationURL(_ request: OAuthAuthorizationRequest) -> String {
    var fields = [
      ("client_id", oauth.clientID),
      ("redirect_uri", request.redirectURL),
      ("response_type", "code"),
      ("scope", requestedScopes.joined(separator: " ")),
      ("state", request.state),
      ("code_challenge", request.codeChallenge),
      ("code_challenge_method", "S256"),
    ]
    fields += authorizationParameters
    if let loginHint = request.loginHint { fields.append(("login_hint", loginHint)) }
    return "\(authorizationEndpoint)?\(FormEncoding.encode(fields))"
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
    return try await connection(tokens: tokens, scopes: scopes)
  }
}
