import Foundation
import ICalendar
import Testing

@Suite(.timeLimit(.minutes(5))) struct SchedulingMessageTests {
  private func invited() throws -> EventComponent {
    var event = try meeting()
    event.sequence = 2
    event.organizer = CalendarUser(address: "ann@example.com", commonName: "Ann")
    event.attendees = [
      Attendee(user: CalendarUser(address: "Ann@Example.com"), role: .chair, expectsReply: true),
      Attendee(
        user: CalendarUser(address: "bob@example.com", commonName: "Bob, Jr."),
        participationStatus: .declined,
        expectsReply: false,
        scheduleAgent: .client,
        otherParameters: [.init("SCHEDULE-STATUS", "1.2")]
      ),
    ]
    event.otherProperties = [ContentLine("X-PRIVATE", value: "1"), ContentLine("CLASS", value: "PRIVATE")]
    event.otherComponents = [Component("VALARM")]
    return event
  }

  @Test func `a request is the event as RFC 5546 wants it`() throws {
    let invitation = try SchedulingMessage.request(for: [try invited()])
    #expect(
      invitation.text.replacing("\r\n ", with: "") == """
        BEGIN:VCALENDAR\r
        VERSION:2.0\r
        PRODID:-//Phos//Phos Calendar//EN\r
        CALSCALE:GREGORIAN\r
        METHOD:REQUEST\r
        BEGIN:VTIMEZONE\r
        TZID:Europe/Berlin\r
        BEGIN:STANDARD\r
        DTSTART:20251026T030000\r
        RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r
        TZOFFSETFROM:+0200\r
        TZOFFSETTO:+0100\r
        TZNAME:CET\r
        END:STANDARD\r
        BEGIN:DAYLIGHT\r
        DTSTART:20260329T020000\r
        RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r
        TZOFFSETFROM:+0100\r
        TZOFFSETTO:+0200\r
        TZNAME:CEST\r
        END:DAYLIGHT\r
        END:VTIMEZONE\r
        BEGIN:VEVENT\r
        UID:meeting-1@example.com\r
        DTSTAMP:20260120T083000Z\r
        DTSTART;TZID=Europe/Berlin:20260128T100000\r
        DTEND;TZID=Europe/Berlin:20260128T110000\r
        SEQUENCE:2\r
        SUMMARY:Planning\r
        STATUS:CONFIRMED\r
        ORGANIZER;CN=Ann:mailto:ann@example.com\r
        ATTENDEE;ROLE=CHAIR;PARTSTAT=ACCEPTED:mailto:Ann@Example.com\r
        ATTENDEE;CN="Bob, Jr.";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:bob@example.com\r
        CLASS:PRIVATE\r
        END:VEVENT\r
        END:VCALENDAR\r\n
        """
    )
    #expect(invitation.contentType == "text/calendar; method=REQUEST; charset=UTF-8")
  }

  @Test func `a cancellation is cancelled and asks for no answer`() throws {
    let invitation = try SchedulingMessage.cancellation(of: [try invited()])
    let text = invitation.text
    #expect(text.contains("METHOD:CANCEL\r\n"))
    #expect(text.contains("STATUS:CANCELLED\r\n"))
    #expect(!text.contains("RSVP"))
  }

  @Test func `a request has a summary even when the event has none`() throws {
    var event = try invited()
    event.summary = nil
    #expect(try SchedulingMessage.request(for: [event]).text.contains("\r\nSUMMARY:\r\n"))
  }

  @Test func `everything that is missing is named`() throws {
    var event = try meeting(from: "2026-01-28T10:00:00 UTC", to: "2026-01-28T09:00:00 UTC")
    event.uid = ""
    #expect(throws: SchedulingMessageError(missing: [.uid, .orderedTiming, .organizer, .attendees])) {
      try SchedulingMessage.request(for: [event])
    }
    event = try invited()
    event.organizer = CalendarUser(address: "urn:uuid:42")
    event.attendees = [Attendee(user: CalendarUser(address: "bob"))]
    #expect(throws: SchedulingMessageError(missing: [.organizerAddress, .attendeeAddress])) {
      try SchedulingMessage.cancellation(of: [event])
    }
  }

  @Test func `the organizer alone is nobody to invite`() throws {
    var event = try invited()
    event.attendees.removeLast()
    #expect(throws: SchedulingMessageError(missing: [.attendees])) {
      try SchedulingMessage.request(for: [event])
    }
  }

  @Test(arguments: ["a@b@c", "@b", "a@", "a b@c", "a@b,c@d", "<a@b>", "mailto:a@b", "a@b\r\nX:1", ""])
  func `text that cannot be an email address is not invited`(address: String) throws {
    #expect(!CalendarUser(address: address).hasMailAddress)
  }

  @Test func `what a server stores has no method`() throws {
    #expect(!CalendarObject(events: [try invited()]).text.contains("METHOD"))
  }

  @Test func `errors say nothing about people`() throws {
    var event = try invited()
    event.attendees = [Attendee(user: CalendarUser(address: "bob"))]
    let error = #expect(throws: SchedulingMessageError.self) { try SchedulingMessage.request(for: [event]) }
    #expect(!"\(String(reflecting: error))".contains("bob"))
  }
}
