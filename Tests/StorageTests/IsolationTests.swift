import CalendarCore
import Foundation
import ICalendar
import JobQueue
import Testing

@testable import Storage

/// An attempt by one workspace's transaction to reach another's rows.
struct Trespass: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// True when the other workspace's rows showed.
  let sees: @Sendable (any WorkspaceTransaction, TestWorkspace) throws -> Bool

  static let reading: [Trespass] = [
    Trespass("member") { try $0.members.find($1.member.id) != nil },
    Trespass("members") { try $0.members.list(emails: [$1.member.email]).contains($1.member) },
    Trespass("event") { try $0.events.find($1.event.id) != nil },
    Trespass("events by id") { try !$0.events.find(ids: [$1.event.id]).isEmpty },
    Trespass("event by key") { try $0.events.find(idempotencyKey: "key-\($1.number)") != nil },
    Trespass("events") { transaction, other in
      try !transaction.events.list(
        from: noon - 1e9,
        to: noon + 1e9,
        accountID: other.account.id,
        after: nil,
        limit: 10
      ).isEmpty
    },
    Trespass("all events") { transaction, other in
      try transaction.events.list(from: noon - 1e9, to: noon + 1e9, accountID: nil, after: nil, limit: 10)
        .contains { $0.id == other.event.id }
    },
    Trespass("timeline of a person") {
      try !$0.events.timeline(of: .person($1.person.id), offset: 0, limit: 9).isEmpty
    },
    Trespass("timeline of a company") {
      try !$0.events.timeline(of: .company($1.company.id), offset: 0, limit: 9).isEmpty
    },
    Trespass("timeline of an opportunity") {
      try !$0.events.timeline(of: .opportunity($1.opportunity.id), offset: 0, limit: 9).isEmpty
    },
    // Both fixtures' persons have the same addresses: only the own fixture's events may show.
    Trespass("timeline by a shared address") { transaction, other in
      let own = try #require(try transaction.records.people(emails: other.person.emails).values.first)
      return try transaction.events.timeline(of: .person(own.id), offset: 0, limit: 9)
        .contains { $0.id == other.event.id }
    },
    Trespass("timeline count") { try $0.events.timelineCount(of: .company($1.company.id)) != 0 },
    Trespass("people") {
      try $0.records.people(PageRequest(limit: 9)).contains { [other = $1] in $0.row == other.person }
    },
    Trespass("companies") {
      try $0.records.companies(PageRequest(limit: 9)).contains { [other = $1] in $0.row == other.company }
    },
    Trespass("opportunities") {
      try $0.records.opportunities(PageRequest(limit: 9)).contains { [other = $1] in
        $0.row == other.opportunity
      }
    },
    Trespass("people by id") { try !$0.records.people(ids: [$1.person.id]).isEmpty },
    Trespass("companies by id") { try !$0.records.companies(ids: [$1.company.id]).isEmpty },
    Trespass("opportunities by id") { try !$0.records.opportunities(ids: [$1.opportunity.id]).isEmpty },
    Trespass("people of a company") {
      try !$0.records.people(companyIDs: [$1.company.id], limitEach: 9).isEmpty
    },
    Trespass("people by address") {
      try $0.records.people(emails: $1.person.emails).values.contains($1.person)
    },
    Trespass("account") { try $0.accounts.find($1.account.id) != nil },
    Trespass("accounts by id") { try !$0.accounts.find(ids: [$1.account.id]).isEmpty },
    Trespass("accounts of an owner") { try !$0.accounts.list(ownerID: $1.member.id).isEmpty },
    Trespass("account by handle") {
      try $0.accounts.find(ownerID: $1.member.id, provider: $1.account.provider, handle: $1.account.handle)
        != nil
    },
    Trespass("channel") { try $0.accounts.channel($1.channel.id) != nil },
    Trespass("channels") { try !$0.accounts.channels(accountIDs: [$1.account.id]).isEmpty },
    Trespass("credentials") { try $0.accounts.sealedCredentials($1.account.id) != nil },
    Trespass("how far an inbox was read") { try $0.accounts.inboxReading($1.account.id) != nil },
    Trespass("finishing a job") { try $0.jobs.complete($1.job.id, owner: "runner") },
    Trespass("postponing a job") { try $0.jobs.snooze($1.job.id, owner: "runner", until: noon) },
    Trespass("giving a job up") { try $0.jobs.discard($1.job.id, owner: "runner", reason: "", at: noon) },
    Trespass("failed jobs") {
      _ = try $0.jobs.discard($1.job.id, owner: "runner", reason: "", at: noon)
      return try !$0.jobs.discarded(resources: [$1.account.id.uuid], limit: 9).isEmpty
    },
    Trespass("reviving a job") {
      _ = try $0.jobs.discard($1.job.id, owner: "runner", reason: "", at: noon)
      return try $0.jobs.retry($1.job.id, now: noon) != nil
    },
    Trespass("raising an event's job") {
      _ = try $0.jobs.discard($1.job.id, owner: "runner", reason: "", at: noon)
      return try $0.jobs.reschedule($1.job.kind, .event($1.event.id), now: noon, at: noon) != nil
    },
    Trespass("discarding a failed job") {
      _ = try $0.jobs.discard($1.job.id, owner: "runner", reason: "", at: noon)
      return try $0.jobs.deleteDiscarded($1.job.id)
    },
    Trespass("expediting an event's jobs") { try $0.jobs.expedite(.event($1.event.id), now: noon + 999) },
    Trespass("expediting an account's jobs") {
      try $0.jobs.expedite(resource: $1.account.id.uuid, now: noon + 999)
    },
  ]

  init(_ name: String, _ sees: @escaping @Sendable (any WorkspaceTransaction, TestWorkspace) throws -> Bool) {
    testDescription = name
    self.sees = sees
  }
}

