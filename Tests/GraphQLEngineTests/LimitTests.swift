import Testing

@testable import GraphQLEngine

/// Hostile documents are refused, and quickly: nothing here may take long, recurse far or crash.
@Suite(.timeLimit(.minutes(1))) struct LimitTests {
  private func code(_ query: String, _ limits: DocumentLimits = .default) async throws -> String? {
    let fixture = try TestSchema(limits: limits)
    return await fixture.executor.execute(GraphQLRequest(query: query), context: fixture.log).errors.first?
      .code
  }

  static let boundless = DocumentLimits(maxBytes: 10_000_000, maxTokens: 10_000_000)

  static let brackets: [(String, String)] = [
    ("{a", ""), ("{ ...", ""), ("{ a(x: ", "["), ("{ a(x: ", "{a:"), ("query ($v: ", "["),
    ("query ($v: Int = ", "["), ("{a", "}"), ("fragment A on A ", "{ ...{"),
    ("type A { a(b: Int = ", "["), ("type A { a: ", "["),
  ]

  @Test(arguments: brackets)
  func `a hundred thousand nested brackets are an error, not a crash`(_ start: String, _ repeated: String)
    throws
  {
    let unit = repeated.isEmpty ? start : repeated
    let text = (repeated.isEmpty ? "" : start) + String(repeating: unit, count: 100_000)
    #expect(throws: GraphQLError.self) { try Parser.parse(text, limits: Self.boundless) }
    #expect(throws: GraphQLError.self) { try Parser.parse(text, limits: .default) }
  }

  @Test func `a document that is too large is refused by its bytes or its tokens`() async throws {
    let long = "{ " + String(repeating: "left ", count: 300) + "}"
    #expect(try await code(long, DocumentLimits(maxBytes: 1_000)) == GraphQLErrorCode.limitExceeded)
    #expect(try await code(long, DocumentLimits(maxTokens: 300)) == GraphQLErrorCode.limitExceeded)
    #expect(
      try await code("# " + String(repeating: "x", count: 100_000) + "\n{ left }")
        == "DOCUMENT_LIMIT_EXCEEDED"
    )
  }

  @Test func `fields may lie fifteen deep, through fragments too`() async throws {
    func nested(_ depth: Int) -> String {
      "{ person(id: 1) " + String(repeating: "{ boss ", count: depth - 2) + "{ id }"
        + String(repeating: "}", count: depth - 1)
    }
    #expect(try await code(nested(15)) == nil)
    #expect(try await code(nested(16)) == GraphQLErrorCode.limitExceeded)
    let chain =
      "{ person(id: 1) { ...A } } fragment A on Person { boss { ...B } } fragment B on Person { boss { id } }"
    #expect(try await code(chain, DocumentLimits(maxDepth: 4)) == nil)
    #expect(try await code(chain, DocumentLimits(maxDepth: 3)) == GraphQLErrorCode.limitExceeded)
  }

  @Test func `fragments that double at every level are counted as what they ask for`() async throws {
    var text = "{ person(id: 1) { ...F0 } }"
    for level in 0..<12 {
      text += " fragment F\(level) on Person { a: boss { ...F\(level + 1) } b: boss { ...F\(level + 1) } }"
    }
    text += " fragment F12 on Person { id }"
    #expect(try await code(text) == GraphQLErrorCode.limitExceeded)
  }

  @Test func `operations add up, for all of them are validated`() async throws {
    let spreads = (0..<100).map { "...F\($0) " }.joined()
    let fragments = (0..<100).map { "fragment F\($0) on Query { __typename }" }.joined(separator: " ")
    let operations = (0..<20).map { "query Q\($0) { \(spreads) }" }.joined(separator: " ")
    #expect(try await code("query Q { \(spreads) } \(fragments)") == nil)
    #expect(try await code("\(operations) \(fragments)") == GraphQLErrorCode.limitExceeded)
  }

  @Test func `aliases are counted`() async throws {
    let many = (0..<101).map { "a\($0): left" }.joined(separator: " ")
    #expect(try await code("{ \(many) }") == GraphQLErrorCode.limitExceeded)
  }

  @Test func `a long chain of fragments and a circle of them end`() async throws {
    let chain = (0..<2_000).map { "fragment F\($0) on Query { ...F\($0 + 1) }" }.joined(separator: " ")
    #expect(try await code("{ ...F0 } \(chain)", Self.boundless) == GraphQLErrorCode.limitExceeded)
    let circle = (0..<50).map { "fragment F\($0) on Query { ...F\(($0 + 1) % 50) }" }.joined(separator: " ")
    #expect(try await code("{ ...F0 } \(circle)") == GraphQLErrorCode.validationFailed)
  }

  @Test func `comparing repeated fields has an end`() async throws {
    var text = "id"
    for _ in 0..<10 { text = "boss { \(text) } boss { \(text) }" }
    let limits = DocumentLimits(maxFields: 1_000_000)
    #expect(try await code("{ person(id: 1) { \(text) } }", limits) == GraphQLErrorCode.limitExceeded)
  }

  @Test func `no more than a hundred errors are told`() async throws {
    let fixture = try TestSchema()
    let many = (0..<150).map { "nope\($0)" }.joined(separator: " ")
    let response = await fixture.executor.execute(GraphQLRequest(query: "{ \(many) }"), context: fixture.log)
    #expect(response.errors.count == 101)
    #expect(
      response.errors.last?.message == "Too many validation errors, error limit reached. Validation aborted."
    )
  }
}
