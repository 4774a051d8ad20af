import Testing

@testable import GraphQLEngine

/// The work done once for a document, and the documents refused whatever their operation.
@Suite(.timeLimit(.minutes(5))) struct PreparationTests {
  private func document(_ text: String) throws -> PreparedDocument {
    PreparedDocument(try Parser.parse(text, limits: .default))
  }

  @Test func `a document is kept as long as it is asked for`() throws {
    let cache = DocumentCache(generationBytes: 100)
    let wanted = try document("{ wanted }")
    cache.add(wanted, for: "{ wanted }")
    for number in 0..<100 {
      cache.add(try document("{ other }"), for: "{ other\(number) }")
      #expect(cache.document("{ wanted }") === wanted)
    }
    #expect(cache.document("{ other0 }") == nil)
  }

  @Test func `texts that only look alike are kept apart`() throws {
    let cache = DocumentCache()
    let (composed, decomposed) = (try document("{ a }"), try document("{ b }"))
    cache.add(composed, for: "{ a(x: \"\u{E9}\") }")
    #expect(cache.document("{ a(x: \"e\u{301}\") }") == nil)
    cache.add(decomposed, for: "{ a(x: \"e\u{301}\") }")
    #expect(cache.document("{ a(x: \"\u{E9}\") }") === composed)
  }

  @Test func `what is not asked for is forgotten, and a giant pushes nobody out`() throws {
    let cache = DocumentCache(generationBytes: 100)
    let small = try document("{ a }")
    cache.add(small, for: "{ a }")
    cache.add(small, for: "{ a } #" + String(repeating: "x", count: 90))
    #expect(cache.document("{ a } #" + String(repeating: "x", count: 90)) == nil)
    #expect(cache.document("{ a }") === small)
    for number in 0..<40 { cache.add(small, for: "{ another\(number) }") }
    #expect(cache.document("{ a }") == nil)
  }

  @Test func `the same document answers different variables and operations`() async throws {
    let fixture = try TestSchema()
    let two = "query A($id: ID!) { person(id: $id) { id } } query B { things { __typename } }"
    for id in ["1", "2"] {
      let answer = await fixture.ask(two, ["id": .string(id)], operation: "A")
      #expect(answer == #"{"data":{"person":{"id":"\#(id)"}}}"#)
    }
    #expect(await fixture.ask(two, operation: "B").contains("Robot"))
    // What is wrong with a request is found again, however often its document was seen.
    #expect(await fixture.ask(two, operation: "A").contains("BAD_USER_INPUT"))
  }

  @Test func `introspection can be switched off, type names cannot`() async throws {
    let schema = try Schema(sdl: "type Query { a: Int }")
    var table = ResolverTable<Void>()
    table.query { $0.field("a") { _ in 1 } }
    let executor = try GraphQLExecutor(schema: schema, resolvers: table, allowsIntrospection: false)
    for query in [
      "{ __schema { queryType { name } } }", "{ ...F } fragment F on Query { __type(name: \"A\") { name } }",
    ] {
      let response = await executor.execute(GraphQLRequest(query: query), context: ())
      #expect(!response.hasData)
      #expect(response.errors.count == 1)
      #expect(response.errors.first?.message.hasPrefix("GraphQL introspection has been disabled") == true)
      #expect(response.errors.first?.locations.isEmpty == false)
    }
    let response = await executor.execute(GraphQLRequest(query: "{ __typename a }"), context: ())
    #expect(response.value.jsonText == #"{"data":{"__typename":"Query","a":1}}"#)
  }

  @Test func `the kind of a request's operation is known without executing it`() async throws {
    let fixture = try TestSchema()
    let two = #"query A { left } mutation B { add(step: "1") }"#
    #expect(try fixture.executor.operationType(of: GraphQLRequest(query: two, operationName: "A")) == .query)
    #expect(
      try fixture.executor.operationType(of: GraphQLRequest(query: two, operationName: "B")) == .mutation
    )
    #expect(throws: GraphQLRefusal.self) {
      try fixture.executor.operationType(of: GraphQLRequest(query: two))
    }
    #expect(await fixture.log.steps == [])
  }
}
