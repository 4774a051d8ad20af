import Synchronization
import Testing

@testable import GraphQLEngine

/// The cost of a document is known before it is executed.
@Suite(.timeLimit(.minutes(5))) struct CostTests {
  private static let sdl = """
    directive @listSize(
      assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean
    ) on FIELD_DEFINITION
    type Item { id: ID! tags: [String!]! @listSize(assumedSize: 3) parts: [Item!]! grid: [[Int!]!]! }
    type Edge { node: Item! cursor: String }
    type Page { edges: [Edge!]! total: Int }
    type Query {
      items(first: Int = 50, after: ID): Page! @listSize(slicingArguments: ["first"], sizedFields: ["edges"])
      top(count: Int): [Item!]! @listSize(assumedSize: 20, slicingArguments: ["count"])
      item: Item
    }
    """

  /// The smallest limit that lets a document through.
  private func cost(_ query: String, _ variables: OrderedFields = [:]) async throws -> Int {
    let schema = try Schema(sdl: Self.sdl)
    var low = 0
    var high = 1 << 20
    while low < high {
      let middle = (low + high) / 2
      let executor = try GraphQLExecutor(
        schema: schema,
        resolvers: .empty(for: schema),
        limits: DocumentLimits(maxCost: middle)
      )
      let answer = await executor.execute(GraphQLRequest(query: query, variables: variables), context: ())
      if answer.errors.first?.code == GraphQLErrorCode.limitExceeded {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }

  @Test(arguments: [
    ("{ item { id } }", 2), ("{ item { id again: id } }", 3),
    // A list, its elements, and their fields.
    ("{ item { tags } }", 1 + 1 + 3), ("{ item { parts { id } } }", 1 + 1 + 10 + 10 * 1),
    ("{ item { parts { parts { id } } } }", 1 + 1 + 10 + 10 * (1 + 10 + 10)),
    ("{ top { id } }", 1 + 20 + 20 * 1), ("{ top(count: 7) { id tags } }", 1 + 7 + 7 * (1 + 1 + 3)),
    // The argument of a connection sizes its edges.
    ("{ items { edges { node { id } } } }", 1 + 1 + 50 + 50 * 2),
    ("{ items(first: 5) { total edges { cursor node { id } } } }", 1 + 1 + 1 + 5 + 5 * 3),
    ("{ item { grid } }", 1 + 1 + 10 * 10), ("{ __schema { types { fields { type { name } } } } }", 1),
  ])
  func `lists count as often as they may have elements`(_ query: String, _ expected: Int) async throws {
    #expect(try await cost(query) == expected)
  }

  @Test func `a variable counts by its value`() async throws {
    let query = "query ($n: Int) { top(count: $n) { id } }"
    #expect(try await cost(query, ["n": 100]) == 1 + 100 + 100)
    #expect(try await cost(query) == 1 + 20 + 20)
  }

  @Test func `nothing is executed for what costs too much`() async throws {
    let crowd = try Crowd(limits: DocumentLimits(maxCost: 1_000))
    let answer = await crowd.ask("{ companies { edges { node { people { company { people { id } } } } } } }")
    #expect(answer.errors.map(\.code) == [GraphQLErrorCode.limitExceeded])
    #expect(!answer.hasData)
    #expect(crowd.counts.calls.load(ordering: .relaxed) == 0)
  }

  @Test func `a cost beyond all numbers is too much, not a crash`() async throws {
    var query = "id"
    for _ in 0..<60 { query = "parts { \(query) }" }
    let schema = try Schema(sdl: Self.sdl)
    let executor = try GraphQLExecutor(
      schema: schema,
      resolvers: .empty(for: schema),
      limits: DocumentLimits(maxDepth: 100)
    )
    let answer = await executor.execute(GraphQLRequest(query: "{ item { \(query) } }"), context: ())
    #expect(answer.errors.first?.code == GraphQLErrorCode.limitExceeded)
  }
}
