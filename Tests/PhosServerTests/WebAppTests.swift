import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite(.timeLimit(.minutes(5))) struct WebAppTests {
  /// A server whose web folder holds a page and a script, with a secret beside the folder and one in a folder in it.
  private static func open(
    live: Bool = false,
    _ test: @escaping @Sendable (any TestClientProtocol) async throws -> Void
  ) async throws {
    let root = FileManager.default.temporaryDirectory.appending(path: "web-\(UUID().uuidString)")
    let web = root.appending(path: "web")
    try FileManager.default.createDirectory(
      at: web.appending(path: "inner"),
      withIntermediateDirectories: true
    )
    defer { try? FileManager.default.removeItem(at: root) }
    for (path, text) in [
      ("web/index.html", "<!doctype html>page"), ("web/app.js", "script"), ("web/notes.txt", "secret"),
      ("web/.env", "secret"), ("web/inner/inner.html", "secret"), ("secret.html", "secret"),
      ("phos.db", "secret"),
    ] {
      try text.write(to: root.appending(path: path), atomically: true, encoding: .utf8)
    }
    try await TestServer.open(["PHOS_WEB_ROOT": web.path], live: live) { _, client in try await test(client) }
  }

  @Test(arguments: ["/", "/calendar", "/people/8a2f", "/settings/accounts?connected=1", "/a/b/c/d"])
  func `every address of the app is its page`(path: String) async throws {
    try await Self.open { client async throws in
      let answer = try await client.get(path)
      #expect(answer.status == .ok)
      #expect(answer.headers[.contentType] == "text/html; charset=utf-8")
      #expect(answer.text == "<!doctype html>page")
    }
  }

  @Test func `a file is told by its tag, and not sent twice`() async throws {
    try await Self.open { client async throws in
      let first = try await client.get("/app.js")
      #expect(first.headers[.contentType] == "text/javascript; charset=utf-8")
      let tag = try #require(first.headers[.eTag])
      let second = try await client.get("/app.js", ["If-None-Match": tag])
      #expect(second.status == .notModified)
      #expect(second.text.isEmpty)
    }
  }

  @Test(arguments: ["/missing.js", "/index.html/", "/notes.txt", "/.env"])
  func `a file that is not the app's is not there, and no page is passed off as it`(path: String) async throws
  {
    try await Self.open { client async throws in
      let answer = try await client.get(path)
      #expect(answer.text != "secret")
      if path != "/index.html/" { #expect(answer.status == .notFound) }
    }
  }

  @Test(
    arguments: [true, false],
    [
      "/../secret.html", "/../../secret.html", "/./../secret.html", "/%2e%2e/secret.html",
      "/%2e%2e%2fsecret.html",
      "/..%2fsecret.html", "/..%5csecret.html", "/%252e%252e/secret.html", "/app.js/../../secret.html",
      "/inner/inner.html", "/inner%2finner.html", "//secret.html", "/..;/secret.html", "/%00/../secret.html",
      "/../phos.db", "/etc/passwd", "/%2fetc%2fpasswd", "/%c0%ae%c0%ae/secret.html",
    ]
  )
  func `no way leads out of the folder`(live: Bool, path: String) async throws {
    try await Self.open(live: live) { client async throws in
      let answer = try await client.get(path)
      #expect(!answer.text.contains("secret"))
      #expect(!answer.text.contains("root:"))
      #expect([200, 400, 404].contains(answer.status.code))
      if answer.status == .ok { #expect(answer.text == "<!doctype html>page") }
    }
  }

  @Test func `without a built app the page says what to do`() async throws {
    try await TestServer.open { _, client async throws in
      let answer = try await client.get("/")
      #expect(answer.status == .notFound)
      #expect(answer.text == "The web app isn't built. Run: make web\n")
    }
  }

  @Test(arguments: ["/", "/app.js", "/missing.js", "/health/live", "/ics/none.ics", "/oauth/google/callback"])
  func `every answer keeps browsers from being talked into things`(path: String) async throws {
    try await Self.open { client in Self.expectSafe(try await client.get(path)) }
  }

  @Test(arguments: ["/graphql", "/auth/sign-in", "/auth/sign-out", "/nowhere"])
  func `refusals do so, too`(path: String) async throws {
    try await Self.open { client in Self.expectSafe(try await client.post(path, "{")) }
  }

  private static func expectSafe(_ answer: TestResponse) {
    let policy = HTTPField.Name("Content-Security-Policy").flatMap { answer.headers[$0] } ?? ""
    #expect(policy.contains("default-src 'self'"))
    #expect(policy.contains("frame-ancestors 'none'"))
    #expect(!policy.contains("unsafe"))
    #expect(HTTPField.Name("X-Content-Type-Options").flatMap { answer.headers[$0] } == "nosniff")
    #expect(HTTPField.Name("Referrer-Policy").flatMap { answer.headers[$0] } == "same-origin")
  }

  @Test func `it says whether it lives and is ready`() async throws {
    try await TestServer.open { _, client async throws in
      #expect(try await client.get("/health/live").text == "ok\n")
      #expect(try await client.get("/health/ready").status == .ok)
    }
  }
}
