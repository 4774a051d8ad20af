import Testing

@testable import GraphQLEngine

/// GraphQL §6.4.4: null goes up to the nearest place that may be null.
@Suite(.timeLimit(.minutes(5))) struct NullPropagationTests {
  @Test func `a failing nullable field is null where it stands`() async throws {
    let answer = try await TestSchema().ask("{ person(id: 3) { id boss { id } } }")
    #expect(answer.contains(#""path":["person","boss"]"#))
    #expect(answer.hasSuffix(#""data":{"person":{"id":"3","boss":null}}}"#))
  }

  @Test func `a failing field that cannot be null takes its object`() async throws {
    let answer = try await TestSchema().ask(
      "{ a: person(id: 3) { id strictBoss { id } } b: person(id: 2) { id } }"
    )
    #expect(answer.contains(#""path":["a","strictBoss"]"#))
    #expect(answer.hasSuffix(#""data":{"a":null,"b":{"id":"2"}}}"#))
  }

  @Test func `null for a field that cannot be null says so`() async throws {
    let answer = try await TestSchema().ask("{ person(id: 2) { strictBoss { id } } }")
    #expect(answer.contains(#""message":"Cannot return null for non-nullable field Person.strictBoss.""#))
    #expect(answer.hasSuffix(#""data":{"person":null}}"#))
  }

  @Test func `an element that may be null is null alone`() async throws {
    let answer = try await TestSchema().ask("{ person(id: 1) { rivals { id } } }")
    #expect(answer == #"{"data":{"person":{"rivals":[{"id":"2"},null,{"id":"3"}]}}}"#)
  }

  @Test func `an error within an element that may be null takes that element`() async throws {
    let answer = try await TestSchema().ask("{ person(id: 1) { rivals { strictBoss { id } } } }")
    #expect(answer.contains(#""path":["person","rivals",0,"strictBoss"]"#))
    #expect(answer.contains(#""path":["person","rivals",2,"strictBoss"]"#))
    #expect(answer.hasSuffix(#""data":{"person":{"rivals":[null,null,null]}}}"#))
  }

  @Test func `an element that cannot be null takes the list and all that needs it`() async throws {
    let answer = try await TestSchema().ask("{ strictPerson(id: 3) { friends { id } } }")
    #expect(answer.contains(#""message":"Cannot return null for non-nullable field Person.friends.""#))
    #expect(answer.contains(#""path":["strictPerson","friends",1]"#))
    #expect(answer.hasSuffix(#""data":null}"#))
  }

  @Test func `an object of an abstract type takes the list that cannot do without it`() async throws {
    let answer = try await TestSchema().ask(
      "{ things { ... on Person { strictBoss { id } } } left: __typename }"
    )
    #expect(answer.contains(#""path":["things",1,"strictBoss"]"#))
    #expect(answer.hasSuffix(#""data":null}"#))
  }

  @Test func `null at the root is data null, with the errors`() async throws {
    let fixture = try TestSchema()
    let response = await fixture.executor.execute(
      GraphQLRequest(query: "{ person(id: 2) { id } nothing }"),
      context: fixture.log
    )
    #expect(response.data == .null)
    #expect(response.hasData)
    #expect(response.errors.count == 1)
  }
}
