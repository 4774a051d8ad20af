import CalendarCore
import DriverTestSupport
import Foundation
import HTTPTypes
import ICalendar
import ProviderConformance
import ProviderKit
import TemplateFormCalendarDriver
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct TemplateFormCalendarTests {
  @Test(arguments: CalendarConformance.checks)
  func `what every calendar driver does`(check: CalendarCheck) async throws {
    try await check.run(on: TemplateFormCalendarUnderTest())
  }

  /// The address is public, which the guard wants to see, and is not connected to.
  private static let typed = [
    "serverUrl": "https://9.9.9.9/", "username": "ann@example.com", "password": "secret",
  ]

  @Test func `an account is connected with what was typed`() async throws {
    let found = try await TemplateFormCalendarUnderTest().provider.connect(ConnectionValues(Self.typed))
    #expect(found.handle.rawValue == "ann@example.com")
    #expect(found.calendars.map(\.externalID) == ["https://9.9.9.9/main"])
  }

  @Test(arguments: [
    ("password", "wrong", "password"), ("username", "ann", "username"), ("serverUrl", "nowhere", "serverUrl"),
    ("serverUrl", "https://127.0.0.1", "serverUrl"),
  ])
  func `what was typed wrong is named`(field: String, value: String, blamed: String) async throws {
    var typed = Self.typed
    typed[field] = value
    let provider = try TemplateFormCalendarUnderTest().provider
    let refusal = await #expect(throws: ConnectionRefusal.self) {
      try await provider.connect(ConnectionValues(typed))
    }
    #expect(refusal?.field == blamed)
  }
}

private struct TemplateFormCalendarUnderTest: CalendarUnderTest {
  private let service = TemplateFormCalendarService()
  let provider: TemplateFormCalendarProvider
  let session: AccountSession
  let network: FaultyTransport
  let calendar = "https://9.9.9.9/main"
  var eventCount: Int { service.count }

  init() throws {
    network = FaultyTransport(service)
    provider = TemplateFormCalendarProvider(
      http: ProviderHTTP(transport: network),
      clock: ManualClock().wallClock
    )
    session = CredentialVault(Credentials(["username": "ann@example.com", "password": "secret"]))
      .session(try Samples.account(.templateFormCalendar))
  }

  func changeOutside(_ event: ProviderEvent, title: String, guest: String) async throws {
    try service.change(event.externalID) { octets in
      var object = try CalendarObject.parse(octets)
      object.events[0].summary = title
      object.events[0].attendees.append(Attendee(user: CalendarUser(address: guest)))
      return object.serialized()
    }
  }

  func answer(_ refusal: Refusal) -> ProviderResponse? {
    switch refusal {
    case .unauthorized: ProviderResponse(401)
    case .forbidden: ProviderResponse(403, [:], "About bob@example.org")
    case .tooMany: ProviderResponse(429)
    case .tooManyForSevenSeconds: ProviderResponse(429, [.retryAfter: "7"])
    case .notFound: ProviderResponse(404)
    case .gone: ProviderResponse(410)
    case .stale: ProviderResponse(412)
    case .invalid: ProviderResponse(400)
    case .failure: ProviderResponse(500)
    case .awayForSevenSeconds: ProviderResponse(503, [.retryAfter: "7"])
    // A password opens everything or nothing.
    case .missingPermission: nil
    }
  }
}
