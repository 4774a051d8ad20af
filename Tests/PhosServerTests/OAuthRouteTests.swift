import CalendarCore
import Foundation
import GraphQLEngine
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import ProviderEmulators
import ProviderKit
import Testing

/// `GET /oauth/{provider}/callback`, with the provider's sign-in page in this process.
@Suite(.timeLimit(.minutes(5))) struct OAuthRouteTests {
  private typealias Body = @Sendable (Visit) async throws -> Void

  /// A server beside an emulated provider.
  private struct Visit: Sendable {
    let server: TestServer
    let client: any TestClientProtocol
    let emulator: GoogleEmulator

    func cookie(of member: TestServer.Member) async throws -> String {
      try #require(try await client.signIn(member.email, TestServer.password).sessionCookie)
    }

    /// Where the provider sends the browser back to after the member consented: the callback with code and state.
    func callback(for member: TestServer.Member) async throws -> String {
      let address = try await client.field(
        "startOAuthConnection",
        "mutation { startOAuthConnection(provider: GOOGLE) }",
        as: member
      )
      let transport = LiveTransport()
      let answer: ProviderResponse
      do {
        answer = try await ProviderHTTP(transport: transport)
          .send(ProviderRequest("GET", try #require(address.stringValue)))
        await transport.shutdown()
      } catch {
        await transport.shutdown()
        throw error
      }
      let location = try #require(answer.headers[.location])
      #expect(location.hasPrefix("http://localhost:8080/oauth/google/callback?"))
      return String(location.dropFirst("http://localhost:8080".count))
    }

    /// Opens the callback as the member's browser does: a plain link, with the cookie and nothing else.
    func open(_ path: String, as member: TestServer.Member) async throws -> TestResponse {
      try await client.get(path, ["Cookie": try await cookie(of: member)])
    }

    func providers(of member: TestServer.Member) async throws -> [String] {
      try await client.field("connectedAccounts", "{ connectedAccounts { provider } }", as: member)
        .listValue?.compactMap { $0["provider"]?.stringValue } ?? []
    }

    var codesTraded: Int { emulator.log.entries.count { $0.operation == "token" } }
  }

  private static func visit(mayWrite: Bool = true, _ body: @escaping Body) async throws {
    let emulator = try GoogleEmulator(
      accounts: [
        EmulatorAccount(
          email: "ada@example.com",
          displayName: "Ada",
          bearerToken: "script",
          refreshToken: "refresh",
          grantedScopes: ["https://www.googleapis.com/auth/calendar.calendarlist.readonly"]
            + (mayWrite ? ["https://www.googleapis.com/auth/calendar.events"] : [])
        )
      ],
      clientID: "id",
      clientSecret: "secret",
      clock: { Date(timeIntervalSince1970: 1_790_000_000) }
    )
    let server = try await emulator.serve()
    let values = [
      // The emulator sends nobody away from this machine.
      "PHOS_PUBLIC_URL": "http://localhost:8080",
      "PHOS_GOOGLE_CLIENT_ID": "id", "PHOS_GOOGLE_CLIENT_SECRET": "secret",
      "PHOS_GOOGLE_API_URL": server.url, "PHOS_GOOGLE_OAUTH_URL": server.url,
    ]
    do {
      try await TestServer.open(values) { try await body(Visit(server: $0, client: $1, emulator: emulator)) }
      await server.stop()
    } catch {
      await server.stop()
      throw error
    }
  }

  /// The word in the address, for which the web app has the sentence.
  private static func expectRefused(_ answer: TestResponse, _ word: String) {
    #expect(answer.status == .seeOther)
    #expect(answer.headers[.location] == "/settings/accounts?problem=\(word)")
  }

  @Test func `a member who consents finds the account with its calendar in Settings`() async throws {
    try await Self.visit { visit async throws in
      let ada = visit.server.ada
      let answer = try await visit.open(try await visit.callback(for: ada), as: ada)
      #expect(answer.status == .seeOther)
      #expect(answer.headers[.location] == "/settings/accounts?connected=1")
      let accounts = try await visit.client.field(
        "connectedAccounts",
        "{ connectedAccounts { provider handle canWrite needsReconnect sendsInvitations calendarChannels { handle } } }",
        as: ada
      )
      let account = try #require(accounts.listValue?.first { $0["provider"] == "GOOGLE" })
      #expect(account["handle"] == "ada@example.com")
      #expect(account["canWrite"] == .bool(true))
      #expect(account["needsReconnect"] == .bool(false))
      #expect(account["calendarChannels"]?.listValue?.count == 1)
      #expect(try await visit.providers(of: visit.server.ben) == ["LOCAL"])
    }
  }

  @Test func `connecting again renews the account instead of making a second one`() async throws {
    try await Self.visit { visit async throws in
      let ada = visit.server.ada
      for _ in 1...2 { _ = try await visit.open(try await visit.callback(for: ada), as: ada) }
      #expect(try await visit.providers(of: ada).count { $0 == "GOOGLE" } == 1)
    }
  }

  @Test func `another member's state is refused before the code is used`() async throws {
    try await Self.visit { visit async throws in
      // Otherwise Ben could be brought to write his meetings into Ada's account.
      for victim in [visit.server.ben, visit.server.mallory] {
        let answer = try await visit.open(try await visit.callback(for: visit.server.ada), as: victim)
        Self.expectRefused(answer, "expired")
        #expect(try await visit.providers(of: victim) == ["LOCAL"])
      }
      #expect(visit.codesTraded == 0)
    }
  }

  @Test func `a state is good for ten minutes`() async throws {
    try await Self.visit { visit async throws in
      let (ada, path) = (visit.server.ada, try await visit.callback(for: visit.server.ada))
      visit.server.advance(by: 600)
      Self.expectRefused(try await visit.open(path, as: ada), "expired")
      #expect(visit.codesTraded == 0)
    }
  }

  @Test func `a forged state, another provider's, or none is refused before the code is used`() async throws {
    try await Self.visit { visit async throws in
      let (ada, path) = (visit.server.ada, try await visit.callback(for: visit.server.ada))
      let items = URLComponents(string: path)?.queryItems ?? []
      let state = try #require(items.first { $0.name == "state" }?.value)
      let code = try #require(items.first { $0.name == "code" }?.value)
      let callback = "/oauth/google/callback"
      let flipped = (state.hasPrefix("A") ? "B" : "A") + state.dropFirst()
      for forged in ["x", flipped, String(state.dropLast(4)), state + "AAAA", "e30"] {
        Self.expectRefused(
          try await visit.open("\(callback)?code=\(code)&state=\(forged)", as: ada),
          "expired"
        )
      }
      Self.expectRefused(
        try await visit.open(path.replacing("/google/", with: "/caldav/"), as: ada),
        "expired"
      )
      for incomplete in [
        "", "?code=\(code)", "?state=\(state)", "?code=\(code)&state=\(String(repeating: "A", count: 5000))",
      ] {
        Self.expectRefused(try await visit.open(callback + incomplete, as: ada), "expired")
      }
      #expect(visit.codesTraded == 0)
      #expect(try await visit.providers(of: ada) == ["LOCAL"])
    }
  }

  @Test func `a code works once`() async throws {
    try await Self.visit { visit async throws in
      let (ada, path) = (visit.server.ada, try await visit.callback(for: visit.server.ada))
      #expect(try await visit.open(path, as: ada).headers[.location] == "/settings/accounts?connected=1")
      Self.expectRefused(try await visit.open(path, as: ada), "expired")
    }
  }

  @Test func `who unticks writing reads so, and finds the account waiting to be connected again`()
    async throws
  {
    try await Self.visit(mayWrite: false) { visit async throws in
      let ada = visit.server.ada
      Self.expectRefused(try await visit.open(try await visit.callback(for: ada), as: ada), "missing_scope")
      let accounts = try await visit.client.field(
        "connectedAccounts",
        "{ connectedAccounts { provider needsReconnect } }",
        as: ada
      )
      let account = try #require(accounts.listValue?.first { $0["provider"] == "GOOGLE" })
      #expect(account["needsReconnect"] == .bool(true))
    }
  }

  @Test func `a connection begun before calendars were switched off is not completed after`() async throws {
    try await Self.visit { visit async throws in
      let (ada, path) = (visit.server.ada, try await visit.callback(for: visit.server.ada))
      _ = try await visit.client.field(
        "setFeatureFlag",
        "mutation { setFeatureFlag(key: IS_CALENDAR_COMPOSE_ENABLED, enabled: false) { enabled } }",
        as: ada
      )
      Self.expectRefused(try await visit.open(path, as: ada), "disabled")
      #expect(visit.codesTraded == 0)
    }
  }

  @Test func `who says no at the provider reads so`() async throws {
    try await Self.visit { visit async throws in
      let answer = try await visit.open(
        "/oauth/google/callback?error=access_denied&state=x",
        as: visit.server.ada
      )
      Self.expectRefused(answer, "access_denied")
    }
  }

  @Test func `who is not signed in comes to the start page`() async throws {
    try await Self.visit { visit async throws in
      let answer = try await visit.client.get(try await visit.callback(for: visit.server.ada))
      #expect(answer.status == .seeOther)
      #expect(answer.headers[.location] == "/")
      #expect(visit.codesTraded == 0)
    }
  }

  @Test func `a provider without a sign-in page has no address to open`() async throws {
    try await Self.visit { visit async throws in
      let answer = try await visit.client.graphQL(
        "mutation { startOAuthConnection(provider: CALDAV) }",
        as: visit.server.ada
      )
      #expect(answer.firstError.code == "VALIDATION_FAILED")
      #expect(answer["errors"]?[0]?["extensions"]?["field"] == "provider")
    }
  }
}
