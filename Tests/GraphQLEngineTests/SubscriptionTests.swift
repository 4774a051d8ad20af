import Synchronization
import Testing

@testable import GraphQLEngine

/// GraphQL §6.2.3: a stream of events becomes a stream of answers.
@Suite(.timeLimit(.minutes(1))) struct SubscriptionTests {
  private func events(_ fixture: TestSchema, _ query: String) async throws -> [(answer: String, id: String?)]
  {
    var events: [(String, String?)] = []
    let stream = try await fixture.executor.subscribe(GraphQLRequest(query: query), context: fixture.log)
    for await event in stream {
      events.append((event.response?.value.jsonText ?? "only a position", event.id))
    }
    return events
  }

  @Test func `every event is an answer, with the place to go on from`() async throws {
    let events = try await events(TestSchema(), "subscription { now: ticked(to: 2) }")
    #expect(events.map(\.answer) == [#"{"data":{"now":1}}"#, #"{"data":{"now":2}}"#])
    #expect(events.map(\.id) == ["after 1", "after 2"])
  }

  @Test func `a stream may say where it is without a value`() async throws {
    let events = try await events(TestSchema(), "subscription { silent }")
    #expect(events.map(\.answer) == ["only a position"])
    #expect(events.map(\.id) == ["here"])
  }

  @Test func `an error in the place of a value is told, and the stream goes on`() async throws {
    let events = try await events(TestSchema(), "subscription { flaky }")
    #expect(events.map(\.id) == [nil, "after 2", nil])
    #expect(
      events.first?.answer == #"{"data":{"flaky":1}}"# && events.last?.answer == #"{"data":{"flaky":3}}"#
    )
    #expect(events[1].answer.contains(#""path":["flaky"],"extensions":{"code":"FORBIDDEN""#))
  }

  @Test func `each event is answered in a context of its own`() async throws {
    var table = ResolverTable<Int>()
    let contexts = Atomic(0)
    table.query { $0.field("number") { _, request in request.context } }
    table.type("Round", of: Round.self) { $0.field("context") { _, request in request.context } }
    table.subscription { type in
      type.stream("round") { _ in
        AsyncThrowingStream<SourceEvent<Round>, any Error> { continuation in
          for _ in 1...3 { continuation.yield(SourceEvent(Round())) }
          continuation.finish()
        }
      }
    }
    let sdl = "type Query { number: Int } type Round { context: Int } type Subscription { round: Round }"
    let executor = try GraphQLExecutor(schema: Schema(sdl: sdl), resolvers: table)
    let request = GraphQLRequest(query: "subscription { round { context } }")
    let stream = try await executor.subscribe(request, context: 100) { context in
      context + contexts.add(1, ordering: .relaxed).newValue
    }
    var seen: [Int?] = []
    for await event in stream { seen.append(event.response?.data?["round"]?["context"]?.intValue) }
    #expect(seen == [101, 102, 103])
  }

  private struct Round: GraphQLObject {}

  @Test func `an event's object is resolved like any other, and its errors stay with its answer`()
    async throws
  {
    let events = try await events(
      TestSchema(),
      "subscription { befriended(id: 1) { name strictBoss { id } } }"
    )
    #expect(events.count == 2)
    let answer = try #require(events.first?.answer)
    #expect(answer.contains(#""path":["befriended","strictBoss"]"#))
    #expect(answer.hasSuffix(#""data":null}"#))
    let named = try await self.events(TestSchema(), "subscription { befriended(id: 1) { id } }").map(\.answer)
    #expect(named == [#"{"data":{"befriended":{"id":"2"}}}"#, #"{"data":{"befriended":{"id":"3"}}}"#])
  }

  @Test func `null for an event that cannot be null takes that answer only`() async throws {
    let answers = try await events(TestSchema(), "subscription { befriended(id: 3) { id } }").map(\.answer)
    #expect(answers.first == #"{"data":{"befriended":{"id":"2"}}}"#)
    #expect(
      answers.last?.contains("Cannot return null for non-nullable field Subscription.befriended.") == true
    )
    #expect(answers.last?.hasSuffix(#""data":null}"#) == true)
  }

  @Test func `the next event is asked for only when the last was taken`() async throws {
    let fixture = try TestSchema()
    let stream = try await fixture.executor.subscribe(
      GraphQLRequest(query: "subscription { ticked(to: 9) }"),
      context: fixture.log
    )
    var iterator = stream.makeAsyncIterator()
    _ = await iterator.next()
    _ = await iterator.next()
    #expect(await fixture.log.steps == ["tick 1", "tick 2"])
  }

  @Test func `an error of the source is the last answer, and its secret stays one`() async throws {
    let answers = try await events(TestSchema(), "subscription { ticked(failAt: 2) }").map(\.answer)
    #expect(answers.count == 2)
    #expect(answers.last?.contains("INTERNAL_SERVER_ERROR") == true)
    #expect(answers.last?.contains("Secret") == false)
  }

  @Test(arguments: [
    ("subscription { refused }", "FORBIDDEN"),
    ("subscription { ticked refused }", "GRAPHQL_VALIDATION_FAILED"),
    ("subscription { nope }", "GRAPHQL_VALIDATION_FAILED"), ("subscription {", "GRAPHQL_PARSE_FAILED"),
    ("subscription ($n: Int!) { ticked(to: $n) }", "BAD_USER_INPUT"),
  ])
  func `what cannot be started is an answer without data`(_ query: String, _ code: String) async throws {
    let fixture = try TestSchema()
    do {
      _ = try await fixture.executor.subscribe(GraphQLRequest(query: query), context: fixture.log)
      Issue.record("It was started.")
    } catch {
      #expect(!error.response.hasData)
      #expect(error.response.errors.map(\.code) == [code])
    }
  }

  @Test func `a query asked for in this way is answered once`() async throws {
    let events = try await events(TestSchema(), "{ person(id: 2) { name } }")
    #expect(events.map(\.answer) == [#"{"data":{"person":{"name":"Bo"}}}"#])
  }
}
