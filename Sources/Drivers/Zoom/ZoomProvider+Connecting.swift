package import CalendarCore
import JSONModel
package import ProviderKit

extension ZoomProvider: OAuthConnecting, RevokesAccess {
  package var accountProviderID: AccountProviderID { .zoom }

  package func canWrite(_ account: ConnectedAccount) -> Bool {
    Self.needed.allSatisfy(account.grantedScopes.contains)
  }

  /// The scopes for creating, moving, finding and deleting meetings; an application's scopes are chosen at Zoom.
  private static let needed = [
    "meeting:write:meeting", "meeting:update:meeting", "meeting:delete:meeting", "meeting:read:meeting",
    "meeting:read:list_meetings",
  ]

  package var authorizationEndpoint: String { "\(configuration.oauthURL)/oauth/authorize" }
  package var requestedScopes: [String] { Self.needed + ["user:read:user"] }

  package func connection(
    tokens: OAuthTokens,
    scopes: [String]?
  ) async throws(ProviderError) -> AccountConnection {
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
