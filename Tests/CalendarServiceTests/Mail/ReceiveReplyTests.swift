import CalendarCore
import CalendarService
import Foundation
import ICalendar
import Testing

/// Answers that guests sent by mail.
@Suite struct ReceiveReplyTests {
  private static let guests: [CreateEventInput.Attendee] = [
    .init(email: "a@client.example", displayName: "Anna"), .init(email: "b@client.example"),
  ]

  /// What a guest's mail program sends.
  private static func reply(
    to event: CalendarEvent,
    from guest: String = "a@client.example",
    _ status: String = "ACCEPTED",
    sequence: Int? = nil,
    at stamp: String = "20260601T090000Z",
    organizer: Bool = true,
    more: String = ""
  ) -> String {
    let lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN", "METHOD:REPLY", "BEGIN:VEVENT",
      "UID:\(event.iCalUID)", "DTSTAMP:\(stamp)", "SEQUENCE:\(sequence ?? event.sequence)",
      organizer ? "ORGANIZER:mailto:ada@phos.example" : "", "ATTENDEE;PARTSTAT=\(status):MAILTO:\(guest)",
      more,
      "END:VEVENT", "END:VCALENDAR", "",
    ]
    return lines.filter { !$0.isEmpty }.joined(separator: "\r\n") + "\r\n"
  }

  private static func answers(_ event: CalendarEvent.ID, _ world: World) async throws -> [String: String] {
    let stored = try #require(try await world.stored(event))
    return Dictionary(
      uniqueKeysWithValues: stored.attendees.map { ($0.handle.rawValue, $0.responseStatus.rawValue) }
    )
  }

  @Test(arguments: [true, false])
  func `an answer is the guest's, with or without the organizer's name`(organizer: Bool) async throws {
    let world = try await World(sendsInvitations: false)
    let event = try await world.made { $0.attendees = Self.guests }
    let received = try await world.useCases.receiveReply(
      Self.reply(to: event, from: "A@Client.example", "TENTATIVE", organizer: organizer),
      caller: world.ada
    )
    #expect(received.responseStatus == .tentative && received.displayName == "Anna")
    #expect(received.event.eventID == event.id)
    #expect(
      try await Self.answers(event.id, world) == [
        "a@client.example": "TENTATIVE", "b@client.example": "NEEDS_ACTION",
      ]
    )
    // The calendar has it, too, and nobody hears of it.
    try await world.useCases.runner.runDueJobs()
    #expect(world.calendar.event(event.id)?.content.attendees.first?.responseStatus == .tentative)
    #expect(try await world.stored(event.id)?.push.status == .synced)
    #expect(world.mail.sent.count == 2)
  }

  @Test func `the newest answer counts, in whatever order they come`() async throws {
    let world = try await World(sendsInvitations: false)
    let event = try await world.made { $0.attendees = Self.guests }
    func receive(_ status: String, _ stamp: String) async throws {
      _ = try await world.useCases.receiveReply(Self.reply(to: event, status, at: stamp), caller: world.ada)
    }
    try await receive("DECLINED", "20260601T100000Z")
    await #expect(throws: InvalidInput.self) { try await receive("ACCEPTED", "20260601T090000Z") }
    #expect(try await Self.answers(event.id, world)["a@client.example"] == "DECLINED")
    await #expect(throws: InvalidInput.self) { try await receive("DECLINED", "20260601T100000Z") }
    try await receive("ACCEPTED", "20260601T110000Z")
    #expect(try await Self.answers(event.id, world)["a@client.example"] == "ACCEPTED")
  }

  @Test func `an answer to what the meeting was before it was moved does not count`() async throws {
    let world = try await World(sendsInvitations: false)
    let event = try await world.made { $0.attendees = Self.guests }
    try await world.update(event) { $0.startsAt = World.june(3, "12:00") }
    let error = await #expect(throws: InvalidInput.self) {
      try await world.useCases.receiveReply(Self.reply(to: event, sequence: 0), caller: world.ada)
    }
    #expect(error?.message == "The meeting was moved after this answer was given.")
    let moved = try #require(try await world.stored(event.id))
    _ = try await world.useCases.receiveReply(Self.reply(to: moved), caller: world.ada)
    #expect(try await Self.answers(event.id, world)["a@client.example"] == "ACCEPTED")
  }

  @Test func `who is not invited, or what is no answer, changes nothing`() async throws {
    let world = try await World(sendsInvitations: false)
    let event = try await world.made { $0.attendees = Self.guests }
    for content in [
      Self.reply(to: event, from: "stranger@client.example"),
      Self.reply(to: event).replacing("METHOD:REPLY", with: "METHOD:REQUEST"),
      Self.reply(to: event).replacing("METHOD:REPLY\r\n", with: ""), "Hello", "",
      String(repeating: "BEGIN:VCALENDAR\r\n", count: 20_000),
    ] {
      await #expect(throws: InvalidInput.self) {
        try await world.useCases.receiveReply(content, caller: world.ada)
      }
    }
    // Nor may somebody answer for a colleague's meeting.
    await #expect(throws: AccessError.self) {
      try await world.useCases.receiveReply(Self.reply(to: event), caller: world.ben)
    }
    #expect(Set(try await Self.answers(event.id, world).values) == ["NEEDS_ACTION"])
  }

  @Test func `a calendar that takes answers itself is left to it`() async throws {
    let world = try await World()
    let event = try await world.made { $0.attendees = Self.guests }
    await #expect(throws: AccessError.self) {
      try await world.useCases.receiveReply(Self.reply(to: event), caller: world.ada)
    }
  }

  @Test func `an answer to a series is one to what differs from it, and one to that is its own`() async throws
  {
    let world = try await World(sendsInvitations: false)
    let series = try await world.made {
      $0.attendees = Self.guests
      $0.recurrence = ["RRULE:FREQ=DAILY;COUNT=4"]
    }
    let second = try #require(try await world.listed().dropFirst().first)
    try await world.update(second.reference) { $0.title = "Special" }
    try await world.useCases.runner.runDueJobs()
    let stored = try #require(try await world.stored(series.id))
    _ = try await world.useCases.receiveReply(Self.reply(to: stored), caller: world.ada)
    let exception = try #require(
      try await world.database.read(world.workspace.id) { try $0.exceptions(ofSeries: [series.id]) }.first
    )
    #expect(exception.attendees.map(\.responseStatus) == [.accepted, .needsAction])
    _ = try await world.useCases.receiveReply(
      Self.reply(
        to: exception,
        "DECLINED",
        at: "20260601T100000Z",
        more: "RECURRENCE-ID;TZID=Europe/Berlin:20260603T100000"
      ),
      caller: world.ada
    )
    #expect(try await world.stored(exception.id)?.attendees.first?.responseStatus == .declined)
    #expect(try await Self.answers(series.id, world)["a@client.example"] == "ACCEPTED")
  }
}
