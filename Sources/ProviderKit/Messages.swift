/// The sentences that every driver shares.
enum Messages {
  // MARK: Requests over HTTP
  static let unreachable = "Can't reach the server."
  static func unreachableBecause(_ reason: String) -> String { "Can't reach the server (\(reason))." }
  static func connectionLost(_ reason: String) -> String { "The connection was lost (\(reason))." }
  static let responseTooLong = "The response is too long."
  static let notAWebAddress = "This isn't a web address."
  static let nameUnresolved = "The server's name can't be resolved."
  static let privateNetwork = "The address is in a private network, which isn't allowed here."
  static let notSecure = "The address must start with https://."
  static let incompleteWebAddress = "This isn't a web address. It must start with https:// and name a server."
  static let tooManyRedirects = "The server redirects too many times."
  static let insecureRedirect = "The server redirects to an address that isn't secure."
  static let foreignRedirect = "The server redirects to another server."

  // MARK: Mail servers
  static let mailLibraryTooOld = "The mail library lacks a required feature."
  static let mailLibraryNotStarted = "The mail library can't be started."
  static let mailConnectionClosed = "The mail server closed the connection."
  static func mailConnectionClosedWith(_ code: UInt32) -> String {
    "The mail server closed the connection (\(code))."
  }
  static let mailServerSlow = "The mail server took too long to respond."
  static let mailSignInRejected = "The mail server rejected the user name or password."
  static let mailCertificateInvalid = "The mail server's certificate isn't valid for its name."
  static let mailNotEncrypted = "The mail server doesn't offer encryption."
  static let mailServerUnreachable = "Can't reach the mail server."
  static func mailAddressExample(scheme: String) -> String {
    "Enter an address such as \(scheme)s://mail.example.com."
  }
  static let notAMailServerAddress = "This isn't a mail server's address."

  // MARK: OAuth
  static let newTokenRejected = "A newly issued token was rejected."
  static let noTokens = "The account has no tokens."
  static let noAccessToken = "The token endpoint sent no access token."
  static func revocationFailed(_ status: Int) -> String { "The revocation failed (\(status))." }
  static let unexpectedTokenResponse = "The token endpoint sent an unexpected response."
  static let invalidGrant = "The grant was revoked or has expired (invalid_grant)."
  static let clientRejected = "The provider rejects this installation's OAuth client."
  static func tokenRefused(_ code: String) -> String { "The token request was refused (\(code))." }
  static let tokenRefusedSilently = "The token endpoint rejected the request without a known reason."
  static func tokenEndpointFailed(_ status: Int) -> String { "The token endpoint failed (\(status))." }
  static let renewalTakesTooLong = "Another process is taking too long to renew the token."
  static let noRefreshToken = "There is no refresh token."
}
