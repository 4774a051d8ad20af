import Foundation
import ICalendar
import Testing

@Suite(.timeLimit(.minutes(5))) struct InspectionTests {
  private func defects(_ text: String) throws -> [String] {
    try Component.inspect(Array(text.utf8)).defects.map(\.description)
  }

  /// A calendar of one event that is as it should be, but for these lines.
  private func eventDefects(
    in component: String = "VEVENT",
    _ lines: String...,
    leaving left: [String] = []
  ) throws -> [String] {
    let needed = ["UID:1", "DTSTAMP:20260120T083000Z", "DTSTART:20260128T100000Z"].filter { line in
      !left.contains { line.hasPrefix($0) }
    }
    let all =
      ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN", "BEGIN:\(component)"] + needed + lines
      + ["END:\(component)", "END:VCALENDAR", ""]
    return try defects(all.joined(separator: "\r\n"))
  }

  @Test func `what this library writes has no defect`() throws {
    var event = try meeting()
    event.description = String(repeating: "Zeile; mit, allem \\ 😀\n", count: 20)
    event.organizer = CalendarUser(address: "ann@example.com", commonName: "Ann \"A\", Ltd.")
    event.attendees = [Attendee(user: CalendarUser(address: "bob@example.com"), userType: .individual)]
    event.conferenceLink = "https://meet.example.com/abc"
    try event.setRecurrence(["RRULE:FREQ=WEEKLY"])
    #expect(try defects(CalendarObject(method: .request, events: [event]).text) == [])
    #expect(try eventDefects() == [])
  }

  @Test func `the form of lines is told once a kind, with the first line`() throws {
    let text = "\u{FEFF}BEGIN:VCALENDAR\nVERSION:2.0\n\r\nPRODID:a\u{1}\r\r\nnonsense\r\nEND:VCALENDAR"
    #expect(
      try defects(text) == [
        "line 1: A line ends without a carriage return. (RFC 5545 §3.1)",
        "line 1: There is a byte order mark. (RFC 5545 §3.1)",
        "line 1, VCALENDAR: The calendar has no component. (RFC 5545 §3.6)",
        "line 3, VCALENDAR: The line is empty. (RFC 5545 §3.1)",
        "line 4, VCALENDAR: A line ends with several carriage returns. (RFC 5545 §3.1)",
        "line 4, VCALENDAR: There are control characters. (RFC 5545 §3.1)",
        "line 5, VCALENDAR: There is no colon between name and value. (RFC 5545 §3.1)",
        "line 6, VCALENDAR: The last line does not end. (RFC 5545 §3.1)",
      ]
    )
  }

  @Test func `long lines, folds within a character and octets that are no UTF-8 are told`() throws {
    let long = String(repeating: "x", count: 76)
    #expect(
      try eventDefects("SUMMARY:\(long)") == [
        "line 8, VEVENT: The line is longer than 75 octets. (RFC 5545 §3.1)"
      ]
    )
    var bytes = Array("BEGIN:X\r\nSUMMARY:".utf8) + [0xC3, 0x0D, 0x0A, 0x20, 0xA4, 0x0D, 0x0A]
    bytes += Array("X-B:".utf8) + [0xFF, 0x0D, 0x0A]
    let found = try Component.inspect(bytes).defects.filter {
      $0.message.contains("UTF-8") || $0.message.contains("folded")
    }
    #expect(found.map(\.line) == [2, 4])
    #expect(found.map(\.section) == ["RFC 5545 §3.1", "RFC 5545 §3.1.4"])
  }

  @Test(arguments: [
    ("DTEND:20260128T110000Z\r\nDURATION:PT1H", 9, "There are both DTEND and DURATION. (RFC 5545 §3.6.1)"),
    ("DTEND:20260128T100000Z", 8, "The end is not after the start. (RFC 5545 §3.8.2.2)"),
    ("DTEND;VALUE=DATE:20260129", 8, "The end is not of the type of DTSTART. (RFC 5545 §3.8.2.2)"),
    (
      "DTEND;VALUE=DATE:20260128T110000Z", 8,
      "The value is not of the type that VALUE says. (RFC 5545 §3.2.20)"
    ),
    ("DURATION:-PT1H", 8, "The duration is negative. (RFC 5545 §3.8.2.5)"),
    ("DURATION:1H", 8, "The value is not of type DURATION. (RFC 5545 §3.8.2.5)"),
    ("SUMMARY:a, b", 8, "A comma or semicolon lacks its backslash. (RFC 5545 §3.3.11)"),
    ("SUMMARY:a\\:b", 8, "A backslash stands before a character that needs none. (RFC 5545 §3.3.11)"),
    ("SUMMARY:a\r\nSUMMARY:b", 9, "The property is there more than once. (RFC 5545 §3.6.1)"),
    ("TRIGGER:-PT5M", 8, "A VEVENT has no such property. (RFC 5545 §3.6.1)"),
    ("STATUS:NEEDS-ACTION", 8, "A VEVENT has no such status. (RFC 5545 §3.8.1.11)"),
    ("TRANSP:PERHAPS", 8, "The value is none of those that are defined. (RFC 5545 §3.8.2.7)"),
    ("PRIORITY:10", 8, "The number is out of range. (RFC 5545 §3.8.1.9)"),
    ("GEO:91;0", 8, "The value is not of type X-GEO. (RFC 5545 §3.8.1.6)"),
    ("CREATED:20260101T000000", 8, "The time is not in UTC. (RFC 5545 §3.8.7.1)"),
    ("URL:not a uri", 8, "The value is not of type URI. (RFC 5545 §3.8.4.6)"),
    (
      "ATTENDEE;RSVP=YES:mailto:a@example.com", 8,
      "The parameter RSVP has a value that it cannot have. (RFC 5545 §3.2.17)"
    ),
    (
      "ATTENDEE;CN=a;CN=b:mailto:a@example.com", 8,
      "The parameter CN is there more than once. (RFC 5545 §3.2)"
    ),
    (
      "RRULE:COUNT=1;UNTIL=20260129T000000Z;FREQ=DAILY", 8,
      "A rule has either COUNT or UNTIL, not both. (RFC 5545 §3.3.10)"
    ),
    ("RRULE:FREQ=NEVER", 8, "FREQ cannot be \"NEVER\". (RFC 5545 §3.3.10)"),
    ("RRULE:FREQ=DAILY;BYHOUR=24", 8, "BYHOUR cannot be 24. (RFC 5545 §3.3.10)"),
    (
      "RRULE:FREQ=WEEKLY;BYMONTHDAY=1", 8,
      "BYMONTHDAY has no meaning with FREQ=WEEKLY. (RFC 5545 §3.3.10)"
    ),
    (
      "RRULE:FREQ=DAILY;UNTIL=20260129", 8,
      "UNTIL is not of the type that DTSTART asks for. (RFC 5545 §3.3.10)"
    ),
    ("EXDATE;VALUE=DATE:20260128", 8, "The value is not of the type of DTSTART. (RFC 5545 §3.8.5.1)"),
    ("EXDATE;TZID=Europe/Berlin:20260128T100000", 8, "The TZID has no VTIMEZONE. (RFC 5545 §3.2.19)"),
    ("EXDATE;TZID=/x/Berlin:20260128T100000Z", 8, "A time in UTC has a TZID. (RFC 5545 §3.2.19)"),
    ("ATTACH;VALUE=BINARY:YQ==", 8, "A binary value needs ENCODING=BASE64. (RFC 5545 §3.3.1)"),
    (
      "BEGIN:VTODO\r\nUID:2\r\nDTSTAMP:20260120T083000Z\r\nEND:VTODO", 8,
      "A VTODO cannot be in a VEVENT. (RFC 5545 §3.6.1)"
    ),
  ])
  func `a defect is told with its line and section`(lines: String, line: Int, message: String) throws {
    let found = try eventDefects(lines)
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("line \(line), VEVENT") == true, "\(found)")
    #expect(found.first?.hasSuffix(message) == true, "\(found)")
  }

  @Test func `what is missing is told where the component begins`() throws {
    let found = try eventDefects(leaving: ["UID", "DTSTAMP", "DTSTART"])
    #expect(
      found == [
        "line 4, VEVENT: The component has no DTSTAMP. (RFC 5545 §3.6.1)",
        "line 4, VEVENT: The component has no UID. (RFC 5545 §3.6.1)",
        "line 4, VEVENT: The component has no DTSTART. (RFC 5545 §3.6.1)",
      ]
    )
  }

  @Test func `alarms and zones have their own needs`() throws {
    let alarm = try eventDefects("BEGIN:VALARM", "ACTION:EMAIL", "TRIGGER:-PT5M", "REPEAT:2", "END:VALARM")
    #expect(alarm.count == 4)
    #expect(alarm.contains("line 11, VALARM REPEAT: REPEAT and DURATION need each other. (RFC 5545 §3.6.6)"))
    let zone = try defects("BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nEND:VTIMEZONE\r\nEND:VCALENDAR\r\n")
    #expect(zone.contains("line 2, VTIMEZONE: The zone has neither STANDARD nor DAYLIGHT. (RFC 5545 §3.6.5)"))
  }

  @Test func `components that end wrongly or never are told`() throws {
    let found = try defects("END:VEVENT\r\nBEGIN:VCALENDAR\r\nBEGIN:X-A\r\nBEGIN:X-B\r\nEND:X-A\r\n")
    #expect(
      found.filter { $0.contains("§3.4") } == [
        "line 1: The END has no BEGIN. (RFC 5545 §3.4)",
        "line 2, VCALENDAR: The component does not end. (RFC 5545 §3.4)",
        "line 4, X-B: The component does not end before the one around it. (RFC 5545 §3.4)",
      ]
    )
  }

  @Test func `the list of defects is bounded`() throws {
    let text = "BEGIN:VEVENT\r\n" + String(repeating: "CREATED:x\r\n", count: 3000)
    let inspection = try Component.inspect(Array(text.utf8))
    #expect(inspection.defects.count == Inspection.longestList)
    #expect(inspection.isCutShort)
    #expect(inspection.components.first?.properties.count == 3000)
  }

  @Test func `a defect never shows what a property holds`() throws {
    let found = try eventDefects("SUMMARY;X=secret:secret, secret\\:", "DTEND:secret", "X-SECRET:secret")
    #expect(found.allSatisfy { !$0.contains("secret") })
    #expect(found.count == 2)
  }
}
