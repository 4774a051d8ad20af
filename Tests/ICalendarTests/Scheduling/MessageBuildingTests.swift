import Foundation
import Testing

@testable import ICalendar

/// Every message that is built is as its method wants it.
@Suite(.timeLimit(.minutes(5))) struct MessageBuildingTests {
  private let now = Date(timeIntervalSince1970: 1_769_000_000)

  private func event() throws -> EventComponent {
    var event = try meeting()
    event.sequence = 2
    event.location = "Room 1"
    event.organizer = CalendarUser(address: "ann@example.com", commonName: "Ann")
    event.attendees = ["bob", "cid", "dan"].map { Attendee(user: CalendarUser(address: "\($0)@example.com")) }
    event.otherComponents = [Component("VALARM")]
    return event
  }

  private func series() throws -> EventComponent {
    var event = try event()
    try event.setRecurrence(["RRULE:FREQ=WEEKLY"])
    return event
  }

  private func names(_ message: SchedulingMessage) -> Set<String> {
    Set(message.events[0].properties.map(\.name))
  }

  @Test func `a series goes out with its changed instances`() throws {
    var override = try #require(try series().instance(try instance("2026-02-04T10:00:00 Europe/Berlin")))
    override.location = "Room 2"
    let message = try SchedulingMessage.request(for: [try series(), override])
    #expect(message.violations == [])
    #expect(message.events.map { $0.property("RECURRENCE-ID")?.value } == [nil, "20260204T100000"])
    #expect(message.events[1].property("RRULE") == nil)
    #expect(message.events[1].property("DTEND")?.value == "20260204T110000")
    #expect(try SchedulingMessage.request(for: [override]).violations == [])
  }

  @Test func `answers that still hold are sent along`() throws {
    var event = try event()
    event.attendees[0].participationStatus = .accepted
    let kept = try SchedulingMessage.request(for: [event], keepingAnswers: true)
    #expect(kept.text.contains("PARTSTAT=ACCEPTED"))
    #expect(!(try SchedulingMessage.request(for: [event]).text.contains("PARTSTAT=ACCEPTED")))
  }

  @Test func `what is published names no attendee`() throws {
    let message = try SchedulingMessage.publication(of: [try event()])
    #expect(message.violations == [])
    #expect(!names(message).contains("ATTENDEE"))
  }

  @Test func `an instance is added without a RECURRENCE-ID`() throws {
    let message = try SchedulingMessage.addition(of: try event())
    #expect(message.violations == [])
    var first = try event()
    first.sequence = 0
    first.recurrenceID = RecurrenceID(first.timing.recurrenceStart)
    #expect(throws: SchedulingMessageError(missing: [.instance, .sequence])) {
      try SchedulingMessage.addition(of: first)
    }
  }

  @Test func `instances are cancelled by their starts, in the series' own form`() throws {
    let utc = try instance("2026-02-04T09:00:00 UTC")
    let message = try SchedulingMessage.cancellation(of: [utc], in: try series(), comment: "Snow")
    #expect(message.violations == [])
    #expect(message.events[0].property("RECURRENCE-ID")?.parameter("TZID") == "Europe/Berlin")
    #expect(message.events[0].property("RECURRENCE-ID")?.value == "20260204T100000")
    #expect(message.events[0].property("COMMENT")?.text == "Snow")
    let rest = try instance("2026-02-04T10:00:00 Europe/Berlin", includesFollowing: true)
    let end = try SchedulingMessage.cancellation(of: [rest], in: try series())
    #expect(end.events[0].property("RECURRENCE-ID")?.parameter("RANGE") == "THISANDFUTURE")
  }

  @Test func `a time of day is no instance of whole days`() throws {
    var days = try series()
    days.timing = .allDay(start: try date("2026-01-28"), end: try date("2026-01-29"))
    let day = RecurrenceID(.date(try date("2026-02-04")))
    let message = try SchedulingMessage.cancellation(of: [day], in: days)
    #expect(message.text.contains("RECURRENCE-ID;VALUE=DATE:20260204\r\n"))
  }

  @Test func `one message takes an attendee out of several instances`() throws {
    var (first, second) = (try event(), try event())
    first.recurrenceID = RecurrenceID(.date(try date("2026-02-04")))
    second.recurrenceID = RecurrenceID(.date(try date("2026-02-11")))
    let message = try SchedulingMessage.cancellation(uninviting: ["cid@example.com"], from: [first, second])
    #expect(message.violations == [])
    #expect(
      message.events.map { $0.properties("ATTENDEE").map(\.value) } == [
        ["mailto:cid@example.com"], ["mailto:cid@example.com"],
      ]
    )
    #expect(message.events.map { $0.property("RECURRENCE-ID")?.value } == ["20260204", "20260211"])
    second.attendees = []
    #expect(throws: SchedulingMessageError.self) {
      try SchedulingMessage.cancellation(uninviting: ["cid@example.com"], from: [first, second])
    }
  }

  @Test func `who is uninvited is named alone, and the event stays`() throws {
    let message = try SchedulingMessage.cancellation(uninviting: ["CID@example.com"], from: try event())
    #expect(message.violations == [])
    #expect(message.events[0].properties("ATTENDEE").map(\.value) == ["mailto:cid@example.com"])
    #expect(!names(message).contains("STATUS"))
  }

  @Test func `an answer names the one who answers and what was answered`() throws {
    let message = try SchedulingMessage.reply(
      to: try event(),
      from: "Bob@example.com",
      .tentative,
      comment: "Perhaps; perhaps not",
      at: now
    )
    #expect(message.violations == [])
    #expect(message.contentType == "text/calendar; method=REPLY; charset=UTF-8")
    let event = message.events[0]
    #expect(event.properties("ATTENDEE").map(\.value) == ["mailto:bob@example.com"])
    #expect(event.property("ATTENDEE")?.parameter("PARTSTAT") == "TENTATIVE")
    #expect(event.property("SEQUENCE")?.value == "2")
    #expect(event.property("DTSTAMP")?.instant == now)
    #expect(event.property("COMMENT")?.value == "Perhaps\\; perhaps not")
    #expect(!names(message).contains("LOCATION"))
  }

  @Test func `only a reply with a delegate delegates`() throws {
    let message = try SchedulingMessage.reply(
      to: try event(),
      from: "bob@example.com",
      .delegated,
      delegatingTo: "eve@example.com",
      at: now
    )
    #expect(message.violations == [])
    #expect(message.text.replacing("\r\n ", with: "").contains("DELEGATED-TO=\"mailto:eve@example.com\""))
    for (status, delegate) in [(Attendee.ParticipationStatus.delegated, nil), (.accepted, "eve@example.com")]
    {
      #expect(throws: SchedulingMessageError(missing: [.delegate])) {
        try SchedulingMessage.reply(
          to: try event(),
          from: "bob@example.com",
          status,
          delegatingTo: delegate,
          at: now
        )
      }
    }
  }

  @Test func `who is not invited has nothing to answer`() throws {
    #expect(throws: SchedulingMessageError(missing: [.ownAttendance])) {
      try SchedulingMessage.reply(to: try event(), from: "eve@example.com", .accepted, at: now)
    }
  }

  @Test func `who asks for the newest version sends a reference only`() throws {
    let override = try #require(try series().instance(try instance("2026-02-04T10:00:00 Europe/Berlin")))
    let message = try SchedulingMessage.refresh(of: override, for: "bob@example.com", at: now)
    #expect(message.violations == [])
    #expect(names(message) == ["UID", "DTSTAMP", "ORGANIZER", "ATTENDEE", "RECURRENCE-ID"])
    let whole = try SchedulingMessage.refresh(of: try event(), for: "bob@example.com", at: now)
    #expect(whole.violations == [])
    #expect(!whole.text.contains("VTIMEZONE"))
  }

  @Test func `a proposal is a whole event, and is turned down by a reference`() throws {
    var proposal = try event()
    proposal.timing = try meeting(from: "2026-01-29T10:00:00 UTC", to: "2026-01-29T11:00:00 UTC").timing
    let counter = try SchedulingMessage.counter(proposing: proposal, from: "bob@example.com", at: now)
    #expect(counter.violations == [])
    #expect(counter.events[0].property("DTSTART")?.value == "20260129T100000Z")
    let decline = try SchedulingMessage.declineCounter(for: try event(), to: "bob@example.com", comment: "No")
    #expect(decline.violations == [])
    #expect(names(decline) == ["UID", "DTSTAMP", "SEQUENCE", "ORGANIZER", "ATTENDEE", "COMMENT"])
  }

  @Test func `nobody is asked to what is cancelled`() throws {
    var cancelled = try event()
    cancelled.status = .cancelled
    let error = SchedulingMessageError(missing: [.standing])
    #expect(throws: error) { try SchedulingMessage.request(for: [cancelled]) }
    #expect(throws: error) { try SchedulingMessage.addition(of: cancelled) }
    #expect(try SchedulingMessage.cancellation(of: [cancelled]).violations == [])
  }

  @Test func `a message about nothing is none`() throws {
    #expect(throws: SchedulingMessageError(missing: [.event])) { try SchedulingMessage.request(for: []) }
    var other = try event()
    other.uid = "2@example.com"
    #expect(throws: SchedulingMessageError(missing: [.uid])) {
      try SchedulingMessage.request(for: [try event(), other])
    }
  }

  @Test func `SEQUENCE rises with what attendees depend on, and DTSTAMP always`() throws {
    let old = try event()
    var new = old
    new.summary = "Other title"
    new.attendees.removeLast()
    #expect(new.revised(from: old, at: now).revision == Revision(sequence: 2, dtstamp: now))
    let changes: [(inout EventComponent) throws -> Void] = [
      { $0.timing = try meeting(to: "2026-01-28T12:00:00 Europe/Berlin").timing }, { $0.location = "Room 2" },
      { $0.status = .tentative }, { try $0.setRecurrence(["RRULE:FREQ=DAILY"]) },
      { try $0.setRecurrence(["EXDATE:20260204T090000Z"]) },
    ]
    for change in changes {
      var new = old
      try change(&new)
      #expect(new.revised(from: old, at: now).sequence == 3)
      var last = old
      last.sequence = .max
      #expect(new.revised(from: last, at: now).sequence == .max)
    }
  }
}
