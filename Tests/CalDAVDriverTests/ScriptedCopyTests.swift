import CalDAVDriver
import CalendarCore
import DriverTestSupport
import Foundation
import HTTPTypes
import ProviderKit
import Testing

/// The properties of a calendar object that belong to its owner's own copy of an event.
@Suite(.timeLimit(.minutes(5))) struct ScriptedCopyTests: ScriptedServer {
  private static let calendar = "https://dav.example.com/cal/work/"

  /// Reads an event of ann@example.com with these lines.
  private func read(_ lines: String...) async throws -> ProviderEvent {
    let all =
      ["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:1@example.com", "DTSTAMP:20270101T000000Z"]
      + ["DTSTART:20270128T090000Z"] + lines + ["END:VEVENT", "END:VCALENDAR", ""]
    let text = all.joined(separator: "\r\n")
    let network = ScriptedTransport { _, _ in ProviderResponse(200, [.eTag: "\"1\""], text) }
    let reference = ProviderEventReference(
      calendarExternalID: Self.calendar,
      eventID: .init(UUID()),
      externalID: Self.calendar + "1.ics"
    )
    return try await provider(network).event(reference, session: session())
  }

  @Test(arguments: [
    ("TRANSP:OPAQUE", EventAvailability.busy), ("TRANSP:TRANSPARENT", .free),
    ("STATUS:TENTATIVE", .tentative),
    ("X-MICROSOFT-CDO-BUSYSTATUS:OOF", .outOfOffice), ("X-MICROSOFT-CDO-BUSYSTATUS:Free", .free),
    ("X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE", .tentative), ("X-MICROSOFT-CDO-BUSYSTATUS:BUSY", .busy),
    ("SUMMARY:Kick-off", .busy),
  ])
  func `the owner's time is shown as the event says`(line: String, availability: EventAvailability)
    async throws
  {
    #expect(try await read(line).availability == availability)
  }

  /// RFC 5545 §3.8.1.3.
  @Test(arguments: [
    ("CLASS:PUBLIC", false), ("CLASS:private", true), ("CLASS:CONFIDENTIAL", true), ("CLASS:X-BOARD", true),
    ("SUMMARY:Kick-off", false),
  ])
  func `a private event is private, and so is one of a class that nobody knows`(
    line: String,
    isPrivate: Bool
  ) async throws {
    #expect(try await read(line).isPrivate == isPrivate)
  }

  @Test(arguments: [
    ("ACCEPTED", CalendarEventResponseStatus.accepted), ("DECLINED", .declined), ("TENTATIVE", .tentative),
    ("NEEDS-ACTION", .needsAction),
  ])
  func `a guest's copy names the organizer, and the guest's own response`(
    word: String,
    response: CalendarEventResponseStatus
  ) async throws {
    let event = try await read(
      "ORGANIZER;CN=Eve:mailto:eve@example.net",
      "ATTENDEE;PARTSTAT=TENTATIVE:mailto:eve@example.net",
      "ATTENDEE;PARTSTAT=\(word):mailto:ann@example.com"
    )
    #expect(!event.isOrganizer && event.response == response)
    let organizer = try #require(event.organizer)
    #expect(organizer.handle == EmailAddress("eve@example.net") && organizer.displayName == "Eve")
    #expect(organizer.isOrganizer && organizer.responseStatus == .tentative)
  }

  @Test func `an organizer has no response to give, and a meeting without guests no organizer`() async throws
  {
    let own = try await read("ORGANIZER:mailto:ann@example.com", "ATTENDEE:mailto:bob@example.org")
    #expect(own.isOrganizer && own.response == nil && own.organizer?.responseStatus == .accepted)
    let alone = try await read("SUMMARY:Dentist")
    #expect(alone.isOrganizer && alone.response == nil && alone.organizer == nil)
  }
}
