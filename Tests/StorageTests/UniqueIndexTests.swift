import CalendarCore
import Dispatch
import Foundation
import JobQueue
import Synchronization
import Testing

@testable import Storage

/// Two transactions at once that use the same unique value: one stores it, the other finds it stored.
@Suite(.timeLimit(.minutes(5))) struct UniqueIndexTests {
  @Test(arguments: UniqueValue.allCases, Engine.allCases)
  func `of two transactions that use a unique value at once, one stores it and the other finds it`(
    value: UniqueValue,
    engine: Engine
  ) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    try await database.write(fixture.workspace.id) { try value.prepare(fixture, in: $0) }
    let bothHaveLooked = Rendezvous(parties: engine == .postgreSQL ? 2 : 1)
    @Sendable func attempt(_ number: Int) async throws -> Bool {
      try await database.write(fixture.workspace.id) { transaction in
        let isTaken = try value.isTaken(fixture, in: transaction)
        bothHaveLooked.arrive()
        // A transaction that is run again does not wait again.
        if !isTaken { try value.store(fixture, number, in: transaction) }
        return !isTaken
      }
    }
    async let first = attempt(1)
    async let second = attempt(2)
    let stored = [try await first, try await second]
    #expect(stored.contains(true))
    if !value.isReplaced { #expect(stored.contains(false)) }
    if value.isReplaced {
      #expect(try value.countOfJobs(in: database) == 1)
    } else {
      #expect(try await database.read(fixture.workspace.id) { try value.isTaken(fixture, in: $0) })
    }
  }

  @Test func `a value that the body does not look for is refused after a bounded number of runs`()
    async throws
  {
    let fixture = try TestWorkspace(1)
    let database = try await Engine.postgreSQL.make(with: fixture)
    let runs = Mutex(0)
    let failure = await #expect(throws: PostgreSQLFailure.self) {
      try await database.write(fixture.workspace.id) { transaction in
        runs.withLock { $0 += 1 }
        try transaction.accounts.insert(fixture.channel)
      }
    }
    #expect(failure?.sqlState == "23505")
    #expect(runs.withLock { $0 } == 5)
  }

  @Test(arguments: Engine.allCases)
  func `every unique index is raced here or has a reason not to be`(engine: Engine) async throws {
    let found = try engine.empty().transaction { connection in
      try connection.rows(engine.uniqueIndexes, []).map { row in
        "\(try row.text("table_name"))(\(try row.text("columns")))"
      }
    }
    let raced = UniqueValue.allCases.map(\.index)
    let expected = Set(raced).union(notRaced.keys).subtracting(engine.absentIndexes)
    #expect(expected.symmetricDifference(found) == [])
  }
}

/// A unique index that concurrent transactions can meet in.
enum UniqueValue: String, CaseIterable, CustomTestStringConvertible {
  case eventKey
  case emailKey
  case occurrence
  case account
  case channel
  case accountJob
  case conference

  var testDescription: String { rawValue }

  var index: String {
    switch self {
    case .eventKey: "calendar_event(workspace_id, idempotency_key)"
    case .emailKey: "email(workspace_id, idempotency_key)"
    case .occurrence: "calendar_event(workspace_id, series_id, original_start)"
    case .account: "connected_account(workspace_id, owner_id, provider, address)"
    case .channel: "calendar_channel(workspace_id, account_id, external_id)"
    case .accountJob: "job(workspace_id, kind, subject)"
    case .conference: "kept_conference(workspace_id, request_id)"
    }
  }

  /// Whether the later transaction replaces the row instead of leaving it.
  var isReplaced: Bool { self == .accountJob }

  private static let start = OriginalStart("20270116T080000Z")

  private func series(_ fixture: TestWorkspace) throws -> CalendarEvent {
    var series = try fixture.meeting(50, hours(0, 1))
    series.recurrence = ["RRULE:FREQ=DAILY;COUNT=5"]
    return series
  }

  func prepare(_ fixture: TestWorkspace, in transaction: any WorkspaceTransaction) throws {
    guard self == .occurrence else { return }
    try transaction.events.insert(try series(fixture), idempotencyKey: nil, fingerprint: nil)
  }

  func isTaken(_ fixture: TestWorkspace, in transaction: any WorkspaceReader) throws -> Bool {
    switch self {
    case .eventKey: return try transaction.events.find(idempotencyKey: "at once") != nil
    case .emailKey: return try transaction.emails.find(idempotencyKey: "at once") != nil
    case .occurrence:
      let start = try #require(Self.start)
      return try transaction.events.exception(start, ofSeries: try series(fixture).id) != nil
    case .account:
      let handle = try address("at.once@calendar.example")
      return try transaction.accounts.find(
        ownerID: fixture.member.id,
        provider: fixture.account.provider,
        handle: handle
      ) != nil
    case .channel:
      return try transaction.accounts.channels(accountIDs: [fixture.account.id]).contains {
        $0.externalID == "at once"
      }
    // Storing one replaces the other.
    case .accountJob: return false
    case .conference:
      return try transaction.conferences.list(eventID: fixture.event.id).contains {
        $0.requestID == "at once"
      }
    }
  }

  func countOfJobs(in database: any TestedDatabase) throws -> Int? {
    try database.transaction { connection in
      try connection.rows(
        "SELECT COUNT(*) AS number FROM job WHERE is_unique = 1",
        []
      )
      .first?.count("number")
    }
  }

