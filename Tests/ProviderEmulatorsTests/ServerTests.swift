import Foundation
import JSONModel
import NIOCore
import NIOPosix
import TestSupport
import Testing

@testable import ProviderEmulators

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// Over real sockets: what faults do to a connection, and that servers start and stop.
@Suite(.timeLimit(.minutes(5))) struct ServerTests {
  private struct Client {
    let base: String
    var token = "ada"
    let session = URLSession(configuration: .ephemeral)

    func send(_ method: String, _ path: String, _ body: JSON? = nil) async throws -> (status: Int, json: JSON)
    {
      let url = try #require(URL(string: base + path))
      var request = URLRequest(url: url)
      request.httpMethod = method
      request.httpBody = body?.encoded()
      request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
      request.setValue("application/json", forHTTPHeaderField: "Content-Type")
      let (data, response) = try await session.data(for: request)
      return ((response as? HTTPURLResponse)?.statusCode ?? 0, (try? JSON.parse(data)) ?? .null)
    }
  }

  private func withServer(_ body: (Probe, Client) async throws -> Void) async throws {
    let probe = try Probe()
    let server = try await probe.google.serve()
    do {
      try await body(probe, Client(base: server.url))
    } catch {
      await server.stop()
      throw error
    }
    await server.stop()
  }

  @Test func `a refused request does nothing, a lost answer leaves the event`() async throws {
    try await withServer { (probe: Probe, client: Client) async throws -> Void in
      probe.google.faults.add(Fault(.refuse, on: "events.insert", count: 1))
      await #expect(throws: URLError.self) {
        try await client.send("POST", Probe.events, Probe.event("aaaaa"))
      }
      #expect(probe.google.events(of: "ada@example.com") == [])
      probe.google.faults.clear()
      probe.google.faults.add(Fault(.lostAnswer, on: "events.insert", count: 1))
      await #expect(throws: URLError.self) {
        try await client.send("POST", Probe.events, Probe.event("aaaaa"))
      }
      #expect(probe.google.events(of: "ada@example.com").count == 1)
      let faults = probe.google.log.entries.filter { $0.operation == "events.insert" }.map(\.fault)
      #expect(faults.contains(.refuse) && faults.contains(.lostAnswer))
    }
  }

  @Test func `a fault meets only its operation, and as often as it says`() async throws {
    try await withServer { (probe: Probe, client: Client) async throws -> Void in
      probe.google.faults.add(Fault(.status, on: "events.*", status: 429, count: 2))
      #expect(try await client.send("GET", "/calendar/v3/calendars/primary").status == 200)
      #expect(try await client.send("GET", Probe.events).json.reason == "rateLimitExceeded")
      #expect(try await client.send("POST", Probe.events, Probe.event("aaaaa")).status == 429)
      #expect(try await client.send("POST", Probe.events, Probe.event("aaaaa")).status == 200)
      #expect(probe.google.faults.current == [])
    }
  }

  @Test func `a hanging request is answered once the faults are cleared`() async throws {
    try await withServer { (probe: Probe, client: Client) async throws -> Void in
      probe.google.faults.add(Fault(.hang, on: "events.insert"))
      async let answer = client.send("POST", Probe.events, Probe.event("aaaaa"))
      try await waitUntil { probe.google.faults.hanging > 0 }
      #expect(probe.google.events(of: "ada@example.com") == [])
      probe.google.faults.clear()
      #expect(try await answer.status == 200)
      #expect(probe.google.events(of: "ada@example.com").count == 1)
    }
  }

  @Test func `a mailbox serves four requests at a time, whatever others do`() async throws {
    let probe = try MicrosoftProbe()
    let server = try await probe.microsoft.serve()
    let client = Client(base: server.url)
    probe.microsoft.faults.add(Fault(.hang, on: "events.create", count: 4))
    let asked = (1...4).map { _ in
      Task { try await client.send("POST", MicrosoftProbe.events, MicrosoftProbe.event()).status }
    }
    try await waitUntil { probe.microsoft.faults.hanging >= 4 }
    let refused = try await client.send("POST", MicrosoftProbe.events, MicrosoftProbe.event())
    #expect(refused.status == 429)
    #expect(refused.json["error"]?["code"] == "ApplicationThrottled")
    let other = Client(base: server.url, token: "rex")
    #expect(try await other.send("GET", MicrosoftProbe.events).status == 200)
    probe.microsoft.faults.clear()
    for task in asked { #expect(try await task.value == 201) }
    #expect(try await client.send("POST", MicrosoftProbe.events, MicrosoftProbe.event()).status == 201)
    await server.stop()
  }

  @Test func `a server stops although a request hangs, and its port is free again`() async throws {
    let probe = try Probe()
    let server = try await probe.google.serve()
    probe.google.faults.add(Fault(.hang))
    let client = Client(base: server.url)
    let asked = Task { try await client.send("GET", Probe.events) }
    try await waitUntil { probe.google.faults.hanging > 0 }
    await server.stop()
    await #expect(throws: (any Error).self) { try await asked.value }
    probe.google.faults.clear()
    let next = try await probe.google.serve(port: server.port)
    #expect(try await Client(base: next.url).send("GET", Probe.events).status == 200)
    await next.stop()
  }

  @Test func `a port in use is an error, not a hang`() async throws {
    try await withServer { (probe: Probe, client: Client) async throws -> Void in
      let port = try #require(URL(string: client.base)?.port)
      await #expect(throws: (any Error).self) { try await probe.google.serve(port: port) }
    }
  }

  private func page(_ url: String, accept: String) async throws -> (status: Int, text: String) {
    var request = URLRequest(url: try #require(URL(string: url)))
    request.setValue(accept, forHTTPHeaderField: "Accept")
    let (data, response) = try await URLSession(configuration: .ephemeral).data(for: request)
    return ((response as? HTTPURLResponse)?.statusCode ?? 0, String(decoding: data, as: UTF8.self))
  }

  @Test func `an event's link leads to a page of the emulator itself, without a token`() async throws {
    try await withServer { (probe: Probe, client: Client) async throws -> Void in
      let event = Probe.event("aaaaa", ["summary": "<b>A & B</b>", "location": "\"Room\""])
      let made = try await client.send("POST", Probe.events, event).json
      let link = try #require(made["htmlLink"]?.string)
      #expect(link.hasPrefix(client.base + "/calendar/event?eid="))
      let shown = try await page(link, accept: "text/html")
      #expect(shown.status == 200)
      #expect(shown.text.contains("&lt;b&gt;A &amp; B&lt;/b&gt;") && shown.text.contains("&quot;Room&quot;"))
      #expect(!shown.text.contains("<b>"))
      #expect(try await page(client.base + "/calendar/event?eid=AAAA", accept: "text/html").status == 404)
      #expect(try await page(client.base + "/calendar/event", accept: "text/html").status == 404)
    }
  }

  @Test(arguments: [
    ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", true), ("*/*", false), ("", false),
    ("application/json", false), ("application/json, text/html;q=0.5", false),
    ("application/json;q=0.2, text/html", true),
  ])
  func `the mail sink shows a page to browsers and JSON to all others`(accept: String, isPage: Bool)
    async throws
  {
    let sink = try MailSink()
    sink.deliver(from: "a@example.com", to: ["b@example.org"], raw: "Subject: <i>x</i>\r\n\r\n<script>")
    let server = try await sink.serve()
    let shown = try await page(server.http.url + "/", accept: accept)
    await server.stop()
    #expect(shown.text.hasPrefix(isPage ? "<!doctype html>" : "["))
    if isPage {
      #expect(shown.text.contains("<dd>&lt;i&gt;x&lt;/i&gt;</dd>") && !shown.text.contains("<script>"))
    }
  }

  @Test func `the mail sink supports SMTPUTF8 or does not, as it is told`() async throws {
    let sink = try MailSink()
    let server = try await sink.serve()
    let client = Client(base: server.http.url)
    for isOffered in [false, true] {
      let answer = try await client.send("POST", "/_emulator/smtputf8", ["isOffered": .bool(isOffered)])
      #expect(answer.status == 204 && sink.hasSMTPUTF8 == isOffered)
    }
    #expect(try await client.send("POST", "/_emulator/smtputf8", ["isOffered": 1]).status == 400)
    #expect(try await client.send("POST", "/_emulator/other", [:]).status == 404)
    await server.stop()
  }

  @Test func `the log keeps what was sent, but no secret of a sign-in`() async throws {
    try await withServer { (probe: Probe, client: Client) async throws -> Void in
      _ = try await client.send("POST", Probe.events + "?sendUpdates=none", Probe.event("aaaaa"))
      _ = try await client.send("POST", "/token?client_secret=hidden")
      let log = probe.google.log.entries
      #expect(log.map(\.operation) == ["events.insert", "token"])
      #expect(log.first?.body?["id"] == "aaaaa")
      #expect(log.first?.query == ["sendUpdates": ["none"]])
      #expect(log.last?.query == ["client_secret": []])
      #expect(log.last?.body == nil)
    }
  }

  @Test func `the mail sink takes mail by SMTP and shows it by HTTP`() async throws {
    let sink = try MailSink()
    let server = try await sink.serve()
    let connection = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connect(host: "127.0.0.1", port: server.smtpPort) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    let replies = try await connection.executeThenClose { inbound, outbound in
      let mail = "Subject: x\r\n\r\n..dot\r\n.\r\n"
      let envelope = "EHLO me\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.org>\r\nDATA\r\n"
      try await outbound.write(ByteBuffer(string: envelope + mail + "QUIT\r\n"))
      return try await inbound.reduce(into: "") { $0 += String(buffer: $1) }
    }
    #expect(replies.hasPrefix("220 "))
    #expect(replies.hasSuffix("221 2.0.0 Bye\r\n"))
    sink.deliver(from: "a@example.com", to: ["c@example.org"], raw: "two")
    let list = try await Client(base: server.http.url).send("GET", "/").json
    #expect(list.array?.map { $0["raw"] } == ["Subject: x\r\n\r\n.dot\r\n", "two"])
    #expect(list.array?.first?["to"] == ["b@example.org"])
    #expect(list.array?.first?["from"] == "a@example.com")
    await server.stop()
  }
}
