import CalendarCore
import CalendarService
import Foundation
import JobQueue
import TestSupport
import Testing

/// Leases, dead letters and the end of a program, through the use cases.
@Suite(.timeLimit(.minutes(5))) struct JobRunnerTests {
  private func dueJob(_ fixture: TestWorkspace) async throws -> Date? {
    try await fixture.database.systemRead { try $0.nextJobDue(after: .distantPast) }
  }

  @Test func `a long run keeps its lease as long as it goes on`() async throws {
    let fixture = try await TestWorkspace(answerLimit: .milliseconds(1), heartbeat: .milliseconds(1))
    let (gate, opener) = AsyncStream.makeStream(of: Void.self)
    fixture.calendar.whenCreating { draft, _ in
      _ = await gate.first { _ in true }
      return FakeCalendar.made(draft)
    }
    let event = try await fixture.useCases.events.create(fixture.input(), caller: fixture.ada).event
    for _ in 0..<3 {
      fixture.clock.advance(by: 11)
      let now = fixture.clock.now
      // The lease is 12 seconds; without a heartbeat it would be over at the second turn.
      try await waitUntil {
        try await fixture.database.systemRead({ try $0.nextJobDue(after: now) }) == now + 12
      }
      try await fixture.withoutDrivers().runner.runDueJobs()
    }
    opener.yield()
    try await waitUntil { try await fixture.stored(event.id)?.push.status == .synced }
    #expect(fixture.calendar.drafts.count == 1)
    #expect(try await dueJob(fixture) == nil)
  }

  @Test func `a delayed server does not overwrite later changes`() async throws {
    let fixture = try await TestWorkspace()
    try await fixture.setStrategy(.crmWins)
    let event = try await fixture.made()
    let (gate, opener) = AsyncStream.makeStream(of: Void.self)
    fixture.calendar.beforeReading { attempt in if attempt == 1 { _ = await gate.first { _ in true } } }
    let heldUp = Task { try await fixture.update(event) { $0.title = "Old" } }
    try await waitUntil { fixture.calendar.reads > 0 }
    var newer = UpdateEventInput()
    newer.title = "New"
    let other = fixture.another()
    _ = try await other.events.update(.init(event.id), newer, caller: fixture.ada)
    // The delayed server's lease has expired.
    fixture.clock.advance(by: 13)
    try await other.runner.runDueJobs()
    #expect(fixture.calendar.event(event.id)?.content.title == "New")
    opener.yield()
    _ = try await heldUp.value
    #expect(fixture.calendar.event(event.id)?.content.title == "New")
    let stored = try #require(try await fixture.stored(event.id))
    #expect(stored.title == "New" && stored.push.status == .synced)
    #expect(fixture.calendar.changes.count == 1)
    #expect(try await dueJob(fixture) == nil)
  }

  @Test func `a program that is told to stop hands its jobs back, due at once and uncounted`() async throws {
    let fixture = try await TestWorkspace(answerLimit: .milliseconds(1))
    fixture.calendar.whenCreating { _, _ throws(ProviderError) in
      // Until it is cancelled.
      try? await Task.sleep(for: .seconds(3600))
      throw .unavailable(reason: "stopped")
    }
    let event = try await fixture.useCases.events.create(fixture.input(), caller: fixture.ada).event
    try await waitUntil { !fixture.calendar.drafts.isEmpty }
    await fixture.useCases.runner.drain()
    #expect(try await dueJob(fixture) == fixture.clock.now)
    #expect(try await fixture.stored(event.id)?.push.error == event.push.error)
    let lease = JobLease(owner: "next", expiresAt: fixture.clock.now + 12)
    let job = try await fixture.database.system { [now = fixture.clock.now] system throws in
      let job = try system.jobs.claimNext(JobClaimTerms(now: now, lease: lease))
      if let job { try system.jobs.release(job.id, owner: "next", until: now, counted: false) }
      return job
    }
    #expect(job?.attempts == 1 && job?.crashes == 1)
    fixture.calendar.whenCreating { draft, _ in FakeCalendar.made(draft) }
    try await fixture.useCases.runner.runDueJobs()
    #expect(try await fixture.stored(event.id)?.push.status == .synced)
  }

  /// An event that was accepted while the provider was down, and refused afterwards.
  private func givenUp(_ fixture: TestWorkspace) async throws -> CalendarEvent.ID {
    fixture.calendar.whenCreating { _, attempt throws(ProviderError) in
      guard attempt > 1 else { throw .unavailable(reason: "down") }
      throw .rejected(reason: "Too long.")
    }
    let event = try await fixture.useCases.events.create(fixture.input(), caller: fixture.ada).event
    try await fixture.runNextJob()
    #expect(try await fixture.stored(event.id)?.push.status == .failed)
    return event.id
  }

  @Test func `what was given up is shown to its owner, who can try it again`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await givenUp(fixture)
    let (failed, events, _) = try await fixture.useCases.failedJobs.list(caller: fixture.ada)
    #expect(failed.map(\.job.eventID) == [event] && events.events.map(\.event.id) == [event])
    #expect(failed.first?.reason == "The calendar rejected the meeting: Too long.")
    let id = try #require(failed.first).job.id
    #expect(try await fixture.useCases.failedJobs.list(caller: fixture.ben).jobs.isEmpty)
    await #expect(throws: AccessError.self) {
      try await fixture.useCases.failedJobs.retry(id, caller: fixture.ben)
    }
    await #expect(throws: AccessError.self) {
      try await fixture.useCases.failedJobs.discard(id, caller: fixture.ben)
    }
    // Refused once more: it stays, and so does the event.
    try await fixture.useCases.failedJobs.retry(id, caller: fixture.ada)
    #expect(try await fixture.useCases.failedJobs.list(caller: fixture.ada).jobs.count == 1)
    fixture.calendar.whenCreating { draft, _ in FakeCalendar.made(draft) }
    try await fixture.useCases.failedJobs.retry(id, caller: fixture.ada)
    #expect(try await fixture.stored(event)?.push.status == .synced)
    #expect(try await fixture.useCases.failedJobs.list(caller: fixture.ada).jobs.isEmpty)
    #expect(fixture.calendar.eventCount == 1)
  }

  @Test func `what was given up can be left alone`() async throws {
    let fixture = try await TestWorkspace()
    let event = try await givenUp(fixture)
    let failed = try await fixture.useCases.failedJobs.list(caller: fixture.ada).jobs
    let id = try #require(failed.first).job.id
    try await fixture.useCases.failedJobs.discard(id, caller: fixture.ada)
    #expect(try await fixture.useCases.failedJobs.list(caller: fixture.ada).jobs.isEmpty)
    #expect(try await fixture.stored(event)?.push.status == .failed)
    #expect(try await dueJob(fixture) == nil)
  }

  @Test func `an account that was asked to slow down is not asked for the next meeting either`() async throws
  {
    let fixture = try await TestWorkspace()
    fixture.calendar.whenCreating { _, _ throws(ProviderError) in
      throw .rateLimited(retryAfter: .seconds(90))
    }
    _ = try await fixture.useCases.events.create(fixture.input(), caller: fixture.ada)
    fixture.calendar.whenCreating { draft, _ in FakeCalendar.made(draft) }
    let second = try await fixture.useCases.events.create(fixture.input(), caller: fixture.ada).event
    #expect(second.push.status == .pending)
    #expect(second.push.error?.contains("rate-limiting") == true)
    #expect(fixture.calendar.drafts.count == 1)
    fixture.clock.advance(by: 120)
    try await fixture.useCases.runner.runDueJobs()
    #expect(try await fixture.stored(second.id)?.push.status == .synced)
    #expect(fixture.calendar.eventCount == 2)
  }

  @Test func `a job that never comes to an end is given up, and its event says so`() async throws {
    let fixture = try await TestWorkspace()
    fixture.calendar.whenCreating { _, _ throws(ProviderError) in throw .unavailable(reason: "down") }
    let event = try await fixture.useCases.events.create(fixture.input(), caller: fixture.ada).event
    // As processes leave it that die in the midst of it.
    for number in 1...8 {
      fixture.clock.advance(by: 600)
      let now = fixture.clock.now
      let lease = JobLease(owner: "dead \(number)", expiresAt: now + 12)
      let job = try await fixture.database.system {
        try $0.jobs.claimNext(JobClaimTerms(now: now, lease: lease))
      }
      #expect(job?.crashes == number)
    }
    fixture.clock.advance(by: 600)
    try await fixture.useCases.runner.runDueJobs()
    #expect(try await fixture.stored(event.id)?.push.status == .failed)
    #expect(
      try await fixture.useCases.failedJobs.list(caller: fixture.ada).jobs.map(\.job.eventID) == [event.id]
    )
    #expect(fixture.calendar.drafts.count == 1)
  }

  @Test func `a job of an unknown kind waits for a newer version, and does not block its lane`() async throws
  {
    let fixture = try await TestWorkspace()
    let event = try await fixture.made()
    let account = try #require(try await fixture.stored(event.id)?.accountID)
    let unknown = Job(
      id: Job.ID(UUID()),
      workspaceID: fixture.workspace.id,
      kind: JobKind(rawValue: "DANCE"),
      subject: .event(event.id),
      accountID: account,
      scheduledAt: fixture.clock.now
    )
    try await fixture.database.write(fixture.workspace.id) { try $0.jobs.insert(unknown) }
    try await fixture.useCases.runner.runDueJobs()
    #expect(await fixture.useCases.runner.runNow(unknown) == nil)
    #expect(
      try await fixture.useCases.events.create(fixture.input(), caller: fixture.ada).event.push.status
        == .synced
    )
    #expect(try await fixture.useCases.failedJobs.list(caller: fixture.ada).jobs.isEmpty)
    let now = fixture.clock.now
    let terms = JobClaimTerms(
      now: now,
      lease: JobLease(owner: "newer", expiresAt: now + 12),
      kinds: [unknown.kind]
    )
    let claimed = try await fixture.database.system { try $0.jobs.claimNext(terms) }
    #expect(claimed?.id == unknown.id && claimed?.attempts == 1)
  }

  @Test func `a caller waits for a lane that another of the same process has claimed`() async throws {
    let fixture = try await TestWorkspace()
    let other = Job(
      id: Job.ID(UUID()),
      workspaceID: fixture.workspace.id,
      // What is about nothing completes when it runs.
      kind: JobKind(rawValue: "DELETE_EVENT"),
      subject: JobSubject(type: "test", id: UUID()),
      accountID: fixture.account,
      scheduledAt: fixture.clock.now
    )
    // As a transaction leaves it whose caller has not begun to run it.
    let terms = fixture.useCases.runner.claimTerms()
    let claim = try await fixture.database.write(fixture.workspace.id) { transaction in
      try transaction.jobs.insert(other)
      return try transaction.jobs.claim(other.id, terms)
    }
    guard case .claimed(let claimed) = claim else {
      Issue.record("The lane is free.")
      return
    }
    let created = Task {
      try await fixture.useCases.events.create(fixture.input(), caller: fixture.ada).event
    }
    try await waitUntil {
      try await fixture.database.read(fixture.workspace.id) { reader in
        try reader.events.list(from: .distantPast, to: .distantFuture, accountID: nil, after: nil, limit: 9)
          .count == 1
      }
    }
    #expect(fixture.calendar.drafts.isEmpty)
    _ = await fixture.useCases.runner.runNow(claimed)
    #expect(try await created.value.push.status == .synced)
  }
}
