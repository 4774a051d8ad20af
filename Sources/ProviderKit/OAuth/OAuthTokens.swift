package import CalendarCore
package import Foundation

/// The tokens of an OAuth account; only this type decides how `Credentials` holds them.
package struct OAuthTokens: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
  package var accessToken: String
  package var refreshToken: String?
  package var expiresAt: Date

  package init(accessToken: String, refreshToken: String?, expiresAt: Date) {
    self.accessToken = accessToken
    self.refreshToken = refreshToken
    self.expiresAt = expiresAt
  }

  /// Nil when the credentials hold no access token.
  package init?(_ credentials: Credentials) {
    guard let accessToken = credentials["accessToken"] else { return nil }
    self.accessToken = accessToken
    refreshToken = credentials["refreshToken"]
    let expiry = credentials["expiresAt"].flatMap(Double.init)
    expiresAt = Date(timeIntervalSince1970: expiry ?? 0)
  }

  package var credentials: Credentials {
    var credentials = Credentials(["accessToken": accessToken])
    credentials["refreshToken"] = refreshToken
    credentials["expiresAt"] = String(Int(expiresAt.timeIntervalSince1970))
    return credentials
  }

  package var description: String { "OAuthTokens(•••)" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