  func store(_ fixture: TestWorkspace, _ number: Int, in transaction: any WorkspaceTransaction) throws {
    switch self {
    case .eventKey:
      let event = try fixture.meeting(60 + number, hours(0, 1))
      try transaction.events.insert(event, idempotencyKey: "at once", fingerprint: "f")
    case .emailKey:
      var email = fixture.email
      email.id = id(fixture.number * 1000 + 70 + number)
      try transaction.emails.insert(email, idempotencyKey: "at once", fingerprint: "f")
    case .occurrence:
      var event = try fixture.meeting(60 + number, hours(27, 28))
      event.seriesID = try series(fixture).id
      event.originalStart = Self.start
      try transaction.events.insert(event, idempotencyKey: nil, fingerprint: nil)
    case .account:
      var account = fixture.account
      account.id = id(fixture.number * 1000 + 70 + number)
      account.handle = try address("at.once@calendar.example")
      try transaction.accounts.insert(account, sealedCredentials: nil)
    case .channel:
      var channel = fixture.channel
      channel.id = id(fixture.number * 1000 + 70 + number)
      channel.externalID = "at once"
      try transaction.accounts.insert(channel)
    case .accountJob:
      try transaction.jobs.cancelRunning(.reading, .account(fixture.account.id))
      try transaction.jobs.insert(
        Job(
          id: jobID(fixture.number * 1000 + 70 + number),
          workspaceID: fixture.workspace.id,
          kind: .reading,
          subject: .account(fixture.account.id),
          isUnique: true,
          accountID: fixture.account.id,
          scheduledAt: noon
        )
      )
    case .conference:
      let conference = StandaloneConference(
        requestID: "at once",
        eventID: fixture.event.id,
        providerID: .init(rawValue: "SOME_CONFERENCE"),
        accountID: nil,
        createdAt: noon
      )
      try transaction.conferences.save(conference)
    }
  }
}

/// The unique indexes in which no two transactions meet, or which their own tests race, and why.
private let notRaced: [String: String] = {
  let randomID = "Every id is random and made once."
  let child = "The rows of a parent are rewritten behind the update of the parent's row, which is serialized."
  let replaced = "The row is deleted and inserted again, as a job of an account is, which is raced."
  return [
    "api_token(token_hash)": randomID,
    "api_token(workspace_id, id)": randomID,
    "calendar_channel(workspace_id, id)": randomID,
    "calendar_event(workspace_id, id)": randomID,
    "company(workspace_id, id)": randomID,
    "connected_account(workspace_id, id)": randomID,
    "email(workspace_id, id)": randomID,
    "job(id)": randomID,
    "job(workspace_id, lane)": "JobStoreTests races many workers for one lane.",
    "job_turn(workspace_id)": "The row is inserted or replaced by one statement.",
    "job(workspace_id, id)": randomID,
    "opportunity(workspace_id, id)": randomID,
    "person(workspace_id, id)": randomID,
    "session(token_hash)": randomID,
    "session(workspace_id, token_hash)": randomID,
    "workspace(id)": randomID,
    "workspace_member(workspace_id, id)": randomID,
    "calendar_event_participant(workspace_id, event_id, position)": child,
    "calendar_event_person(workspace_id, event_id, position)": child,
    "email_attachment(workspace_id, email_id, position)": child,
    "email_recipient(workspace_id, email_id, position)": child,
    "person_email(workspace_id, person_id, position)": child,
    "account_credential(workspace_id, account_id)": child,
    "account_inbox(workspace_id, account_id)": replaced,
    "event_announcement(workspace_id, event_id)": replaced,
    "event_answers(workspace_id, event_id)": replaced,
    "event_version(workspace_id, event_id, version)": child,
    "event_change(workspace_id, position, event_id)": "A position belongs to one transaction.",
    "feature_flag(workspace_id, flag_key)": "The one statement that writes it says ON CONFLICT DO UPDATE.",
    "rate_limit(scope)": "The statements that write it say ON CONFLICT DO UPDATE.",
    "workspace_member(address)": "The statement says ON CONFLICT DO NOTHING, and the caller is told.",
    "schema_migration(version)": "Migrations run under a lock.",
  ]
}()

extension Engine {
  /// An `INTEGER PRIMARY KEY` is SQLite's row id and has no index.
  fileprivate var absentIndexes: Set<String> { self == .sqlite ? ["schema_migration(version)"] : [] }

  fileprivate var uniqueIndexes: String {
    switch self {
    case .sqlite:
      """
      SELECT table_name, group_concat(column_name, ', ') AS columns FROM (
        SELECT t.name AS table_name, i.name AS index_name, c.name AS column_name
        FROM sqlite_master t JOIN pragma_index_list(t.name) i ON i."unique" = 1
        JOIN pragma_index_info(i.name) c
        WHERE t.type = 'table' ORDER BY t.name, i.name, c.seqno
      ) GROUP BY table_name, index_name
      """
    case .postgreSQL:
      """
      SELECT t.relname::text AS table_name, string_agg(a.attname, ', ' ORDER BY k.place)::text AS columns
      FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
      CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k(number, place)
      JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number
      WHERE i.indisunique AND n.nspname = current_schema()
      GROUP BY t.relname, i.indexrelid
      """
    }
  }
}

/// A point at which each of several threads waits for the others once; later arrivals pass.
private final class Rendezvous: Sendable {
  private let parties: Int
  private let arrived = Mutex(0)
  private let isComplete = DispatchSemaphore(value: 0)

  init(parties: Int) { self.parties = parties }

  func arrive() {
    let count = arrived.withLock { count in
      count += 1
      return count
    }
    if count == parties { for _ in 1..<parties { isComplete.signal() } }
    // A bound, so that a transaction that never comes fails the test instead of hanging it.
    if count < parties { _ = isComplete.wait(timeout: .now() + 10) }
  }
}
