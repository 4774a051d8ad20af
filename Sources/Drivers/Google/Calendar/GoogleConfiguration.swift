/// Where Google is, and who we are there.
package struct GoogleConfiguration: Sendable {
  package static let defaultAPIURL = "https://www.googleapis.com"
  package static let defaultOAuthURL = "https://accounts.google.com"

  package var clientID: String
  package var clientSecret: String
  /// The address before `/calendar/v3`.
  package var apiURL: String
  let authorizationURL: String
  let tokenURL: String
  let revocationURL: String

  /// Google itself asks for consent and hands out tokens on two hosts; another `oauthURL` serves both.
  package init(
    clientID: String,
    clientSecret: String,
    apiURL: String = Self.defaultAPIURL,
    oauthURL: String = Self.defaultOAuthURL
  ) {
    self.clientID = clientID
    self.clientSecret = clientSecret
    self.apiURL = Self.withoutSlash(apiURL)
    let oauthURL = Self.withoutSlash(oauthURL)
    authorizationURL = oauthURL + "/o/oauth2/v2/auth"
    let tokens = oauthURL == Self.defaultOAuthURL ? "https://oauth2.googleapis.com" : oauthURL
    tokenURL = tokens + "/token"
    revocationURL = tokens + "/revoke"
  }

  private static func withoutSlash(_ url: String) -> String {
    url.hasSuffix("/") ? String(url.dropLast()) : url
  }
}
