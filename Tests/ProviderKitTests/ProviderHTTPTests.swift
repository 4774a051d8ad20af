import CalendarCore
import DriverTestSupport
import Foundation
import HTTPTypes
import ProviderKit
import Testing

@Suite(.timeLimit(.minutes(5))) struct ProviderHTTPTests {
  private func http(_ transport: any HTTPTransport) -> ProviderHTTP { ProviderHTTP(transport: transport) }

  private func failure(of request: ProviderRequest) async -> ProviderError? {
    let transport = LiveTransport()
    let error = await #expect(throws: ProviderError.self) { try await http(transport).send(request) }
    await transport.shutdown()
    return error
  }

  @Test func `a server that does not answer is given up`() async throws {
    let server = try await RawServer(.hang)
    let request = ProviderRequest("GET", server.url, timeout: .milliseconds(50))
    #expect(await failure(of: request)?.isUnavailable == true)
    try await server.stop()
  }

  @Test func `a server that stops in the middle of its answer is given up`() async throws {
    let server = try await RawServer(.answer("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"))
    #expect(await failure(of: ProviderRequest("GET", server.url))?.isUnavailable == true)
    try await server.stop()
  }

  @Test func `a server that is not there is unavailable`() async throws {
    let port = try await RawServer.freePort()
    #expect(await failure(of: ProviderRequest("GET", "http://127.0.0.1:\(port)"))?.isUnavailable == true)
  }

  @Test func `a server that closes without an answer is unavailable`() async throws {
    let server = try await RawServer(.close)
    #expect(await failure(of: ProviderRequest("GET", server.url))?.isUnavailable == true)
    try await server.stop()
  }

  @Test func `an answer that is too long is not read to its end`() async throws {
    let server = try await RawServer(
      .answer("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + String(repeating: "x", count: 2000))
    )
    let error = await failure(of: ProviderRequest("GET", server.url, answerLimit: 1000))
    #expect(error == .malformedReply(reason: "The response is too long."))
    try await server.stop()
  }

  @Test func `a task that is cancelled stops waiting`() async throws {
    let server = try await RawServer(.hang)
    let transport = LiveTransport()
    let task = Task { try await ProviderHTTP(transport: transport).send(ProviderRequest("GET", server.url)) }
    for await _ in server.arrivals { break }
    task.cancel()
    await #expect(throws: ProviderError.self) { try await task.value }
    await transport.shutdown()
    try await server.stop()
  }

  @Test func `a refusal is an answer, with its body`() async throws {
    let network = ScriptedTransport { _, _ in ProviderResponse(404, [:], "nothing") }
    let response = try await http(network).send(ProviderRequest("GET", "https://api.example.com/"))
    #expect(response.status == 404)
    #expect(response.body == Array("nothing".utf8))
  }

  @Test func `a redirect is not followed unless asked for`() async throws {
    let network = ScriptedTransport { _, _ in ProviderResponse(307, [.location: "https://other.example/"]) }
    let response = try await http(network).send(ProviderRequest("GET", "https://api.example.com/"))
    #expect(response.status == 307)
    #expect(network.sent.count == 1)
  }

  @Test(arguments: [301, 302, 307, 308])
  func `a redirect that is followed repeats method, body and headers`(status: Int) async throws {
    let network = ScriptedTransport { request, _ in
      request.url.hasSuffix("/new")
        ? ProviderResponse(207)
        : ProviderResponse(status, HTTPFields().adding("/new", named: "location"))
    }
    let request = ProviderRequest(
      "PROPFIND",
      "https://dav.example.com/.well-known/caldav",
      headers: HTTPFields([HTTPField(name: .authorization, value: "Basic x")]).adding("0", named: "Depth"),
      body: [1, 2],
      redirects: .follow(limit: 1)
    )
    let response = try await http(network).send(request)
    #expect(response.url == "https://dav.example.com/new")
    let second = try #require(network.sent.last?.request)
    #expect(second.method == "PROPFIND" && second.body == [1, 2] && second.headers[named: "depth"] == "0")
    #expect(second.headers[.authorization] == "Basic x")
  }

  @Test func `a redirect never leaves https, and never shows the password to another plain host`()
    async throws
  {
    let down = ScriptedTransport { _, _ in ProviderResponse(302, [.location: "http://dav.example.com/"]) }
    await #expect(throws: ProviderError.self) {
      try await http(down).send(
        ProviderRequest("GET", "https://dav.example.com/", redirects: .follow(limit: 3))
      )
    }
    #expect(down.sent.count == 1)
    let across = ScriptedTransport { request, _ in
      request.url.contains("other")
        ? ProviderResponse(200) : ProviderResponse(302, [.location: "http://other.example/"])
    }
    _ = try await http(across).send(
      ProviderRequest(
        "GET",
        "http://dav.example.com/",
        headers: [.authorization: "Basic x"],
        redirects: .follow(limit: 3)
      )
    )
    #expect(across.sent.last?.request.headers[.authorization] == nil)
  }

  @Test func `redirects in a circle end`() async throws {
    let network = ScriptedTransport { _, _ in ProviderResponse(302, [.location: "/again"]) }
    let error = await #expect(throws: ProviderError.self) {
      try await http(network).send(ProviderRequest("GET", "https://a.example/", redirects: .follow(limit: 3)))
    }
    #expect(error?.isRejection == true)
    #expect(network.sent.count == 4)
  }

  @Test(arguments: [
    "", "calendar.example.com", "ftp://example.com", "https://user:password@example.com/",
    "https://exa mple.com",
    "https://example.com\\@evil.example", "https://exämple.com/", "https://example.com:99999/",
    "https:///path",
    "file:///etc/passwd", "https://[fe80::1%25eth0]/", "https://a\r\nb/",
  ])
  func `what is no plain web address is refused`(text: String) async {
    let network = ScriptedTransport { _, _ in ProviderResponse(200) }
    let error = await #expect(throws: ProviderError.self) {
      try await http(network).send(ProviderRequest("GET", text))
    }
    #expect(error?.isRejection == true)
    #expect(network.sent.isEmpty)
  }
}

