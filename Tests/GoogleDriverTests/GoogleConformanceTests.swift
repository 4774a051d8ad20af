import CalendarCore
import DriverTestSupport
import Foundation
import GoogleDriver
import HTTPTypes
import JSONModel
import ProviderConformance
import ProviderEmulators
import ProviderKit
import TestSupport
import Testing

/// The requirements of every calendar driver, checked on Google's emulator.
@Suite(.timeLimit(.minutes(5))) struct GoogleConformanceTests {
  @Test(arguments: CalendarConformance.checks)
  func `what every calendar driver does`(check: CalendarCheck) async throws {
    try await GoogleFixture.run { try await check.run(on: $0) }
  }

  @Test(arguments: MailConformance.checks)
  func `what every mail transport does`(check: MailCheck) async throws {
    try await GoogleFixture.run { try await check.run(on: $0) }
  }

  @Test(arguments: MailConformance.checksOverHTTP)
  func `what every mail transport over HTTP does`(check: HTTPMailCheck) async throws {
    try await GoogleFixture.run { try await check.run(on: $0) }
  }
}

extension GoogleFixture: CalendarUnderTest {
  var calendar: String { Self.address }

  var eventCount: Int {
    get async throws { events.count { $0["status"]?.string != "cancelled" } }
  }

  func changeOutside(_ event: ProviderEvent, title: String, guest: String) async throws {
    let attendees = (stored(event)?["attendees"]?.array ?? []) + [["email": .string(guest)]]
    let body: JSON = ["summary": .string(title), "attendees": .array(attendees)]
    let answer = try await asOwner(
      "PATCH",
      "/\(event.externalID)",
      body: String(decoding: body.encoded(), as: UTF8.self)
    )
    guard answer.isSuccess else { throw Nonconformity("Google refused: \(answer.status)") }
  }

  func invitation() async throws -> ProviderEventReference? {
    let body = """
      {"iCalUID":"\(UUID())@elsewhere.example","summary":"Theirs","organizer":{"email":"boss@elsewhere.example"},
      "start":{"dateTime":"2027-01-30T10:00:00+01:00","timeZone":"Europe/Berlin"},
      "end":{"dateTime":"2027-01-30T11:00:00+01:00","timeZone":"Europe/Berlin"},
      "attendees":[{"email":"boss@elsewhere.example","responseStatus":"accepted","organizer":true},
      {"email":"\(Self.address)"},{"email":"zoe@example.net","responseStatus":"tentative"}]}
      """
    let answer = try await asOwner("POST", "/import", body: body)
    guard answer.isSuccess, let id = try JSON.parse(Data(answer.body))["id"]?.string else {
      throw Nonconformity("Google refused: \(answer.status)")
    }
    return ProviderEventReference(calendarExternalID: Self.address, eventID: .init(UUID()), externalID: id)
  }

  func withWebhookReceiver(_ body: (WebhookReceiver) async throws -> Void) async throws {
    let listener = try await WebhookListener()
    let receiver = WebhookReceiver(address: listener.url, now: clock.now, requests: listener.requests)
    do { try await body(receiver) } catch {
      try await listener.stop()
      throw error
    }
    try await listener.stop()
  }

  func answer(_ refusal: Refusal) -> ProviderResponse? {
    switch refusal {
    case .unauthorized: Self.refusal(401, "authError")
    case .forbidden: Self.refusal(403, "forbiddenForNonOrganizer")
    case .missingPermission: Self.refusal(403, "insufficientPermissions")
    case .tooMany: Self.refusal(403, "rateLimitExceeded")
    case .tooManyForSevenSeconds: Self.refusal(429, "rateLimitExceeded", [.retryAfter: "7"])
    case .notFound: Self.refusal(404, "notFound")
    case .gone: Self.refusal(410, "deleted")
    case .stale: Self.refusal(412, "conditionNotMet")
    case .invalid: Self.refusal(400, "invalid")
    case .failure: Self.refusal(500, "backendError")
    case .awayForSevenSeconds: Self.refusal(503, "backendError", [.retryAfter: "7"])
    }
  }

  func isAPI(_ request: ProviderRequest) -> Bool { request.url.contains("/calendar/v3/") }

  private static func refusal(
    _ status: Int,
    _ reason: String,
    _ headers: HTTPFields = [:]
  ) -> ProviderResponse {
    ProviderResponse(
      status,
      headers,
      """
      {"error":{"code":\(status),"message":"About bob@example.org","errors":[{"domain":"global","reason":"\(reason)",
      "message":"About bob@example.org"}]}}
      """
    )
  }
}

extension GoogleFixture: HTTPMailUnderTest {
  var transport: any MailTransport { provider.mailTransport }
  var arrived: [(to: [String], raw: String)] { mail.messages.map { (to: $0.to, raw: $0.raw) } }
  func isSending(_ request: ProviderRequest) -> Bool { request.url.contains("/messages/send") }
}
