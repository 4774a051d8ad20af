import Testing

@testable import GraphQLEngine

@Suite(.timeLimit(.minutes(5))) struct SchemaCoordinateTests {
  private func schema() throws -> Schema {
    try Schema(
      sdl: """
        directive @private(scope: String!) on FIELD_DEFINITION
        type Query { search(criteria: Criteria!, "Unused." by: Order @deprecated(reason: "No.")): [Business] }
        input Criteria { name: String = "x" order: Order }
        "How to sort."
        enum Order { NAME AGE @deprecated }
        type Business { id: ID! }
        union Found = Business
        """
    )
  }

  static let found: [(String, SchemaElement.Kind, String?)] = [
    ("Business", .object, nil), ("Order", .enum, nil), ("Found", .union, nil), ("String", .scalar, nil),
    ("Criteria", .inputObject, nil), ("Query.search", .field, "[Business]"), ("Business.id", .field, "ID!"),
    ("Criteria.name", .inputField, "String"), ("Order.AGE", .enumValue, nil),
    ("Query.search(criteria:)", .argument, "Criteria!"), ("@private", .directive, nil),
    ("@private(scope:)", .argument, "String!"), ("@deprecated(reason:)", .argument, "String!"),
    ("__Type.fields(includeDeprecated:)", .argument, "Boolean!"),
  ]

  @Test(arguments: found)
  func `a coordinate finds its element and is printed as it was read`(
    _ text: String,
    _ kind: SchemaElement.Kind,
    _ type: String?
  ) throws {
    let coordinate = try SchemaCoordinate(text)
    let element = try #require(try schema().element(at: coordinate))
    #expect(element.kind == kind && element.type == type && element.coordinate == coordinate)
    #expect(coordinate.description == text)
  }

  @Test func `an element tells its description and why it should not be used`() throws {
    let schema = try schema()
    #expect(try schema.element(at: SchemaCoordinate("Order"))?.description == "How to sort.")
    let argument = try schema.element(at: SchemaCoordinate("Query.search(by:)"))
    #expect(argument?.description == "Unused." && argument?.deprecationReason == "No.")
    let value = try schema.element(at: SchemaCoordinate("Order.AGE"))
    #expect(value?.deprecationReason == "No longer supported")
  }

  @Test(arguments: [
    "Nobody", "Query.nothing", "Query.search(nothing:)", "Criteria.nothing", "Order.NOTHING", "@nothing",
    "@private(nothing:)", "Business.__typename", "Query.__schema",
  ])
  func `what its type, field or directive has not is nil`(_ text: String) throws {
    #expect(try schema().element(at: SchemaCoordinate(text)) == nil)
  }

  @Test(arguments: [
    ("Nobody.name", "type \"Nobody\""), ("Query.nothing(a:)", "field \"Query.nothing\""),
    ("Found.Business", "type with members \"Found\""), ("@nothing(a:)", "directive \"@nothing\""),
  ])
  func `an element of what does not exist is an error`(_ text: String, _ missing: String) throws {
    let schema = try schema()
    let coordinate = try SchemaCoordinate(text)
    let error = #expect(throws: GraphQLError.self) { try schema.element(at: coordinate) }
    #expect(error?.message == "The schema has no \(missing), in \(text).")
  }

  @Test(arguments: [
    ("", "Expected Name, found <EOF>.", 1), ("9", "Expected Name, found \"9\".", 1),
    ("A.", "Expected Name, found <EOF>.", 3), ("A .b", "Expected <EOF>, found \" \".", 2),
    ("A.b(c)", "Expected \":\", found \")\".", 6), ("A.b(c: )", "Expected \")\", found \" \".", 7),
    ("A(b:)", "Expected <EOF>, found \"(\".", 2), ("@a.b", "Expected <EOF>, found \".\".", 3),
    ("A.b(c:)d", "Expected <EOF>, found \"d\".", 8), ("Aü", "Expected <EOF>, found \"ü\".", 2),
  ])
  func `what is no coordinate is refused where it goes wrong`(_ text: String, _ reason: String, _ column: Int)
  {
    let error = #expect(throws: GraphQLError.self) { try SchemaCoordinate(text) }
    #expect(error?.message == "Syntax Error: " + reason)
    #expect(error?.locations == [SourceLocation(line: 1, column: column)])
  }
}
