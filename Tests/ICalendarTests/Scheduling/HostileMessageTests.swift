import Foundation
import TestSupport
import Testing

@testable import ICalendar

/// Messages from strangers: anyone can send email.
@Suite(.timeLimit(.minutes(5))) struct HostileMessageTests {
  private func cancellations(_ count: Int) throws -> SchedulingMessage {
    var events: [Component] = []
    let start = try utc("1997-06-01T21:00:00")
    for number in 0..<count {
      let instance = start.addingTimeInterval(TimeInterval(number * 86_400))
      events.append(
        Component(
          "VEVENT",
          properties: [
            ContentLine("UID", value: "guid-1@example.com"), ContentLine("SEQUENCE", value: "\(number + 1)"),
            ContentLine("DTSTAMP", instant: instance), ContentLine("RECURRENCE-ID", instant: instance),
            ContentLine("ORGANIZER", value: "mailto:a@example.com"),
            ContentLine("STATUS", value: "CANCELLED"),
          ]
        )
      )
    }
    let object = Component(
      "VCALENDAR",
      properties: [ContentLine("METHOD", value: "CANCEL")],
      components: events
    )
    return try SchedulingMessage(component: object)
  }

  @Test func `a message of thousands of events is received, each once`() throws {
    var event = try ScheduledEvent(
      from: try message(
        "REQUEST",
        SeriesExample.request.map { $0.replacing("MONTHLY;BYMONTHDAY=1", with: "DAILY") }
      )
    )
    let message = try cancellations(3000)
    let reception = event.receiving(message, for: ["b@example.com"])
    // The rule ends in September 1998.
    #expect(reception.outcomes.count { $0 == .cancelled } == 458)
    #expect(reception.outcomes.count { $0 == .ignored(.unknownInstance) } == 3000 - 458)
    event = reception.event
    #expect(event.overrides.count == 458)
    #expect(event.receiving(message, for: ["b@example.com"]).hasChanges == false)
  }

  @Test func `random lines lead to an outcome for each event, and to nothing else's change`() throws {
    var random = SeededRandom(seed: 6047)
    let sources = [
      GroupExample.request, GroupExample.update, GroupExample.cancel, GroupExample.removal,
      GroupExample.counter,
      GroupExample.reply("PARTSTAT=DELEGATED;DELEGATED-TO=\"mailto:b@example.com\":mailto:b@example.com"),
      SeriesExample.request, SeriesExample.moved, SeriesExample.cancelled, SeriesExample.addition,
    ]
    let lines =
      sources.flatMap(\.self) + [
        "SEQUENCE:99999999999999999999", "SEQUENCE:-1", "DTSTAMP:0", "RECURRENCE-ID:1", "RRULE:FREQ=NEVER",
        "UID:",
        "RECURRENCE-ID;RANGE=THISANDFUTURE:19970801T210000Z", "RECURRENCE-ID;VALUE=DATE:19970801",
        "ORGANIZER:",
        "ATTENDEE:", "RDATE:19970801T210000Z/P9D", "EXDATE:x", "DTSTART:99991231T235959Z",
        "SEQUENCE:9223372036854775807",
        "RRULE:FREQ=SECONDLY", "RECURRENCE-ID:00010101T000000Z",
      ]
    var event = try ScheduledEvent(from: try message("REQUEST", SeriesExample.request))
    for _ in 0..<3000 {
      let events = (0..<Int.random(in: 1...3, using: &random)).map { _ in
        (sources.randomElement(using: &random) ?? []).map { line in
          Int.random(in: 0..<6, using: &random) == 0 ? lines.randomElement(using: &random) ?? line : line
        } + (Bool.random(using: &random) ? ["UID:guid-1@example.com"] : [])
      }
      let method = Method.allCases.randomElement(using: &random) ?? .request
      let bodies = events.flatMap { ["BEGIN:VEVENT"] + $0 + ["END:VEVENT"] }
      let all = ["BEGIN:VCALENDAR", "METHOD:\(method.rawValue)"] + bodies + ["END:VCALENDAR"]
      let message = try SchedulingMessage.parse(Array(all.joined(separator: "\n").utf8))
      _ = message.violations
      let reception = event.receiving(message, for: ["b@example.com"])
      #expect(reception.outcomes.count == events.count)
      #expect(reception.event.components.allSatisfy { $0.uid == event.uid })
      let asks: Set<Method> = [.refresh, .counter, .declineCounter]
      if asks.contains(method) { #expect(reception.event == event) }
      // What was done is done again without a difference.
      var again = reception.event
      again.settle()
      #expect(again == reception.event)
      event =
        Int.random(in: 0..<50, using: &random) == 0
        ? try ScheduledEvent(from: try ICalendarTests.message("REQUEST", SeriesExample.request))
        : reception.event
    }
  }

  /// Found by the fuzzer: by a whole-day series' name the instance was in the year 10000, and was lost when it was stored.
  @Test(arguments: ["DTSTART;VALUE=DATE:20260319", "DTSTART;TZID=Europe/Berlin:20260319T100000"])
  func `an instance in a year that cannot be written is none`(_ start: String) throws {
    var event = try ScheduledEvent(
      from: try message(
        "REQUEST",
        [
          "UID:own@example.com", "ORGANIZER:mailto:a@example.com", "ATTENDEE:mailto:b@example.com",
          "DTSTAMP:20260310T050000Z", start, "RRULE:FREQ=HOURLY", "SEQUENCE:1",
        ]
      )
    )
    let known = event
    for time in ["99991231T235959Z", "00010101T000000Z"] {
      let reply = try message(
        "REPLY",
        [
          "UID:own@example.com", "ORGANIZER:mailto:a@example.com",
          "ATTENDEE;PARTSTAT=ACCEPTED:mailto:b@example.com", "DTSTAMP:20260311T050000Z",
          "RECURRENCE-ID:\(time)", "SEQUENCE:1",
        ]
      )
      let outcome = try event.receive(reply, for: "a@example.com")
      #expect(outcome == .ignored(.unreadable(.invalid(property: "RECURRENCE-ID"))))
    }
    #expect(event == known)
  }

  /// Found by the fuzzer: the guest's reply to such an addition could not be read.
  @Test(arguments: ["00010101T000000Z", "99991231T235959Z"])
  func `an instance is not added in a year that cannot be written`(_ start: String) throws {
    let request = [
      "UID:own@example.com", "ORGANIZER:mailto:a@example.com", "ATTENDEE:mailto:b@example.com",
      "DTSTAMP:20260310T050000Z", "DTSTART:20260319T100000Z", "RRULE:FREQ=WEEKLY", "SEQUENCE:1",
    ]
    var event = try ScheduledEvent(from: try message("REQUEST", request))
    let known = event
    let addition = try message(
      "ADD",
      [
        "UID:own@example.com", "ORGANIZER:mailto:a@example.com", "ATTENDEE:mailto:b@example.com",
        "DTSTAMP:20260311T050000Z", "DTSTART:\(start)", "SEQUENCE:2",
      ]
    )
    let outcome = try event.receive(addition, for: "b@example.com")
    #expect(outcome == .ignored(.unreadable(.invalid(property: "DTSTART"))))
    #expect(event == known)
  }

  /// Found by the fuzzer: after an instance without an organizer, the event was anyone's.
  @Test(arguments: ["ORGANIZER:mailto:", "COMMENT:none"], ["", "RECURRENCE-ID:20260319T100000Z"])
  func `a message that names no organizer does not take away the one that is known`(
    _ organizer: String,
    _ instance: String
  ) throws {
    let parts = [
      "UID:own@example.com", "DTSTART:20260319T100000Z", "ATTENDEE:mailto:b@example.com", instance,
    ]
    .filter { !$0.isEmpty }
    var event = try ScheduledEvent(
      from: try message("REQUEST", parts + ["DTSTAMP:20260310T050000Z", "ORGANIZER:mailto:a@example.com"])
    )
    let update = try message("REQUEST", parts + ["DTSTAMP:20260311T050000Z", "SEQUENCE:1", organizer])
    _ = try event.receive(update, for: "b@example.com")
    #expect(event.organizer?.address == "a@example.com")
    #expect(event.components.flatMap(\.otherProperties).allSatisfy { $0.name != "ORGANIZER" })
    let takeover = try message(
      "CANCEL",
      parts + ["DTSTAMP:20260312T050000Z", "SEQUENCE:2", "ORGANIZER:mailto:eve@example.com"]
    )
    #expect(try event.receive(takeover, for: "b@example.com") == .ignored(.otherOrganizer))
  }

  @Test(arguments: [
    ["mailto:a@example.com", "mailto:eve@example.com"], ["mailto:eve@example.com", "mailto:a@example.com"],
    ["mailto:eve@example.com", ""], ["", "mailto:eve@example.com"],
  ])
  func `a message that names several organizers counts for one of them`(organizers: [String]) throws {
    func parts(_ names: [String], _ more: String...) -> [[String]] {
      zip(names, 19...).map { name, day in
        [
          "UID:own@example.com", "RECURRENCE-ID:202603\(day)T100000Z", "DTSTART:202603\(day)T120000Z",
          "ATTENDEE:mailto:b@example.com",
        ] + (name.isEmpty ? [] : ["ORGANIZER:\(name)"]) + more
      }
    }
    let request = parts(organizers, "DTSTAMP:20260310T050000Z")
    let first = try message("REQUEST", request[0], request[1])
    var unknown = ScheduledEvent(uid: "own@example.com")
    let reception = unknown.receiving(first, for: ["b@example.com"])
    unknown = reception.event
    // The other's part is refused; one that names nobody is the one's.
    let isRefused = !organizers.contains("")
    #expect(reception.outcomes.map { $0 == .ignored(.otherOrganizer) } == [false, isRefused])
    #expect(unknown.components.allSatisfy { $0.organizer?.address == unknown.organizer?.address })
    #expect(unknown.receiving(first, for: ["b@example.com"]).event == unknown)
    // Of an event that is someone else's, the whole message is refused, also what could come from the organizer.
    let own = try message("REQUEST", parts(["mailto:o@example.com"], "DTSTAMP:20260309T050000Z")[0])
    let known = ScheduledEvent(uid: "own@example.com").receiving(own, for: ["b@example.com"]).event
    let cancel = parts(organizers, "DTSTAMP:20260312T050000Z", "SEQUENCE:1")
    let refused = known.receiving(try message("CANCEL", cancel[0], cancel[1]), for: ["b@example.com"])
    #expect(refused.outcomes == [.ignored(.otherOrganizer), .ignored(.otherOrganizer)])
    #expect(refused.event == known)
  }

  @Test func `two instances that a later series has as one are one, the newer`() throws {
    func addition(_ time: String, _ stamp: String, _ title: String) throws -> SchedulingMessage {
      try message(
        "ADD",
        [
          "UID:own@example.com", "DTSTAMP:\(stamp)", "DTSTART;TZID=America/New_York:20260307T\(time)",
          "SUMMARY:\(title)", "ORGANIZER:mailto:a@example.com", "ATTENDEE:mailto:b@example.com",
        ]
      )
    }
    let series = try message(
      "REQUEST",
      [
        "UID:own@example.com", "DTSTAMP:20260301T000000Z", "DTSTART;VALUE=DATE:20260305",
        "RRULE:FREQ=DAILY;COUNT=5", "ORGANIZER:mailto:a@example.com", "ATTENDEE:mailto:b@example.com",
      ]
    )
    for (first, second) in [
      ("20260308T060000Z", "20260307T060000Z"), ("20260307T060000Z", "20260308T060000Z"),
    ] {
      var event = ScheduledEvent(uid: "own@example.com")
      _ = try event.receive(try addition("020000", first, "At \(first)"), for: "b@example.com")
      _ = try event.receive(try addition("000000", second, "At \(second)"), for: "b@example.com")
      #expect(event.overrides.count == 2)
      #expect(try event.receive(series, for: "b@example.com") == .created)
      #expect(event.overrides.map(\.summary) == ["At 20260308T060000Z"])
    }
  }

  @Test func `an answer that came before the series counts as soon as the series is there`() throws {
    let lines = [
      "UID:own@example.com", "DTSTAMP:20260305T000000Z", "DTSTART:20260305T100000Z",
      "ORGANIZER:mailto:a@example.com", "ATTENDEE:mailto:b@example.com",
    ]
    let instance = try message("REQUEST", lines + ["RECURRENCE-ID:20260305T100000Z"])
    var event = try ScheduledEvent(from: instance)
    let answer = lines.map { $0.replacing("ATTENDEE:", with: "ATTENDEE;PARTSTAT=DECLINED:") }
    _ = try event.receive(try message("REPLY", answer), for: "a@example.com")
    let series = try message("REQUEST", lines + ["RRULE:FREQ=DAILY;COUNT=3"])
    #expect(try event.receive(series, for: "c@example.com") == .created)
    #expect(event.series?.attendees.map(\.participationStatus) == [.declined])
  }

  @Test func `guests who delegate to themselves are the same after each message`() throws {
    let lines = ["UID:own@example.com", "DTSTART:20260305T100000Z", "ORGANIZER:mailto:a@example.com"]
    func sent(_ method: String, _ stamp: String, _ attendees: String...) throws -> SchedulingMessage {
      try message(method, lines + ["DTSTAMP:\(stamp)"] + attendees.map { "ATTENDEE;\($0)" })
    }
    var event = try ScheduledEvent(
      from: try sent("REQUEST", "20260301T000000Z", "PARTSTAT=NEEDS-ACTION:mailto:b@example.com")
    )
    let answer = #"PARTSTAT=DELEGATED;DELEGATED-TO="mailto:b@example.com":mailto:b@example.com"#
    _ = try event.receive(try sent("REPLY", "20260302T000000Z", answer), for: "a@example.com")
    let again = try sent(
      "REQUEST",
      "20260303T000000Z",
      #"DELEGATED-FROM="mailto:a@example.com":mailto:b@example.com"#,
      #"DELEGATED-FROM="mailto:b@example.com":mailto:b@example.com"#
    )
    _ = try event.receive(again, for: "c@example.com")
    let before = event
    #expect(try event.receive(again, for: "c@example.com") == .ignored(.duplicate))
    #expect(event == before)
  }
}
