import CalendarCore
import DriverTestSupport
import Foundation
import HTTPTypes
import ProviderKit
import Synchronization
import TestSupport
import Testing

/// A token endpoint that rotates refresh tokens and burns a grant whose refresh token comes twice, and an API
/// that takes the newest access token only.
private final class TokenServer: Sendable {
  private struct State {
    var generation = 1
    var refreshes = 0
    var refusal: String?
  }

  private let state = Mutex(State())
  /// Told of each refresh before it is answered.
  let onRefresh: @Sendable () async -> Void

  init(onRefresh: @escaping @Sendable () async -> Void = {}) { self.onRefresh = onRefresh }

  var refreshes: Int { state.withLock { $0.refreshes } }
  func refuse(with code: String) { state.withLock { $0.refusal = code } }
  func invalidateAccessToken() { state.withLock { $0.generation += 1 } }

  var transport: ScriptedTransport {
    ScriptedTransport { request, _ in
      guard request.url.hasSuffix("/token") else { return self.api(request) }
      await self.onRefresh()
      return self.token(String(decoding: request.body, as: UTF8.self))
    }
  }

  private func token(_ form: String) -> ProviderResponse {
    state.withLock { state in
      state.refreshes += 1
      if let refusal = state.refusal { return ProviderResponse(400, [:], #"{"error":"\#(refusal)"}"#) }
      guard form.contains("refresh_token=refresh-\(state.generation)") else {
        return ProviderResponse(400, [:], #"{"error":"invalid_grant"}"#)
      }
      state.generation += 1
      return ProviderResponse(
        200,
        [:],
        #"""
        {"access_token":"access-\#(state.generation)","refresh_token":"refresh-\#(state.generation)","expires_in":3600}
        """#
      )
    }
  }

  private func api(_ request: ProviderRequest) -> ProviderResponse {
    state.withLock { state in
      request.headers[.authorization] == "Bearer access-\(state.generation)"
        ? ProviderResponse(200) : ProviderResponse(401)
    }
  }
}

@Suite(.timeLimit(.minutes(5))) struct AuthorizedHTTPTests {
  private let clock = ManualClock()
  private let request = ProviderRequest("GET", "https://api.example.com/events")

  private func authorized(_ transport: any HTTPTransport) -> AuthorizedHTTP {
    let http = ProviderHTTP(transport: transport)
    let client = OAuthClient(
      tokenURL: "https://login.example.com/token",
      clientID: "id",
      clientSecret: "secret",
      http: http,
      clock: clock.wallClock
    )
    return AuthorizedHTTP(http: http, client: client, clock: clock.wallClock)
  }

  private func vault(_ generation: Int = 1, expiresIn lifetime: TimeInterval = 3600) -> CredentialVault {
    CredentialVault(
      OAuthTokens(
        accessToken: "access-\(generation)",
        refreshToken: "refresh-\(generation)",
        expiresAt: clock.now.addingTimeInterval(lifetime)
      ).credentials
    )
  }

  private func session(_ vault: CredentialVault) throws -> AccountSession {
    try vault.session(Samples.account(AccountProviderID(rawValue: "ANY")))
  }

  @Test func `a valid token is used as it is`() async throws {
    let server = TokenServer()
    let vault = vault()
    _ = try await authorized(server.transport).send(request, session: session(vault))
    #expect(server.refreshes == 0)
    #expect(vault.stored.isEmpty)
  }

  @Test func `an expired token is refreshed once, however many ask at a time`() async throws {
    let server = TokenServer()
    let vault = vault(expiresIn: -1)
    let authorized = authorized(server.transport)
    let session = try session(vault)
    let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<50 { group.addTask { try await authorized.send(request, session: session).status } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(statuses.allSatisfy { $0 == 200 })
    #expect(server.refreshes == 1)
    #expect(vault.stored.map { $0["refreshToken"] } == ["refresh-2"])
  }

  @Test func `a token is renewed before it expires`() async throws {
    let server = TokenServer()
    _ = try await authorized(server.transport).send(request, session: session(vault(expiresIn: 30)))
    #expect(server.refreshes == 1)
  }

  @Test func `a refused token is refreshed once and the request repeated`() async throws {
    let server = TokenServer()
    // The provider ended the token early; the refresh token is still the one we have.
    let vault = CredentialVault(
      OAuthTokens(
        accessToken: "ended",
        refreshToken: "refresh-1",
        expiresAt: clock.now.addingTimeInterval(3600)
      )
      .credentials
    )
    let response = try await authorized(server.transport).send(request, session: session(vault))
    #expect(response.status == 200)
    #expect(server.refreshes == 1)
  }

  @Test func `a fresh token that is refused ends in reconnecting, not in a circle`() async throws {
    let network = ScriptedTransport { request, _ in
      request.url.hasSuffix("/token")
        ? ProviderResponse(200, [:], #"{"access_token":"new","expires_in":3600}"#) : ProviderResponse(401)
    }
    let error = await #expect(throws: ProviderError.self) {
      try await authorized(network).send(request, session: session(vault()))
    }
    #expect(error?.isAuthExpired == true)
    #expect(network.sent.count == 3)
  }

  @Test func `rotated tokens are stored before they are used`() async throws {
    let server = TokenServer()
    let vault = vault(expiresIn: -1)
    let network = ScriptedTransport {
      [transport = server.transport] request, address throws(TransportError) in
      if request.headers[.authorization] == "Bearer access-2" {
        #expect(vault.current["refreshToken"] == "refresh-2")
      }
      return try await transport.execute(request, address: address)
    }
    _ = try await authorized(network).send(request, session: session(vault))
    #expect(vault.stored.count == 1)
  }

  @Test func `tokens that cannot be stored are not used`() async throws {
    let server = TokenServer()
    let vault = vault(expiresIn: -1)
    vault.refuseToStore()
    let network = server.transport
    let error = await #expect(throws: ProviderError.self) {
      try await authorized(network).send(request, session: session(vault))
    }
    #expect(error?.isUnavailable == true)
    #expect(network.sent.allSatisfy { $0.request.url.hasSuffix("/token") })
  }

  @Test func `a provider that keeps the refresh token does not lose it for us`() async throws {
    let network = ScriptedTransport { request, _ in
      request.url.hasSuffix("/token")
        ? ProviderResponse(200, [:], #"{"access_token":"new","expires_in":3600}"#) : ProviderResponse(200)
    }
    let vault = vault(expiresIn: -1)
    _ = try await authorized(network).send(request, session: session(vault))
    #expect(vault.current["refreshToken"] == "refresh-1")
    #expect(vault.current["accessToken"] == "new")
  }

  @Test func `a revoked grant means connecting again`() async throws {
    let server = TokenServer()
    server.refuse(with: "invalid_grant")
    let error = await #expect(throws: ProviderError.self) {
      try await authorized(server.transport).send(request, session: session(vault(expiresIn: -1)))
    }
    #expect(error?.isAuthExpired == true)
    #expect(server.refreshes == 1)
  }

  @Test func `a wrong client secret is the operator's matter and waits`() async throws {
    let server = TokenServer()
    server.refuse(with: "invalid_client")
    let error = await #expect(throws: ProviderError.self) {
      try await authorized(server.transport).send(request, session: session(vault(expiresIn: -1)))
    }
    #expect(error?.isRetryable == true)
  }

  @Test func `another process that was quicker wins`() async throws {
    let vault = vault(expiresIn: -1)
    let newer = OAuthTokens(
      accessToken: "access-2",
      refreshToken: "refresh-2",
      expiresAt: clock.now.addingTimeInterval(3600)
    )
    // While our refresh is on its way, the other's result is stored, and ours is refused.
    let server = TokenServer { vault.replace(newer.credentials) }
    server.invalidateAccessToken()
    let response = try await authorized(server.transport).send(request, session: session(vault))
    #expect(response.status == 200)
    #expect(vault.current == newer.credentials)
  }

  @Test func `a caller who leaves does not lose the tokens that were on their way`() async throws {
    let (arrived, arrive) = AsyncStream.makeStream(of: Void.self)
    let (released, release) = AsyncStream.makeStream(of: Void.self)
    let server = TokenServer {
      arrive.yield()
      for await _ in released { break }
    }
    let vault = vault(expiresIn: -1)
    let authorized = authorized(server.transport)
    let session = try session(vault)
    let leaving = Task { try await authorized.send(request, session: session) }
    for await _ in arrived { break }
    leaving.cancel()
    release.yield()
    _ = await leaving.result
    #expect(vault.current["refreshToken"] == "refresh-2")
    #expect(try await authorized.send(request, session: session).status == 200)
    #expect(server.refreshes == 1)
  }
}
