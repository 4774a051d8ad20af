import CalendarCore
import CalendarService
import Foundation
import ICalendar
import JobQueue
import Testing

/// Answers that guests sent by mail.
@Suite(.timeLimit(.minutes(5))) struct ReceiveReplyTests {
  private static let guests: [CreateEventInput.Attendee] = [
    .init(email: "a@client.example", displayName: "Anna"), .init(email: "b@client.example"),
  ]

  private static func answers(_ event: CalendarEvent.ID, _ fixture: TestWorkspace) async throws -> [String:
    String]
  {
    let stored = try #require(try await fixture.stored(event))
    return Dictionary(
      uniqueKeysWithValues: stored.attendees.map { ($0.handle.rawValue, $0.responseStatus.rawValue) }
    )
  }

  @Test(arguments: [true, false])
  func `an answer is the guest's, with or without the organizer's name`(organizer: Bool) async throws {
    let fixture = try await TestWorkspace(sendsInvitations: false)
    let event = try await fixture.made { $0.attendees = Self.guests }
    let (received, _) = try await fixture.useCases.mail.receiveReply(
      fixture.reply(to: event, from: "A@Client.example", "TENTATIVE", organizer: organizer),
      caller: fixture.ada
    )
    #expect(received.responseStatus == .tentative && received.displayName == "Anna")
    #expect(received.event.eventID == event.id)
    #expect(
      try await Self.answers(event.id, fixture) == [
        "a@client.example": "TENTATIVE", "b@client.example": "NEEDS_ACTION",
      ]
    )
    // The calendar has it, too, and nobody hears of it.
    try await fixture.useCases.runner.runDueJobs()
    #expect(fixture.calendar.event(event.id)?.content.attendees.first?.responseStatus == .tentative)
    #expect(try await fixture.stored(event.id)?.push.status == .synced)
    #expect(fixture.mail.sent.count == 2)
  }

  @Test func `the newest answer counts, in whatever order they come`() async throws {
    let fixture = try await TestWorkspace(sendsInvitations: false)
    let event = try await fixture.made { $0.attendees = Self.guests }
    func receive(_ status: String, _ stamp: String) async throws {
      _ = try await fixture.useCases.mail.receiveReply(
        fixture.reply(to: event, status, at: stamp),
        caller: fixture.ada
      )
    }
    try await receive("DECLINED", "20260601T100000Z")
    await #expect(throws: InvalidInput.self) { try await receive("ACCEPTED", "20260601T090000Z") }
    #expect(try await Self.answers(event.id, fixture)["a@client.example"] == "DECLINED")
    await #expect(throws: InvalidInput.self) { try await receive("DECLINED", "20260601T100000Z") }
    try await receive("ACCEPTED", "20260601T110000Z")
    #expect(try await Self.answers(event.id, fixture)["a@client.example"] == "ACCEPTED")
  }

  @Test func `an answer to what the meeting was before it was moved does not count`() async throws {
    let fixture = try await TestWorkspace(sendsInvitations: false)
    let event = try await fixture.made { $0.attendees = Self.guests }
    try await fixture.update(event) { $0.startsAt = TestWorkspace.june(3, "12:00") }
    let error = await #expect(throws: InvalidInput.self) {
      try await fixture.useCases.mail.receiveReply(fixture.reply(to: event, sequence: 0), caller: fixture.ada)
    }
    #expect(error?.message == "The meeting was moved after this reply was sent.")
    let moved = try #require(try await fixture.stored(event.id))
    _ = try await fixture.useCases.mail.receiveReply(fixture.reply(to: moved), caller: fixture.ada)
    #expect(try await Self.answers(event.id, fixture)["a@client.example"] == "ACCEPTED")
  }

  @Test func `who is not invited, or what is no answer, changes nothing`() async throws {
    let fixture = try await TestWorkspace(sendsInvitations: false)
    let event = try await fixture.made { $0.attendees = Self.guests }
    for content in [
      fixture.reply(to: event, from: "stranger@client.example"),
      fixture.reply(to: event).replacing("METHOD:REPLY", with: "METHOD:REQUEST"),
      fixture.reply(to: event).replacing("METHOD:REPLY\r\n", with: ""), "Hello", "",
      String(repeating: "BEGIN:VCALENDAR\r\n", count: 20_000),
    ] {
      await #expect(throws: InvalidInput.self) {
        try await fixture.useCases.mail.receiveReply(content, caller: fixture.ada)
      }
    }
    // Nor may a member submit a reply to a colleague's meeting.
    await #expect(throws: AccessError.self) {
      try await fixture.useCases.mail.receiveReply(fixture.reply(to: event), caller: fixture.ben)
    }
    #expect(Set(try await Self.answers(event.id, fixture).values) == ["NEEDS_ACTION"])
  }

  @Test func `a calendar that takes answers itself is left to it`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made { $0.attendees = Self.guests }
    await #expect(throws: AccessError.self) {
      try await fixture.useCases.mail.receiveReply(fixture.reply(to: event), caller: fixture.ada)
    }
  }

  @Test func `an answer to a series is one to what differs from it, and one to that is its own`() async throws
  {
    let fixture = try await TestWorkspace(sendsInvitations: false)
    let series = try await fixture.made {
      $0.attendees = Self.guests
      $0.recurrence = ["RRULE:FREQ=DAILY;COUNT=4"]
    }
    let second = try #require(try await fixture.listed().dropFirst().first)
    try await fixture.update(second.reference) { $0.title = "Special" }
    try await fixture.useCases.runner.runDueJobs()
    let stored = try #require(try await fixture.stored(series.id))
    _ = try await fixture.useCases.mail.receiveReply(fixture.reply(to: stored), caller: fixture.ada)
    let exception = try #require(
      try await fixture.database.read(fixture.workspace.id) {
        try $0.events.exceptions(ofSeries: [series.id])
      }
      .first
    )
    #expect(exception.attendees.map(\.responseStatus) == [.accepted, .needsAction])
    _ = try await fixture.useCases.mail.receiveReply(
      fixture.reply(
        to: exception,
        "DECLINED",
        at: "20260601T100000Z",
        more: "RECURRENCE-ID;TZID=Europe/Berlin:20260603T100000"
      ),
      caller: fixture.ada
    )
    #expect(try await fixture.stored(exception.id)?.attendees.first?.responseStatus == .declined)
    #expect(try await Self.answers(series.id, fixture)["a@client.example"] == "ACCEPTED")
  }

  @Test func `an answer to one meeting of a series is that meeting's alone`() async throws {
    let fixture = try await TestWorkspace(sendsInvitations: false)
    let series = try await fixture.made {
      $0.attendees = Self.guests
      $0.recurrence = ["RRULE:FREQ=DAILY;COUNT=4"]
    }
    try await fixture.useCases.runner.runDueJobs()
    let third = "RECURRENCE-ID;TZID=Europe/Berlin:20260604T100000"
    let (received, _) = try await fixture.useCases.mail.receiveReply(
      fixture.reply(to: series, "DECLINED", more: third),
      caller: fixture.ada
    )
    #expect("\(received.event)" == "\(series.id)_20260604T080000Z")
    let shown = try await fixture.listed().map { $0.attendees[0].responseStatus }
    #expect(shown == [.needsAction, .needsAction, .declined, .needsAction])
    try await fixture.useCases.runner.runDueJobs()
    let exceptions = try await fixture.database.read(fixture.workspace.id) {
      try $0.events.exceptions(ofSeries: [series.id])
    }
    #expect(exceptions.map(\.push.status) == [.synced])
    // Nobody hears of it.
    #expect(fixture.mail.sent.count == 2)
    // There is no such meeting.
    await #expect(throws: InvalidInput.self) {
      try await fixture.useCases.mail.receiveReply(
        fixture.reply(to: series, "ACCEPTED", at: "20260601T100000Z", more: "RECURRENCE-ID:20260620T080000Z"),
        caller: fixture.ada
      )
    }
    #expect(try await fixture.listed().count == 4)
  }

  @Test func `a guest who delegates does not come, and the delegate is not invited`() async throws {
    let fixture = try await TestWorkspace(sendsInvitations: false)
    let event = try await fixture.made { $0.attendees = Self.guests }
    let (received, _) = try await fixture.useCases.mail.receiveReply(
      fixture.reply(to: event, "DELEGATED;DELEGATED-TO=\"mailto:c@client.example\""),
      caller: fixture.ada
    )
    #expect(received.responseStatus == .declined && received.delegates == ["c@client.example"])
    #expect(
      try await Self.answers(event.id, fixture) == [
        "a@client.example": "DECLINED", "b@client.example": "NEEDS_ACTION",
      ]
    )
    await #expect(throws: InvalidInput.self) {
      try await fixture.useCases.mail.receiveReply(
        fixture.reply(to: event, from: "c@client.example"),
        caller: fixture.ada
      )
    }
    // Who changes their mind comes after all.
    _ = try await fixture.useCases.mail.receiveReply(
      fixture.reply(to: event, at: "20260601T110000Z"),
      caller: fixture.ada
    )
    #expect(try await Self.answers(event.id, fixture)["a@client.example"] == "ACCEPTED")
  }
}
