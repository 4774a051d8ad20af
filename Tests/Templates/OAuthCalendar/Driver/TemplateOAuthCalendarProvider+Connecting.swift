package import CalendarCore
import JSONModel
package import ProviderKit

extension TemplateOAuthCalendarProvider: OAuthConnecting, RevokesAccess {
  static let writingScope = "calendar.write"

  package var authorizationEndpoint: String { "\(oauthURL)/authorize" }
  package var requestedScopes: [String] { [Self.writingScope] }

  package func connection(
    tokens: OAuthTokens,
    scopes: [String]?
  ) async throws(ProviderError) -> AccountConnection {
    let me = try await client.me(token: tokens.accessToken)
    guard let handle = me["email"]?.string.flatMap({ EmailAddress($0) }) else {
      throw .malformedReply(reason: Messages.unknownOwner)
    }
    return AccountConnection(
      handle: handle,
      displayName: me["name"]?.string ?? handle.rawValue,
      // A server that says nothing granted what was asked for (RFC 6749 §5.1).
      grantedScopes: scopes ?? requestedScopes,
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
