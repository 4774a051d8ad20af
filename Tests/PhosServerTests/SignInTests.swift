import CalendarService
import Foundation
import GraphQLEngine
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite(.timeLimit(.minutes(5))) struct SignInTests {
  @Test func `a member signs in with address and password`() async throws {
    try await TestServer.open { server, client async throws in
      let answer = try await client.signIn("ADA@example.com", TestServer.password)
      #expect(answer.status == .ok)
      #expect(try answer.json["member"]?["email"] == "ada@example.com")
      #expect(try answer.json["member"]?["id"]?.stringValue == "\(server.ada.caller.memberID)")
      let me = try await client.post(
        "/graphql",
        #"{"query": "{ me { email workspaceName } }"}"#,
        ["Cookie": answer.sessionCookie ?? "", "X-Phos-Client": "web"]
      )
      #expect(try me.json["data"]?["me"] == ["email": "ada@example.com", "workspaceName": "Here"])
    }
  }

  @Test func `a wrong password and an unknown address are answered alike`() async throws {
    try await TestServer.open { _, client async throws in
      let wrong = try await client.signIn("ada@example.com", "incorrect horse")
      let unknown = try await client.signIn("nobody@example.com", "incorrect horse")
      #expect(wrong.status == .unauthorized)
      #expect(unknown.status == .unauthorized)
      #expect(wrong.text == unknown.text)
      #expect(wrong.headers[.setCookie] == nil)
      #expect(wrong.text.contains("Incorrect email address or password"))
    }
  }

  @Test(arguments: [
    (#"{"email": "ada@example.com"}"#, "application/json"), ("[]", "application/json"),
    ("", "application/json"),
    ("email=ada%40example.com&password=x", "application/x-www-form-urlencoded"),
    (#"{"email": "ada@example.com", "password": "correct horse battery"}"#, "text/plain"),
  ])
  func `only JSON with both fields can sign a member in`(body: String, type: String) async throws {
    try await TestServer.open { _, client async throws in
      let answer = try await client.post("/auth/sign-in", body, ["Content-Type": type])
      #expect(answer.status == .badRequest)
      #expect(answer.headers[.setCookie] == nil)
    }
  }

  @Test func `a sign-in larger than any password is refused unread`() async throws {
    try await TestServer.open { _, client async throws in
      let answer = try await client.signIn("ada@example.com", String(repeating: "x", count: 17 << 10))
      #expect(answer.status == .contentTooLarge)
    }
  }

  @Test func `after ten wrong passwords the address is closed for a quarter of an hour`() async throws {
    try await TestServer.open { server, client async throws in
      for _ in 1...10 {
        #expect(try await client.signIn("ada@example.com", "wrong").status == .unauthorized)
      }
      let closed = try await client.signIn("ada@example.com", TestServer.password)
      #expect(closed.status == .tooManyRequests)
      #expect(closed.headers[.setCookie] == nil)
      // Others are not kept out by it, and another spelling is no way round it.
      #expect(try await client.signIn("ben@example.com", TestServer.password).status == .ok)
      #expect(try await client.signIn(" Ada@Example.com", TestServer.password).status == .tooManyRequests)
      server.advance(by: 899)
      #expect(try await client.signIn("ada@example.com", TestServer.password).status == .tooManyRequests)
      server.advance(by: 2)
      #expect(try await client.signIn("ada@example.com", TestServer.password).status == .ok)
    }
  }

  @Test func `guesses made at the same time count like guesses in a row`() async throws {
    try await TestServer.open { _, client async throws in
      let statuses = try await withThrowingTaskGroup(of: HTTPResponse.Status.self) { group in
        for _ in 1...14 { group.addTask { try await client.signIn("ada@example.com", "wrong").status } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(statuses.count { $0 == .unauthorized } == 10)
      #expect(statuses.count { $0 == .tooManyRequests } == 4)
    }
  }

  @Test func `signing in rightly counts for nothing`() async throws {
    try await TestServer.open { _, client async throws in
      for _ in 1...11 {
        #expect(try await client.signIn("ada@example.com", TestServer.password).status == .ok)
      }
    }
  }
}
