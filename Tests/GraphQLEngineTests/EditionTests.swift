import Testing

@testable import GraphQLEngine

/// Additions of the September 2025 edition that the reference implementation used elsewhere does not support yet.
@Suite(.timeLimit(.minutes(5))) struct EditionTests {
  private func messages(_ text: String, sdl: String) throws -> [String] {
    try verdict(text, Schema(sdl: sdl)).listValue?.compactMap { $0["message"]?.stringValue } ?? []
  }

  @Test func `operations, fragments and variables may be described`() throws {
    let document = try Parser.parse(
      #"""
      "Reads."
      query Q(
        """
        Which one.
        """
        $id: ID
        "How many." $first: Int = 3
      ) { node(id: $id, first: $first) { ...F } }
      "Shared."
      fragment F on Node { id }
      """Writes."""
      mutation { stop }
      """#,
      limits: .default
    )
    #expect(document.operations.map(\.description) == ["Reads.", "Writes."])
    #expect(document.operations.first?.variables.map(\.description) == ["Which one.", "How many."])
    #expect(document.fragments.map(\.description) == ["Shared."])
    // The description is a part of the definition.
    #expect(document.operations.first?.position.location == SourceLocation(line: 1, column: 1))
  }

  @Test(arguments: [
    (#""No." { a }"#, "Unexpected description, descriptions are not supported on shorthand queries."),
    (
      #""No." extend type A { a: Int }"#,
      "Unexpected description, only GraphQL definitions support descriptions."
    ),
    (#""No." nothing"#, "Unexpected description, only GraphQL definitions support descriptions."),
    (#"{ "No." a }"#, #"Expected Name, found String "No."."#),
    (#""One." "Two." query { a }"#, #"Unexpected String "Two."."#),
  ])
  func `nothing else may be described`(_ text: String, _ message: String) {
    let error = #expect(throws: GraphQLError.self) { try Parser.parse(text, limits: .default) }
    #expect(error?.message == "Syntax Error: " + message)
  }

  @Test func `an operation needs a root type`() throws {
    let sdl = "type Query { a: Int }"
    #expect(
      try messages("mutation { a }", sdl: sdl) == ["The mutation operation is not supported by the schema."]
    )
    #expect(
      try messages("query Q { a } subscription S { a }", sdl: sdl)
        == ["The subscription operation is not supported by the schema."]
    )
    #expect(try messages("{ a }", sdl: sdl) == [])
  }

  @Test(arguments: [
    "subscription S { a @skip(if: true) }", "subscription S { ... @include(if: true) { a } }",
    "subscription S { ...F @skip(if: true) } fragment F on Subscription { a }",
    "subscription S { ...F } fragment F on Subscription { ...G } fragment G on Subscription { a @skip(if: true) }",
  ])
  func `which field a subscription selects depends on no condition`(_ text: String) throws {
    let sdl = "type Query { a: Int } type Subscription { a: Int b: B } type B { c: Int }"
    let message =
      "Subscription \"S\" must not use `@skip` or `@include` directives in the top level selection."
    #expect(try messages(text, sdl: sdl) == [message])
    #expect(try messages("subscription { b { c @skip(if: true) } }", sdl: sdl) == [])
  }

  static let schemas: [(String, String?)] = [
    ("input A { b: Int = 1 c: [E!] = [X] d: A = {b: 2, d: null} }", nil),
    (
      "input A { b: Int = \"x\" }",
      #"A.b has invalid default value: Int cannot represent non-integer value: "x""#
    ),
    (
      "input A { b: Int! = null }",
      #"A.b has invalid default value: Expected value of type "Int!", found null."#
    ),
    (
      "extend type Query { b(c: E = Y): Int }",
      #"Query.b(c:) has invalid default value: Value "Y" does not exist in "E" enum. Did you mean the enum value "X"?"#
    ),
    (
      "directive @d(a: [Int] = [true]) on FIELD",
      "@d(a:) has invalid default value: Int cannot represent non-integer value: true"
    ),
    (
      "input A { b: B = {} } input B { c: Int! }",
      #"A.b has invalid default value: Field "B.c" of required type "Int!" was not provided."#
    ),
    (
      "input A { b: B = {} } input B { a: A = {} }",
      "Invalid circular reference. The default value of Input Object field A.b references itself "
        + "via the default values of: B.a."
    ),
    (
      "input A { a: [A] = [{}] }",
      "Invalid circular reference. The default value of Input Object field A.a references itself."
    ),
    ("input A { b: B = {a: null} } input B { a: A = {} }", nil),
    ("input A { b: B = {} } input B { a: A }", nil),
    (
      "interface I { f: Int } type T implements I { f: Int @deprecated }",
      "Interface field I.f is not deprecated, so implementation field T.f must not be deprecated."
    ),
    ("interface I { f: Int @deprecated } type T implements I { f: Int @deprecated g: Int @deprecated }", nil),
    ("input O @oneOf { a: Int b: String }", nil),
    ("input O @oneOf { a: Int! }", "OneOf input field O.a must be nullable."),
    ("input O @oneOf { a: Int = 1 }", "OneOf input field O.a cannot have a default value."),
    (
      "input O @oneOf { a: Int } extend input O { b: Int! }",
      "OneOf input field O.b must be nullable."
    ),
    ("input O { a: Int! } extend input O @oneOf", "Extension of \"O\" may not make it a OneOf Input Object."),
    ("directive @d(a: Int! @deprecated) on FIELD", "Required argument @d(a:) cannot be deprecated."),
    ("directive @d(a: Int! = 1 @deprecated) on FIELD", nil),
    (
      "directive @__d on FIELD",
      "Name \"__d\" must not begin with \"__\", which is reserved by GraphQL introspection."
    ),
    ("directive @d(a: Int @d) on ARGUMENT_DEFINITION", "Directive \"@d\" must not refer to itself."),
    (
      "directive @d(a: A) on INPUT_FIELD_DEFINITION input A { b: B } input B { c: Int @d }",
      "Directive \"@d\" must not refer to itself."
    ),
    ("directive @d(a: A) on FIELD_DEFINITION | INPUT_FIELD_DEFINITION input A { b: Int }", nil),
    ("extend schema @d directive @d on SCHEMA", nil),
    ("scalar Mutation", "Mutation root type must be Object type if provided, it cannot be Mutation."),
  ]

  @Test(arguments: schemas)
  func `a type system keeps the edition's rules`(_ sdl: String, _ message: String?) {
    let text = "type Query { a(e: E): Int } enum E { X } " + sdl
    guard let message else {
      #expect(throws: Never.self) { try Schema(sdl: text) }
      return
    }
    let error = #expect(throws: SchemaError.self) { try Schema(sdl: text) }
    #expect(error?.problems.map(\.message) == [message], "\(error?.description ?? "")")
  }

  @Test func `a schema may be extended where there is a definition of it and where there is none`() throws {
    let schema = try Schema(
      sdl: """
        type Query { a: Int } type Change { b: Int } type News { c: Int }
        extend schema { mutation: Change }
        extend schema { subscription: News }
        """
    )
    #expect(schema.rootType(.query)?.name == "Query")
    #expect(schema.rootType(.mutation)?.name == "Change")
    #expect(schema.rootType(.subscription)?.name == "News")
    #expect(throws: SchemaError.self) { try Schema(sdl: "schema { query: A } type Query { a: Int } type A") }
  }

  @Test func `a variable given to a OneOf in a fragment is non-null in every operation that uses it`() throws
  {
    let sdl = "type Query { a(o: O): Int } input O @oneOf { b: Int c: [O!] }"
    let fragment = " fragment F on Query { a(o: {b: $v}) }"
    let message = "Variable \"v\" must be non-nullable to be used for OneOf Input Object \"O\"."
    #expect(try messages("query ($v: Int!) { ...F }" + fragment, sdl: sdl) == [])
    #expect(try messages("query ($v: Int) { ...F }" + fragment, sdl: sdl) == [message])
    #expect(
      try messages("query A($v: Int) { ...F } query B($v: Int!) { ...F }" + fragment, sdl: sdl) == [message]
    )
    #expect(try messages("query ($v: Int) { a(o: {b: $v}) }", sdl: sdl) == [message])
    let list = " fragment F on Query { a(o: {c: [$v]}) }"
    #expect(try messages("query ($v: O!) { ...F }" + list, sdl: sdl) == [])
  }

  @Test func `a schema definition is printed where a type that is no root has a root's name`() throws {
    let sdl = "schema {\n  query: Query\n}\n\ntype Query {\n  a: Mutation\n}\n\ntype Mutation {\n  b: Int\n}"
    #expect(try Schema(sdl: sdl).printed() == sdl)
    #expect(try Schema(sdl: Schema(sdl: sdl).printed()).rootType(.mutation) == nil)
  }
}
