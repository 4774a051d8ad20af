import CalendarCore
import DriverTestSupport
import Foundation
import GoogleDriver
import HTTPTypes
import ProviderConformance
import ProviderEmulators
import ProviderKit
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct GoogleNotificationTests {
  private static let token = "a-secret-token"

  private func request(
    _ fixture: GoogleFixture,
    id: String = UUID().uuidString,
    address: String = "https://127.0.0.1:9/webhooks",
    days: Double = 3
  ) -> NotificationChannelRequest {
    NotificationChannelRequest(
      calendarExternalID: GoogleFixture.address,
      id: id,
      token: Self.token,
      address: address,
      expiry: fixture.clock.now.addingTimeInterval(days * 86_400)
    )
  }

  private func open(
    _ fixture: GoogleFixture,
    _ request: NotificationChannelRequest
  ) async throws -> NotificationChannel {
    try await fixture.provider.openNotificationChannel(request, session: fixture.session)
  }

  @Test func `the expiry is Google's, not the one that was asked for`() async throws {
    try await GoogleFixture.run { fixture in
      let now = fixture.clock.now
      let (short, long) = (
        try await open(fixture, request(fixture)), try await open(fixture, request(fixture, days: 60))
      )
      #expect(short.expiry == now.addingTimeInterval(3 * 86_400))
      #expect(long.expiry == now.addingTimeInterval(7 * 86_400))
    }
  }

  @Test func `an id that was used is a conflict`() async throws {
    try await GoogleFixture.run { fixture in
      let request = request(fixture)
      let channel = try await open(fixture, request)
      #expect(channel.id == request.id && channel.resourceID?.isEmpty == false)
      await #expect(throws: ProviderError.conflict(etag: nil)) { _ = try await open(fixture, request) }
    }
  }

  @Test func `an address that Google does not call is rejected`() async throws {
    try await GoogleFixture.run { fixture in
      let expected = ProviderError.rejected(reason: "Google answered 400 (push.webhookUrlNotHttps).")
      await #expect(throws: expected) {
        _ = try await open(fixture, request(fixture, address: "http://crm.example/webhooks"))
      }
    }
  }

  @Test func `a channel is closed once, and closing it again is no error`() async throws {
    try await GoogleFixture.run { fixture in
      let channel = try await open(fixture, request(fixture))
      for _ in 0..<2 {
        try await fixture.provider.closeNotificationChannel(channel, session: fixture.session)
      }
      let stops = fixture.emulator.log.entries.filter { $0.operation == "channels.stop" }
      #expect(stops.map(\.status) == [204, 404])
      #expect(stops.allSatisfy { $0.body == nil })
    }
  }

  @Test func `a channel cannot be renewed, and Google is not asked`() async throws {
    try await GoogleFixture.run { fixture in
      let channel = try await open(fixture, request(fixture))
      let sent = fixture.network.sent.count
      let renewed = try await fixture.provider.renewNotificationChannel(
        channel,
        until: channel.expiry.addingTimeInterval(86_400),
        session: fixture.session
      )
      #expect(renewed == nil && fixture.network.sent.count == sent)
    }
  }

  @Test(arguments: [
    #"{"id":"ID"}"#, #"{"id":"ID","resourceId":"r"}"#,
    #"{"id":"ID","resourceId":"","expiration":"1790000000000"}"#,
    #"{"id":"other","resourceId":"r","expiration":"1790000000000"}"#,
    #"{"id":"ID","resourceId":"r","expiration":"soon"}"#, #"{"id":"ID","resourceId":"r","expiration":"-5"}"#,
    #"{"id":"ID","resourceId":"r","expiration":"179000000000000000000"}"#,
  ])
  func `an incomplete channel is no channel`(body: String) async throws {
    try await GoogleFixture.run { fixture in
      fixture.network.set(.answer(ProviderResponse(200, [:], body)), where: { fixture.isAPI($0) })
      let error = await #expect(throws: ProviderError.self) {
        _ = try await open(fixture, request(fixture, id: "ID"))
      }
      #expect(error.map(ProviderErrorKind.init) == .malformedReply)
    }
  }

  @Test func `neither the token nor the address is printed`() throws {
    let request = NotificationChannelRequest(
      calendarExternalID: "c",
      id: "i",
      token: Self.token,
      address: "https://crm.example/secret-path",
      expiry: .now
    )
    let notification = ChangeNotification(channelID: "i", kind: .changed, token: Self.token)
    let webhook = Self.webhook(Self.valid)
    for text in ["\(request)", "\(notification)", "\(webhook)", String(reflecting: request)] {
      #expect(!text.contains(Self.token) && !text.contains("secret-path"))
    }
    #expect(Array(Mirror(reflecting: webhook).children).isEmpty)
  }

  // MARK: Reading

  private static let valid = [
    "x-goog-channel-id": "channel-1", "x-goog-channel-token": token, "x-goog-resource-state": "exists",
    "x-goog-message-number": "10", "x-goog-resource-id": "ret08u3rv24htgh289g",
    "x-goog-resource-uri": "https://www.googleapis.com/calendar/v3/calendars/a%40example.com/events",
    "x-goog-channel-expiration": "Tue, 19 Nov 2013 01:13:52 GMT",
  ]

  private static func webhook(_ headers: [String: String], method: String = "POST") -> WebhookRequest {
    WebhookRequest(method, headers: headers.map { WebhookRequest.Field($0.key, $0.value) })
  }

  private let provider = GoogleCalendarProvider(
    configuration: GoogleConfiguration(clientID: "c", clientSecret: "s"),
    http: ProviderHTTP(transport: ScriptedTransport { _, _ in ProviderResponse(500) }),
    clock: ManualClock().wallClock
  )

  private func read(_ changes: [String: String?]) -> ChangeNotification? {
    var headers = Self.valid
    for (name, value) in changes { headers[name] = value }
    guard case .notifications(let found) = provider.reading(of: Self.webhook(headers)) else { return nil }
    return found.first
  }

  @Test func `a notification says which channel it is of, and what it is about`() {
    let expected = ChangeNotification(
      channelID: "channel-1",
      kind: .changed,
      token: Self.token,
      resourceID: "ret08u3rv24htgh289g",
      number: 10,
      expiry: Date(timeIntervalSince1970: 1_384_823_632)
    )
    #expect(provider.reading(of: Self.webhook(Self.valid)) == .notifications([expected]))
    #expect(read(["x-goog-resource-state": "sync"])?.kind == .opened)
    #expect(read(["x-goog-resource-state": "not_exists"])?.kind == .changed)
    #expect(read(["x-goog-channel-id": String(repeating: "a", count: 64)]) != nil)
  }

  @Test(arguments: [
    ["x-goog-channel-id": nil], ["x-goog-channel-id": ""], ["x-goog-channel-id": "a b"],
    ["x-goog-channel-id": "é"], ["x-goog-channel-id": "a\u{0}"], ["x-goog-channel-id": "a,b"],
    ["x-goog-channel-id": String(repeating: "a", count: 65)],
    ["x-goog-resource-state": nil], ["x-goog-resource-state": "EXISTS"], ["x-goog-resource-state": "add"],
  ])
  func `a request without a channel or with an unknown state means nothing`(changes: [String: String?]) {
    #expect(read(changes) == nil)
  }

  @Test func `only a POST with each header once is a notification`() {
    #expect(provider.reading(of: Self.webhook(Self.valid, method: "GET")) == .notifications([]))
    var twice = Self.webhook(Self.valid)
    twice.headers.append(.init("X-GOOG-CHANNEL-ID", "channel-2"))
    #expect(provider.reading(of: twice) == .notifications([]))
    var tokens = Self.webhook(Self.valid)
    tokens.headers.append(.init("X-Goog-Channel-Token", "guess"))
    guard case .notifications(let found) = provider.reading(of: tokens) else { return }
    #expect(found.count == 1 && found[0].token == nil)
  }

  @Test func `what is unreadable of the rest is left out`() {
    #expect(read(["x-goog-channel-token": nil])?.token == nil)
    #expect(
      read(["x-goog-channel-token": String(repeating: "t", count: 257)]).map { $0.token == nil } == true
    )
    for number in ["-1", "", "1e3", "٣", String(repeating: "9", count: 19)] {
      #expect(read(["x-goog-message-number": number]).map { $0.number == nil } == true)
    }
    for date in ["", "tomorrow", "2013-11-19T01:13:52Z", String(repeating: "1", count: 100_000)] {
      #expect(read(["x-goog-channel-expiration": date]).map { $0.expiry == nil } == true)
    }
    for id in ["", "a b", "é", String(repeating: "r", count: 257)] {
      #expect(read(["x-goog-resource-id": id]).map { $0.resourceID == nil } == true)
    }
  }
}
