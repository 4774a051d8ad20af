import Foundation
import Testing

@testable import ICalendar

/// Answers to instances, and to several parts of a series at once (RFC 5546 §3.2.3).
@Suite(.timeLimit(.minutes(5))) struct ReplyPartsTests {
  private static let uid = "UID:guid-1@example.com"

  private func series() throws -> ScheduledEvent {
    try ScheduledEvent(from: try message("REQUEST", SeriesExample.request))
  }

  private func answer(_ status: String, _ lines: String..., at stamp: String = "19970601T090000Z") -> [String]
  {
    [Self.uid, "DTSTAMP:\(stamp)", "SEQUENCE:0", "ATTENDEE;PARTSTAT=\(status):mailto:b@example.com"] + lines
  }

  private func statuses(_ event: ScheduledEvent) throws -> [Attendee.ParticipationStatus?] {
    try ["1997-06-01", "1997-07-01", "1997-08-01", "1997-09-01"].map {
      event.status(of: "b@example.com", at: try instance("\($0)T21:00:00 UTC"))
    }
  }

  /// nextcloud/mail#10811: one message has the answers to the series and to its instances.
  @Test(arguments: ["19970601T090000Z", "19970531T090000Z", "19970602T090000Z"])
  func `each part of a reply counts, whenever it was written`(stamp: String) throws {
    let parts = [
      answer("ACCEPTED"), answer("DECLINED", "RECURRENCE-ID:19970701T210000Z", at: stamp),
      answer("TENTATIVE", "RECURRENCE-ID:19970901T210000Z", at: stamp),
    ]
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
      var event = try series()
      let message = try message("REPLY", parts[order[0]], parts[order[1]], parts[order[2]])
      let reception = event.receiving(message, for: ["a@example.com"])
      event = reception.event
      #expect(try statuses(event) == [.accepted, .declined, .accepted, .tentative])
      let again = event.receiving(message, for: ["a@example.com"])
      #expect(!again.hasChanges)
      #expect(again.outcomes.allSatisfy { $0 == .ignored(.duplicate) })
    }
  }

  @Test func `a later answer to the series is one to all its instances`() throws {
    var event = try series()
    _ = try event.receive(try message("REPLY", answer("DECLINED", "RECURRENCE-ID:19970701T210000Z")))
    _ = try event.receive(try message("REPLY", answer("ACCEPTED", at: "19970602T090000Z")))
    #expect(try statuses(event) == [.accepted, .accepted, .accepted, .accepted])
  }

  /// RFC 5545 §3.2.13.
  @Test func `an answer to this and the following is one to all that follow`() throws {
    var event = try series()
    _ = try event.receive(try message("REPLY", answer("ACCEPTED")))
    _ = try event.receive(
      try message(
        "REPLY",
        answer("DECLINED", "RECURRENCE-ID;RANGE=THISANDFUTURE:19970801T210000Z", at: "19970601T100000Z")
      )
    )
    #expect(try statuses(event) == [.accepted, .accepted, .declined, .declined])
    // An earlier answer to one of them that comes late does not count; a later one does.
    _ = try event.receive(
      try message("REPLY", answer("TENTATIVE", "RECURRENCE-ID:19970901T210000Z", at: "19970601T093000Z"))
    )
    #expect(try statuses(event) == [.accepted, .accepted, .declined, .declined])
    _ = try event.receive(
      try message("REPLY", answer("TENTATIVE", "RECURRENCE-ID:19970901T210000Z", at: "19970601T110000Z"))
    )
    #expect(try statuses(event) == [.accepted, .accepted, .declined, .tentative])
  }

  @Test func `an answer to the first and the following is one to the series`() throws {
    var event = try series()
    let lines = answer("DECLINED", "RECURRENCE-ID;RANGE=THISANDFUTURE:19970601T210000Z")
    _ = try event.receive(try message("REPLY", lines))
    #expect(try statuses(event) == [.declined, .declined, .declined, .declined])
    #expect(event.overrides.isEmpty)
  }

  /// The organizer's midnight: Berlin (+02:00), UTC, New York (-04:00) and Kolkata (+05:30).
  @Test(arguments: ["20270328T220000Z", "20270329T000000Z", "20270329T040000Z", "20270328T183000Z"])
  func `an instance of whole days is named by its midnight in UTC`(id: String) throws {
    let lines = [
      Self.uid, "DTSTAMP:20270101T000000Z", "DTSTART;VALUE=DATE:20270328", "RRULE:FREQ=DAILY;COUNT=3",
      "ORGANIZER:mailto:a@example.com", "ATTENDEE:mailto:b@example.com",
    ]
    var event = try ScheduledEvent(from: try message("REQUEST", lines))
    _ = try event.receive(
      try message("REPLY", answer("DECLINED", "RECURRENCE-ID:\(id)", at: "20270102T000000Z"))
    )
    let declined = try ["2027-03-28", "2027-03-29", "2027-03-30"].filter {
      event.status(of: "b@example.com", at: RecurrenceID(.date(try date($0)))) == .declined
    }
    #expect(declined == ["2027-03-29"])
  }

  /// RFC 6068 §2, RFC 7986 §6.2: the attendee is the one who was invited.
  @Test(arguments: [
    "mailto:%62@example.com", "MAILTO:B@EXAMPLE.COM", "/bMTIz/principal/", "urn:uuid:1",
  ])
  func `an attendee is known by any spelling of the address`(value: String) throws {
    var event = try series()
    let lines = [
      Self.uid, "DTSTAMP:19970601T090000Z", "ORGANIZER:",
      "ATTENDEE;PARTSTAT=ACCEPTED;EMAIL=b@example.com:\(value)",
    ]
    _ = try event.receive(try message("REPLY", lines))
    #expect(event.status(of: "b@example.com") == .accepted)
  }
}
