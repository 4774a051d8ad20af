/// The parameters of an authorization address.
package struct OAuthAuthorizationRequest: Sendable, Hashable {
  package var redirectURL: String
  package var state: String
  /// BASE64URL(SHA256(verifier)), RFC 7636 §4.2.
  package var codeChallenge: String
  package var loginHint: String?

  package init(redirectURL: String, state: String, codeChallenge: String, loginHint: String? = nil) {
    self.redirectURL = redirectURL
    self.state = state
    self.codeChallenge = codeChallenge
    self.loginHint = loginHint
  }
}
