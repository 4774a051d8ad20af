import Testing

@testable import GraphQLEngine

/// Values on their way in; messages as graphql-js 16 words them.
@Suite(.timeLimit(.minutes(5))) struct CoercionTests {
  static let mutationless = "query ($v: PersonInput) { echo(input: $v) }"

  static let fitting: [(GraphQLValue, String)] = [
    (["name": "N"], #"{"input":{"name":"N","mood":"HAPPY"}}"#),
    (
      ["name": "N", "nick": nil, "tags": "one"],
      #"{"input":{"name":"N","mood":"HAPPY","nick":null,"tags":["one"]}}"#
    ),
    (["mood": "SAD", "at": "at six", "name": "N"], #"{"input":{"name":"N","mood":"SAD","at":"six"}}"#),
    (nil, #"{"input":null}"#),
  ]

  @Test(arguments: fitting)
  func `an input object gets its defaults, its lists of one and its scalars`(
    _ value: GraphQLValue,
    _ expected: String
  ) async throws {
    let fixture = try TestSchema()
    let response = await fixture.executor.execute(
      GraphQLRequest(query: Self.mutationless, variables: ["v": value]),
      context: fixture.log
    )
    #expect(response.errors.isEmpty)
    #expect(response.data?["echo"]?.stringValue == expected)
  }

  static let unfitting: [(GraphQLValue, String)] = [
    (
      [:], #"got invalid value {}; Field "name" of required type "String!" was not provided."#
    ),
    ("x", #"got invalid value "x"; Expected type "PersonInput" to be an object."#),
    (
      ["name": nil],
      #"got invalid value null at "v.name"; Expected non-nullable type "String!" not to be null."#
    ),
    (["name": 5], #"got invalid value 5 at "v.name"; String cannot represent a non string value: 5"#),
    (
      ["name": "N", "nik": 1],
      #"got invalid value { name: "N", nik: 1 }; Field "nik" is not defined by type "PersonInput". Did you mean "nick"?"#
    ),
    (
      ["name": "N", "mood": "SAT"],
      #"got invalid value "SAT" at "v.mood"; Value "SAT" does not exist in "Mood" enum. Did you mean the enum value "SAD"?"#
    ),
    (
      ["name": "N", "mood": 1],
      #"got invalid value 1 at "v.mood"; Enum "Mood" cannot represent non-string value: 1."#
    ),
    (
      ["name": "N", "tags": ["a", 2, true]],
      #"got invalid value 2 at "v.tags[1]"; String cannot represent a non string value: 2"#
    ),
    (
      ["name": "N", "at": "six"],
      #"got invalid value "six" at "v.at"; Expected type "Moment". A moment begins with at."#
    ),
  ]

  @Test(arguments: unfitting)
  func `a variable that does not fit says where and why`(_ value: GraphQLValue, _ reason: String) async throws
  {
    let fixture = try TestSchema()
    let response = await fixture.executor.execute(
      GraphQLRequest(query: Self.mutationless, variables: ["v": value]),
      context: fixture.log
    )
    #expect(response.errors.first?.message == "Variable \"$v\" \(reason)")
    #expect(response.errors.first?.code == GraphQLErrorCode.badUserInput)
    #expect(response.errors.first?.locations == [SourceLocation(line: 1, column: 8)])
    #expect(!response.hasData)
  }

  @Test func `absent and null variables of a required type have messages of their own`() async throws {
    let fixture = try TestSchema()
    let query = "query ($id: ID!) { person(id: $id) { id } }"
    #expect(
      await fixture.ask(query).contains(#"Variable \"$id\" of required type \"ID!\" was not provided."#)
    )
    #expect(
      await fixture.ask(query, ["id": nil])
        .contains(#"Variable \"$id\" of non-null type \"ID!\" must not be null."#)
    )
    #expect(await fixture.ask(query, ["id": 2]) == #"{"data":{"person":{"id":"2"}}}"#)
  }

  static let refused: [(String, GraphQLValue, String)] = [
    (
      "Int", 2_147_483_648, "Int cannot represent non 32-bit signed integer value: 2147483648"
    ),
    ("Int", 1.5, "Int cannot represent non-integer value: 1.5"),
    ("Int", "1", "Int cannot represent non-integer value: \"1\""),
    ("Int", true, "Int cannot represent non-integer value: true"),
    ("Float", "1", "Float cannot represent non numeric value: \"1\""),
    ("String", 1, "String cannot represent a non string value: 1"),
  ]

  @Test(arguments: refused)
  func `a built-in scalar refuses what it cannot hold`(
    _ type: String,
    _ value: GraphQLValue,
    _ message: String
  ) async throws {
    let argument = ["Int": "whole", "Float": "number", "String": "text"][type] ?? ""
    let fixture = try TestSchema()
    let answer = await fixture.executor.execute(
      GraphQLRequest(query: "query ($v: \(type)) { echo(\(argument): $v) }", variables: ["v": value]),
      context: fixture.log
    )
    #expect(answer.errors.first?.message.hasSuffix("; \(message)") == true)
  }

  @Test func `whole floats are ints, ints are floats, a number too large for a double is none`() async throws
  {
    let fixture = try TestSchema()
    let query = "query ($i: Int, $f: Float) { echo(whole: $i, number: $f) }"
    #expect(await fixture.ask(query, ["i": 3.0, "f": 3]).contains(#"{\"number\":3.0,\"whole\":3}"#))
    // graphql-js would let infinity pass; GraphQL §3.5.2 does not.
    #expect(
      await fixture.ask("{ echo(number: 1e400) }").contains("Float cannot represent non numeric value: 1e400")
    )
  }

  @Test func `literals take variables within lists and objects`() async throws {
    let answer = try await TestSchema().ask(
      #"query ($n: String!, $i: Int!, $m: Mood) { echo(input: {name: $n, mood: $m}, list: [1, $i]) }"#,
      ["n": "N", "i": 2]
    )
    #expect(answer.contains(#"{\"input\":{\"name\":\"N\",\"mood\":\"HAPPY\"},\"list\":[1,2]}"#))
  }

  @Test func `a custom scalar's literal is refused in validation, with its reason`() async throws {
    let answer = try await TestSchema().ask(#"{ echo(input: {name: "N", at: "six"}) }"#)
    #expect(answer.contains(#"Expected value of type \"Moment\", found \"six\"; A moment begins with at."#))
    #expect(answer.contains("GRAPHQL_VALIDATION_FAILED"))
  }

  @Test func `a OneOf input object needs exactly one key that is not null`() async throws {
    let fixture = try TestSchema()
    let query = "query ($k: Key!) { find(by: $k) }"
    #expect(await fixture.ask(query, ["k": ["name": "x"]]) == #"{"data":{"find":"name"}}"#)
    #expect(
      await fixture.ask(query, ["k": ["name": "x", "id": 1]])
        .contains(#"Exactly one key must be specified for OneOf type \"Key\"."#)
    )
    #expect(await fixture.ask(query, ["k": ["name": nil]]).contains(#"Field \"name\" must be non-null."#))
  }

  @Test func `no more than fifty problems with variables are told`() async throws {
    let fixture = try TestSchema()
    let tags = GraphQLValue.list(Array(repeating: 1, count: 80))
    let response = await fixture.executor.execute(
      GraphQLRequest(query: Self.mutationless, variables: ["v": ["name": "N", "tags": tags]]),
      context: fixture.log
    )
    #expect(response.errors.count == 51)
    #expect(response.errors.last?.message.hasPrefix("Too many errors processing variables") == true)
  }
}
