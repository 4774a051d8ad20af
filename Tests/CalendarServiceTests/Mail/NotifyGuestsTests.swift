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
  private static func read(_ fixture: TestWorkspace, _ seen: inout Int) async throws -> [GuestMail] {
    try await fixture.useCases.runner.runDueJobs()
    let all = try fixture.mail.sent.map(GuestMail.init)
    defer { seen = all.count }
    return Array(all.dropFirst(seen)).sorted { $0.to < $1.to }
  }

  private static let guests: [CreateEventInput.Attendee] = [
    .init(email: "a@client.example", displayName: "Å"), .init(email: "b@client.example"),
  ]

  @Test func `an invitation, a change and a cancellation come to each guest once`() async throws {
    let fixture = try await TestWorkspace(sendsInvitations: false)
    var seen = 0
    let event = try await fixture.made { $0.attendees = Self.guests }
    let invited = try await Self.read(fixture, &seen)
    #expect(invited.map(\.revision) == ["REQUEST a@client.example 0", "REQUEST b@client.example 0"])
    #expect(invited.allSatisfy { $0.value("UID") == "\(event.id)@fake" })
    #expect(invited.allSatisfy { $0.value("ORGANIZER") == "mailto:ada@phos.example" })
    #expect(invited[0].headers.contains("Subject: Invitation: Kick-off"))
    #expect(invited[0].message.events[0].properties("ATTENDEE").count == 3)

    try await fixture.update(event) { $0.startsAt = TestWorkspace.june(3, "12:00") }
    let moved = try await Self.read(fixture, &seen)
    #expect(moved.map(\.revision) == ["REQUEST a@client.example 1", "REQUEST b@client.example 1"])
    #expect(moved[0].value("DTSTART") == "20260603T120000")
    #expect(moved[0].headers.contains("Subject: Updated invitation: Kick-off"))
    #expect(moved[0].headers.contains("References: <"))

    try await fixture.delete(event.reference)
    let ended = try await Self.read(fixture, &seen)
    #expect(ended.map(\.revision) == ["CANCEL a@client.example 2", "CANCEL b@client.example 2"])
    #expect(ended[0].value("STATUS") == "CANCELLED")
    #expect(ended[0].headers.contains("Subject: Canceled: Kick-off"))
    #expect(try await Self.read(fixture, &seen).isEmpty && fixture.mail.sent.count == 6)
  }

  @Test func `only who is concerned hears of a change of the guests`() async throws {
    let fixture = try await TestWorkspace(sendsInvitations: false)
    var seen = 0
    let event = try await fixture.made { $0.attendees = Self.guests }
    _ = try await Self.read(fixture, &seen)
    try await fixture.update(event) {
      $0.attendees = [.init(email: "b@client.example"), .init(email: "c@client.example")]
    }
    let told = try await Self.read(fixture, &seen)
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
    let fixture = try await TestWorkspace(sendsInvitations: false)
    var seen = 0
    let event = try await fixture.made { $0.attendees = Self.guests }
    _ = try await Self.read(fixture, &seen)
    let company = try await fixture.useCases.records.create.company(
      name: "C",
      domainName: nil,
      caller: fixture.ada
    )
    try await fixture.update(event) { $0.linkedCompanyID = .set(company.id) }
    try await fixture.update(event) { ($0.title, $0.sendInvitations) = ("Quiet", false) }
    #expect(try await Self.read(fixture, &seen).isEmpty)
  }

  @Test func `after an outage each guest gets the last state, and nothing of a canceled meeting`()
    async throws
  {
    let fixture = try await TestWorkspace(sendsInvitations: false)
    var seen = 0
    // The mail server is away while all this happens.
    fixture.mail.fail(
      .unavailable(reason: "away", isUnsent: true),
      .unavailable(reason: "away", isUnsent: true)
    )
    let kept = try await fixture.made { $0.attendees = [.init(email: "a@client.example")] }
    let dropped = try await fixture.made { $0.attendees = [.init(email: "b@client.example")] }
    try await fixture.useCases.runner.runDueJobs()
    for title in ["One", "Two", "Three"] { try await fixture.update(kept) { $0.title = title } }
    try await fixture.delete(dropped.reference)
    fixture.clock.advance(by: 600)
    let told = try await Self.read(fixture, &seen)
    #expect(told.map(\.revision) == ["REQUEST a@client.example 0"])
    #expect(told[0].value("SUMMARY") == "Three")
    #expect(told[0].headers.contains("Subject: Invitation: Three"))
  }

  @Test func `a calendar that tells its guests itself is left to it`() async throws {
    let fixture = try await TestWorkspace()
    var seen = 0
    let event = try await fixture.made { $0.attendees = Self.guests }
    try await fixture.update(event) { $0.title = "Other" }
    try await fixture.delete(event.reference)
    #expect(try await Self.read(fixture, &seen).isEmpty)
  }

  @Test func `a meeting that nobody heard of ends as quietly, unless a mail has told of it`() async throws {
    let fixture = try await TestWorkspace()
    let quiet = try await fixture.made { $0.sendInvitations = false }
    try await fixture.delete(quiet.reference)
    let mailed = try await fixture.made { $0.sendInvitations = false }
    var input = SendEmailInput(
      connectedAccountID: fixture.account,
      to: ["guest@example.com"],
      subject: "",
      body: ""
    )
    input.calendarEventID = .init(mailed.id)
    _ = try await fixture.useCases.mail.send(input, caller: fixture.ada)
    try await fixture.delete(mailed.reference)
    #expect(fixture.calendar.deletions.map(\.notifies) == [false, true])
  }

  @Test func `a guest invited by a member's own email hears of changes from us`() async throws {
    let fixture = try await TestWorkspace(sendsInvitations: false)
    var seen = 0
    let event = try await fixture.made { ($0.attendees, $0.sendInvitations) = (Self.guests, false) }
    #expect(try await Self.read(fixture, &seen).isEmpty)
    let file = try #require(
      try await fixture.useCases.events.queries.emailAttachment(
        about: try await fixture.shown(event),
        caller: fixture.ada
      )
    )
    #expect(file.isInvitation)
    try await fixture.setFlag(.emailInvite, true)
    var input = SendEmailInput(
      connectedAccountID: fixture.account,
      to: ["a@client.example", "b@client.example"],
      subject: "Shall we?",
      body: "Hello"
    )
    input.attachments = [
      .init(name: file.name, type: file.type, contentBase64: Data(file.content).base64EncodedString())
    ]
    input.calendarEventID = .init(event.id)
    _ = try await fixture.useCases.mail.send(input, caller: fixture.ada)
    #expect(try await Self.read(fixture, &seen).map(\.message.method) == [.request])
    try await fixture.update(event) { $0.location = .set("Room 2") }
    let told = try await Self.read(fixture, &seen)
    #expect(told.map(\.to) == ["a@client.example", "b@client.example"])
    #expect(told.allSatisfy { $0.headers.contains("Subject: Updated invitation: Kick-off") })
  }

  @Test func `an invitation leaves only with the flag, and from its organizer`() async throws {
    let fixture = try await TestWorkspace(sendsInvitations: false)
    let event = try await fixture.made { ($0.attendees, $0.sendInvitations) = (Self.guests, false) }
    let file = try #require(
      try await fixture.useCases.events.queries.emailAttachment(
        about: try await fixture.shown(event),
        caller: fixture.ada
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
      return try await fixture.useCases.mail.send(input, caller: caller)
    }
    try await fixture.setFlag(.emailInvite, false)
    await #expect(throws: AccessError.featureDisabled(.emailInvite)) {
      try await send(fixture.account, fixture.ada)
    }
    try await fixture.setFlag(.emailInvite, true)
    let error = await #expect(throws: InvalidInput.self) { try await send(fixture.bensAccount, fixture.ben) }
    #expect(error?.field == "connectedAccountId")
    #expect(try await send(fixture.account, fixture.ada).delivery.status == .sent)
  }

  @Test func `where the calendar tells the guests, a mail carries a file that asks nobody`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made { $0.attendees = Self.guests }
    let file = try #require(
      try await fixture.useCases.events.queries.emailAttachment(
        about: try await fixture.shown(event),
        caller: fixture.ada
      )
    )
    let text = String(decoding: file.content, as: UTF8.self)
    #expect(!file.isInvitation && file.type == "text/calendar; charset=UTF-8")
    #expect(!text.contains("METHOD") && text.contains("UID:\(event.id)@fake"))
  }
}
