package import CalendarCore
import Foundation
import HTTPTypes

/// HTTP in the name of an OAuth account: the bearer token is put in, and renewed when it has to be.
package struct AuthorizedHTTP: Sendable {
  private let http: ProviderHTTP
  private let client: OAuthClient
  private let clock: WallClock
  private let refreshes = TokenRefreshes()
  /// A token this near its end is renewed first, so that it does not expire on the way.
  private static let margin: TimeInterval = 60

  package init(http: ProviderHTTP, client: OAuthClient, clock: WallClock) {
    self.http = http
    self.client = client
    self.clock = clock
  }

  /// Sends with a valid token.
  ///
  /// A 401 costs one renewal and one more attempt; a second one is final.
  package func send(
    _ request: ProviderRequest,
    session: AccountSession
  ) async throws(ProviderError) -> ProviderResponse {
    var tokens = try await tokens(of: session)
    let response = try await send(request, token: tokens.accessToken)
    guard response.status == 401 else { return response }
    tokens = try await renewed(tokens, session)
    let second = try await send(request, token: tokens.accessToken)
    guard second.status != 401 else {
      throw .authExpired(reason: Messages.newTokenRejected)
    }
    return second
  }

  private func tokens(of session: AccountSession) async throws(ProviderError) -> OAuthTokens {
    let credentials: Credentials
    do throws(ProviderError) { credentials = try await session.credentials() } catch { throw error.unsent }
    guard let tokens = OAuthTokens(credentials) else {
      throw .authExpired(reason: Messages.noTokens)
    }
    let isFresh = tokens.expiresAt >= clock.now.addingTimeInterval(Self.margin)
    return isFresh ? tokens : try await renewed(tokens, session)
  }

  /// Whatever goes wrong here, the request itself was not sent.
  private func renewed(
    _ tokens: OAuthTokens,
    _ session: AccountSession
  ) async throws(ProviderError) -> OAuthTokens {
    do throws(ProviderError) {
      return try await refreshes.tokens(replacing: tokens, session: session, client: client)
    } catch {
      throw error.unsent
    }
  }

  /// Sends with a token that no account has yet, while one is being connected.
  package func send(
    _ request: ProviderRequest,
    token: String
  ) async throws(ProviderError) -> ProviderResponse {
    var authorized = request
    authorized.headers[.authorization] = "Bearer \(token)"
    return try await http.send(authorized)
  }
}
