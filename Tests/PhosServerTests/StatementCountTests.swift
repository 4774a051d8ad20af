import Foundation
import GraphQLEngine
import HummingbirdTesting
@testable import PhosServer
import Synchronization
import Testing

/// Lists cost a fixed number of SQL statements, however long they are and whatever they point to.
@Suite struct StatementCountTests {
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
  private static func fill(_ range: Range<Int>, _ house: House, _ client: any TestClientProtocol) async throws
  {
    func make(_ kind: String, _ input: GraphQLValue) async throws -> GraphQLValue {
      let mutation = "mutation($input: \(kind)Input!) { create\(kind)(input: $input) { id } }"
      return try await client.field("create\(kind)", mutation, ["input": input], as: house.ada)["id"] ?? .null
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
        as: house.ada
      )
    }
  }

  @Test(arguments: queries)
  func `a list of twelve costs what a list of two costs`(query: String) async throws {
    let statements = Statements()
    try await House.open(onStatement: { statements.hear($0) }) { house, client async throws in
      func cost() async throws -> [String] {
        _ = statements.take()
        let answer = try await client.graphQL(query, as: house.ada)
        #expect(answer["errors"] == nil)
        return statements.take()
      }
      try await Self.fill(0..<2, house, client)
      let few = try await cost()
      try await Self.fill(2..<12, house, client)
      let many = try await cost()
      #expect(few.count > 1)
      #expect(many.count == few.count, "\(few.joined(separator: "\n"))\n\n\(many.joined(separator: "\n"))")
    }
  }
}
