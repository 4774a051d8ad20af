import Foundation
import Testing

@testable import ICalendar

/// The messages that we build, as python icalendar reads them.
@Suite(.timeLimit(.minutes(5))) struct MessageOracleTests {
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
    struct Event: Decodable {
      var names: Set<String>
      var uid: String
      var dtstamp: Int
      var sequence: Int?
      var organizer: User?
      var attendees: [User]
      var instance: Time?
      var range: String?
      var status: String?
      var comment: String?
      var start: Time?
    }
    var method: String?
    var zones: [String]
    var errors: [String]
    var events: [Event]
  }

  private let now = Date(timeIntervalSince1970: 1_769_000_000)

  /// A random event with people in it, whose texts python icalendar reads as we do.
  private func events(_ count: Int) throws -> [EventComponent] {
    var source = RandomEvent(seed: 5546)
    return try (0..<count).map { number in
      var event = try source.event(number)
      event.uid = "message-\(number)@example.com"
      event.sequence = number % 5 + 1
      event.status = number % 2 == 0 ? .confirmed : .tentative
      event.organizer = CalendarUser(
        address: "ann@example.com",
        commonName: "Ann; \"A\"",
        sentBy: "pa@example.com"
      )
      event.attendees = ["bob", "cid", "dan"].map { name in
        Attendee(
          user: CalendarUser(address: "\(name)@example.com", commonName: "\(name), Jr."),
          userType: .individual
        )
      }
      event.attendees[1].setAddresses("DELEGATED-TO", ["eve@example.com", "fay@example.com"])
      try event.setRecurrence([])
      return event
    }
  }

  private func messages(of event: EventComponent, _ number: Int) throws -> [SchedulingMessage] {
    var series = event
    try series.setRecurrence(["RRULE:FREQ=WEEKLY;COUNT=5"])
    let instance = RecurrenceID(event.timing.recurrenceStart)
    let override = try #require(series.instance(instance))
    let comment = "No; really, \\no\nline \(number)"
    return [
      try .publication(of: [series]),
      try .request(for: [series, override]),
      try .request(for: [override]),
      try .addition(of: event),
      try .cancellation(of: [series], comment: comment),
      try .cancellation(of: [RecurrenceID(instance.time, includesFollowing: true)], in: series),
      try .cancellation(uninviting: ["cid@example.com"], from: override),
      try .reply(to: override, from: "bob@example.com", .declined, comment: comment, at: now),
      try .reply(to: event, from: "bob@example.com", .delegated, delegatingTo: "guy@example.com", at: now),
      try .refresh(of: override, for: "dan@example.com", at: now),
      try .counter(proposing: event, from: "dan@example.com", comment: comment, at: now),
      try .declineCounter(for: event, to: "dan@example.com", comment: comment),
    ]
  }

  @Test func `python icalendar reads from our messages what we wrote`() throws {
    let built = try events(60).enumerated().flatMap { try messages(of: $1, $0) }
    let answers: [Fields] = try Oracle.ask("messages", ["texts": built.map(\.text)])
    try #require(answers.count == built.count)
    for (number, (message, read)) in zip(built, answers).enumerated() {
      #expect(message.violations == [], "message \(number)")
      #expect(read.errors == [], "message \(number)")
      #expect(read.method == message.method.rawValue)
      try #require(read.events.count == message.events.count)
      for (component, event) in zip(message.events, read.events) {
        try compare(component, event, "message \(number) \(message.method.rawValue)")
        for tzid in [event.start?.tzid, event.instance?.tzid].compactMap(\.self) {
          #expect(read.zones.contains(tzid))
        }
      }
    }
  }

  private func compare(_ component: Component, _ read: Fields.Event, _ place: Comment) throws {
    var zones = ZoneResolver()
    let part = try MessageComponent(component, zones: &zones)
    #expect(read.names == Set(component.properties.map(\.name)), place)
    #expect(read.uid == part.uid, place)
    #expect(Double(read.dtstamp) == part.revision.dtstamp.timeIntervalSince1970, place)
    #expect(read.sequence ?? 0 == part.revision.sequence, place)
    #expect(read.organizer?.uri == "mailto:ann@example.com", place)
    #expect(read.organizer?.parameters["CN"] == "Ann; \"A\"", place)
    #expect(read.organizer?.parameters["SENT-BY"] == "mailto:pa@example.com", place)
    #expect(read.status == component.property("STATUS")?.value, place)
    #expect(read.comment == part.comment, place)
    #expect(read.attendees.map(\.uri) == part.attendees.map { "mailto:\($0.user.address)" }, place)
    for (user, attendee) in zip(read.attendees, part.attendees) {
      #expect(user.parameters["CN"] == attendee.user.commonName, place)
      #expect(user.parameters["PARTSTAT"] == attendee.participationStatus.rawValue, place)
      let delegates = attendee.addresses("DELEGATED-TO").map { "mailto:\($0)" }.joined(separator: ",")
      #expect(user.parameters["DELEGATED-TO"] ?? "" == delegates, place)
    }
    #expect((read.instance == nil) == (part.instance == nil), place)
    guard let instance = part.instance, let time = read.instance else { return }
    #expect(read.range == (instance.includesFollowing ? "THISANDFUTURE" : nil), place)
    switch instance.time {
    case .date(let date): #expect(time.date == date.description, place)
    case .zoned(let zoned):
      #expect(time.instant.map(Double.init) == zoned.instant.timeIntervalSince1970, place)
    case .floating: Issue.record("no floating time was written")
    }
  }
}
