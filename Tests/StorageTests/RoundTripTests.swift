import CalendarCore
import Foundation
import ICalendar
import JobQueue
import Testing

@testable import Storage

@Suite(.timeLimit(.minutes(5))) struct RoundTripTests {
  @Test(arguments: Engine.allCases)
  func `every entity comes back as it was stored`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    let found = try await database.read(fixture.workspace.id) { reader throws in
      #expect(try reader.members.workspace() == fixture.workspace)
      #expect(try reader.members.find(fixture.member.id) == fixture.member)
      #expect(try reader.members.find(fixture.member.id)?.email.rawValue == fixture.member.email.rawValue)
      #expect(try reader.members.list(emails: [fixture.member.email]) == [fixture.member])
      #expect(try reader.members.flags() == FeatureFlags([.compose]))
      #expect(try reader.records.companies(ids: [fixture.company.id]) == [fixture.company])
      #expect(try reader.records.people(ids: [fixture.person.id]) == [fixture.person])
      #expect(try reader.records.opportunities(ids: [fixture.opportunity.id]) == [fixture.opportunity])
      #expect(try reader.accounts.find(fixture.account.id) == fixture.account)
      #expect(try reader.emails.find(fixture.email.id) == fixture.email)
      #expect(try reader.emails.find(idempotencyKey: "mail")?.fingerprint == "print")
      #expect(try reader.emails.list(of: .person(fixture.person.id), after: nil, limit: 9).count <= 1)
      #expect(
        try reader.emails.list(of: .company(fixture.company.id), after: nil, limit: 9).map(\.id) == [
          fixture.email.id
        ]
      )
      #expect(try reader.emails.list(eventID: fixture.event.id).map(\.id) == [fixture.email.id])
      #expect(try reader.accounts.find(ids: [fixture.account.id]) == [fixture.account])
      #expect(try reader.accounts.list(ownerID: fixture.member.id) == [fixture.account])
      #expect(try reader.accounts.sealedCredentials(fixture.account.id) == "sealed-1")
      #expect(
        try reader.accounts.inboxReading(fixture.account.id) == InboxCursor(position: "1", readAt: noon)
      )
      #expect(try reader.accounts.channel(fixture.channel.id) == fixture.channel)
      #expect(try reader.accounts.channels(accountIDs: [fixture.account.id]) == [fixture.channel])
      let keyed = try #require(try reader.events.find(idempotencyKey: "key-1"))
      #expect(keyed.event == fixture.event && keyed.fingerprint == "print-1")
      return try #require(try reader.events.find(fixture.event.id))
    }
    #expect(found == fixture.event)
    #expect(found.participants.map(\.handle.rawValue) == fixture.event.participants.map(\.handle.rawValue))
    try await database.system { system throws in
      #expect(try system.workspaces() == [fixture.workspace])
      #expect(try system.session(tokenHash: "session-1") == fixture.session)
      #expect(try system.apiToken(tokenHash: "token-1") == fixture.token)
      let member = try #require(try system.member(email: try address("MEMBER1@EXAMPLE.COM")))
      #expect(member.member == fixture.member && member.passwordHash == "hash-1")
      let lease = JobLease(owner: "runner", expiresAt: noon + 60)
      var job = fixture.job
      job.attempts = 1
      job.crashes = 1
      job.lease = lease
      #expect(try system.claim(fixture.job.id, now: noon, lease: lease) == job)
    }
  }

  @Test(arguments: Engine.allCases)
  func `an update replaces every field, the participants and the links`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    let event = CalendarEvent(
      id: fixture.event.id,
      title: "Später",
      timing: try timing("2026-12-24", "2026-12-27"),
      iCalUID: "other",
      participants: [.init(handle: try address("new@example.com"))],
      createdFromCRM: false,
      accountID: nil,
      channelID: nil,
      push: PushState(status: .synced),
      version: 8,
      createdAt: noon,
      updatedAt: noon + 1
    )
    var account = fixture.account
    account.displayName = "Neu"
    account.authFailedAt = nil
    account.parameters = [:]
    var channel = fixture.channel
    channel.handle = "Neu"
    channel.syncedAt = nil
    channel.isWritable = true
    let (changedAccount, changedChannel) = (account, channel)
    try await database.write(fixture.workspace.id) { transaction throws in
      try transaction.events.update(event)
      try transaction.accounts.update(changedAccount)
      try transaction.accounts.update(changedChannel)
      try transaction.accounts.setSealedCredentials(fixture.account.id, "resealed")
      try transaction.members.setFlag(.compose, enabled: false)
      try transaction.members.setFlag(.rsvp, enabled: true)
      #expect(try transaction.events.find(event.id) == event)
      #expect(try transaction.events.find(idempotencyKey: "key-1")?.event == event)
      #expect(try transaction.accounts.find(fixture.account.id) == changedAccount)
      #expect(try transaction.accounts.channel(fixture.channel.id) == changedChannel)
      #expect(try transaction.accounts.sealedCredentials(fixture.account.id) == "resealed")
      #expect(try transaction.members.flags() == FeatureFlags([.rsvp]))
      try transaction.accounts.keep(InboxCursor(problem: "Refused."), of: fixture.account.id)
      #expect(try transaction.accounts.inboxReading(fixture.account.id) == InboxCursor(problem: "Refused."))
      try transaction.accounts.keep(nil, of: fixture.account.id)
      #expect(try transaction.accounts.inboxReading(fixture.account.id) == nil)
    }
  }

  @Test(arguments: Engine.allCases)
  func `what guests were told of a series is noted whole, and replaced by what they are told next`(
    engine: Engine
  ) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    let event = try fixture.meeting(9, hours(1, 2))
    let start = try #require(OriginalStart("20260609T080000Z"))
    var announcement = EventAnnouncement(
      event.editable,
      exclusions: [start],
      mailed: [fixture.member.email],
      sequence: 2
    )
    try await database.write(fixture.workspace.id) { [announcement] transaction in
      try transaction.events.insert(event, idempotencyKey: nil, fingerprint: nil)
      #expect(try transaction.events.announcement(of: event.id) == nil)
      try transaction.events.keep(announcement, of: event.id)
      #expect(try transaction.events.announcement(of: event.id) == announcement)
    }
    announcement.exclusions = []
    announcement.exceptions[start] = event.editable
    try await database.write(fixture.workspace.id) { [announcement] transaction in
      try transaction.events.keep(announcement, of: event.id)
      #expect(try transaction.events.announcement(of: event.id) == announcement)
      try transaction.events.delete(event.id)
      #expect(try transaction.events.announcement(of: event.id) == nil)
    }
  }

  @Test(arguments: Engine.allCases)
  func `what is not there cannot be updated`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    var (event, account, channel) = (fixture.event, fixture.account, fixture.channel)
    event.id = id(1)
    account.id = id(1)
    channel.id = id(1)
    let missing = (event, account, channel)
    let updates: [@Sendable (any WorkspaceTransaction) throws -> Void] = [
      { try $0.events.update(missing.0) }, { try $0.accounts.update(missing.1) },
      { try $0.accounts.update(missing.2) },
    ]
    for update in updates {
      await #expect(throws: StoreError.notFound) { try await database.write(fixture.workspace.id, update) }
    }
    await #expect(throws: StoreError.brokenReference) {
      try await database.write(fixture.workspace.id) { try $0.accounts.setSealedCredentials(id(1), "sealed") }
    }
  }

  @Test(arguments: Engine.allCases)
  func `both passes of a repeated hour are kept apart`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    for (number, offset) in ["-04:00", "-05:00"].enumerated() {
      let time = "2026-11-01T01:30:00\(offset)[America/New_York]"
      let event = try fixture.meeting(number, try timing(time, time))
      try await database.write(fixture.workspace.id) { transaction throws in
        try transaction.events.insert(event, idempotencyKey: nil, fingerprint: nil)
        #expect(try transaction.events.find(event.id)?.timing == event.timing)
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `a second member with the same address is refused in any workspace`(engine: Engine) async throws {
    let (first, second) = (try TestWorkspace(1), try TestWorkspace(2))
    let database = try await engine.make(with: first, second)
    var member = second.member
    member.id = id(1)
    member.email = try address("member1@EXAMPLE.com")
    let copy = member
    await #expect(throws: StoreError.duplicateEmail) {
      try await database.write(second.workspace.id) { try $0.members.insert(copy, passwordHash: nil) }
    }
  }

  @Test(arguments: Engine.allCases)
  func `sessions end when they are deleted or expire`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    try await database.system { system throws in
      try system.deleteSessions(expiredAt: noon + 59)
      #expect(try system.session(tokenHash: "session-1") != nil)
      try system.deleteSessions(expiredAt: noon + 60)
      #expect(try system.session(tokenHash: "session-1") == nil)
      try system.insert(fixture.session)
      try system.deleteSession(tokenHash: "session-1")
      #expect(try system.session(tokenHash: "session-1") == nil)
    }
  }

  @Test func `instants beyond what milliseconds can name are held at the edge`() {
    #expect(SQLValue.instant(Date(timeIntervalSince1970: .infinity)) == .integer(9_007_199_254_740_991))
    #expect(SQLValue.instant(Date(timeIntervalSince1970: .nan)) == .integer(0))
    #expect(SQLValue.string("a\0b") == .text("ab"))
  }
}
