import CalendarCore
import Foundation
import GraphQLEngine
import HummingbirdTesting
@testable import PhosServer
@testable import Storage
import Synchronization
import Testing

/// Lists cost a fixed number of SQL statements, however long they are and whatever they point to.
@Suite(.timeLimit(.minutes(5))) struct StatementCountTests {
  private final class Statements: Sendable {
    private let seen = Mutex<[String]>([])
    func hear(_ statement: String) { seen.withLock { $0.append(statement) } }
    /// The reading ones since the last call, without who asks and what a new connection looks at.
    func take() -> [String] {
      seen.withLock { seen in
        defer { seen = [] }
        return seen.filter {
          $0.hasPrefix("SELECT") && !$0.contains("api_token") && !$0.contains("sqlite_master")
        }
      }
    }
  }

  private static let person = "id firstName emails company { id name people { id } }"

  static let queries = [
    """
    { calendarEvents(from: "2027-03-01T00:00:00Z", to: "2027-04-01T00:00:00Z", first: 20) { edges { cursor node {
      id title icsFileUrl participants { handle person { \(person) } workspaceMember { id workspaceName } }
      linkedPeople { \(person) } linkedCompany { id people { id jobTitle } } linkedOpportunity { name company { name } }
    } } } }
    """,
    "{ people(first: 20) { edges { node { \(person) } } } }",
    "{ companies(first: 20) { edges { node { id people { id company { name } } } } } }",
    "{ opportunities(first: 20) { edges { node { name company { people { id } } pointOfContact { \(person) } } } } }",
  ]

  /// So many meetings, each with its own company, guest and opportunity.
  private static func fill(_ range: Range<Int>, _ server: TestServer, _ client: any TestClientProtocol)
    async throws
  {
    func make(_ kind: String, _ input: GraphQLValue) async throws -> GraphQLValue {
      let mutation = "mutation($input: \(kind)Input!) { create\(kind)(input: $input) { id } }"
      return try await client.field("create\(kind)", mutation, ["input": input], as: server.ada)["id"]
        ?? .null
    }
    for number in range {
      let address = "guest\(number)@example.org"
      let company = try await make("Company", ["name": .string("Company \(number)")])
      let person = try await make(
        "Person",
        ["firstName": "Guest", "emails": [.string(address)], "companyId": company]
      )
      let opportunity = try await make(
        "Opportunity",
        ["name": .string("Deal \(number)"), "companyId": company, "pointOfContactId": person]
      )
      _ = try await client.createEvent(
        [
          "attendees": [["email": .string(address)]], "linkedPersonIds": [person],
          "linkedCompanyId": company, "linkedOpportunityId": opportunity,
        ],
        as: server.ada
      )
    }
  }

  @Test(arguments: queries)
  func `a list of twelve costs what a list of two costs`(query: String) async throws {
    let statements = Statements()
    try await TestServer.open(onStatement: { statements.hear($0) }) { server, client async throws in
      func cost() async throws -> [String] {
        _ = statements.take()
        let answer = try await client.graphQL(query, as: server.ada)
        #expect(answer["errors"] == nil)
        return statements.take()
      }
      try await Self.fill(0..<2, server, client)
      let few = try await cost()
      try await Self.fill(2..<12, server, client)
      let many = try await cost()
      #expect(few.count > 1)
      #expect(many.count == few.count, "\(few.joined(separator: "\n"))\n\n\(many.joined(separator: "\n"))")
    }
  }
}

/// The work that a database does for a request.
final class DatabaseWork: Sendable {
  enum Transaction: String { case read, write, systemRead, system }

  /// The cost of a request.
  struct Cost: Sendable {
    /// In order.
    var transactions: [Transaction] = []
    /// In order, without those that begin and end transactions.
    var statements: [String] = []
    /// Rows that are turned from or into values: what queries return, and what is inserted or updated.
    var rowsRead = 0
    var rowsWritten = 0
    /// JSON documents in columns of these rows.
    var documentsRead = 0
    var documentsWritten = 0
  }

  private let cost = Mutex(Cost())

  func count(_ change: (inout Cost) -> Void) { cost.withLock { change(&$0) } }

  /// The cost since the last call.
  func take() -> Cost {
    cost.withLock { cost in
      defer { cost = Cost() }
      return cost
    }
  }
}

/// A database that counts its work.
struct CountingDatabase: DatabaseEngine {
  private let database: any SQLEngine
  private let work: DatabaseWork

  init(_ database: any SQLEngine, _ work: DatabaseWork) {
    self.database = database
    self.work = work
  }

  var changeNotifier: any ChangeNotifier { database.changeNotifier }

  func migrate() throws { try database.migrate() }
  func close() throws { try database.close() }

  private func run<T>(
    _ transaction: DatabaseWork.Transaction,
    _ body: (any SQLConnection) throws -> T
  ) throws -> T {
    work.count { $0.transactions.append(transaction) }
    return try database.transaction { try body(CountingConnection(base: $0, work: work)) }
  }

  func read<T: Sendable>(
    _ workspace: Workspace.ID,
    _ body: @escaping @Sendable (any WorkspaceReader) throws -> T
  ) async throws -> T {
    try run(.read) { try body(WorkspaceStore(connection: $0, workspaceID: workspace)) }
  }

  func write<T: Sendable>(
    _ workspace: Workspace.ID,
    _ body: @escaping @Sendable (any WorkspaceTransaction) throws -> T
  ) async throws -> T {
    try run(.write) { try body(WorkspaceStore(connection: $0, workspaceID: workspace)) }
  }

