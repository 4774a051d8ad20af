import Foundation
import Testing

@testable import ICalendar

/// The effect of the organizer's messages on an attendee's calendar.
@Suite(.timeLimit(.minutes(5))) struct RequestTests {
  private func monthly() throws -> ScheduledEvent {
    try ScheduledEvent(from: try message("REQUEST", SeriesExample.request))
  }

  @Test func `an invitation is new, once`() throws {
    var event = ScheduledEvent(uid: "calsrv.example.com-873970198738777@example.com")
    let request = try message("REQUEST", GroupExample.request)
    #expect(try event.receive(request) == .created)
    #expect(event.components.count == 1)
    #expect(event.series?.summary == "Conference")
    let before = event
    #expect(try event.receive(request) == .ignored(.duplicate))
    #expect(event == before)
  }

  @Test func `an update replaces what was, and an earlier one is stale`() throws {
    var event = try ScheduledEvent(from: try message("REQUEST", GroupExample.request))
    #expect(try event.receive(try message("REQUEST", GroupExample.update)) == .updated(isRescheduled: true))
    #expect(event.series?.timing.startInstant(in: .utc) == (try utc("1997-07-01T18:00:00")))
    let known = Revision(sequence: 1, dtstamp: try utc("1997-06-13T19:00:00"))
    #expect(try event.receive(try message("REQUEST", GroupExample.request)) == .ignored(.stale(known: known)))
  }

  @Test func `with the same SEQUENCE the later DTSTAMP wins`() throws {
    var event = try ScheduledEvent(from: try message("REQUEST", GroupExample.request))
    let later = GroupExample.request.map {
      $0.replacing("DTSTAMP:19970611", with: "DTSTAMP:19970612").replacing("Conference", with: "Conference 2")
    }
    #expect(try event.receive(try message("REQUEST", later)) == .updated(isRescheduled: false))
    #expect(event.series?.summary == "Conference 2")
    let earlier = later.map { $0.replacing("DTSTAMP:19970612", with: "DTSTAMP:19970610") }
    guard case .ignored(.stale) = try event.receive(try message("REQUEST", earlier)) else {
      Issue.record("an earlier message was taken")
      return
    }
  }

  @Test func `alarms and TRANSP are one's own, and an answer stays until the event is rescheduled`() throws {
    let alarm = ["BEGIN:VALARM", "ACTION:AUDIO", "TRIGGER:-PT5M", "END:VALARM"]
    var event = try ScheduledEvent(from: try message("REQUEST", GroupExample.request + alarm))
    #expect(event.series?.otherComponents == [])
    var own = try #require(event.series)
    own.otherComponents = [Component("VALARM", properties: [ContentLine("TRIGGER", value: "-PT9M")])]
    own.transparency = .transparent
    own.attendees[1].participationStatus = .accepted
    event = ScheduledEvent(uid: event.uid, components: [own], memory: event.memory)

    let later = GroupExample.request.map { $0.replacing("DTSTAMP:19970611", with: "DTSTAMP:19970612") }
    _ = try event.receive(try message("REQUEST", later + ["TRANSP:OPAQUE"] + alarm))
    #expect(event.series?.otherComponents == own.otherComponents)
    #expect(event.series?.transparency == .transparent)
    #expect(event.status(of: "b@example.com") == .accepted)
    _ = try event.receive(try message("REQUEST", GroupExample.update))
    #expect(event.series?.otherComponents == own.otherComponents)
    #expect(event.status(of: "b@example.com") == .needsAction)
  }

  @Test func `an instance is moved, and its series is as before`() throws {
    var event = try monthly()
    let series = event.series
    #expect(try event.receive(try message("REQUEST", SeriesExample.moved)) == .created)
    #expect(event.series == series)
    let july = try instance("1997-07-01T21:00:00 UTC")
    #expect(event.event(at: july)?.timing.startInstant(in: .utc) == (try utc("1997-07-03T21:00:00")))
    #expect(try event.receive(try message("REQUEST", SeriesExample.moved)) == .ignored(.duplicate))
  }

  @Test func `one can be invited to a single instance`() throws {
    let event = try ScheduledEvent(from: try message("REQUEST", SeriesExample.moved))
    #expect(event.series == nil)
    #expect(event.components.count == 1)
  }

  @Test func `an instance is cancelled, and can be stored as EXDATE`() throws {
    var event = try monthly()
    _ = try event.receive(try message("REQUEST", SeriesExample.moved))
    #expect(try event.receive(try message("CANCEL", SeriesExample.cancelled)) == .cancelled)
    let august = try instance("1997-08-01T21:00:00 UTC")
    #expect(event.event(at: august)?.status == .cancelled)
    #expect(event.components.count == 3)
    let stored = event.componentsWithExclusions
    #expect(stored.count == 2)
    #expect(stored.first?.recurrence.last == "EXDATE:19970801T210000Z")
    #expect(try event.receive(try message("CANCEL", SeriesExample.cancelled)) == .ignored(.duplicate))
  }

  @Test func `all is cancelled, and nothing from before comes back`() throws {
    var event = try monthly()
    _ = try event.receive(try message("REQUEST", SeriesExample.moved))
    #expect(try event.receive(try message("CANCEL", SeriesExample.allCancelled)) == .cancelled)
    #expect(event.components.allSatisfy { $0.status == .cancelled })
    for (method, lines) in [
      ("REQUEST", SeriesExample.request), ("REQUEST", SeriesExample.moved),
      ("CANCEL", SeriesExample.cancelled),
    ] {
      guard case .ignored(.stale) = try event.receive(try message(method, lines)) else {
        Issue.record("\(method) came back")
        continue
      }
    }
    #expect(try event.receive(try message("CANCEL", SeriesExample.allCancelled)) == .ignored(.duplicate))
  }

  @Test func `a cancellation of all is of an instance with a higher SEQUENCE too, unless that came later`()
    throws
  {
    for (stamp, isCancelled) in [("19970720T093000Z", true), ("19970722T093000Z", false)] {
      var event = try monthly()
      let moved = SeriesExample.moved.map {
        $0.replacing("SEQUENCE:1", with: "SEQUENCE:9").replacing("19970626T093000Z", with: stamp)
      }
      _ = try event.receive(try message("REQUEST", moved))
      _ = try event.receive(try message("CANCEL", SeriesExample.allCancelled))
      #expect(event.series?.status == .cancelled)
      #expect((event.overrides.first?.status == .cancelled) == isCancelled)
    }
  }

  @Test func `an instance that the owner took up again is not cancelled once more`() throws {
    var event = try monthly()
    _ = try event.receive(try message("CANCEL", SeriesExample.cancelled))
    var components = event.components
    components[1].status = .confirmed
    components[1].sequence = 3
    event = ScheduledEvent(uid: event.uid, components: components, memory: event.memory)
    _ = try event.receive(try message("REQUEST", SeriesExample.moved))
    #expect(event.overrides.first?.status == .confirmed)
  }

  @Test func `what was stored by another way since counts by its SEQUENCE`() throws {
    var event = try ScheduledEvent(from: try message("REQUEST", GroupExample.request))
    var stored = try #require(event.series)
    stored.sequence = 5
    event = ScheduledEvent(uid: event.uid, components: [stored], memory: event.memory)
    #expect(
      try event.receive(try message("REQUEST", GroupExample.update))
        == .ignored(.stale(known: stored.revision))
    )
  }

  @Test func `without memory a raised SEQUENCE is news, whatever DTSTAMP was stored`() throws {
    var stored = try #require(try monthly().series)
    stored.dtstamp = try utc("2026-01-01T00:00:00")
    var event = ScheduledEvent(uid: stored.uid, components: [stored])
    #expect(try event.receive(try message("REQUEST", SeriesExample.moved)) == .created)
    let same = SeriesExample.moved.map {
      $0.replacing("SEQUENCE:1", with: "SEQUENCE:0").replacing("ID:19970701", with: "ID:19970901")
    }
    guard case .ignored(.stale) = try event.receive(try message("REQUEST", same)) else {
      Issue.record("what was sent earlier was taken")
      return
    }
  }

  @Test func `a cancellation that overtakes its request is remembered`() throws {
    var event = ScheduledEvent(uid: "guid-1@example.com")
    #expect(
      try event.receive(try message("CANCEL", SeriesExample.allCancelled)) == .ignored(.unknownEvent)
    )
    let json = try JSONEncoder().encode(event.memory)
    let memory = try JSONDecoder().decode(SchedulingMemory.self, from: json)
    event = ScheduledEvent(uid: event.uid, memory: memory)
    guard case .ignored(.stale) = try event.receive(try message("REQUEST", SeriesExample.request)) else {
      Issue.record("what was cancelled came back")
      return
    }
    #expect(event.components.isEmpty)
  }

  @Test func `the rest of a series is cancelled, and the rule ends before it`() throws {
    var event = try monthly()
    _ = try event.receive(try message("REQUEST", SeriesExample.moved))
    let lines = SeriesExample.cancelled.map {
      $0.replacing("RECURRENCE-ID:19970801", with: "RECURRENCE-ID;RANGE=THISANDFUTURE:19970701")
    }
    #expect(try event.receive(try message("CANCEL", lines)) == .cancelled)
    #expect(event.series?.recurrence == ["RRULE:FREQ=MONTHLY;UNTIL=19970701T205959Z;BYMONTHDAY=1"])
    #expect(event.overrides.isEmpty)
    guard case .ignored(.stale) = try event.receive(try message("REQUEST", SeriesExample.moved)) else {
      Issue.record("an instance after the end came back")
      return
    }
  }

  @Test(arguments: [
    ("RRULE:FREQ=WEEKLY;COUNT=9", "2026-02-18T10:00:00", "RRULE:FREQ=WEEKLY;COUNT=3"),
    ("RRULE:FREQ=WEEKLY;COUNT=2", "2026-02-18T10:00:00", "RRULE:FREQ=WEEKLY;COUNT=2"),
    ("RRULE:FREQ=WEEKLY", "2026-02-18T10:00:00", "RRULE:FREQ=WEEKLY;UNTIL=20260218T085959Z"),
    ("RRULE:FREQ=WEEKLY;UNTIL=20260210", "2026-02-18T10:00:00", "RRULE:FREQ=WEEKLY;UNTIL=20260210"),
    (
      "RRULE:FREQ=WEEKLY;UNTIL=20260301T000000Z", "2026-02-18T10:00:00",
      "RRULE:FREQ=WEEKLY;UNTIL=20260218T085959Z"
    ),
    ("RRULE:FREQ=DAILY;COUNT=2000000000", "2026-01-29T10:00:00", "RRULE:FREQ=DAILY;COUNT=1"),
  ])
  func `a rule that is cut short has no instance more than before`(rule: (String, String, String)) throws {
    var series = try meeting()
    try series.setRecurrence([rule.0, "RDATE;TZID=Europe/Berlin:20260218T100000"])
    let key = InstanceKey(try instance("\(rule.1) Europe/Berlin"), in: series.timing)
    series.end(before: key)
    #expect(series.recurrence == [rule.2])
    let once = series
    series.end(before: key)
    #expect(series == once)
  }

  @Test func `a series that ends at its start is cancelled`() throws {
    var event = try monthly()
    let lines = SeriesExample.cancelled.map {
      $0.replacing("RECURRENCE-ID:19970801", with: "RECURRENCE-ID;RANGE=THISANDFUTURE:19970601")
    }
    _ = try event.receive(try message("CANCEL", lines))
    #expect(event.series?.status == .cancelled)
  }

  @Test func `a new rule takes away what was said of instances before`() throws {
    var event = try monthly()
    _ = try event.receive(try message("REQUEST", SeriesExample.moved))
    _ = try event.receive(try message("CANCEL", SeriesExample.cancelled))
    let later = SeriesExample.changed.map { $0.replacing("DTSTAMP:19970721T09", with: "DTSTAMP:19970721T10") }
    #expect(try event.receive(try message("REQUEST", later)) == .updated(isRescheduled: true))
    #expect(event.components.count == 1)
    #expect(event.series?.recurrence == ["RRULE:FREQ=MONTHLY;BYMONTHDAY=15"])
  }

  @Test func `a new series with instances of its own brings them along`() throws {
    var event = try monthly()
    var series = try #require(event.series)
    series.sequence = 1
    series.dtstamp = try utc("1997-06-01T00:00:00")
    var override = try #require(series.instance(try instance("1997-07-01T21:00:00 UTC")))
    override.location = "Elsewhere"
    override.sequence = 0  // an organizer who counts instances by themselves
    let reception = event.receiving(try .request(for: [override, series]), for: ["b@example.com"])
    #expect(reception.outcomes == [.created, .updated(isRescheduled: true)])
    event = reception.event
    #expect(event.overrides.first?.location == "Elsewhere")
  }

  @Test func `an instance is added`() throws {
    var event = try monthly()
    #expect(try event.receive(try message("ADD", SeriesExample.addition)) == .added(needsRefresh: false))
    #expect(event.series?.recurrence.last == "RDATE:19970820T180000Z")
    #expect(event.overrides.first?.recurrenceID == (try instance("1997-08-20T18:00:00 UTC")))
    #expect(try event.receive(try message("ADD", SeriesExample.addition)) == .ignored(.duplicate))
    var unknown = ScheduledEvent(uid: "guid-1@example.com")
    #expect(try unknown.receive(try message("ADD", SeriesExample.addition)) == .added(needsRefresh: true))
    let rule = SeriesExample.addition + ["RRULE:FREQ=DAILY"]
    #expect(try event.receive(try message("ADD", rule)) == .ignored(.unsupportedAddition))
  }

  @Test func `what is added after the end of a series stays, and what was added before it goes`() throws {
    var event = try monthly()
    _ = try event.receive(try message("ADD", SeriesExample.addition))
    let end = SeriesExample.cancelled.map {
      $0.replacing("RECURRENCE-ID:19970801", with: "RECURRENCE-ID;RANGE=THISANDFUTURE:19970701")
        .replacing("SEQUENCE:2", with: "SEQUENCE:5").replacing("DTSTAMP:19970721", with: "DTSTAMP:19970808")
    }
    _ = try event.receive(try message("CANCEL", end))
    #expect(event.series?.recurrence == ["RRULE:FREQ=MONTHLY;UNTIL=19970701T205959Z;BYMONTHDAY=1"])
    #expect(event.overrides.isEmpty)
    let later = SeriesExample.addition.map {
      $0.replacing("SEQUENCE:4", with: "SEQUENCE:6").replacing("DTSTAMP:19970807", with: "DTSTAMP:19970809")
    }
    #expect(try event.receive(try message("ADD", later)) == .added(needsRefresh: false))
    #expect(event.series?.recurrence.last == "RDATE:19970820T180000Z")
    #expect(event.overrides.count == 1)
  }

  @Test func `a removed guest's event is canceled, and others see one guest fewer`() throws {
    let request = try message("REQUEST", GroupExample.request)
    let removal = try message("CANCEL", GroupExample.removal)
    var own = try ScheduledEvent(from: request)
    #expect(try own.receive(removal, for: "B@example.com") == .cancelled)
    #expect(own.series?.status == .cancelled)
    var others = try ScheduledEvent(from: request)
    #expect(try others.receive(removal, for: "c@example.com") == .uninvited(["b@example.com"]))
    #expect(others.series?.status == .confirmed)
    #expect(others.status(of: "b@example.com") == nil)
    #expect(try others.receive(removal, for: "c@example.com") == .ignored(.duplicate))
  }

  @Test func `nobody but the organizer changes an event`() throws {
    var event = try ScheduledEvent(from: try message("REQUEST", GroupExample.request))
    let before = event
    let update = GroupExample.update.map { $0.replacing("ORGANIZER:mailto:a", with: "ORGANIZER:mailto:x") }
    #expect(try event.receive(try message("REQUEST", update)) == .ignored(.otherOrganizer))
    let cancel = GroupExample.cancel.map { $0.replacing("ORGANIZER:mailto:a", with: "ORGANIZER:mailto:x") }
    #expect(try event.receive(try message("CANCEL", cancel)) == .ignored(.otherOrganizer))
    #expect(event == before)
  }

  @Test func `an unreadable RECURRENCE-ID is never taken for the whole event`() throws {
    var event = try monthly()
    let before = event
    let lines = SeriesExample.cancelled.map {
      $0.replacing("RECURRENCE-ID:19970801T210000Z", with: "RECURRENCE-ID;TZID=Nowhere/City:19970801T210000")
    }
    #expect(
      try event.receive(try message("CANCEL", lines))
        == .ignored(.unreadable(.invalid(property: "RECURRENCE-ID")))
    )
    #expect(event == before)
  }

  @Test func `a proposal that was turned down changes nothing`() throws {
    var event = try ScheduledEvent(from: try message("REQUEST", GroupExample.request))
    let before = event
    #expect(
      try event.receive(try message("DECLINECOUNTER", GroupExample.declineCounter))
        == .counterDeclined(comment: "Sorry, I cannot change this meeting time")
    )
    #expect(event == before)
  }

  @Test func `instances are the same in UTC, in a zone and as a day`() throws {
    var series = try meeting()
    series.organizer = CalendarUser(address: "ann@example.com")
    series.attendees = [Attendee(user: CalendarUser(address: "bob@example.com"))]
    try series.setRecurrence(["RRULE:FREQ=DAILY"])
    var event = ScheduledEvent(uid: series.uid, components: [series])
    let starts: [RecurrenceID] = [
      try instance("2026-01-30T10:00:00 Europe/Berlin"), try instance("2026-01-30T04:00:00 America/New_York"),
      RecurrenceID(.date(try date("2026-01-30"))),
      RecurrenceID(.floating(try #require(LocalDateTime("2026-01-30T10:00:00")))),
    ]
    for (number, start) in starts.enumerated() {
      var override = try #require(series.instance(start))
      override.recurrenceID = start
      override.sequence = number + 1
      _ = try event.receive(try .request(for: [override]))
      #expect(event.overrides.count == 1)
      #expect(event.overrides.first?.sequence == number + 1)
    }
  }
}
