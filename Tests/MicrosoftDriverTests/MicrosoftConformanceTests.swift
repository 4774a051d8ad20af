import CalendarCore
import DriverTestSupport
import Foundation
import HTTPTypes
import JSONModel
import MicrosoftDriver
import ProviderConformance
import ProviderEmulators
import ProviderKit
import Testing

/// The requirements of every calendar driver, checked on Graph's emulator.
@Suite(.timeLimit(.minutes(5))) struct MicrosoftConformanceTests {
  @Test(arguments: CalendarConformance.checks)
  func `what every calendar driver does`(check: CalendarCheck) async throws {
    try await MicrosoftFixture.run { try await check.run(on: $0) }
  }

  @Test(arguments: MailConformance.checks)
  func `what every mail transport does`(check: MailCheck) async throws {
    try await MicrosoftFixture.run { try await check.run(on: $0) }
  }

  @Test(arguments: MailConformance.checksOverHTTP)
  func `what every mail transport over HTTP does`(check: HTTPMailCheck) async throws {
    try await MicrosoftFixture.run { try await check.run(on: $0) }
  }
}

extension MicrosoftFixture: CalendarUnderTest {
  var eventCount: Int {
    get async throws { try await asOwner("GET", "/v1.0/me/events?$top=100")["value"]?.array?.count ?? 0 }
  }

  func changeOutside(_ event: ProviderEvent, title: String, guest: String) async throws {
    let attendees =
      (try await stored(event)["attendees"]?.array ?? []) + [["emailAddress": ["address": .string(guest)]]]
    try await asOwner(
      "PATCH",
      "/v1.0/me/events/\(FormEncoding.encode(event.externalID))",
      ["subject": .string(title), "attendees": .array(attendees)]
    )
  }

  func invitation() async throws -> ProviderEventReference? {
    let time: JSON = ["dateTime": "2027-01-30T10:00:00", "timeZone": "Europe/Berlin"]
    let end: JSON = ["dateTime": "2027-01-30T11:00:00", "timeZone": "Europe/Berlin"]
    let guests: JSON = [
      ["emailAddress": ["address": .string(Self.address), "name": "Ann"]],
      ["emailAddress": ["address": "zoe@example.net"]],
    ]
    let answer = try await asOwner(
      "POST",
      "/_emulator/invitations",
      [
        "email": .string(Self.address), "organizer": ["name": "Boss", "address": "boss@elsewhere.example"],
        "event": ["subject": "Theirs", "start": time, "end": end, "attendees": guests],
      ]
    )
    guard let id = answer["id"]?.string else { throw Nonconformity("There is no invitation.") }
    // The id by which the driver knows it.
    let event = try await asOwner("GET", "/v1.0/me/events/\(FormEncoding.encode(id))")
    return ProviderEventReference(
      calendarExternalID: calendar,
      eventID: .init(UUID()),
      externalID: event["id"]?.string
    )
  }

  func answer(_ refusal: Refusal) -> ProviderResponse? {
    switch refusal {
    case .unauthorized: Self.refusal(401, "InvalidAuthenticationToken")
    case .forbidden, .missingPermission: Self.refusal(403, "ErrorAccessDenied")
    case .tooMany: Self.refusal(429, "ApplicationThrottled")
    case .tooManyForSevenSeconds: Self.refusal(429, "ApplicationThrottled", [.retryAfter: "7"])
    case .notFound: Self.refusal(404, "ErrorItemNotFound")
    case .gone: Self.refusal(410, "SyncStateNotFound")
    case .stale: Self.refusal(412, "ErrorIrresolvableConflict")
    case .invalid: Self.refusal(400, "ErrorPropertyValidationFailure")
    case .failure: Self.refusal(500, "ErrorInternalServerError")
    case .awayForSevenSeconds: Self.refusal(503, "ErrorServerBusy", [.retryAfter: "7"])
    }
  }

  func isAPI(_ request: ProviderRequest) -> Bool { request.url.contains("/v1.0/") }

  private static func refusal(
    _ status: Int,
    _ code: String,
    _ headers: HTTPFields = [:]
  ) -> ProviderResponse {
    ProviderResponse(
      status,
      headers,
      "{\"error\":{\"code\":\"\(code)\",\"message\":\"About bob@example.org\",\"innerError\":{}}}"
    )
  }
}

extension MicrosoftFixture: HTTPMailUnderTest {
  var transport: any MailTransport { provider.mailTransport }
  var arrived: [(to: [String], raw: String)] { mail.messages.map { (to: $0.to, raw: $0.raw) } }
  func isSending(_ request: ProviderRequest) -> Bool { request.url.contains("/me/sendMail") }
}
