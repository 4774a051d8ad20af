import CalDAVDriver
import CalendarCore
import DriverTestSupport
import Foundation
import HTTPTypes
import ProviderKit
import Testing

/// People whom servers write in another form than they were given.
@Suite(.timeLimit(.minutes(5))) struct PeopleByOtherNamesTests: ScriptedServer {
  private static let calendar = "https://dav.example.com/cal/work/"

  private func text(_ lines: String...) -> String {
    let event =
      ["BEGIN:VEVENT", "UID:1@example.com", "DTSTAMP:20270101T000000Z", "DTSTART:20270128T090000Z"] + lines
      + ["END:VEVENT"]
    return (["BEGIN:VCALENDAR", "VERSION:2.0"] + event + ["END:VCALENDAR", ""]).joined(separator: "\r\n")
  }

  private func reference() throws -> ProviderEventReference {
    ProviderEventReference(
      calendarExternalID: Self.calendar,
      eventID: .init(UUID()),
      externalID: Self.calendar + "1.ics",
      originalStart: nil
    )
  }

  /// iCloud (biweekly#113), Nextcloud (nextcloud/server#28162), RFC 7986 §6.2 and RFC 6068 §2.
  @Test(arguments: [
    ";EMAIL=ann@example.com:/aMTAw/principal/", ";EMAIL=ann@example.com:urn:uuid:1",
    ":mailto:a%6En@example.com",
    ";EMAIL=Ann@Example.com:https://dav.example.com/principals/ann/", ":MAILTO:ann@EXAMPLE.com",
  ])
  func `the account's own meeting can be changed, and people stay as the server has them`(user: String)
    async throws
  {
    let guest = "ATTENDEE;EMAIL=bob@example.com;PARTSTAT=ACCEPTED:/bMTIz/principal/"
    let other = "ATTENDEE;CN=Cy;PARTSTAT=DECLINED:mailto:cy%2Bwork@example.com"
    let text = text("ORGANIZER\(user)", "ATTENDEE\(user)", guest, other)
    let network = ScriptedTransport { request, _ in
      request.method == "GET"
        ? ProviderResponse(200, [.eTag: "\"1\""], text) : ProviderResponse(204, [.eTag: "\"2\""])
    }
    let session = try session()
    let current = try await provider(network).event(try reference(), session: session)
    #expect(current.isOrganizer)
    #expect(current.content.attendees.map(\.handle.rawValue) == ["bob@example.com", "cy+work@example.com"])
    let change = try Samples.change(of: current, [.title, .attendees]) {
      $0.title = "Moved"
      $0.attendees = [$0.attendees[0], try Samples.guest("CY+work@example.com")]
    }
    _ = try await provider(network).updateEvent(
      try reference(),
      current: current,
      change: change,
      session: session
    )
    let sent = String(decoding: try #require(network.sent.last?.request.body), as: UTF8.self)
    let lines = sent.replacing("\r\n ", with: "").components(separatedBy: "\r\n")
    for line in ["ORGANIZER\(user)", "ATTENDEE\(user)", guest] { #expect(lines.contains(line), "\(line)") }
    #expect(lines.filter { $0.hasPrefix("ATTENDEE") }.count == 3)
    #expect(lines.contains { $0.hasSuffix(":mailto:cy%2Bwork@example.com") })
  }

  @Test(arguments: [
    ":mailto:bob@example.com", ";EMAIL=bob@example.com:/ann@example.com/", ":mailto:ann+x@example.com",
  ])
  func `another's meeting is another's`(user: String) async throws {
    let text = text("ORGANIZER\(user)", "ATTENDEE:mailto:ann@example.com")
    let network = ScriptedTransport { _, _ in ProviderResponse(200, [.eTag: "\"1\""], text) }
    let read = try await provider(network).event(try reference(), session: session())
    #expect(!read.isOrganizer)
  }

  /// Base64 makes 12 MiB of it, more than any line of text.
  @Test func `an attachment of nine megabytes stays when the meeting is renamed`() async throws {
    let attachment = Data(repeating: 1, count: 9 << 20).base64EncodedString()
    let text = text("ATTACH;ENCODING=BASE64;VALUE=BINARY:\(attachment)")
    let network = ScriptedTransport { request, _ in
      request.method == "GET"
        ? ProviderResponse(200, [.eTag: "\"1\""], text) : ProviderResponse(204, [.eTag: "\"2\""])
    }
    let session = try session()
    let current = try await provider(network).event(try reference(), session: session)
    let change = try Samples.change(of: current, [.title]) { $0.title = "Renamed" }
    _ = try await provider(network).updateEvent(
      try reference(),
      current: current,
      change: change,
      session: session
    )
    #expect(network.sent.last?.request.body.count ?? 0 > attachment.utf8.count)
  }
}
