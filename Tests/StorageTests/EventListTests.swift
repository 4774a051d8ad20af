import CalendarCore
import Foundation
import ICalendar
import TestSupport
import Testing

@testable import Storage

@Suite(.timeLimit(.minutes(5))) struct EventListTests {
  private func list(
    _ database: any TestedDatabase,
    _ fixture: TestWorkspace,
    _ from: Double,
    _ to: Double,
    account: ConnectedAccount.ID? = nil,
    after: EventCursor? = nil,
    limit: Int = 1000
  ) async throws -> [CalendarEvent] {
    try await database.read(fixture.workspace.id) {
      try $0.events.list(
        from: noon + from * 3600,
        to: noon + to * 3600,
        accountID: account,
        after: after,
        limit: limit
      )
    }
  }

  private func insert(_ events: [CalendarEvent], in database: any TestedDatabase, _ fixture: TestWorkspace)
    async throws
  {
    try await database.write(fixture.workspace.id) { transaction in
      for event in events { try transaction.events.insert(event, idempotencyKey: nil, fingerprint: nil) }
    }
  }

  @Test(arguments: Engine.allCases)
  func `the end of a range and of an event are exclusive, and a moment counts at its start`(
    engine: Engine
  ) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    let spans: [(Double, Double)] = [
      (-2, -1), (-2, 0), (-2, 0.5), (0, 0), (0, 1), (1, 2), (2, 2), (2, 3), (-9, 9),
    ]
    let events = try spans.enumerated().map { try fixture.meeting($0, hours($1.0, $1.1)) }
    try await insert(events, in: database, fixture)
    let found = try await list(database, fixture, 0, 2).map(\.title)
    #expect(found == ["Meeting 8", "Meeting 2", "Meeting 3", "Meeting 4", "Meeting 5"])
  }

  @Test(arguments: Engine.allCases)
  func `all-day events count by their dates in UTC`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    let event = try fixture.meeting(1, try timing("2030-05-01", "2030-05-02"))
    try await insert([event], in: database, fixture)
    func found(_ from: String, _ to: String) async throws -> Int {
      let start = try #require(ZonedDateTime(from)).instant
      let end = try #require(ZonedDateTime(to)).instant
      return try await database.read(fixture.workspace.id) {
        try $0.events.list(from: start, to: end, accountID: nil, after: nil, limit: 9).count
      }
    }
    #expect(try await found("2030-05-01T23:59:59+00:00[UTC]", "2030-05-03T00:00:00+00:00[UTC]") == 1)
    #expect(try await found("2030-05-02T00:00:00+00:00[UTC]", "2030-05-03T00:00:00+00:00[UTC]") == 0)
    #expect(try await found("2030-04-30T00:00:00+00:00[UTC]", "2030-05-01T00:00:00+00:00[UTC]") == 0)
  }

  @Test(arguments: Engine.allCases)
  func `lists are what filtering every event gives, page by page, for many random events`(
    engine: Engine
  ) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    var random = SeededRandom(seed: 7)
    let events = try (0..<300).map { number in
      let start = Double(Int.random(in: -2000...2000, using: &random))
      let length =
        [0, 0, 1, 2, 6, 7, 24, 25, 31 * 24, 31 * 24 + 1, 90 * 24].randomElement(using: &random) ?? 1
      var event = try fixture.meeting(number, hours(start, start + Double(length)))
      if number.isMultiple(of: 3) { (event.accountID, event.channelID) = (nil, nil) }
      return event
    }
    try await database.write(fixture.workspace.id) { try $0.events.delete(fixture.event.id) }
    try await insert(events, in: database, fixture)
    for _ in 0..<40 {
      let from = Double(Int.random(in: -2100...2100, using: &random))
      let to = from + Double([0, 1, 24, 24 * 7, 24 * 42, 5000].randomElement(using: &random) ?? 1)
      let account = Bool.random(using: &random) ? fixture.account.id : nil
      let expected = events.filter { event in
        let start = event.timing.startInstant(in: .utc)
        let end = event.timing.endInstant(in: .utc)
        let (first, last) = (noon + from * 3600, noon + to * 3600)
        return start < last && (end > first || start >= first)
          && (account == nil || event.accountID == account)
      }.map { (start: $0.timing.startInstant(in: .utc), id: $0.id.description) }
        .sorted { $0 < $1 }.map(\.id)
      var found: [String] = []
      var after: EventCursor?
      repeat {
        let page = try await list(database, fixture, from, to, account: account, after: after, limit: 7)
        found += page.map(\.id.description)
        after = page.last.map { EventCursor(startsAt: $0.timing.startInstant(in: .utc), eventID: $0.id) }
      } while after != nil
      #expect(found == expected)
    }
  }

  @Test(arguments: Engine.allCases)
  func `a list of events costs three statements however long it is`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    let database = try await engine.make(with: fixture)
    let events = try (0..<200).map { number in
      var event = try fixture.meeting(number, hours(0, 1), guests: ["a@example.com", "aegir@example.org"])
      event.links.personIDs = [fixture.person.id]
      return event
    }
    try await insert(events, in: database, fixture)
    for limit in [1, 200] {
      let (listed, cost) = try database.transaction { connection in
        let counting = CountingConnection(connection)
        let store = WorkspaceStore(connection: counting, workspaceID: fixture.workspace.id)
        let listed = try store.events.list(
          from: noon,
          to: noon + 1,
          accountID: nil,
          after: nil,
          limit: limit
        )
        return (listed, counting.count)
      }
      #expect(listed.count == limit && cost == 3)
      #expect(listed.allSatisfy { $0.participants.count == 2 && $0.links.personIDs.count == 1 })
      let timelineCost = try database.transaction { connection in
        let counting = CountingConnection(connection)
        let store = WorkspaceStore(connection: counting, workspaceID: fixture.workspace.id)
        let events = try store.events.timeline(of: .person(fixture.person.id), offset: 0, limit: limit)
        #expect(events.count == limit)
        return counting.count
      }
      #expect(timelineCost == 3)
    }
  }

  @Test func `lists read an index from the range's start, timelines read indexes only`() async throws {
    let fixture = try TestWorkspace(1)
    let database = try await Engine.sqlite.make(with: fixture)
    func plan(_ query: SQLQuery) throws -> [String] {
      try database.transaction { connection in
        try connection.rows("EXPLAIN QUERY PLAN \(query)").map { try $0.text("detail") }
      }
    }
    let all = try plan(
      EventTable.overlapping(
        fixture.workspace.id,
        from: noon,
        to: noon + 86400,
        accountID: nil,
        after: nil,
        limit: 50
      )
    )
    let bounded =
      "USING INDEX calendar_event_by_start (workspace_id=? AND listing_bucket=? AND starts_at>? AND starts_at<?)"
    #expect(all.filter { $0.hasSuffix(bounded) }.count == ListingBucket.byLength.count)
    let own = try plan(
      EventTable.overlapping(
        fixture.workspace.id,
        from: noon,
        to: noon + 86400,
        accountID: fixture.account.id,
        after: nil,
        limit: 50
      )
    )
    #expect(
      own.contains { $0.contains("calendar_event_by_account") && $0.contains("starts_at>? AND starts_at<?") }
    )
    let records: [RecordReference] = [
      .person(fixture.person.id), .company(fixture.company.id), .opportunity(fixture.opportunity.id),
    ]
    var plans = all + own
    for record in records {
      plans += try plan(EventTable.timeline(fixture.workspace.id, of: record, offset: 0, limit: 20))
    }
    for step in plans where step.hasPrefix("SCAN") || step.hasPrefix("SEARCH") {
      let temporary = ["listed", "involved", "found", "CONSTANT ROW"].contains { step.contains($0) }
      #expect(temporary || step.contains("USING INDEX") || step.contains("USING COVERING INDEX"), "\(step)")
    }
  }

  @Test(arguments: Engine.allCases)
  func `the newest events of a calendar are read from an index in their order`(engine: Engine) async throws {
    let fixture = try TestWorkspace(1)
    // A database that another test has used may have statistics of other rows.
    let database = try engine.empty(at: Migration.all.count)
    try await fixture.store(in: database)
    let plan = try database.transaction { connection in
      let dialect = connection.dialect
      // Of a table that is nearly empty PostgreSQL would read every row.
      if dialect == .postgreSQL { _ = try connection.execute("SET LOCAL enable_seqscan = off") }
      let explain: SQLQuery = dialect == .postgreSQL ? "EXPLAIN" : "EXPLAIN QUERY PLAN"
      let query = ChangeNotes.newest(fixture.workspace.id, of: fixture.channel.id, dialect)
      return try connection.rows("\(explain) \(query)").map {
        try $0.text(dialect == .postgreSQL ? "QUERY PLAN" : "detail")
      }.joined(separator: "\n")
    }
    #expect(plan.contains("calendar_event_by_channel"))
    #expect(!plan.contains("Sort") && !plan.contains("TEMP B-TREE"), "\(plan)")
  }
}
