import Foundation
import Hummingbird
import JSONModel
import Synchronization
import TestSupport
import Testing

@testable import ProviderEmulators

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// A subscriber that listens at an address: it answers handshakes and stores notifications.
private final class Listener: Sendable {
  private let received = Mutex<[JSON]>([])
  private let validates: Bool

  init(validates: Bool = true) { self.validates = validates }

  var notifications: [JSON] { received.withLock { $0 } }

  func serve() async throws -> EmulatorServer {
    try await EmulatorServer.start(host: "127.0.0.1", port: 0) { request, _ in
      let body = Data((try await request.body.collect(upTo: 1 << 20)).readableBytesView)
      let incoming = EmulatorRequest(request)
      if let token = incoming.parameter("validationToken") {
        let answer = EmulatorResponse(
          status: 200,
          headers: ["Content-Type": "text/plain"],
          body: Data((self.validates ? token : "something else").utf8)
        )
        return Response(answer)
      }
      let items = (try? JSON.parse(body))?["value"]?.array ?? []
      self.received.withLock { $0 += items }
      return Response(EmulatorResponse(status: 202))
    }
  }

  func wait(for count: Int) async throws { try await waitUntil { notifications.count >= count } }
}

@Suite(.timeLimit(.minutes(1))) struct MicrosoftSubscriptionTests {
  private let probe: MicrosoftProbe
  private static let path = "/v1.0/subscriptions"

  init() throws { probe = try MicrosoftProbe() }

  private func wish(_ url: String, _ more: [String: JSON] = [:], days: Double = 6) -> JSON {
    let end = probe.clock.now.addingTimeInterval(days * 86_400)
    let base: [String: JSON] = [
      "changeType": "created,updated,deleted", "resource": "me/events", "notificationUrl": .string(url),
      "expirationDateTime": .string(Timestamp.text(end, in: .gmt)), "clientState": "secret",
    ]
    return .object(base.merging(more) { $1 })
  }

  /// Asks over a socket: only there hands are shaken.
  private func subscribe(_ emulator: EmulatorServer, _ body: JSON) async throws -> (status: Int, json: JSON) {
    var request = URLRequest(url: try #require(URL(string: emulator.url + Self.path)))
    request.httpMethod = "POST"
    request.httpBody = body.encoded()
    request.setValue("Bearer ada", forHTTPHeaderField: "Authorization")
    request.setValue("application/json", forHTTPHeaderField: "Content-Type")
    let (data, response) = try await URLSession(configuration: .ephemeral).data(for: request)
    return ((response as? HTTPURLResponse)?.statusCode ?? 0, (try? JSON.parse(data)) ?? .null)
  }

  @Test func `a subscriber who shakes hands hears of every change, and no more after the end`() async throws {
    let listener = Listener()
    let (server, emulator) = (try await listener.serve(), try await probe.microsoft.serve())
    let made = try await subscribe(emulator, wish(server.url + "/hook"))
    try #require(made.status == 201)
    #expect(made.json["clientState"] == .null)
    let event = probe.create()
    probe.send("PATCH", "\(MicrosoftProbe.events)/\(event.id)", ["subject": "Moved"])
    probe.send("DELETE", "\(MicrosoftProbe.events)/\(event.id)")
    try await listener.wait(for: 3)
    let heard = listener.notifications
    #expect(heard.map { $0["changeType"] } == ["created", "updated", "deleted"])
    #expect(heard.allSatisfy { $0["clientState"] == "secret" && $0["subscriptionId"] == made.json["id"] })
    #expect(heard.allSatisfy { $0["resourceData"]?["id"]?.string == event.id })
    #expect(probe.send("DELETE", "\(Self.path)/\(made.json.id)").status == 204)
    _ = probe.create()
    // Notifications come in order: had there been one, it would be before this.
    let second = try await subscribe(emulator, wish(server.url + "/hook", ["clientState": "second"]))
    try #require(second.status == 201)
    _ = probe.create()
    try await listener.wait(for: 4)
    #expect(listener.notifications.last?["clientState"] == "second")
    await server.stop()
    await emulator.stop()
  }

  @Test func `an occurrence that is deleted is a change of its series`() async throws {
    let listener = Listener()
    let (server, emulator) = (try await listener.serve(), try await probe.microsoft.serve())
    let series = probe.create(["recurrence": MicrosoftProbe.mondays])
    try #require(try await subscribe(emulator, wish(server.url)).status == 201)
    probe.send("DELETE", "\(MicrosoftProbe.events)/\(probe.instances(of: series.id)[1].id)")
    try await listener.wait(for: 1)
    #expect(listener.notifications[0]["changeType"] == "updated")
    #expect(listener.notifications[0]["resourceData"]?["id"]?.string == series.id)
    await server.stop()
    await emulator.stop()
  }

  @Test func `who answers the handshake wrongly gets no subscription`() async throws {
    let listener = Listener(validates: false)
    let (server, emulator) = (try await listener.serve(), try await probe.microsoft.serve())
    let refused = try await subscribe(emulator, wish(server.url))
    #expect(refused.status == 400)
    #expect(refused.json["error"]?["code"] == "ValidationError")
    #expect(probe.send("GET", Self.path).items.isEmpty)
    await server.stop()
    await emulator.stop()
  }

  @Test func `a subscription is for less than seven days, renewed before it ends, and for this machine only`()
  {
    let url = "http://127.0.0.1:9/hook"
    #expect(probe.send("POST", Self.path, wish(url, days: 7.1)).status == 400)
    #expect(probe.send("POST", Self.path, wish(url, days: -1)).code == "InvalidRequest")
    #expect(probe.send("POST", Self.path, wish("https://example.com/hook")).status == 501)
    #expect(probe.send("POST", Self.path, wish(url, ["changeType": "moved"])).status == 400)
    #expect(
      probe.send("POST", Self.path, wish(url, ["clientState": .string(String(repeating: "x", count: 129))]))
        .status == 400
    )
    let made = probe.send("POST", Self.path, wish(url))
    #expect(made.status == 201)
    probe.clock.advance(by: 5 * 86_400)
    let renewed = probe.send("PATCH", "\(Self.path)/\(made.id)", wish(url))
    #expect(renewed.status == 200)
    probe.clock.advance(by: 5 * 86_400)
    #expect(probe.send("GET", "\(Self.path)/\(made.id)").status == 200)
    #expect(probe.send("GET", "\(Self.path)/\(made.id)", token: "rex").status == 404)
    probe.clock.advance(by: 2 * 86_400)
    #expect(probe.send("PATCH", "\(Self.path)/\(made.id)", wish(url)).status == 404)
  }

  @Test func `what becomes of a subscription is told at its own address`() async throws {
    let listener = Listener()
    let (server, emulator) = (try await listener.serve(), try await probe.microsoft.serve())
    let body = wish(server.url, ["lifecycleNotificationUrl": .string(server.url + "/lifecycle")])
    try #require(try await subscribe(emulator, body).status == 201)
    probe.microsoft.sendLifecycle("missed")
    probe.microsoft.sendLifecycle("subscriptionRemoved")
    try await listener.wait(for: 2)
    #expect(listener.notifications.map { $0["lifecycleEvent"] } == ["missed", "subscriptionRemoved"])
    #expect(probe.send("GET", Self.path).items.isEmpty)
    await server.stop()
    await emulator.stop()
  }
}
