import CalendarService
import Foundation
import GraphQLEngine
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Testing

@Suite(.timeLimit(.minutes(5))) struct SessionTests {
  private static let me = #"{"query": "{ me { email } }"}"#

  private static func isSignedIn(
    _ fields: [String: String],
    _ client: any TestClientProtocol
  ) async throws -> Bool {
    let answer = try await client.post("/graphql", me, fields)
    if answer.status == .ok { return try answer.json["data"]?["me"]?["email"] == "ada@example.com" }
    #expect(answer.status == .unauthorized)
    #expect(try answer.json.firstError.code == "UNAUTHENTICATED")
    return false
  }

  @Test func `the cookie is hidden from scripts, kept from other sites, and lives two weeks`() async throws {
    try await TestServer.open { _, client async throws in
      let attributes = try await client.signIn("ada@example.com", TestServer.password).cookieAttributes
      #expect(attributes == ["HttpOnly", "Max-Age=1209600", "Path=/", "SameSite=Lax"])
    }
  }

  @Test func `the cookie goes by https only where the service does`() async throws {
    try await TestServer.open(["PHOS_PUBLIC_URL": "https://phos.example"]) { _, client async throws in
      let attributes = try await client.signIn("ada@example.com", TestServer.password).cookieAttributes
      #expect(attributes.contains("Secure"))
    }
  }

  @Test func `signing out ends the session everywhere and takes the cookie back`() async throws {
    try await TestServer.open { _, client async throws in
      let cookie = try #require(try await client.signIn("ada@example.com", TestServer.password).sessionCookie)
      let fields = ["Cookie": cookie, "X-Phos-Client": "web"]
      #expect(try await Self.isSignedIn(fields, client))
      let answer = try await client.post("/auth/sign-out", "", fields)
      #expect(answer.status == .ok)
      #expect(answer.cookieAttributes.contains("Max-Age=0"))
      #expect(answer.sessionCookie == "phos_session=")
      #expect(try await !Self.isSignedIn(fields, client))
    }
  }

  @Test func `a foreign page can sign nobody out`() async throws {
    try await TestServer.open { _, client async throws in
      let cookie = try #require(try await client.signIn("ada@example.com", TestServer.password).sessionCookie)
      let forged = try await client.post(
        "/auth/sign-out",
        "",
        ["Cookie": cookie, "Origin": "https://evil.example", "Content-Type": "text/plain"]
      )
      #expect(forged.headers[.setCookie] == nil)
      #expect(try await Self.isSignedIn(["Cookie": cookie, "X-Phos-Client": "web"], client))
    }
  }

  @Test func `a session ends after two weeks`() async throws {
    try await TestServer.open { server, client async throws in
      let cookie = try #require(try await client.signIn("ada@example.com", TestServer.password).sessionCookie)
      let fields = ["Cookie": cookie, "X-Phos-Client": "web"]
      server.advance(by: SignIn.sessionLifetime - 1)
      #expect(try await Self.isSignedIn(fields, client))
      server.advance(by: 1)
      #expect(try await !Self.isSignedIn(fields, client))
    }
  }

  @Test func `a cookie alone changes nothing: our pages say who they are, and foreign ones cannot`()
    async throws
  {
    try await TestServer.open { _, client async throws in
      let cookie = try #require(try await client.signIn("ada@example.com", TestServer.password).sessionCookie)
      #expect(try await Self.isSignedIn(["Cookie": cookie, "X-Phos-Client": "web"], client))
      #expect(
        try await Self.isSignedIn(
          ["Cookie": cookie, "X-Phos-Client": "web", "Origin": "http://phos.example"],
          client
        )
      )
      #expect(try await !Self.isSignedIn(["Cookie": cookie], client))
      for origin in [
        "https://evil.example", "null", "http://phos.example.evil.example", "https://phos.example",
      ] {
        #expect(
          try await !Self.isSignedIn(["Cookie": cookie, "X-Phos-Client": "web", "Origin": origin], client),
          "\(origin)"
        )
      }
    }
  }

  @Test func `an address that browsers do not use is logged once, with the key to mend`() async throws {
    let log = RecordedLog()
    try await TestServer.open(logger: Logger(label: "test") { _ in log }) { _, client async throws in
      let cookie = try #require(try await client.signIn("ada@example.com", TestServer.password).sessionCookie)
      for origin in ["https://crm.example", "https://crm.example", "https://other.example"] {
        let fields = ["Cookie": cookie, "X-Phos-Client": "web", "Origin": origin]
        #expect(try await !Self.isSignedIn(fields, client))
      }
      // A page without our header is no page of ours at any address.
      #expect(
        try await !Self.isSignedIn(["Cookie": cookie, "Origin": "https://evil.example"], client)
      )
    }
    let notices = log.entries.filter { $0.level == .notice && $0.metadata["key"] == "PHOS_PUBLIC_URL" }
    #expect(notices.map(\.metadata["refused"]) == ["https://crm.example", "https://other.example"])
    #expect(notices.allSatisfy { $0.metadata["expected"] == "http://phos.example" })
  }

  @Test func `the public address may be written with a path, capitals or the usual port`() async throws {
    for address in ["https://Phos.Example/", "https://phos.example:443", "https://phos.example/crm"] {
      try await TestServer.open(["PHOS_PUBLIC_URL": address]) { _, client async throws in
        let cookie = try #require(
          try await client.signIn("ada@example.com", TestServer.password).sessionCookie
        )
        #expect(
          try await Self.isSignedIn(
            ["Cookie": cookie, "X-Phos-Client": "web", "Origin": "https://phos.example"],
            client
          ),
          "\(address)"
        )
      }
    }
  }

  @Test func `a token for scripts needs no cookie, and an unknown one is refused`() async throws {
    try await TestServer.open { server, client async throws in
      #expect(try await Self.isSignedIn(["Authorization": "Bearer \(server.ada.token)"], client))
      #expect(try await Self.isSignedIn(["Authorization": "bearer \(server.ada.token)"], client))
      for field in ["Bearer unknown", "Bearer ", "Basic \(server.ada.token)", server.ada.token] {
        #expect(try await !Self.isSignedIn(["Authorization": field], client), "\(field.prefix(10))")
      }
    }
  }

  @Test func `a wrong token is not mended by a good cookie`() async throws {
    try await TestServer.open { _, client async throws in
      let cookie = try #require(try await client.signIn("ada@example.com", TestServer.password).sessionCookie)
      let fields = ["Cookie": cookie, "X-Phos-Client": "web", "Authorization": "Bearer unknown"]
      #expect(try await !Self.isSignedIn(fields, client))
    }
  }

  @Test func `a session's token is no token for scripts, nor the other way round`() async throws {
    try await TestServer.open { server, client async throws in
      let cookie = try #require(try await client.signIn("ada@example.com", TestServer.password).sessionCookie)
      let token = cookie.dropFirst("phos_session=".count)
      #expect(try await !Self.isSignedIn(["Authorization": "Bearer \(token)"], client))
      #expect(
        try await !Self.isSignedIn(
          ["Cookie": "phos_session=\(server.ada.token)", "X-Phos-Client": "web"],
          client
        )
      )
    }
  }
}
