import Foundation
import Testing

@testable import ICalendar

func zone(_ identifier: String, _ location: SourceLocation = #_sourceLocation) throws -> Zone {
  try #require(Zone(identifier), sourceLocation: location)
}

/// The time of a text like "2026-01-28T10:00:00 Europe/Berlin".
func time(_ text: String, _ location: SourceLocation = #_sourceLocation) throws -> ZonedDateTime {
  let parts = text.split(separator: " ").map(String.init)
  let local = try #require(LocalDateTime(parts[0]), sourceLocation: location)
  return ZonedDateTime(local: local, zone: try zone(parts[1], location))
}

func date(_ text: String, _ location: SourceLocation = #_sourceLocation) throws -> CalendarDate {
  try #require(CalendarDate(text), sourceLocation: location)
}

/// The instant of "2026-01-28T10:00:00" in UTC.
func utc(_ text: String, _ location: SourceLocation = #_sourceLocation) throws -> Date {
  try time("\(text) UTC", location).instant
}

func meeting(
  from start: String = "2026-01-28T10:00:00 Europe/Berlin",
  to end: String = "2026-01-28T11:00:00 Europe/Berlin"
) throws -> EventComponent {
  EventComponent(
    uid: "meeting-1@example.com",
    dtstamp: try utc("2026-01-20T08:30:00"),
    timing: .timed(start: try time(start), end: try time(end)),
    summary: "Planning"
  )
}

/// The VCALENDAR around the lines of one VEVENT; UID and DTSTAMP are given.
func calendar(_ lines: String...) -> [UInt8] {
  let event = ["BEGIN:VEVENT", "UID:1@example.com", "DTSTAMP:20260120T083000Z"] + lines + ["END:VEVENT"]
  let all = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN"] + event + ["END:VCALENDAR", ""]
  return Array(all.joined(separator: "\r\n").utf8)
}

func event(_ bytes: [UInt8], _ location: SourceLocation = #_sourceLocation) throws -> EventComponent {
  try #require(try CalendarObject.parse(bytes).events.first, sourceLocation: location)
}

/// The lines of a text that must end each with CRLF.
func lines(_ text: String) -> [String] {
  text.components(separatedBy: "\r\n")
}
