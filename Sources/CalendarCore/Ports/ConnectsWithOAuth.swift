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
