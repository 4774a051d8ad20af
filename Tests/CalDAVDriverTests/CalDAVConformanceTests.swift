import CalDAVDriver
import CalendarCore
import DriverTestSupport
import Foundation
import HTTPTypes
import ProviderConformance
import ProviderKit
import TestSupport
import Testing

/// The requirements of every calendar driver, checked on real servers.
@Suite(.timeLimit(.minutes(5))) struct CalDAVConformanceTests {
  /// One server for all, as it takes a while to start; a calendar for each.
  @Test(arguments: RealServer.Program.allCases)
  func `what every calendar driver does`(program: RealServer.Program) async throws {
    try await RealServer.run(program) { server in
      let live = LiveTransport()
      for (number, check) in CalendarConformance.checks.enumerated() {
        do { try await check.run(on: CalDAVUnderTest(server, live, calendar: "calendar-\(number)")) } catch {
          Issue.record(error, "\(check.name)")
        }
      }
      await live.shutdown()
    }
  }
}

private struct CalDAVUnderTest: CalendarUnderTest {
  let server: RealServer
  let network: FaultyTransport
  let provider: CalDAVProvider
  let session: AccountSession
  let calendar: String

  /// Whether the calendar is there is answered as it is: the faults are about an event in it.
  func isAPI(_ request: ProviderRequest) -> Bool {
    request.method != "PROPFIND" || request.headers[named: "Depth"] != "0"
  }

  init(_ server: RealServer, _ live: LiveTransport, calendar name: String) async throws {
    self.server = server
    network = FaultyTransport(live)
    provider = CalDAVProvider(
      http: ProviderHTTP(transport: network),
      allowPrivateNetworks: true,
      clock: ManualClock().wallClock
    )
    try await server.makeCalendar(name, title: name)
    let connection = try await server.connect("\(server.program.home)\(name)/")
    session = CredentialVault(connection.credentials)
      .session(try Samples.account(.calDAV, sendsInvitations: connection.sendsInvitations))
    calendar = "\(server.url)\(server.program.home)\(name)/"
  }

  var eventCount: Int {
    get async throws {
      let response = try await server.request(
        "PROPFIND",
        path(calendar),
        headers: HTTPFields().adding("1", named: "Depth")
      )
      return String(decoding: response.body, as: UTF8.self).components(separatedBy: ".ics</").count - 1
    }
  }

  func changeOutside(_ event: ProviderEvent, title: String, guest: String) async throws {
    var lines = try await server.stored(event).split(separator: "\n").map(String.init)
    lines.removeAll { $0.hasPrefix("SUMMARY") }
    let place = try #require(lines.firstIndex { $0.hasPrefix("UID:") })
    lines.insert(contentsOf: ["SUMMARY:\(title)", "ATTENDEE:mailto:\(guest)"], at: place)
    if !lines.contains(where: { $0.hasPrefix("ORGANIZER") }) {
      lines.insert("ORGANIZER:mailto:ann@example.com", at: place)
    }
    try await put(lines, at: path(event.externalID))
  }

  func invitation() async throws -> ProviderEventReference? {
    let address = "\(calendar)theirs.ics"
    try await put(
      [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Elsewhere//EN", "BEGIN:VEVENT",
        "UID:\(UUID())@elsewhere.example",
        "DTSTAMP:20270101T000000Z", "DTSTART:20270130T090000Z", "DTEND:20270130T100000Z", "SUMMARY:Theirs",
        "ORGANIZER:mailto:boss@elsewhere.example", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:boss@elsewhere.example",
        "ATTENDEE;CN=Ann;RSVP=TRUE;X-NOTE=kept:mailto:ann@example.com",
        "ATTENDEE;PARTSTAT=TENTATIVE:mailto:zoe@example.net", "END:VEVENT", "END:VCALENDAR",
      ],
      at: path(address)
    )
    return ProviderEventReference(calendarExternalID: calendar, eventID: .init(UUID()), externalID: address)
  }

  func answer(_ refusal: Refusal) -> ProviderResponse? {
    switch refusal {
    case .unauthorized: ProviderResponse(401, [.wwwAuthenticate: "Basic realm=\"x\""])
    case .forbidden, .missingPermission: Self.refusal(403, "need-privileges")
    case .tooMany: ProviderResponse(429)
    case .tooManyForSevenSeconds: ProviderResponse(429, [.retryAfter: "7"])
    case .notFound: ProviderResponse(404)
    case .gone: ProviderResponse(410)
    case .stale: nil
    case .invalid: Self.refusal(400, "valid-calendar-data")
    case .failure: ProviderResponse(500)
    case .awayForSevenSeconds: ProviderResponse(503, [.retryAfter: "7"])
    }
  }

  private static func refusal(_ status: Int, _ condition: String) -> ProviderResponse {
    ProviderResponse(
      status,
      [.contentType: "application/xml"],
      "<D:error xmlns:D=\"DAV:\"><D:\(condition)/><D:responsedescription>bob@example.org</D:responsedescription></D:error>"
    )
  }

  private func path(_ address: String) -> String { String(address.dropFirst(server.url.count)) }

  private func put(_ lines: [String], at path: String) async throws {
    let response = try await server.request(
      "PUT",
      path,
      headers: [.contentType: "text/calendar; charset=utf-8"],
      body: lines.joined(separator: "\r\n") + "\r\n"
    )
    guard response.isSuccess else { throw Nonconformity("The server refused: \(response.status)") }
  }
}
