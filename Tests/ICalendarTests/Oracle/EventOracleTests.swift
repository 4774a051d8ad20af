import Foundation
import Testing

@testable import ICalendar

/// The events that we write, as python icalendar reads them.
@Suite(.timeLimit(.minutes(5))) struct EventOracleTests {
  private struct Fields: Decodable {
    struct Time: Decodable {
      var date: String?
      var local: String?
      var instant: Int?
      var tzid: String?
    }
    struct User: Decodable {
      var uri: String
      var parameters: [String: String]
    }
    var method: String?
    var zones: [String]
    var errors: [String]
    var names: [String]
    var dtstamp: Int
    var sequence: Int
    var start: Time
    var end: Time
    var organizer: User?
    var attendees: [User]
    var conferences: [User]
    var rules: [String]
    var uid: String?
    var summary: String?
    var description: String?
    var location: String?
    var url: String?
    var status: String?
    var transp: String?
  }

  /// The text that must remain: line ends of all kinds are one, and controls are gone.
  ///
  /// As octets, since Swift's equality of strings would take one form of "é" for the other.
  private func octets(_ text: String?) -> [UInt8]? {
    guard let text else { return nil }
    var bytes: [UInt8] = []
    let unified = text.replacingOccurrences(of: "\r\n", with: "\n")
    for scalar in unified.unicodeScalars {
      switch scalar.value {
      case 0x0A, 0x0D, 0x85, 0x2028, 0x2029: bytes.append(0x0A)
      case 0x09: bytes.append(0x09)
      case 0..<0x20, 0x7F...0x9F: continue
      default: bytes += Array(String(scalar).utf8)
      }
    }
    return bytes
  }

  private func raw(_ text: String?) -> [UInt8]? { text.map { Array($0.utf8) } }

  private func expect(_ read: Fields.Time, is date: CalendarDate, _ number: Int) {
    #expect(read.date == date.description, "event \(number)")
  }

  private func expect(_ read: Fields.Time, is time: ZonedDateTime, inUTC: Bool, _ number: Int) {
    #expect(read.instant.map(Double.init) == time.instant.timeIntervalSince1970, "event \(number)")
    guard !inUTC, !time.zone.isUTC else { return }
    #expect(read.local == time.local.description, "event \(number)")
    #expect(read.tzid == time.zone.identifier, "event \(number)")
  }

  private func expect(_ read: Fields.User, is user: CalendarUser, _ number: Int) {
    #expect(read.uri == "mailto:\(user.address)", "event \(number)")
    // It takes a backslash in a parameter for an escape, which RFC 5545 does not have there.
    let names = [raw(read.parameters["CN"]), octets(user.commonName)].map { $0?.filter { $0 != 0x5C } }
    #expect(names[0] == names[1], "event \(number)")
    #expect(read.parameters["SENT-BY"] == user.sentBy.map { "mailto:\($0)" }, "event \(number)")
  }

  @Test func `python icalendar reads from our text what we wrote`() throws {
    var source = RandomEvent(seed: 7986)
    let events = try (0..<400).map { try source.event($0) }
    let texts = events.map { CalendarObject(method: .request, events: [$0]).text }
    let answers: [Fields] = try Oracle.ask("events", ["texts": texts])
    try #require(answers.count == events.count)
    for (number, (event, read)) in zip(events, answers).enumerated() {
      #expect(read.errors == [], "event \(number)")
      #expect(read.method == "REQUEST")
      #expect(raw(read.uid) == octets(event.uid), "event \(number)")
      #expect(raw(read.summary) == octets(event.summary), "event \(number)")
      #expect(raw(read.description) == octets(event.description), "event \(number)")
      #expect(raw(read.location) == octets(event.location), "event \(number)")
      #expect(read.url == event.url ?? event.conferenceLink, "event \(number)")
      #expect(read.status == event.status.rawValue, "event \(number)")
      #expect(read.transp == event.transparency?.rawValue, "event \(number)")
      #expect(read.sequence == event.sequence, "event \(number)")
      #expect(Double(read.dtstamp) == event.dtstamp.timeIntervalSince1970, "event \(number)")
      #expect(read.rules.map { "RRULE:\($0)" } == event.recurrence, "event \(number)")
      #expect(read.conferences.map(\.uri) == (event.conferenceLink.map { [$0] } ?? []), "event \(number)")
      switch event.timing {
      case .allDay(let start, let end):
        expect(read.start, is: start, number)
        expect(read.end, is: end, number)
        #expect(read.zones == [])
      case .timed(let start, let end):
        let inUTC = event.timing.isWrittenInUTC
        expect(read.start, is: start, inUTC: inUTC, number)
        expect(read.end, is: end, inUTC: inUTC, number)
        let zones = inUTC ? [] : [start.zone, end.zone].filter { !$0.isUTC }.map(\.identifier)
        #expect(read.zones == Set(zones).sorted(), "event \(number)")
      }
      #expect((read.organizer == nil) == (event.organizer == nil), "event \(number)")
      if let organizer = event.organizer, let user = read.organizer { expect(user, is: organizer, number) }
      try #require(read.attendees.count == event.attendees.count, "event \(number)")
      for (attendee, user) in zip(event.attendees, read.attendees) {
        expect(user, is: attendee.user, number)
        #expect(user.parameters["ROLE"] == attendee.role.rawValue)
        #expect(user.parameters["PARTSTAT"] == attendee.participationStatus.rawValue)
        #expect(user.parameters["RSVP"] == (attendee.expectsReply ? "TRUE" : nil))
        #expect(user.parameters["CUTYPE"] == attendee.userType?.rawValue)
        #expect(user.parameters["SCHEDULE-AGENT"] == attendee.scheduleAgent?.rawValue)
      }
    }
  }

  @Test func `we read again what we wrote`() throws {
    var source = RandomEvent(seed: 5545)
    for number in 0..<400 {
      let object = CalendarObject(events: [try source.event(number)])
      let bytes = object.serialized()
      let read = try CalendarObject.parse(bytes)
      #expect(read.serialized() == bytes, "event \(number)")
      let (written, again) = (object.events[0], read.events[0])
      #expect(raw(again.description) == octets(written.description), "event \(number)")
      #expect(again.timing.startInstant(in: .utc) == written.timing.startInstant(in: .utc), "event \(number)")
      #expect(again.timing.endInstant(in: .utc) == written.timing.endInstant(in: .utc), "event \(number)")
      #expect(
        again.attendees.map { raw($0.user.commonName) }
          == written.attendees.map { octets($0.user.commonName) }
      )
    }
  }
}
