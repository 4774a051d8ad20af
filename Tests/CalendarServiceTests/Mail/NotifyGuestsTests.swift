import CalendarCore
import CalendarService
import Foundation
import ICalendar
import JobQueue
import TestSupport
import Testing

/// Guests of a calendar that tells nobody hear of each change once, from us.
@Suite(.timeLimit(.minutes(5))) struct NotifyGuestsTests {
  /// Runs what waits, and tells what went out since the last time.
  private static func read(_ world: World, _ seen: inout Int) async throws -> [GuestMail] {
    try await world.useCases.runner.runDueJobs()
    let all = try world.mail.sent.map(GuestMail.init)
    defer { seen = all.count }
    return Array(all.dropFirst(seen)).sorted { $0.to < $1.to }
  }

  private static let guests: [CreateEventInput.Attendee] = [
    .init(email: "a@client.example", displayName: "Å"), .init(email: "b@client.example"),
  ]

  @Test func `an invitation, a change and a cancellation come to each guest once`() async throws {
    let world = try await World(sendsInvitations: false)
    var seen = 0
    let event = try await world.made { $0.attendees = Self.guests }
    let invited = try await Self.read(world, &seen)
    #expect(invited.map(\.revision) == ["REQUEST a@client.example 0", "REQUEST b@client.example 0"])
    #expect(invited.allSatisfy { $0.value("UID") == "\(event.id)@fake" })
    #expect(invited.allSatisfy { $0.value("ORGANIZER") == "mailto:ada@phos.example" })
    #expect(invited[0].headers.contains("Subject: Invitation: Kick-off"))
    #expect(invited[0].message.events[0].properties("ATTENDEE").count == 3)

    try await world.update(event) { $0.startsAt = World.june(3, "12:00") }
    let moved = try await Self.read(world, &seen)
    #expect(moved.map(\.revision) == ["REQUEST a@client.example 1", "REQUEST b@client.example 1"])
    #expect(moved[0].value("DTSTART") == "20260603T120000")
    #expect(moved[0].headers.contains("Subject: Updated invitation: Kick-off"))
    #expect(moved[0].headers.contains("References: <"))

    try await world.delete(event.reference)
    let ended = try await Self.read(world, &seen)
    #expect(ended.map(\.revision) == ["CANCEL a@client.example 2", "CANCEL b@client.example 2"])
    #expect(ended[0].value("STATUS") == "CANCELLED")
    #expect(ended[0].headers.contains("Subject: Canceled: Kick-off"))
    #expect(try await Self.read(world, &seen).isEmpty && world.mail.sent.count == 6)
  }

  @Test func `only who is concerned hears of a change of the guests`() async throws {
    let world = try await World(sendsInvitations: false)
    var seen = 0
    let event = try await world.made { $0.attendees = Self.guests }
    _ = try await Self.read(world, &seen)
    try await world.update(event) {
      $0.attendees = [.init(email: "b@client.example"), .init(email: "c@client.example")]
    }
    let told = try await Self.read(world, &seen)
    #expect(
      told.map(\.summary) == [
        "CANCEL a@client.example", "REQUEST c@client.example",
      ]
    )
    #expect(told[0].message.events[0].properties("ATTENDEE").count == 1)
    #expect(told[0].value("STATUS") == nil)
    #expect(told[0].headers.contains("Subject: Removed from: Kick-off"))
  }

  @Test func `what is nobody's business but ours is told to nobody`() async throws {
    let world = try await World(sendsInvitations: false)
    var seen = 0
    let event = try await world.made { $0.attendees = Self.guests }
    _ = try await Self.read(world, &seen)
    let company = try await world.useCases.records.create.company(
      name: "C",
      domainName: nil,
      caller: world.ada
    )
    try await world.update(event) { $0.linkedCompanyID = .set(company.id) }
    try await world.update(event) { ($0.title, $0.sendInvitations) = ("Quiet", false) }
    #expect(try await Self.read(world, &seen).isEmpty)
  }

  @Test func `after an outage each guest gets the last state, and nothing of a canceled meeting`()
    async throws
  {
    let world = try await World(sendsInvitations: false)
    var seen = 0
    // The mail server is away while all this happens.
    world.mail.fail(
      .unavailable(reason: "away", isUnsent: true),
      .unavailable(reason: "away", isUnsent: true)
    )
    let kept = try await world.made { $0.attendees = [.init(email: "a@client.example")] }
    let dropped = try await world.made { $0.attendees = [.init(email: "b@client.example")] }
    try await world.useCases.runner.runDueJobs()
    for title in ["One", "Two", "Three"] { try await world.update(kept) { $0.title = title } }
    try await world.delete(dropped.reference)
    world.clock.advance(by: 600)
    let told = try await Self.read(world, &seen)
    #expect(told.map(\.revision) == ["REQUEST a@client.example 0"])
    #expect(told[0].value("SUMMARY") == "Three")
    #expect(told[0].headers.contains("Subject: Invitation: Three"))
  }

  @Test func `a calendar that tells its guests itself is left to it`() async throws {
    let world = try await World()
    var seen = 0
    let event = try await world.made { $0.attendees = Self.guests }
    try await world.update(event) { $0.title = "Other" }
    try await world.delete(event.reference)
    #expect(try await Self.read(world, &seen).isEmpty)
  }

  @Test func `a meeting that nobody heard of ends as quietly, unless a mail has told of it`() async throws {
    let world = try await World()
    let quiet = try await world.made { $0.sendInvitations = false }
    try await world.delete(quiet.reference)
    let mailed = try await world.made { $0.sendInvitations = false }
    var input = SendEmailInput(
      connectedAccountID: world.account,
      to: ["guest@example.com"],
      subject: "",
      body: ""
    )
    input.calendarEventID = .init(mailed.id)
    _ = try await world.useCases.mail.send(input, caller: world.ada)
    try await world.delete(mailed.reference)
    #expect(world.calendar.deletions.map(\.notifies) == [false, true])
  }

  @Test func `who was invited by a mail that somebody wrote hears of changes from us`() async throws {
    let world = try await World(sendsInvitations: false)
    var seen = 0
    let event = try await world.made { ($0.attendees, $0.sendInvitations) = (Self.guests, false) }
    #expect(try await Self.read(world, &seen).isEmpty)
    let file = try #require(
      try await world.useCases.events.queries.emailAttachment(
        about: try await world.shown(event),
        caller: world.ada
      )
    )
    #expect(file.isInvitation)
    try await world.setFlag(.emailInvite, true)
    var input = SendEmailInput(
      connectedAccountID: world.account,
      to: ["a@client.example", "b@client.example"],
      subject: "Shall we?",
      body: "Hello"
    )
    input.attachments = [
      .init(name: file.name, type: file.type, contentBase64: Data(file.content).base64EncodedString())
    ]
    input.calendarEventID = .init(event.id)
    _ = try await world.useCases.mail.send(input, caller: world.ada)
    #expect(try await Self.read(world, &seen).map(\.message.method) == [.request])
    try await world.update(event) { $0.location = .set("Room 2") }
    let told = try await Self.read(world, &seen)
    #expect(told.map(\.to) == ["a@client.example", "b@client.example"])
    #expect(told.allSatisfy { $0.headers.contains("Subject: Updated invitation: Kick-off") })
  }

  @Test func `an invitation leaves only with the flag, and from its organizer`() async throws {
    let world = try await World(sendsInvitations: false)
    let event = try await world.made { ($0.attendees, $0.sendInvitations) = (Self.guests, false) }
    let file = try #require(
      try await world.useCases.events.queries.emailAttachment(
        about: try await world.shown(event),
        caller: world.ada
      )
    )
    func send(_ account: ConnectedAccount.ID, _ caller: Caller) async throws -> EmailMessage {
      var input = SendEmailInput(
        connectedAccountID: account,
        to: ["a@client.example"],
        subject: "",
        body: ""
      )
      input.attachments = [
        .init(name: file.name, type: file.type, contentBase64: Data(file.content).base64EncodedString())
      ]
      return try await world.useCases.mail.send(input, caller: caller)
    }
    try await world.setFlag(.emailInvite, false)
    await #expect(throws: AccessError.featureDisabled(.emailInvite)) {
      try await send(world.account, world.ada)
    }
    try await world.setFlag(.emailInvite, true)
    let error = await #expect(throws: InvalidInput.self) { try await send(world.bensAccount, world.ben) }
    #expect(error?.field == "connectedAccountId")
    #expect(try await send(world.account, world.ada).delivery.status == .sent)
  }

  @Test func `where the calendar tells the guests, a mail carries a file that asks nobody`() async throws {
    let world = try await World()
    let event = try await world.made { $0.attendees = Self.guests }
    let file = try #require(
      try await world.useCases.events.queries.emailAttachment(
        about: try await world.shown(event),
        caller: world.ada
      )
    )
    let text = String(decoding: file.content, as: UTF8.self)
    #expect(!file.isInvitation && file.type == "text/calendar; charset=UTF-8")
    #expect(!text.contains("METHOD") && text.contains("UID:\(event.id)@fake"))
  }
}
