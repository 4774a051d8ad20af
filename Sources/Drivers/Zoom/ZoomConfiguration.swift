/// Where Zoom is, and who we are there.
package struct ZoomConfiguration: Sendable {
  package static let defaultAPIURL = "https://api.zoom.us"
  package static let defaultOAuthURL = "https://zoom.us"

  package var clientID: String
  package var clientSecret: String
  /// The address before `/v2`.
  package var apiURL: String
  /// The address before `/oauth`.
  package var oauthURL: String

  package init(
    clientID: String,
    clientSecret: String,
    apiURL: String = Self.defaultAPIURL,
    oauthURL: String = Self.defaultOAuthURL
  ) {
    self.clientID = clientID
    self.clientSecret = clientSecret
    self.apiURL = apiURL
    self.oauthURL = oauthURL
  }
}
