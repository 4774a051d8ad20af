import Foundation
import TestSupport
import Testing

@testable import ICalendar

/// Mail is late, and comes twice: the end is the same.
@Suite(.timeLimit(.minutes(5))) struct DeliveryOrderTests {
  /// The parts of an event that a calendar shows.
  private struct View {
    var series: EventComponent?
    var recurrence: Set<String> = []
    var instances: [RecurrenceID: EventComponent] = [:]

    init(_ event: ScheduledEvent, at instances: Set<RecurrenceID>) {
      series = event.series?.status == .cancelled ? nil : event.series
      recurrence = Set(series?.recurrence ?? [])
      series?.keepRecurrence([])
      for instance in instances {
        let event = event.event(at: instance)
        // A canceled instance still has its last known content.
        self.instances[instance] = event?.status == .cancelled ? nil : event
      }
    }

    /// Where the other differs, in a line each.
    func differences(from other: View) -> [String] {
      var lines: [String] = []
      if series != other.series { lines.append("series: \(text(series)) | \(text(other.series))") }
      if recurrence != other.recurrence { lines.append("recurrence: \(recurrence) | \(other.recurrence)") }
      for instance in Set(instances.keys).union(other.instances.keys)
      where instances[instance] != other.instances[instance] {
        lines.append("\(instance.time): \(text(instances[instance])) | \(text(other.instances[instance]))")
      }
      return lines
    }

    private func text(_ event: EventComponent?) -> String {
      event.map { String(decoding: $0.component.serialized(), as: UTF8.self) } ?? "none"
    }
  }

  private func shuffled(_ messages: [SchedulingMessage], _ random: inout SeededRandom) -> [SchedulingMessage]
  {
    var all = messages
    for _ in 0..<messages.count / 2 { all.append(messages.randomElement(using: &random) ?? messages[0]) }
    return all.shuffled(using: &random)
  }

  private func deliver(_ messages: [SchedulingMessage], to event: ScheduledEvent) throws -> ScheduledEvent {
    var event = event
    for message in messages { event = event.receiving(message, for: ["bob@example.com"]).event }
    return event
  }

  @Test(arguments: RandomOrganizer.Counting.allCases)
  func `an attendee's calendar ends the same in any order`(counting: RandomOrganizer.Counting) throws {
    var live = 0
    for seed in 1...150 as ClosedRange<UInt64> {
      let organizer = try RandomOrganizer(seed: seed, counting: counting, changes: Int(seed % 12) + 1)
      let none = ScheduledEvent(uid: "meeting-1@example.com")
      let expected = View(try deliver(organizer.messages, to: none), at: organizer.instances)
      if expected.series != nil { live += 1 }
      var random = SeededRandom(seed: seed &* 7919)
      for _ in 0..<5 {
        let event = try deliver(shuffled(organizer.messages, &random), to: none)
        let differences = View(event, at: organizer.instances).differences(from: expected)
        #expect(differences == [], "seed \(seed)")
        guard differences.isEmpty else { return }
      }
    }
    #expect(live > 90)
  }

  @Test func `an organizer's calendar ends the same in any order`() throws {
    var series = try meeting()
    series.organizer = CalendarUser(address: "ann@example.com")
    let names = ["bob", "cid", "dan", "eve", "fay"]
    series.attendees = names.prefix(3).map { Attendee(user: CalendarUser(address: "\($0)@example.com")) }
    try series.setRecurrence(["RRULE:FREQ=WEEKLY"])
    let known = ScheduledEvent(uid: series.uid, components: [series])
    var everyone = series
    everyone.attendees = names.map { Attendee(user: CalendarUser(address: "\($0)@example.com")) }
    let starts = try (1...3).map { try instance("2026-02-0\($0 + 3)T10:00:00 Europe/Berlin") }
    var delegations = 0
    for seed in 1...300 as ClosedRange<UInt64> {
      var random = SeededRandom(seed: seed)
      var messages: [SchedulingMessage] = []
      for number in 0..<Int.random(in: 2...10, using: &random) {
        let name = names.randomElement(using: &random) ?? ""
        let start = starts.randomElement(using: &random)
        var event = everyone
        if Bool.random(using: &random), let start { event = try #require(everyone.instance(start)) }
        let status: Attendee.ParticipationStatus =
          [.accepted, .declined, .tentative, .delegated].randomElement(using: &random) ?? .accepted
        var delegate: String?
        if status == .delegated {
          delegations += 1
          delegate = names.filter { $0 > name }.randomElement(using: &random) ?? "guy"
        }
        messages.append(
          try .reply(
            to: event,
            from: "\(name)@example.com",
            status,
            delegatingTo: delegate.map { "\($0)@example.com" },
            at: series.dtstamp + TimeInterval(number * 60)
          )
        )
      }
      func view(_ event: ScheduledEvent) -> [[String: Attendee.ParticipationStatus]] {
        ([event.series] + starts.map { event.event(at: $0) }).map { event in
          Dictionary(
            (event?.attendees ?? []).map { ($0.user.key, $0.participationStatus) },
            uniquingKeysWith: { first, _ in first }
          )
        }
      }
      let expected = view(try deliver(messages, to: known))
      for _ in 0..<5 {
        let event = view(try deliver(shuffled(messages, &random), to: known))
        #expect(event == expected, "seed \(seed)")
        guard event == expected else { return }
      }
    }
    #expect(delegations > 250)
  }

  /// Found by the fuzzer: what was told of an instance before its series was kept under another name than the series gives
  /// it, so that the calendar had the instance twice once it was stored.
  @Test(arguments: [
    "RECURRENCE-ID:20260203T100000", "RECURRENCE-ID;VALUE=DATE:20260203", "RECURRENCE-ID:20260203T090000Z",
  ])
  func `an instance that is canceled before its series comes is one instance`(_ recurrenceID: String) throws {
    func cancel(_ line: String) throws -> SchedulingMessage {
      try message(
        "CANCEL",
        [
          "UID:own@example.com", "ORGANIZER:mailto:a@example.com", "ATTENDEE:mailto:b@example.com",
          "DTSTAMP:20260121T080000Z", line, "SEQUENCE:1", "STATUS:CANCELLED",
        ]
      )
    }
    var event = ScheduledEvent(uid: "own@example.com")
    _ = try event.receive(try cancel(recurrenceID))
    _ = try event.receive(
      try message(
        "REQUEST",
        [
          "UID:own@example.com", "ORGANIZER:mailto:a@example.com", "ATTENDEE;RSVP=TRUE:mailto:b@example.com",
          "DTSTAMP:20260120T080000Z", "DTSTART;TZID=Europe/Berlin:20260202T100000",
          "DTEND;TZID=Europe/Berlin:20260202T110000", "RRULE:FREQ=DAILY;COUNT=5", "SEQUENCE:0",
        ]
      )
    )
    #expect(event.overrides.map(\.status) == [.cancelled])
    var stored = ScheduledEvent(uid: event.uid, components: event.components, memory: event.memory)
    #expect(stored == event)
    for line in [recurrenceID, "RECURRENCE-ID;TZID=Europe/Berlin:20260203T100000"] {
      #expect(try stored.receive(try cancel(line)) == .ignored(.duplicate))
    }
    #expect(stored == event)
  }
}
