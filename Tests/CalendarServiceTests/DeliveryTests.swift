import CalendarCore
import CalendarService
import Foundation
import JobQueue
import TestSupport
import Testing

/// A provider down is not us down.
@Suite(.timeLimit(.minutes(5))) struct DeliveryTests {
  @Test func `while the provider is down the event is pending with the reason, and arrives later`()
    async throws
  {
    let fixture = try await TestWorkspace()
    fixture.calendar.whenCreating { draft, attempt throws(ProviderError) in
      guard attempt > 3 else { throw .unavailable(reason: "refused") }
      return FakeCalendar.made(draft)
    }
    let event = try await fixture.useCases.events.create(fixture.input(), caller: fixture.ada).event
    #expect(event.push.status == .pending)
    #expect(event.push.error?.contains("Can't reach") == true)
    for _ in 0..<3 { try await fixture.runNextJob() }
    let arrived = try #require(try await fixture.stored(event.id))
    #expect(arrived.push.status == .synced)
    #expect(arrived.push.error == nil)
    #expect(fixture.calendar.eventCount == 1)
  }

  @Test func `a provider that hangs does not keep the person waiting`() async throws {
    let fixture = try await TestWorkspace(answerLimit: .milliseconds(1))
    let (gate, opener) = AsyncStream.makeStream(of: Void.self)
    fixture.calendar.whenCreating { draft, _ in
      _ = await gate.first { _ in true }
      return FakeCalendar.made(draft)
    }
    let event = try await fixture.useCases.events.create(fixture.input(), caller: fixture.ada).event
    #expect(event.push.status == .pending)
    #expect(event.push.error?.contains("hasn't answered yet") == true)
    // The attempt goes on, and has come to the provider or will. A second one for the account must wait for it, or
    // there would be two.
    try await waitUntil { !fixture.calendar.drafts.isEmpty }
    fixture.clock.advance(by: 10)
    try await fixture.useCases.runner.runDueJobs()
    #expect(fixture.calendar.drafts.count == 1)
    opener.yield()
    try await waitUntil { try await fixture.stored(event.id)?.push.status == .synced }
    #expect(fixture.calendar.drafts.count == 1)
  }

  @Test func `a request that the provider asked to repeat later is not sent sooner`() async throws {
    let fixture = try await TestWorkspace()
    fixture.calendar.whenCreating { draft, attempt throws(ProviderError) in
      guard attempt > 1 else { throw .rateLimited(retryAfter: .seconds(90)) }
      return FakeCalendar.made(draft)
    }
    _ = try await fixture.useCases.events.create(fixture.input(), caller: fixture.ada)
    let due = try #require(try await fixture.database.systemRead { try $0.nextJobDue(after: .distantPast) })
    #expect(due.timeIntervalSince(fixture.clock.now) >= 90)
  }

  @Test func `a calendar that is missing is reported, and its events are kept`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    fixture.calendar.beforeReading { _ throws(ProviderError) in throw .calendarMissing }
    let refusal = await #expect(throws: ProviderRejection.self) {
      try await fixture.update(event) { $0.title = "Lost" }
    }
    #expect(refusal?.message == "The calendar no longer exists. Check the account in Settings.")
    let kept = try #require(try await fixture.stored(event.id))
    #expect(kept.title == event.title && !kept.isCanceled && kept.push.status == .synced)
    func channelError() async throws -> String? {
      try await fixture.database.read(fixture.workspace.id) { [account = fixture.account] in
        try $0.accounts.channels(accountIDs: [account]).first?.lastError
      }
    }
    #expect(try await channelError() == refusal?.message)

    fixture.calendar.beforeReading { _ in }
    try await fixture.update(event) { $0.title = "Found" }
    #expect(try await channelError() == nil)
  }

  @Test func `what the provider refuses at once was never accepted`() async throws {
    let fixture = try await TestWorkspace()
    fixture.calendar.whenCreating { _, _ throws(ProviderError) in throw .rejected(reason: "Too long.") }
    let input = fixture.input { $0.idempotencyKey = "k" }
    let error = await #expect(throws: ProviderRejection.self) {
      _ = try await fixture.useCases.events.create(input, caller: fixture.ada)
    }
    #expect(error?.code == .providerRejected)
    #expect(error?.message.contains("Too long.") == true)
    #expect(try await fixture.eventCount() == 0)
    #expect(try await fixture.database.systemRead { try $0.nextJobDue(after: .distantPast) } == nil)
    // Mended, the same key may be used again.
    fixture.calendar.whenCreating { draft, _ in FakeCalendar.made(draft) }
    let mended = try await fixture.useCases.events.create(input, caller: fixture.ada).event
    #expect(mended.push.status == .synced)
  }

  @Test func `what the provider refuses later stays, failed, and can be tried again`() async throws {
    let fixture = try await TestWorkspace()
    fixture.calendar.whenCreating { _, attempt throws(ProviderError) in
      throw attempt == 1 ? .unavailable(reason: "down") : .forbidden(reason: "no")
    }
    let event = try await fixture.useCases.events.create(fixture.input(), caller: fixture.ada).event
    try await fixture.runNextJob()
    let failed = try #require(try await fixture.stored(event.id))
    #expect(failed.push.status == .failed)
    #expect(failed.push.error?.isEmpty == false)
    #expect(try await fixture.database.systemRead { try $0.nextJobDue(after: .distantPast) } == nil)
    fixture.calendar.whenCreating { draft, _ in FakeCalendar.made(draft) }
    _ = try await fixture.useCases.events.retry(.init(event.id), caller: fixture.ada)
    #expect(try await fixture.stored(event.id)?.push.status == .synced)
  }

  @Test func `only who made an event can have it delivered again`() async throws {
    let fixture = try await TestWorkspace()
    fixture.calendar.whenCreating { _, _ throws(ProviderError) in throw .unavailable(reason: "down") }
    let event = try await fixture.useCases.events.create(fixture.input(), caller: fixture.ada).event
    await #expect(throws: AccessError.self) {
      try await fixture.useCases.events.retry(.init(event.id), caller: fixture.ben)
    }
  }

  @Test func `after three days of trying a person has to look at it`() async throws {
    let fixture = try await TestWorkspace()
    fixture.calendar.whenCreating { _, _ throws(ProviderError) in throw .unavailable(reason: "down") }
    let event = try await fixture.useCases.events.create(fixture.input(), caller: fixture.ada).event
    fixture.clock.advance(by: 3 * 86_400)
    try await fixture.runNextJob()
    #expect(try await fixture.stored(event.id)?.push.status == .failed)
  }

  @Test func `revoked access marks the account, and later events are refused before anything is stored`()
    async throws
  {
    let fixture = try await TestWorkspace()
    fixture.calendar.whenCreating { _, _ throws(ProviderError) in throw .authExpired(reason: "invalid_grant")
    }
    let error = await #expect(throws: ProviderRejection.self) {
      _ = try await fixture.useCases.events.create(fixture.input(), caller: fixture.ada)
    }
    #expect(error?.code == .reconnectRequired)
    await #expect(throws: ReconnectRequired.self) {
      _ = try await fixture.useCases.events.create(fixture.input(), caller: fixture.ada)
    }
    #expect(fixture.calendar.drafts.count == 1)
    let accounts = try await fixture.useCases.accounts.queries.accounts(caller: fixture.ada)
    #expect(accounts.map(\.canWrite) == [false])
    #expect(accounts.first?.reconnectReason != nil)
  }

  @Test func `an event that waits when access is revoked rests until the account is connected again`()
    async throws
  {
    let fixture = try await TestWorkspace()
    fixture.calendar.whenCreating { _, attempt throws(ProviderError) in
      throw attempt == 1 ? .unavailable(reason: "down") : .authExpired(reason: "invalid_grant")
    }
    let event = try await fixture.useCases.events.create(fixture.input(), caller: fixture.ada).event
    try await fixture.runNextJob()
    let resting = try #require(try await fixture.stored(event.id))
    #expect(resting.push.status == .pending)
    #expect(resting.push.error?.contains("Reconnect") == true)
    #expect(fixture.calendar.drafts.count == 2)
  }

  @Test
  func `access that is revoked after the answer loses nothing: connected again, the event is delivered`()
    async throws
  {
    let fixture = try await TestWorkspace(answerLimit: .milliseconds(1))
    let (gate, opener) = AsyncStream.makeStream(of: Void.self)
    fixture.calendar.whenCreating { draft, attempt throws(ProviderError) in
      guard attempt == 1 else { return FakeCalendar.made(draft) }
      _ = await gate.first { _ in true }
      throw .authExpired(reason: "invalid_grant")
    }
    let event = try await fixture.useCases.events.create(fixture.input(), caller: fixture.ada).event
    #expect(event.push.status == .pending)
    opener.yield()
    try await waitUntil { try await fixture.account().authFailedAt != nil }
    #expect(try await fixture.stored(event.id)?.push.status == .pending)
    try await fixture.connectAgain()
    try await fixture.useCases.runner.runDueJobs()
    #expect(try await fixture.stored(event.id)?.push.status == .synced)
  }

  @Test func `an account whose provider hangs holds up nobody else`() async throws {
    let fixture = try await TestWorkspace(answerLimit: .milliseconds(1))
    let (gate, opener) = AsyncStream.makeStream(of: Void.self)
    let slow = fixture.account
    fixture.calendar.whenCreating { draft, attempt throws(ProviderError) in
      guard attempt > 2 else { throw .unavailable(reason: "down") }
      if draft.organizer.handle.rawValue == "ada@phos.example" { _ = await gate.first { _ in true } }
      return FakeCalendar.made(draft)
    }
    let hanging = try await fixture.useCases.events.create(fixture.input(), caller: fixture.ada).event
    let other = try await fixture.useCases.events.create(
      fixture.input { $0.connectedAccountID = fixture.bensAccount },
      caller: fixture.ben
    ).event
    let worker = Task { await fixture.useCases.runner.work(maximumPause: .milliseconds(5)) }
    defer { worker.cancel() }
    // Both have been put off, and are not while the clock is turned.
    for id in [hanging.id, other.id] {
      try await waitUntil { try await fixture.stored(id)?.push.error?.contains("Can't reach") == true }
    }
    // Ada's is due first and hangs; Ben's comes due while it does.
    fixture.clock.advance(by: 60)
    try await waitUntil { try await fixture.stored(other.id)?.push.status == .synced }
    #expect(try await fixture.stored(hanging.id)?.push.status == .pending)
    #expect(try await fixture.stored(hanging.id)?.accountID == slow)
    opener.yield()
    try await waitUntil { try await fixture.stored(hanging.id)?.push.status == .synced }
  }

  @Test func `asking for delivery while it is under way makes no second job`() async throws {
    let fixture = try await TestWorkspace(answerLimit: .milliseconds(1))
    let (gate, opener) = AsyncStream.makeStream(of: Void.self)
    fixture.calendar.whenCreating { draft, _ in
      _ = await gate.first { _ in true }
      return FakeCalendar.made(draft)
    }
    let event = try await fixture.useCases.events.create(fixture.input(), caller: fixture.ada).event
    try await waitUntil { !fixture.calendar.drafts.isEmpty }
    _ = try await fixture.useCases.events.retry(.init(event.id), caller: fixture.ada)
    opener.yield()
    try await waitUntil { try await fixture.stored(event.id)?.push.status == .synced }
    #expect(try await fixture.database.systemRead { try $0.nextJobDue(after: .distantPast) } == nil)
    #expect(fixture.calendar.drafts.count == 1)
  }

  @Test func `an event waits for a program that knows its provider`() async throws {
    let fixture = try await TestWorkspace()
    fixture.calendar.whenCreating { _, _ throws(ProviderError) in throw .unavailable(reason: "down") }
    let event = try await fixture.useCases.events.create(fixture.input(), caller: fixture.ada).event
    let stranger = fixture.withoutDrivers()
    fixture.clock.advance(by: 3600)
    try await stranger.runner.runDueJobs()
    #expect(try await fixture.stored(event.id)?.push.status == .pending)
    fixture.calendar.whenCreating { draft, _ in FakeCalendar.made(draft) }
    try await fixture.runNextJob()
    #expect(try await fixture.stored(event.id)?.push.status == .synced)
  }

  @Test func `a repeated request whose first was refused is refused, too`() async throws {
    let fixture = try await TestWorkspace()
    let (gate, opener) = AsyncStream.makeStream(of: Void.self)
    fixture.calendar.whenCreating { _, _ throws(ProviderError) in
      _ = await gate.first { _ in true }
      throw .rejected(reason: "Too long.")
    }
    let input = fixture.input { $0.idempotencyKey = "k" }
    let first = Task { try await fixture.useCases.events.create(input, caller: fixture.ada).event }
    try await waitUntil { !fixture.calendar.drafts.isEmpty }
    let second = Task { try await fixture.useCases.events.create(input, caller: fixture.ada).event }
    for _ in 0..<200 { await Task.yield() }
    // For good: the second may still be on its way to the database, and is then a request of its own.
    opener.finish()
    await #expect(throws: ProviderRejection.self) { try await first.value }
    await #expect(throws: (any Error).self) { try await second.value }
    #expect(try await fixture.eventCount() == 0)
  }

  @Test func `a calendar that is gone takes no event, and connecting again does not bring it back`()
    async throws
  {
    let fixture = try await TestWorkspace()
    try await fixture.connectAgain(calendars: [])
    await #expect(throws: AccessError.self) {
      _ = try await fixture.useCases.events.create(fixture.input(), caller: fixture.ada)
    }
    #expect(fixture.calendar.drafts.isEmpty)
  }

  @Test func `events of one account are delivered one at a time`() async throws {
    let fixture = try await TestWorkspace()
    let overlap = Overlap()
    fixture.calendar.whenCreating { draft, _ in
      await overlap.enter()
      for _ in 0..<20 { await Task.yield() }
      await overlap.leave()
      return FakeCalendar.made(draft)
    }
    try await withThrowingTaskGroup(of: PushStatus.self) { group in
      for number in 0..<8 {
        group.addTask {
          try await fixture.useCases.events.create(
            fixture.input { $0.title = "No. \(number)" },
            caller: fixture.ada
          )
          .event
          .push.status
        }
      }
      for try await status in group { #expect(status == .synced) }
    }
    #expect(await overlap.most == 1)
    #expect(fixture.calendar.eventCount == 8)
  }

  private actor Overlap {
    private var inside = 0
    private(set) var most = 0

    func enter() {
      inside += 1
      most = max(most, inside)
    }

    func leave() { inside -= 1 }
  }
}
