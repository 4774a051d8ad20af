import CalendarCore
import Crypto
import DriverTestSupport
import Foundation
import GoogleDriver
import HTTPTypes
import ProviderEmulators
import ProviderKit
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct GoogleConnectTests {
  private static let redirectURL = "http://127.0.0.1/oauth/google/callback"
  private static let verifier = String(repeating: "v", count: 64)

  /// The way through the browser: consent, and back with a code.
  private func code(_ fixture: GoogleFixture) async throws -> String {
    let challenge = Data(SHA256.hash(data: Data(Self.verifier.utf8))).base64EncodedString()
      .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    let url = fixture.provider.authorizationURL(
      OAuthAuthorizationRequest(
        redirectURL: Self.redirectURL,
        state: "state-1",
        codeChallenge: challenge,
        loginHint: GoogleFixture.address
      )
    )
    let response = try await ProviderHTTP(transport: fixture.live).send(ProviderRequest("GET", url))
    let location = try #require(
      response.headers[values: .location].first.flatMap { URLComponents(string: $0) }
    )
    #expect(location.queryItems?.first { $0.name == "state" }?.value == "state-1")
    return try #require(location.queryItems?.first { $0.name == "code" }?.value)
  }

  @Test func `connecting finds the address, what was granted, and the calendars`() async throws {
    try await GoogleFixture.run { fixture in
      let connection = try await fixture.provider.connect(
        code: code(fixture),
        codeVerifier: Self.verifier,
        redirectURL: Self.redirectURL
      )
      #expect(connection.handle.rawValue == GoogleFixture.address)
      #expect(Set(connection.grantedScopes) == Set(GoogleFixture.scopes))
      #expect(connection.sendsInvitations)
      let calendar = try #require(connection.calendars.first)
      #expect(calendar.isPrimary && calendar.isWritable)
      #expect(calendar.externalID == GoogleFixture.address)
      #expect(calendar.conferenceSolutions.contains("hangoutsMeet"))
      // And the tokens work, also after the first hour.
      let vault = CredentialVault(connection.credentials)
      let session = vault.session(try Samples.account(.google, scopes: connection.grantedScopes))
      fixture.clock.advance(by: 7200)
      _ = try await fixture.provider.createEvent(fixture.draft(), session: session)
      #expect(fixture.events.count == 1)
    }
  }

  @Test func `a permission that was not ticked is not believed to be granted`() async throws {
    try await GoogleFixture.run(scopes: [GoogleFixture.scopes[1]]) { fixture in
      let connection = try await fixture.provider.connect(
        code: code(fixture),
        codeVerifier: Self.verifier,
        redirectURL: Self.redirectURL
      )
      #expect(connection.grantedScopes == [GoogleFixture.scopes[1]])
      var account = fixture.session.account
      account.grantedScopes = connection.grantedScopes
      #expect(!fixture.provider.canWrite(account))
    }
  }

  @Test func `without the permission to list calendars the account must be connected again`() async throws {
    try await GoogleFixture.run(scopes: [GoogleFixture.scopes[0]]) { fixture in
      let code = try await code(fixture)
      let error = await #expect(throws: ProviderError.self) {
        try await fixture.provider.connect(
          code: code,
          codeVerifier: Self.verifier,
          redirectURL: Self.redirectURL
        )
      }
      guard case .authExpired = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }

  @Test func `a code without its verifier, or used twice, is refused`() async throws {
    try await GoogleFixture.run { fixture in
      let first = try await code(fixture)
      await #expect(throws: ProviderError.self) {
        try await fixture.provider.connect(
          code: first,
          codeVerifier: String(repeating: "w", count: 64),
          redirectURL: Self.redirectURL
        )
      }
      let second = try await code(fixture)
      _ = try await fixture.provider.connect(
        code: second,
        codeVerifier: Self.verifier,
        redirectURL: Self.redirectURL
      )
      await #expect(throws: ProviderError.self) {
        try await fixture.provider.connect(
          code: second,
          codeVerifier: Self.verifier,
          redirectURL: Self.redirectURL
        )
      }
    }
  }

  @Test func `Google itself is asked on its own hosts`() {
    let provider = GoogleCalendarProvider(
      configuration: GoogleConfiguration(clientID: "client id", clientSecret: "s"),
      http: ProviderHTTP(transport: ScriptedTransport { _, _ in ProviderResponse(200) }),
      clock: ManualClock().wallClock
    )
    let url = provider.authorizationURL(
      OAuthAuthorizationRequest(redirectURL: "https://a.example/cb?x=1", state: "s&t", codeChallenge: "c")
    )
    #expect(url.hasPrefix("https://accounts.google.com/o/oauth2/v2/auth?client_id=client%20id&"))
    #expect(url.contains("redirect_uri=https%3A%2F%2Fa.example%2Fcb%3Fx%3D1&"))
    #expect(url.contains("state=s%26t&") && url.contains("code_challenge_method=S256"))
    #expect(url.contains("access_type=offline") && url.contains("prompt=consent"))
    #expect(provider.connection == .oauth)
  }
}