/// A write that is refused because it names a row of another workspace.
struct RefusedWrite: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let error: StoreError
  let write: @Sendable (any WorkspaceTransaction, _ own: TestWorkspace, _ other: TestWorkspace) throws -> Void

  static let all: [RefusedWrite] = [
    RefusedWrite("updating an event", throws: .notFound) { try $0.events.update($2.event) },
    RefusedWrite("updating an account", throws: .notFound) { try $0.accounts.update($2.account) },
    RefusedWrite("updating a channel", throws: .notFound) { try $0.accounts.update($2.channel) },
    RefusedWrite("sealing an account's credentials") {
      try $0.accounts.setSealedCredentials($2.account.id, "x")
    },
    RefusedWrite("how far the other's inbox was read") {
      try $0.accounts.keep(InboxCursor(), of: $2.account.id)
    },
    RefusedWrite("a member of the other workspace", throws: .wrongWorkspace) {
      var member = $2.member
      member.id = id(1)
      member.email = try address("new@example.com")
      try $0.members.insert(member, passwordHash: nil)
    },
    RefusedWrite("a token of the other workspace", throws: .wrongWorkspace) {
      try $0.members.insert($2.token)
    },
    RefusedWrite("a token for the other's member") {
      try $0.members.insert(
        APIToken(
          id: id(1),
          tokenHash: "n",
          memberID: $2.member.id,
          workspaceID: $1.workspace.id,
          createdAt: noon
        )
      )
    },
    RefusedWrite("a person of the other's company") {
      try $0.records.insert(Person(id: id(1), companyID: $2.company.id))
    },
    RefusedWrite("an opportunity of the other's company") {
      try $0.records.insert(Opportunity(id: id(1), name: "n", companyID: $2.company.id))
    },
    RefusedWrite("an opportunity with the other's contact") {
      try $0.records.insert(Opportunity(id: id(1), name: "n", pointOfContactID: $2.person.id))
    },
    RefusedWrite("an account of the other's member") {
      var account = $1.account
      account.id = id(1)
      account.ownerID = $2.member.id
      try $0.accounts.insert(account, sealedCredentials: nil)
    },
    RefusedWrite("a channel of the other's account") {
      var channel = $1.channel
      channel.id = id(1)
      channel.accountID = $2.account.id
      try $0.accounts.insert(channel)
    },
    RefusedWrite("giving a channel to the other's account") {
      var channel = $1.channel
      channel.accountID = $2.account.id
      try $0.accounts.update(channel)
    },
    event("account") { $0.accountID = $1.account.id },
    event("channel") { $0.channelID = $1.channel.id },
    event("member") { $0.crmCreatorID = $1.member.id },
    event("person") { $0.links.personIDs = [$1.person.id] },
    event("company") { $0.links.companyID = $1.company.id },
    event("opportunity") { $0.links.opportunityID = $1.opportunity.id },
    RefusedWrite("a job of the other workspace", throws: .wrongWorkspace) {
      var job = $2.job
      job.id = jobID(1)
      try $0.jobs.insert(job)
    },
    RefusedWrite("a job for the other's account") {
      var job = $1.job
      job.id = jobID(1)
      job.resource = $2.account.id.uuid
      try $0.jobs.insert(job)
    },
    email("account") { $0.accountID = $1.account.id },
    email("member") { $0.senderID = $1.member.id },
    email("event") { $0.eventID = $1.event.id },
    email("company") { $0.links.companyID = $1.company.id },
    email("opportunity") { $0.links.opportunityID = $1.opportunity.id },
  ]

  private static func event(
    _ kind: String,
    _ change: @escaping @Sendable (inout CalendarEvent, TestWorkspace) -> Void
  ) -> RefusedWrite {
    RefusedWrite("an event with the other's \(kind)") {
      var event = $1.event
      change(&event, $2)
      try $0.events.update(event)
    }
  }

  private static func email(
    _ kind: String,
    _ change: @escaping @Sendable (inout EmailMessage, TestWorkspace) -> Void
  ) -> RefusedWrite {
    RefusedWrite("a mail with the other's \(kind)") {
      var email = $1.email
      email.id = id(2)
      change(&email, $2)
      try $0.emails.insert(email, idempotencyKey: nil, fingerprint: nil)
    }
  }

  init(
    _ name: String,
    throws error: StoreError = .brokenReference,
    _ write: @escaping @Sendable (any WorkspaceTransaction, TestWorkspace, TestWorkspace) throws -> Void
  ) {
    testDescription = name
    self.error = error
    self.write = write
  }
}

