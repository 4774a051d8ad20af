package import CalendarCore
import Foundation
import HTTPTypes

/// This installation as an authorization server knows it (RFC 6749), and what it can ask there.
package struct OAuthClient: Sendable {
  /// How the client proves who it is (RFC 6749 §2.3.1).
  package enum Authentication: Sendable {
    /// In the body.
    case form
    /// In the `Authorization` header.
    case basic
  }

  private let tokenURL: String
  let clientID: String
  private let clientSecret: String
  private let authentication: Authentication
  private let http: ProviderHTTP
  private let clock: WallClock

  package init(
    tokenURL: String,
    clientID: String,
    clientSecret: String,
    authentication: Authentication = .form,
    http: ProviderHTTP,
    clock: WallClock
  ) {
    self.authentication = authentication
    self.tokenURL = tokenURL
    self.clientID = clientID
    self.clientSecret = clientSecret
    self.http = http
    self.clock = clock
  }

  /// Trades an authorization code, proving with the verifier that we asked for it (RFC 7636 §4.5).
  package func exchange(
    code: String,
    codeVerifier: String,
    redirectURL: String
  ) async throws(ProviderError) -> (tokens: OAuthTokens, scopes: [String]?) {
    let answer = try await ask([
      ("grant_type", "authorization_code"), ("code", code), ("code_verifier", codeVerifier),
      ("redirect_uri", redirectURL),
    ])
    let scopes = answer.scope?.split(separator: " ").map(String.init)
    return (try tokens(answer, refreshToken: nil), scopes)
  }

  /// New tokens for old; the refresh token stays the same unless the server rotates it (RFC 6749 §6).
  package func refresh(_ refreshToken: String) async throws(ProviderError) -> OAuthTokens {
    let answer = try await ask([("grant_type", "refresh_token"), ("refresh_token", refreshToken)])
    return try tokens(answer, refreshToken: refreshToken)
  }

  private func tokens(_ answer: TokenAnswer, refreshToken: String?) throws(ProviderError) -> OAuthTokens {
    guard let accessToken = answer.access_token, !accessToken.isEmpty else {
      throw .malformedReply(reason: Messages.noAccessToken)
    }
    // Without a lifetime (it is only recommended, §5.1) an hour is the custom; a 401 corrects a wrong guess.
    let lifetime = min(max(answer.expires_in ?? 3600, 0), 86_400 * 30)
    return OAuthTokens(
      accessToken: accessToken,
      refreshToken: answer.refresh_token ?? refreshToken,
      expiresAt: clock.now.addingTimeInterval(lifetime)
    )
  }

  /// Gives a token back (RFC 7009); a token that is no longer valid is not an error (§2.2).
  package func revoke(_ token: String, at revocationURL: String) async throws(ProviderError) {
    let response = try await post([("token", token)], to: revocationURL)
    // Some say of a token that is gone that it is invalid.
    guard response.isSuccess || response.status == 400 else {
      throw ProviderError(response, reason: Messages.revocationFailed(response.status), now: clock.now)
    }
  }

  private func post(
    _ fields: [(String, String)],
    to url: String
  ) async throws(ProviderError) -> ProviderResponse {
    var headers: HTTPFields = [
      .contentType: "application/x-www-form-urlencoded", .accept: "application/json",
    ]
    var form = fields
    switch authentication {
    case .form: form += [("client_id", clientID), ("client_secret", clientSecret)]
    case .basic:
      headers[.authorization] = "Basic " + Data("\(clientID):\(clientSecret)".utf8).base64EncodedString()
    }
    return try await http.send(
      ProviderRequest(
        "POST",
        url,
        headers: headers,
        body: Array(FormEncoding.encode(form).utf8),
        answerLimit: 64 * 1024
      )
    )
  }

  private func ask(_ fields: [(String, String)]) async throws(ProviderError) -> TokenAnswer {
    let response = try await post(fields, to: tokenURL)
    let answer = try? JSONDecoder().decode(TokenAnswer.self, from: Data(response.body))
    guard response.isSuccess else { throw refusal(response, code: answer?.error) }
    guard let answer else { throw .malformedReply(reason: Messages.unexpectedTokenResponse) }
    return answer
  }

  private func refusal(_ response: ProviderResponse, code: String?) -> ProviderError {
    switch code {
    case "invalid_grant":
      .authExpired(reason: Messages.invalidGrant)
    case "invalid_client", "unauthorized_client":
      // The operator's mistake or a secret being changed: the account is not to blame, and nothing is lost by
      // waiting until it is mended.
      .unavailable(reason: Messages.clientRejected)
    case "invalid_scope", "invalid_request", "unsupported_grant_type":
      .rejected(reason: Messages.tokenRefused(code ?? ""))
    default:
      response.status == 400 || response.status == 401
        ? .unavailable(reason: Messages.tokenRefusedSilently)
        : ProviderError(response, reason: Messages.tokenEndpointFailed(response.status), now: clock.now)
    }
  }
}

/// RFC 6749 §5.1 and §5.2.
private struct TokenAnswer: Decodable {
  var access_token: String?
  var refresh_token: String?
  var expires_in: Double?
  var scope: String?
  var error: String?
}
