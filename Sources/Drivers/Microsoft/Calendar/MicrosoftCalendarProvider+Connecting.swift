package import CalendarCore
import JSONModel
package import ProviderKit

extension MicrosoftCalendarProvider: OAuthConnecting {
  package var authorizationEndpoint: String { configuration.authorizationURL }
  package var requestedScopes: [String] { MicrosoftScope.requested }
  package var authorizationParameters: [(String, String)] { [("response_mode", "query")] }

  package func connection(
    tokens: OAuthTokens,
    scopes: [String]?
  ) async throws(ProviderError) -> AccountConnection {
    guard tokens.refreshToken != nil else {
      throw .rejected(reason: Messages.accessTooShort)
    }
    let me = try await client.get("/me", token: tokens.accessToken)
    // An account without a mailbox has no `mail`, and a guest of the organization an unusual name.
    let address = [me["mail"]?.string, me["userPrincipalName"]?.string].lazy.compactMap(\.self)
    guard let handle = address.compactMap({ EmailAddress($0) }).first else {
      throw .rejected(reason: Messages.noEmailAddress)
    }
    let list = try await client.get("/me/calendars?$top=200", token: tokens.accessToken)
    let calendars = (list["value"]?.array ?? []).compactMap { DiscoveredCalendar($0) }
    guard !calendars.isEmpty else { throw .rejected(reason: Messages.noCalendar) }
    return AccountConnection(
      handle: handle,
      displayName: me["displayName"]?.string ?? handle.rawValue,
      // People can untick scopes; a server that says nothing granted what was asked for (RFC 6749 §5.1).
      grantedScopes: scopes ?? requestedScopes,
      sendsInvitations: true,
      credentials: tokens.credentials,
      calendars: calendars
    )
  }
}

extension DiscoveredCalendar {
  fileprivate init?(_ calendar: JSON) {
    guard let id = calendar["id"]?.string, !id.isEmpty else { return nil }
    self.init(
      externalID: id,
      displayName: calendar["name"]?.string ?? id,
      isPrimary: calendar["isDefaultCalendar"]?.bool ?? false,
      isWritable: calendar["canEdit"]?.bool ?? false,
      conferenceSolutions: calendar["allowedOnlineMeetingProviders"]?.array?.compactMap(\.string) ?? []
    )
  }
}