@Suite(.timeLimit(.minutes(5))) struct IsolationTests {
  @Test(arguments: Engine.allCases, Trespass.reading)
  func `a transaction does not see what another workspace has`(engine: Engine, trespass: Trespass)
    async throws
  {
    let (own, other) = (try TestWorkspace(1), try TestWorkspace(2))
    let database = try await engine.make(with: own, other)
    let lease = JobLease(owner: "runner", expiresAt: noon + 60)
    _ = try await database.system { try $0.claim(other.job.id, now: noon, lease: lease) }
    #expect(try await !database.write(own.workspace.id) { try trespass.sees($0, other) })
    // The same question in the other workspace is answered, or it would prove nothing.
    #expect(try await database.write(other.workspace.id) { try trespass.sees($0, other) })
  }

  @Test(arguments: Engine.allCases, RefusedWrite.all)
  func `a transaction does not touch or point at what another workspace has`(
    engine: Engine,
    refused: RefusedWrite
  ) async throws {
    let (own, other) = (try TestWorkspace(1), try TestWorkspace(2))
    let database = try await engine.make(with: own, other)
    let before = try contents(of: other, in: database)
    await #expect(throws: refused.error) {
      try await database.write(own.workspace.id) { try refused.write($0, own, other) }
    }
    #expect(try contents(of: other, in: database) == before)
  }

  @Test(arguments: Engine.allCases)
  func `deleting another workspace's event changes nothing`(engine: Engine) async throws {
    let (own, other) = (try TestWorkspace(1), try TestWorkspace(2))
    let database = try await engine.make(with: own, other)
    let before = try contents(of: other, in: database)
    try await database.write(own.workspace.id) { try $0.events.delete(other.event.id) }
    #expect(try contents(of: other, in: database) == before)
  }

  @Test(arguments: Engine.allCases)
  func `two workspaces may use the same idempotency key and the same event id`(engine: Engine) async throws {
    let (own, other) = (try TestWorkspace(1), try TestWorkspace(2))
    let database = try await engine.make(with: own, other)
    var event = try own.meeting(1, hours(0, 1))
    event.id = other.event.id
    let copy = event
    try await database.write(own.workspace.id) {
      try $0.events.insert(copy, idempotencyKey: "key-2", fingerprint: "own")
      try $0.events.delete(copy.id)
    }
    #expect(try await database.read(other.workspace.id) { try $0.events.find(other.event.id) } == other.event)
  }

  /// Every table that belongs to a workspace.
  private static let tables: [StaticString] = [
    "workspace_member", "session", "api_token", "feature_flag", "person", "person_email", "company",
    "opportunity", "connected_account", "account_credential", "calendar_channel", "calendar_event",
    "calendar_event_participant", "calendar_event_person", "job", "event_change",
  ]

  private func contents(of fixture: TestWorkspace, in database: any TestedDatabase) throws -> [Set<SQLRow>] {
    try database.transaction { connection in
      try Self.tables.map { table in
        let rows = try connection.rows(
          "SELECT * FROM \(name: table) WHERE workspace_id = \(fixture.workspace.id)"
        )
        #expect(!rows.isEmpty, "nothing of \(table) is looked at")
        return Set(rows)
      }
    }
  }
}
