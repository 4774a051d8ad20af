import Synchronization
import Testing

@testable import GraphQLEngine

/// The limits on one response, whatever its document looks like.
@Suite(.timeLimit(.minutes(1))) struct BudgetTests {
  @Test(arguments: [50_000, 1_000])
  func `companies of people of companies of people end after a bounded number of calls`(
    _ maxValues: Int
  ) async throws {
    let crowd = try Crowd(limits: DocumentLimits(maxCost: .max, maxValues: maxValues))
    let query =
      "{ companies { edges { node { people { company { people { company { people { company { people "
      + "{ company { people { company { id } } } } } } } } } } } } } }"
    let response = await crowd.ask(query)
    #expect(response.errors.map(\.code) == [GraphQLErrorCode.limitExceeded])
    let lists = crowd.counts.lists.load(ordering: .relaxed)
    let calls = crowd.counts.calls.load(ordering: .relaxed)
    // Each list costs its hundred elements; resolvers that have begun when the budget ends may still call.
    #expect(lists > 1 && lists <= maxValues / 100 + ExecutionBudget.maxTasks + 1)
    #expect(calls <= maxValues)
  }

  @Test func `the error says what was too much, without data and without a second error`() async throws {
    let crowd = try Crowd(limits: DocumentLimits(maxValues: 1_000))
    let answer = await crowd.ask("{ companies { edges { node { people { id company { id } } } } } }")
    #expect(
      answer.value.jsonText
        == #"{"errors":[{"message":"The answer would have more than 1000 values. Ask for fewer at once.","#
        + #""extensions":{"code":"DOCUMENT_LIMIT_EXCEEDED"}}],"data":null}"#
    )
    #expect(crowd.counts.reports.load(ordering: .relaxed) == 0)
  }

  @Test func `values are counted exactly: fields of objects and elements of lists`() async throws {
    // companies, edges, 100 edges with a node, 100 nodes with an id and a name.
    let query = "{ companies { edges { node { id name } } } }"
    let exact = try Crowd(limits: DocumentLimits(maxValues: 1 + 1 + 100 + 100 + 200))
    #expect(await exact.ask(query).errors == [])
    let short = try Crowd(limits: DocumentLimits(maxValues: 1 + 1 + 100 + 100 + 199))
    #expect(await short.ask(query).errors.map(\.code) == [GraphQLErrorCode.limitExceeded])
  }

  @Test func `a calendar's five hundred events with their participants pass, in their order`() async throws {
    let response = try await Crowd().ask(Crowd.eventsQuery)
    #expect(response.errors == [])
    let edges = response.data?["events"]?["edges"]?.listValue ?? []
    #expect(edges.map { $0["node"]?["id"] } == (0..<500).map { .string("\($0)") })
    #expect(edges.allSatisfy { $0["node"]?["participants"]?.listValue?.count == 3 })
  }

  @Test func `work that still runs when the budget ends is cancelled`() async throws {
    let crowd = try Crowd(limits: DocumentLimits(maxValues: 1_000))
    // `endless` ends when it is cancelled and not before.
    let answer = await crowd.ask("{ endless companies { edges { node { people { id name } } } } }")
    #expect(answer.errors.map(\.code) == [GraphQLErrorCode.limitExceeded])
    #expect(crowd.counts.reports.load(ordering: .relaxed) == 0)
  }

  @Test func `a mutation begins nothing after the budget ended`() async throws {
    let crowd = try Crowd(limits: DocumentLimits(maxValues: 50))
    let answer = await crowd.ask("mutation { a: hire { id } b: hire { people { id } } c: hire { id } }")
    #expect(answer.data == .null)
    #expect(crowd.counts.hired.load(ordering: .relaxed) == 2)
  }

  @Test func `five hundred elements do not run at once`() async throws {
    let crowd = try Crowd()
    #expect(await crowd.ask("{ events { edges { node { slow } } } }").errors == [])
    let most = crowd.counts.most.load(ordering: .relaxed)
    #expect(most > 1 && most <= ExecutionBudget.maxTasks + 1)
  }
}
