import CalendarCore
import DriverTestSupport
import Foundation
import HTTPTypes
import JSONModel
import ProviderConformance
import ProviderEmulators
import ProviderKit
import TestSupport
import ZoomDriver

/// Zoom on this machine, an account connected to it, and a clock for both.
struct ZoomFixture: Sendable {
  static let address = "ann@example.com"
  static let scopes = [
    "meeting:write:meeting", "meeting:update:meeting", "meeting:delete:meeting", "meeting:read:meeting",
    "meeting:read:list_meetings", "user:read:user",
  ]

  let clock = ManualClock()
  let emulator: ZoomEmulator
  let server: EmulatorServer
  let transport: LiveTransport
  let faulty: FaultyTransport
  let provider: ZoomProvider
  let vault: CredentialVault
  let account: AccountSession

  static func run<T>(scopes: [String] = Self.scopes, _ body: (ZoomFixture) async throws -> T) async throws
    -> T
  {
    let fixture = try await ZoomFixture(scopes: scopes)
    do {
      let result = try await body(fixture)
      await fixture.stop()
      return result
    } catch {
      await fixture.stop()
      throw error
    }
  }

  private init(scopes: [String]) async throws {
    let clock = clock
    emulator = try ZoomEmulator(
      accounts: [
        EmulatorAccount(
          email: Self.address,
          displayName: "Ann",
          timeZone: "Europe/Berlin",
          bearerToken: "script-token",
          refreshToken: "first-refresh-token",
          grantedScopes: scopes
        )
      ],
      clientID: "client",
      clientSecret: "client-secret",
      clock: { clock.now }
    )
    server = try await emulator.serve()
    transport = LiveTransport()
    faulty = FaultyTransport(transport)
    provider = ZoomProvider(
      configuration: ZoomConfiguration(
        clientID: "client",
        clientSecret: "client-secret",
        apiURL: server.url,
        oauthURL: server.url
      ),
      http: ProviderHTTP(transport: faulty),
      clock: clock.wallClock
    )
    // As stored an hour ago: the first call has to renew.
    vault = CredentialVault(
      OAuthTokens(accessToken: "lapsed", refreshToken: "first-refresh-token", expiresAt: clock.now)
        .credentials
    )
    account = vault.session(try Samples.account(.zoom, handle: Self.address, scopes: scopes))
  }

  private func stop() async {
    emulator.faults.clear()
    await transport.shutdown()
    await server.stop()
  }
}

extension ZoomFixture: ConferenceUnderTest {
  var session: AccountSession? { account }
  var network: FaultyTransport? { faulty }
  var conferenceCount: Int { emulator.meetings.count }
  var hostSecrets: [String] { emulator.meetings.compactMap { $0["start_url"]?.string } + ["zak="] }

  func answer(_ refusal: Refusal) -> ProviderResponse? {
    switch refusal {
    case .unauthorized: Self.refusal(401, 124)
    case .forbidden: Self.refusal(403, 200_001)
    case .missingPermission: Self.refusal(400, 4711)
    case .tooMany: Self.refusal(429, 429)
    case .tooManyForSevenSeconds: Self.refusal(429, 429, [.retryAfter: "7"])
    case .notFound: Self.refusal(404, 3001)
    case .gone, .stale: nil
    case .invalid: Self.refusal(400, 300)
    case .failure: Self.refusal(500, 0)
    case .awayForSevenSeconds: Self.refusal(503, 0, [.retryAfter: "7"])
    }
  }

  func isAPI(_ request: ProviderRequest) -> Bool { request.url.contains("/v2/") }

  private static func refusal(_ status: Int, _ code: Int, _ headers: HTTPFields = [:]) -> ProviderResponse {
    ProviderResponse(status, headers, "{\"code\":\(code),\"message\":\"About bob@example.org\"}")
  }
}
