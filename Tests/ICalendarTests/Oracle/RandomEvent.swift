import Foundation
import TestSupport

@testable import ICalendar

/// Events with whatever may stand in them, from a seed.
struct RandomEvent {
  private var random: SeededRandom
  private let zones = ZoneOracleTests.names.compactMap { Zone($0) }

  /// Line ends of many kinds, delimiters, escapes, controls, and characters of one to many octets.
  static let pieces = [
    "a", "Z", "0", " ", "  ", "\t", ",", ";", ":", "\\", "\\n", "\\,", "\"", "'", "^", "^n", "^'", "^^", "\n",
    "\r\n",
    "\r", "\n\n", "\u{85}", "\u{2028}", "\u{2029}", "\0", "\u{1}", "\u{B}", "\u{C}", "\u{1C}", "\u{1E}",
    "\u{7F}",
    "\u{9B}", "\u{FEFF}", "\u{200B}", "\u{202E}", "=", "%", "é", "e\u{301}", "ß", "ا", "日本", "😀", "👨‍👩‍👧‍👦", "🇩🇪",
    "\u{10FFFD}", "BEGIN:VEVENT", "\r\nEND:VEVENT\r\n", "mailto:", "&", "<b>",
  ]

  init(seed: UInt64) {
    random = SeededRandom(seed: seed)
  }

  mutating func event(_ number: Int) throws -> EventComponent {
    var event = EventComponent(
      uid: "event-\(number)-\(text(upTo: 8))",
      dtstamp: instant(),
      timing: timing()
    )
    event.sequence = Int.random(in: 0...9, using: &random)
    event.summary = maybe(text(upTo: 30))
    event.description = maybe(text(upTo: 400))
    event.location = maybe(text(upTo: 60))
    event.url = maybe("https://example.com/\(number);a=1,2?b=\\c&d=é")
    event.conferenceLink = maybe(
      "https://meet.example.com/\(String(repeating: "x", count: number % 90));p=1,2"
    )
    event.status = EventStatus.allCases.randomElement(using: &random) ?? .confirmed
    event.transparency = maybe(.transparent)
    event.organizer = maybe(user())
    event.attendees = (0..<Int.random(in: 0...5, using: &random)).map { _ in attendee() }
    if Int.random(in: 0..<4, using: &random) == 0 { try event.setRecurrence(["RRULE:FREQ=WEEKLY;COUNT=5"]) }
    return event
  }

  private mutating func attendee() -> Attendee {
    Attendee(
      user: user(),
      role: Attendee.Role.allCases.randomElement(using: &random) ?? .required,
      participationStatus: Attendee.ParticipationStatus.allCases.randomElement(using: &random) ?? .accepted,
      expectsReply: .random(using: &random),
      userType: maybe(.room),
      scheduleAgent: maybe(.client)
    )
  }

  private mutating func user() -> CalendarUser {
    let name = ["bob", "bøb", "o'neill", "a+b", "x=y"].randomElement(using: &random) ?? ""
    return CalendarUser(
      address: "\(name)@example.com",
      commonName: maybe(text(upTo: 20)),
      sentBy: maybe("pa@example.com")
    )
  }

  private mutating func timing() -> EventTiming {
    if Int.random(in: 0..<4, using: &random) == 0 {
      let start = CalendarDate(dayNumber: Int.random(in: 0..<25_000, using: &random))
      return .allDay(start: start, end: start.adding(days: Int.random(in: 1...9, using: &random)))
    }
    let zone = zones.randomElement(using: &random) ?? .utc
    var first = instant()
    // Every other one near a change of the clocks, where the second pass is.
    if let change = zone.transitions(from: first, to: first.addingTimeInterval(400 * 86_400)).first,
      Bool.random(using: &random)
    {
      first = change.at.addingTimeInterval(TimeInterval(Int.random(in: -7200...7200, using: &random)))
    }
    let last = first.addingTimeInterval(TimeInterval(Int.random(in: 1...90_000, using: &random)))
    let endZone = Bool.random(using: &random) ? zone : zones.randomElement(using: &random) ?? zone
    return .timed(
      start: ZonedDateTime(instant: first, zone: zone),
      end: ZonedDateTime(instant: last, zone: endZone)
    )
  }

  private mutating func instant() -> Date {
    Date(timeIntervalSince1970: TimeInterval(Int.random(in: 0..<2_145_916_800, using: &random)))
  }

  private mutating func text(upTo count: Int) -> String {
    (0..<Int.random(in: 0...count, using: &random)).map { _ in Self.pieces.randomElement(using: &random) ?? ""
    }
    .joined()
  }

  private mutating func maybe<Value>(_ value: Value) -> Value? {
    Bool.random(using: &random) ? value : nil
  }
}
