import CalendarCore
import CalendarService
import Foundation
import JobQueue
import TestSupport
import Testing

/// Answers that are found in an account's inbox.
@Suite(.timeLimit(.minutes(5))) struct ReadRepliesTests {
  private static func answers(_ event: CalendarEvent, _ fixture: TestWorkspace) async throws -> [String] {
    try #require(try await fixture.stored(event.id)).attendees.map(\.responseStatus.rawValue)
  }

  /// A fixture whose account has an inbox, and a meeting with a guest.
  private static func fixture() async throws -> (TestWorkspace, CalendarEvent) {
    let fixture = try await TestWorkspace(sendsInvitations: false)
    try await fixture.connectAgain(sendsInvitations: false, parameters: ["inbox": "yes"])
    return (fixture, try await fixture.made { $0.attendees = [.init(email: "a@client.example")] })
  }

  private static func inbox(_ fixture: TestWorkspace) async throws -> InboxCursor? {
    try await fixture.useCases.accounts.queries.accounts(caller: fixture.ada).first?.inbox
  }

  @Test func `answers are taken from the inbox, again and again, and nothing else is`() async throws {
    let (fixture, event) = try await Self.fixture()
    try await fixture.useCases.runner.runDueJobs()
    fixture.inbox.receive("Hello", fixture.reply(to: event, "TENTATIVE"))
    try await fixture.useCases.runner.runDueJobs()
    #expect(try await Self.answers(event, fixture) == ["NEEDS_ACTION"])
    fixture.clock.advance(by: 300)
    try await fixture.useCases.runner.runDueJobs()
    #expect(try await Self.answers(event, fixture) == ["TENTATIVE"])
    #expect(fixture.calendar.event(event.id)?.content.attendees.first?.responseStatus == .tentative)
    // There are more than one look brings.
    fixture.inbox.receive(
      fixture.reply(to: event, from: "stranger@client.example"),
      fixture.reply(to: event, "TENTATIVE"),
      fixture.reply(to: event, "ACCEPTED", at: "20260601T100000Z")
    )
    fixture.clock.advance(by: 300)
    try await fixture.useCases.runner.runDueJobs()
    #expect(try await Self.answers(event, fixture) == ["ACCEPTED"])
    #expect(fixture.inbox.looks == [nil, "0", "2", "4"])
    #expect(try await Self.inbox(fixture)?.readAt == fixture.clock.wallClock.now)
    #expect(fixture.mail.sent.count == 1)
  }

  @Test func `a server that is down is asked again, and one that refuses is not`() async throws {
    let (fixture, event) = try await Self.fixture()
    fixture.inbox.receive(fixture.reply(to: event))
    fixture.inbox.fail(
      .unavailable(reason: "down"),
      .rejected(reason: "The mail server rejected the user name or password.")
    )
    try await fixture.useCases.runner.runDueJobs()
    #expect(try await Self.inbox(fixture)?.problem == "Can't reach the mail server. We'll retry.")
    fixture.clock.advance(by: 300)
    try await fixture.useCases.runner.runDueJobs()
    let refusal = "The mail server rejected the user name or password."
    #expect(try await Self.inbox(fixture)?.problem == refusal)
    let failed = try await fixture.useCases.failedJobs.list(caller: fixture.ada).jobs
    #expect(
      failed.map(\.reason) == [refusal] && failed.map(\.job.kind) == [JobKind(rawValue: "READ_REPLIES")]
    )
    fixture.clock.advance(by: 86_400)
    try await fixture.useCases.runner.runDueJobs()
    #expect(fixture.inbox.looks.count == 2)

    try await fixture.useCases.failedJobs.retry(try #require(failed.first).job.id, caller: fixture.ada)
    #expect(try await Self.answers(event, fixture) == ["ACCEPTED"])
    #expect(try await Self.inbox(fixture)?.problem == nil)
  }

  @Test func `reading starts over when the account is reconnected, and ends without an inbox`() async throws {
    let (fixture, event) = try await Self.fixture()
    fixture.inbox.receive(fixture.reply(to: event))
    try await fixture.useCases.runner.runDueJobs()
    try await fixture.connectAgain(sendsInvitations: false, parameters: ["inbox": "another"])
    try await fixture.useCases.runner.runDueJobs()
    #expect(fixture.inbox.looks == [nil, nil])
    try await fixture.connectAgain(sendsInvitations: false)
    #expect(try await Self.inbox(fixture) == nil)
    #expect(try await fixture.nextJob() == nil)
    // Nor is it read where the calendar takes the answers itself, or for nobody.
    try await fixture.connectAgain(parameters: ["inbox": "yes"])
    #expect(try await fixture.nextJob() == nil)
    try await fixture.connectAgain(sendsInvitations: false, parameters: ["inbox": "yes"])
    try await fixture.useCases.accounts.disconnect(fixture.account, caller: fixture.ada)
    fixture.clock.advance(by: 300)
    try await fixture.useCases.runner.runDueJobs()
    #expect(fixture.inbox.looks.count == 2)
  }

  @Test func `while the calendar is switched off, answers stay where they are`() async throws {
    let (fixture, event) = try await Self.fixture()
    fixture.inbox.receive(fixture.reply(to: event))
    try await fixture.setFlag(.compose, false)
    try await fixture.useCases.runner.runDueJobs()
    #expect(fixture.inbox.looks == [])
    try await fixture.setFlag(.compose, true)
    fixture.clock.advance(by: 300)
    try await fixture.useCases.runner.runDueJobs()
    #expect(try await Self.answers(event, fixture) == ["ACCEPTED"])
  }
}
