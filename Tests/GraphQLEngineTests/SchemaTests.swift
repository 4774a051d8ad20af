import Testing

@testable import GraphQLEngine

@Suite(.timeLimit(.minutes(5))) struct SchemaTests {
  @Test func `an enum's values may be composed when the program starts`() throws {
    let schema = try Schema(
      sdl: "type Query { p: Provider } enum Provider { NONE }",
      enumValues: ["Provider": ["LOCAL", EnumValueDefinition("CALDAV", description: "A server.")]]
    )
    #expect(
      schema.printed() == """
        type Query {
          p: Provider
        }

        enum Provider {
          LOCAL

          \"""A server.\"""
          CALDAV
        }
        """
    )
  }

  static let broken: [(String, String)] = [
    ("type Quer { a: Int }", "Query root type must be provided."),
    ("type Query { a: Strng }", #"Unknown type "Strng". Did you mean "String"?"#),
    ("type Query { a: Int } type Query { b: Int }", #"There can be only one type named "Query"."#),
    ("type Query { a: Int a: Int }", #"Field "Query.a" can only be defined once."#),
    ("type Query", "Type Query must define one or more fields."),
    (
      "type Query { __a: Int }",
      #"Name "__a" must not begin with "__", which is reserved by GraphQL introspection."#
    ),
    (
      "type __Q { a: Int } type Query { a: Int }",
      #"Name "__Q" must not begin with "__", which is reserved by GraphQL introspection."#
    ),
    ("type Query { a: I } input I { a: Int }", "The type of Query.a must be Output Type but got: I."),
    ("type Query { a(b: Query): Int }", "The type of Query.a(b:) must be Input Type but got: Query."),
    ("type Query { a(b: Int, b: Int): Int }", #"Argument "Query.a(b:)" can only be defined once."#),
    ("type Query { a: Int @nope }", #"Unknown directive "@nope"."#),
    ("type Query { a: E } enum E { A A }", #"Enum value "E.A" can only be defined once."#),
    ("type Query { a: E } enum E", "Enum type E must define one or more values."),
    (
      "type Query { a: U } union U = Int",
      "Union type U can only include Object types, it cannot include Int."
    ),
    (
      "type Query implements I { b: Int } interface I { a: Int }",
      "Interface field I.a expected but Query does not provide it."
    ),
    (
      "type Query implements I { a: String } interface I { a: Int }",
      "Interface field I.a expects type Int but Query.a is type String."
    ),
    (
      "type Query implements I { a(b: Int!): Int } interface I { a: Int }",
      "Object field Query.a includes required argument b that is missing from the Interface field I.a."
    ),
    (
      "type Query implements B { a: Int } interface A { a: Int } interface B implements A { a: Int }",
      "Type Query must implement A because it is implemented by B."
    ),
    (
      "type Query { a(i: A): Int } input A { b: B! } input B { a: A! }",
      #"Cannot reference Input Object "A" within itself through a series of non-null fields: "b.a"."#
    ),
    ("type Query { a(i: O): Int } input O @oneOf { b: Int! }", "OneOf input field O.b must be nullable."),
    (
      "extend type Quer { a: Int } type Query { a: Int }",
      #"Cannot extend type "Quer" because it is not defined. Did you mean "Query"?"#
    ),
    ("extend enum Query { A } type Query { a: Int }", #"Cannot extend non-enum type "Query"."#),
    ("type Query { a: ", "Syntax Error: Expected Name, found <EOF>."),
    ("{ a }", "The definition is not a type system definition."),
  ]

  @Test(arguments: broken)
  func `a schema that breaks a rule is refused`(_ sdl: String, _ message: String) {
    let error = #expect(throws: SchemaError.self) { try Schema(sdl: sdl) }
    #expect(error?.problems.map(\.message).contains(message) == true, "\(error?.description ?? "")")
  }

  @Test func `values for no enum, and names that are none, are refused`() {
    let sdl = "type Query { a: E } enum E { A }"
    #expect(throws: SchemaError.self) { try Schema(sdl: sdl, enumValues: ["F": ["A"]]) }
    #expect(throws: SchemaError.self) { try Schema(sdl: sdl, enumValues: ["E": ["not a name"]]) }
    #expect(throws: SchemaError.self) { try Schema(sdl: sdl, enumValues: ["E": []]) }
  }

  @Test func `resolvers and schema are compared when they are put together`() throws {
    let schema = try Schema(
      sdl: """
        scalar Known
        type Query { a: Int b(x: Known = "text"): A }
        type A { c: Int d: Int }
        type Mutation { e: Int }
        type Subscription { f: Int }
        """
    )
    var table = ResolverTable<Void>()
    table.query { $0.field("a") { _ in 1 } }
    table.query { $0.field("a") { _ in 2 } }
    table.type("A", of: String.self) { type in
      type.field("c") { _ in 1 }
      type.field("z") { _ in 1 }
    }
    table.type("B", of: Int.self) { $0.field("x") { $0 } }
    let error = #expect(throws: SchemaError.self) {
      try GraphQLExecutor(
        schema: schema,
        resolvers: table,
        scalars: ["Unknown": .anything, "Known": .nothing]
      )
    }
    #expect(
      error?.problems.map(\.message) == [
        #"Two resolvers for the field "query.a"."#,
        #"No resolver for the field "Query.b"."#,
        #"No resolver for the field "A.d"."#,
        #"A resolver for the unknown field "A.z"."#,
        #"No resolver for the field "Mutation.e"."#,
        #"No resolver for the field "Subscription.f"."#,
        #"Resolvers for "B", which is no object type of the schema."#,
        #"A codec for "Unknown", which is no scalar of the schema."#,
        #"Query.b(x:) has invalid default value: "text"."#,
      ]
    )
  }
}

extension ScalarCodec {
  /// No literal is one of these.
  fileprivate static let nothing = ScalarCodec(parse: { _ in throw ScalarCoercionError("Never.") })
}
