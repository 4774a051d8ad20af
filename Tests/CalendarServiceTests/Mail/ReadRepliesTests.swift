import CalendarCore
import CalendarService
import Foundation
import JobQueue
import TestSupport
import Testing

/// Answers that are found in an account's inbox.
@Suite(.timeLimit(.minutes(5))) struct ReadRepliesTests {
  private static func answers(_ event: CalendarEvent, _ world: World) async throws -> [String] {
    try #require(try await world.stored(event.id)).attendees.map(\.responseStatus.rawValue)
  }

  /// A world whose account has an inbox, and a meeting with a guest.
  private static func world() async throws -> (World, CalendarEvent) {
    let world = try await World(sendsInvitations: false)
    try await world.connectAgain(sendsInvitations: false, parameters: ["inbox": "yes"])
    return (world, try await world.made { $0.attendees = [.init(email: "a@client.example")] })
  }

  private static func inbox(_ world: World) async throws -> InboxCursor? {
    try await world.useCases.accounts.queries.accounts(caller: world.ada).first?.inbox
  }

  @Test func `answers are taken from the inbox, again and again, and nothing else is`() async throws {
    let (world, event) = try await Self.world()
    try await world.useCases.runner.runDueJobs()
    world.inbox.receive("Hello", world.reply(to: event, "TENTATIVE"))
    try await world.useCases.runner.runDueJobs()
    #expect(try await Self.answers(event, world) == ["NEEDS_ACTION"])
    world.clock.advance(by: 300)
    try await world.useCases.runner.runDueJobs()
    #expect(try await Self.answers(event, world) == ["TENTATIVE"])
    #expect(world.calendar.event(event.id)?.content.attendees.first?.responseStatus == .tentative)
    // There are more than one look brings.
    world.inbox.receive(
      world.reply(to: event, from: "stranger@client.example"),
      world.reply(to: event, "TENTATIVE"),
      world.reply(to: event, "ACCEPTED", at: "20260601T100000Z")
    )
    world.clock.advance(by: 300)
    try await world.useCases.runner.runDueJobs()
    #expect(try await Self.answers(event, world) == ["ACCEPTED"])
    #expect(world.inbox.looks == [nil, "0", "2", "4"])
    #expect(try await Self.inbox(world)?.readAt == world.clock.wallClock.now)
    #expect(world.mail.sent.count == 1)
  }

  @Test func `a server that is down is asked again, and one that refuses is not`() async throws {
    let (world, event) = try await Self.world()
    world.inbox.receive(world.reply(to: event))
    world.inbox.fail(
      .unavailable(reason: "down"),
      .rejected(reason: "The mail server rejected the user name or password.")
    )
    try await world.useCases.runner.runDueJobs()
    #expect(try await Self.inbox(world)?.problem == "Can't reach the mail server. We'll retry.")
    world.clock.advance(by: 300)
    try await world.useCases.runner.runDueJobs()
    let refusal = "The mail server rejected the user name or password."
    #expect(try await Self.inbox(world)?.problem == refusal)
    let failed = try await world.useCases.failedJobs.list(caller: world.ada).jobs
    #expect(
      failed.map(\.reason) == [refusal] && failed.map(\.job.kind) == [JobKind(rawValue: "READ_REPLIES")]
    )
    world.clock.advance(by: 86_400)
    try await world.useCases.runner.runDueJobs()
    #expect(world.inbox.looks.count == 2)

    try await world.useCases.failedJobs.retry(try #require(failed.first).job.id, caller: world.ada)
    #expect(try await Self.answers(event, world) == ["ACCEPTED"])
    #expect(try await Self.inbox(world)?.problem == nil)
  }

  @Test func `connected anew it begins anew, once, and without an inbox it ends`() async throws {
    let (world, event) = try await Self.world()
    world.inbox.receive(world.reply(to: event))
    try await world.useCases.runner.runDueJobs()
    try await world.connectAgain(sendsInvitations: false, parameters: ["inbox": "another"])
    try await world.useCases.runner.runDueJobs()
    #expect(world.inbox.looks == [nil, nil])
    try await world.connectAgain(sendsInvitations: false)
    #expect(try await Self.inbox(world) == nil)
    #expect(try await world.nextJob() == nil)
    // Nor is it read where the calendar takes the answers itself, or for nobody.
    try await world.connectAgain(parameters: ["inbox": "yes"])
    #expect(try await world.nextJob() == nil)
    try await world.connectAgain(sendsInvitations: false, parameters: ["inbox": "yes"])
    try await world.useCases.accounts.disconnect(world.account, caller: world.ada)
    world.clock.advance(by: 300)
    try await world.useCases.runner.runDueJobs()
    #expect(world.inbox.looks.count == 2)
  }

  @Test func `while the calendar is switched off, answers stay where they are`() async throws {
    let (world, event) = try await Self.world()
    world.inbox.receive(world.reply(to: event))
    try await world.setFlag(.compose, false)
    try await world.useCases.runner.runDueJobs()
    #expect(world.inbox.looks == [])
    try await world.setFlag(.compose, true)
    world.clock.advance(by: 300)
    try await world.useCases.runner.runDueJobs()
    #expect(try await Self.answers(event, world) == ["ACCEPTED"])
  }
}
