import CalendarCore
import DriverTestSupport
import Foundation
import HTTPTypes
import JSONModel
import ProviderConformance
import ProviderKit
import TemplateOAuthCalendarDriver
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct TemplateOAuthCalendarTests {
  @Test(arguments: CalendarConformance.checks)
  func `what every calendar driver does`(check: CalendarCheck) async throws {
    try await check.run(on: TemplateOAuthCalendarUnderTest())
  }

  @Test func `an account is connected with a code, and its access given back`() async throws {
    let fixture = try TemplateOAuthCalendarUnderTest()
    let address = fixture.provider.authorizationURL(
      OAuthAuthorizationRequest(
        redirectURL: "https://phos.example.com/callback",
        state: "s",
        codeChallenge: "c"
      )
    )
    #expect(address.hasPrefix("https://accounts.example.com/authorize?client_id=client&redirect_uri="))
    let found = try await fixture.provider.connect(code: "code", codeVerifier: "v", redirectURL: "r")
    #expect(found.handle.rawValue == "ann@example.com" && found.displayName == "Ann")
    #expect(found.calendars.map(\.externalID) == ["main"])
    var account = fixture.session.account
    account.grantedScopes = found.grantedScopes
    #expect(fixture.provider.canWrite(account))
    try await fixture.provider.revokeAccess(session: CredentialVault(found.credentials).session(account))
    #expect(fixture.network.sent.last?.url == "https://accounts.example.com/revoke")
  }
}

private struct TemplateOAuthCalendarUnderTest: CalendarUnderTest {
  private let service = TemplateOAuthCalendarService()
  let provider: TemplateOAuthCalendarProvider
  let session: AccountSession
  let network: FaultyTransport
  let calendar = "main"
  var eventCount: Int { service.count }

  init() throws {
    let clock = ManualClock()
    network = FaultyTransport(service)
    provider = TemplateOAuthCalendarProvider(
      clientID: "client",
      clientSecret: "client-secret",
      http: ProviderHTTP(transport: network),
      clock: clock.wallClock
    )
    // As stored an hour ago: the first call has to renew.
    let tokens = OAuthTokens(accessToken: "lapsed", refreshToken: "refresh-token", expiresAt: clock.now)
    session = CredentialVault(tokens.credentials)
      .session(try Samples.account(.templateOAuthCalendar, scopes: ["calendar.write"]))
  }

  func changeOutside(_ event: ProviderEvent, title: String, guest: String) async throws {
    service.change(event.externalID) { stored in
      stored["title"] = .string(title)
      stored["attendees"] = .array((stored["attendees"]?.array ?? []) + [["email": .string(guest)]])
    }
  }

  func answer(_ refusal: Refusal) -> ProviderResponse? {
    switch refusal {
    case .unauthorized: ProviderResponse(401)
    case .forbidden: ProviderResponse(403, [:], #"{"error":"denied","message":"About bob@example.org"}"#)
    case .missingPermission: ProviderResponse(403, [:], #"{"error":"insufficient_scope"}"#)
    case .tooMany: ProviderResponse(429)
    case .tooManyForSevenSeconds: ProviderResponse(429, [.retryAfter: "7"])
    case .notFound: ProviderResponse(404)
    case .gone: ProviderResponse(410)
    case .stale: ProviderResponse(412)
    case .invalid: ProviderResponse(400)
    case .failure: ProviderResponse(500)
    case .awayForSevenSeconds: ProviderResponse(503, [.retryAfter: "7"])
    }
  }

  func isAPI(_ request: ProviderRequest) -> Bool { request.url.hasPrefix("https://api.example.com/") }
}
