import ProviderKit

/// Where Microsoft is, and who we are there; national clouds have other addresses.
package struct MicrosoftConfiguration: Sendable {
  package static let defaultGraphURL = "https://graph.microsoft.com"
  package static let defaultLoginURL = "https://login.microsoftonline.com"
  /// Accounts of every organization, and personal ones.
  package static let anyTenant = "common"

  package var clientID: String
  package var clientSecret: String
  /// The address before `/v1.0`.
  package var graphURL: String
  let authorizationURL: String
  let tokenURL: String

  package init(
    clientID: String,
    clientSecret: String,
    tenant: String = Self.anyTenant,
    graphURL: String = Self.defaultGraphURL,
    loginURL: String = Self.defaultLoginURL
  ) {
    self.clientID = clientID
    self.clientSecret = clientSecret
    self.graphURL = graphURL
    let endpoint = "\(loginURL)/\(FormEncoding.encode(tenant))/oauth2/v2.0"
    authorizationURL = "\(endpoint)/authorize"
    tokenURL = "\(endpoint)/token"
  }
}