  func systemRead<T: Sendable>(
    _ body: @escaping @Sendable (any SystemReader) throws -> T
  ) async throws -> T {
    try run(.systemRead) { try body(SystemStore(connection: $0)) }
  }

  func system<T: Sendable>(
    _ body: @escaping @Sendable (any SystemTransaction) throws -> T
  ) async throws -> T {
    try run(.system) { try body(SystemStore(connection: $0)) }
  }
}

/// A transaction whose statements, rows and documents are counted.
private struct CountingConnection: SQLConnection {
  let base: any SQLConnection
  let work: DatabaseWork
  var dialect: SQLDialect { base.dialect }

  func rows(_ sql: String, _ arguments: [SQLValue]) throws -> [SQLRow] {
    let rows = try base.rows(sql, arguments)
    work.count { cost in
      cost.statements.append(sql)
      cost.rowsRead += rows.count
      for row in rows { cost.documentsRead += Self.documents(in: row.names.map { row[$0] }) }
    }
    return rows
  }

  func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
    let changed = try base.execute(sql, arguments)
    work.count { cost in
      cost.statements.append(sql)
      if !sql.hasPrefix("DELETE") { cost.rowsWritten += changed }
      cost.documentsWritten += Self.documents(in: arguments)
    }
    return changed
  }

  private static func documents(in values: [SQLValue]) -> Int {
    values.count { value in
      guard case .text(let text) = value else { return false }
      return text.hasPrefix("{") || text.hasPrefix("[")
    }
  }
}

/// A change costs a fixed number of transactions, statements and conversions, from its request to its answer.
@Suite(.timeLimit(.minutes(5))) struct CreateCostTests {
  @Test func `creating a meeting takes three transactions and 35 statements`() async throws {
    let cost = try await cost(ofCreating: [:])
    // Who asks; the event with its job and the job's claim; the result with the job's end and the answer.
    #expect(cost.transactions == [.systemRead, .write, .write])
    // 1 for who asks. 4 for what the input refers to: flags, member, account, calendar; 4 for the event with guests,
    // version and change; 1 for its job; 6 for the claim: job, lane, two rate limits, expired claims, lease. 1 ends the
    // job; 3 read the event, which may have been changed since; 6 store it; 3 read it as it is told of and shown; 1
    // looks for conferences of its own; 5 read what is shown beside it: flags, account, calendar, people, members.
    #expect(cost.statements.count == 35, "\(cost.statements.joined(separator: "\n"))")
    // The eight flags twice; the event and its two participants twice; account, calendar and member twice; who asks, and
    // the job three times.
    #expect(cost.rowsRead == 32)
    // The event, its two participants and its change twice; its version and its job.
    #expect(cost.rowsWritten == 10)
    // Three of the event: its recurrence twice, and what was agreed with the provider; two of the account and one of the
    // calendar, twice. The request and its answer are a document each besides.
    #expect(cost.documentsRead == 9)
    // The recurrence and the version twice, and what was agreed.
    #expect(cost.documentsWritten == 5)
  }

  @Test func `creating a series takes five statements more`() async throws {
    let cost = try await cost(ofCreating: ["recurrence": ["RRULE:FREQ=WEEKLY;COUNT=3"]])
    #expect(cost.transactions == [.systemRead, .write, .write])
    // Its exceptions twice: those that wait for it, and those that guests are told of; what was announced, and the
    // announcement, which replaces it.
    #expect(cost.statements.count == 40, "\(cost.statements.joined(separator: "\n"))")
    #expect(cost.rowsRead == 32)
    #expect(cost.rowsWritten == 11)
    #expect(cost.documentsRead == 9)
    #expect(cost.documentsWritten == 6)
  }

  @Test func `more guests are more rows, and hardly more statements`() async throws {
    let guests = (1...15).map { GraphQLValue.object(["email": .string("guest\($0)@example.org")]) }
    let cost = try await cost(ofCreating: ["attendees": .list(guests)])
    // With the organizer, 16 rows are inserted by one statement.
    #expect(cost.statements.count == 35, "\(cost.statements.joined(separator: "\n"))")
    #expect(cost.rowsWritten == 38)
  }

  /// The cost of a meeting with one guest, unless `more` says otherwise.
  private func cost(ofCreating more: OrderedFields) async throws -> DatabaseWork.Cost {
    let work = DatabaseWork()
    let cost = Mutex(DatabaseWork.Cost())
    try await TestServer.open(counting: work) { server, client async throws in
      var input: OrderedFields = ["attendees": [["email": "guest@example.org"]]]
      for (name, value) in more { input[name] = value }
      _ = work.take()
      let event = try await client.createEvent(
        input,
        fields: "id pushStatus participants { person { id } workspaceMember { id } }",
        as: server.ada
      )
      #expect(event["pushStatus"] == "SYNCED")
      cost.withLock { $0 = work.take() }
    }
    return cost.withLock(\.self)
  }

  @Test func `the file of an answer is read only where it is asked for`() async throws {
    let work = DatabaseWork()
    try await TestServer.open(counting: work) { server, client async throws in
      func cost(_ fields: String) async throws -> Int {
        _ = work.take()
        let answer = try await client.field(
          "createCalendarEvent",
          """
          mutation($input: CreateCalendarEventInput!) { createCalendarEvent(input: $input) { \(fields) } }
          """,
          ["input": .meeting(in: server.ada)],
          as: server.ada
        )
        #expect(answer["icsFileName"]?.stringValue?.hasSuffix(".ics") == true)
        return work.take().transactions.count
      }
      let (without, with) = (try await cost("icsFileName"), try await cost("icsFileName icsFileContent"))
      #expect(with == without + 1)
    }
  }
}