@Suite(.timeLimit(.minutes(5))) struct StatusTests {
  private let now = Date(timeIntervalSince1970: 1_445_412_480)  // 2015-10-21T07:28:00Z

  @Test(arguments: [("120", 120), ("Wed, 21 Oct 2015 07:29:00 GMT", 60), ("-5", 0), ("9999999999", 86_400)])
  func `Retry-After is read in both forms, within a day`(text: String, seconds: Int) {
    let response = ProviderResponse(503, HTTPFields().adding(text, named: "retry-after"))
    let error = ProviderError(response, reason: "", now: now)
    #expect(error == .unavailable(reason: "", retryAfter: .seconds(seconds)))
  }

  @Test func `a date that is past asks for no wait, and nonsense is no answer`() {
    #expect(
      ProviderResponse(429, [.retryAfter: "Wed, 21 Oct 2015 07:00:00 GMT"]).retryAfter(now: now) == .zero
    )
    #expect(ProviderResponse(429, [.retryAfter: "soon"]).retryAfter(now: now) == nil)
  }

  @Test func `each class of status says what to do`() {
    func error(_ status: Int) -> ProviderError {
      ProviderError(ProviderResponse(status), reason: "r", now: now)
    }
    #expect(error(401) == .authExpired(reason: "r"))
    #expect(error(403) == .forbidden(reason: "r"))
    #expect(error(404) == .notFound)
    #expect(error(410) == .gone)
    #expect(error(412) == .conflict(etag: nil))
    #expect(error(429) == .rateLimited(retryAfter: nil))
    #expect(error(400) == .rejected(reason: "r"))
    #expect(error(502) == .unavailable(reason: "r"))
    #expect(error(302) == .malformedReply(reason: "r"))
  }
}

@Suite(.timeLimit(.minutes(5))) struct RedactionTests {
  @Test func `a summary keeps the vendor's words and masks everything about people`() {
    let body = """
      {"error":{"code":403,"message":"Not allowed for ann@example.com with ya29.A0ARrdaM-k9Vq7GzY1234567890abcd",
      "errors":[{"domain":"calendar","reason":"forbiddenForNonOrganizer"}]},"summary":"Secret merger",
      "access_token":"token","code":"4/secret"}
      """
    let summary = RedactedResponse(ProviderResponse(403, [:], body)).description
    #expect(summary.contains("forbiddenForNonOrganizer"))
    #expect(summary.contains("403"))
    for secret in ["ann", "ya29", "Secret", "merger", "\"token\"", "4/secret"] {
      #expect(!summary.contains(secret))
    }
  }

  @Test func `of markup only the elements' names are kept`() {
    let body = """
      <?xml version="1.0"?><d:error xmlns:d="DAV:"><c:no-uid-conflict><d:href>/ann@example.com/x</d:href>\
      </c:no-uid-conflict></d:error>
      """
    let summary = RedactedResponse(ProviderResponse(409, [:], body)).description
    #expect(summary == "<d:error><c:no-uid-conflict><d:href>")
  }

  @Test func `requests, answers and tokens print nothing of what they hold`() {
    let request = ProviderRequest(
      "GET",
      "https://example.com/ann",
      headers: [.authorization: "Bearer s3cret"],
      body: Array("s3cret".utf8)
    )
    let response = ProviderResponse(200, [.setCookie: "s3cret"], "s3cret")
    let tokens = OAuthTokens(accessToken: "s3cret", refreshToken: "s3cret", expiresAt: .distantPast)
    for value in [request, response, tokens, tokens.credentials] as [Any] {
      var dumped = ""
      dump(value, to: &dumped)
      #expect(!"\(value) \(String(reflecting: value)) \(dumped)".contains("s3cret"))
      #expect(!dumped.contains("ann"))
    }
  }
}
