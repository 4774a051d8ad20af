import CalendarCore
import Foundation
import GraphQLEngine
import HummingbirdTesting
@testable import PhosServer
import Storage
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

/// The transactions that a request opens, in order.
final class TransactionCount: Sendable {
  enum Kind: String { case read, write, systemRead, system }

  private let seen = Mutex<[Kind]>([])

  func count(_ kind: Kind) { seen.withLock { $0.append(kind) } }

  /// Those since the last call.
  func take() -> [Kind] {
    seen.withLock { seen in
      defer { seen = [] }
      return seen
    }
  }
}

/// A database that counts its transactions.
struct CountingDatabase: DatabaseEngine {
  private let database: any DatabaseEngine
  private let transactions: TransactionCount

  init(_ database: any DatabaseEngine, _ transactions: TransactionCount) {
    self.database = database
    self.transactions = transactions
  }

  var changeNotifier: any ChangeNotifier { database.changeNotifier }

  func migrate() throws { try database.migrate() }
  func close() throws { try database.close() }

  func read<T: Sendable>(
    _ workspace: Workspace.ID,
    _ body: @escaping @Sendable (any WorkspaceReader) throws -> T
  ) async throws -> T {
    transactions.count(.read)
    return try await database.read(workspace, body)
  }

  func write<T: Sendable>(
    _ workspace: Workspace.ID,
    _ body: @escaping @Sendable (any WorkspaceTransaction) throws -> T
  ) async throws -> T {
    transactions.count(.write)
    return try await database.write(workspace, body)
  }

  func systemRead<T: Sendable>(
    _ body: @escaping @Sendable (any SystemReader) throws -> T
  ) async throws -> T {
    transactions.count(.systemRead)
    return try await database.systemRead(body)
  }

  func system<T: Sendable>(
    _ body: @escaping @Sendable (any SystemTransaction) throws -> T
  ) async throws -> T {
    transactions.count(.system)
    return try await database.system(body)
  }
}

/// A change costs a fixed number of transactions, from its request to its answer.
@Suite(.timeLimit(.minutes(5))) struct TransactionCountTests {
  @Test(arguments: [[], ["RRULE:FREQ=WEEKLY;COUNT=3"]])
  func `creating a meeting takes three transactions`(recurrence: [String]) async throws {
    let transactions = TransactionCount()
    try await TestServer.open(counting: transactions) { server, client async throws in
      _ = transactions.take()
      let event = try await client.createEvent(
        [
          "attendees": [["email": "guest@example.org"]],
          "recurrence": .list(recurrence.map { .string($0) }),
        ],
        fields: "id pushStatus participants { person { id } workspaceMember { id } }",
        as: server.ada
      )
      #expect(event["pushStatus"] == "SYNCED")
      // Who asks; the event with its job, the job's claim and what the job needs; the result with the job's end and the
      // answer.
      #expect(transactions.take() == [.systemRead, .write, .write])
    }
  }

  @Test func `the file of an answer is read only where it is asked for`() async throws {
    let transactions = TransactionCount()
    try await TestServer.open(counting: transactions) { server, client async throws in
      func cost(_ fields: String) async throws -> Int {
        _ = transactions.take()
        let answer = try await client.field(
          "createCalendarEvent",
          """
          mutation($input: CreateCalendarEventInput!) { createCalendarEvent(input: $input) { \(fields) } }
          """,
          ["input": .meeting(in: server.ada)],
          as: server.ada
        )
        #expect(answer["icsFileName"]?.stringValue?.hasSuffix(".ics") == true)
        return transactions.take().count
      }
      let (without, with) = (try await cost("icsFileName"), try await cost("icsFileName icsFileContent"))
      #expect(with == without + 1)
    }
  }
}
