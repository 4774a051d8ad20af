import Foundation
import Synchronization
import Testing

@testable import GraphQLEngine

@Suite(.timeLimit(.minutes(5))) struct ExecutionTests {
  @Test func `an answer has the selection's names in the selection's order`() async throws {
    let answer = try await TestSchema().ask(
      "{ second: person(id: 2) { name id __typename } person(id: 1) { name, boss { name } friends { id } } }"
    )
    #expect(
      answer
        == #"{"data":{"second":{"name":"Bo","id":"2","__typename":"Person"},"#
        + #""person":{"name":"Ada","boss":{"name":"Bo"},"friends":[{"id":"2"},{"id":"3"}]}}}"#
    )
  }

  @Test func `fields of one name are merged, fragments apply to their types only`() async throws {
    let answer = try await TestSchema().ask(
      """
      { things { ...P ... on Robot { parts } ... on Being { id } } person(id: 1) { boss { id } ...P } }
      fragment P on Person { name boss { name } }
      """
    )
    #expect(
      answer
        == #"{"data":{"things":[{"parts":[1,null,3],"id":"r"},{"name":"Bo","boss":null,"id":"2"}],"#
        + #""person":{"boss":{"id":"2","name":"Bo"},"name":"Ada"}}}"#
    )
  }

  @Test func `an interface's value is resolved by its own type`() async throws {
    let answer = try await TestSchema().ask(
      "{ a: being(id: \"r\") { __typename name } b: being(id: 1) { __typename name } }"
    )
    #expect(
      answer
        == #"{"data":{"a":{"__typename":"Robot","name":"Robot"},"b":{"__typename":"Person","name":"Ada"}}}"#
    )
  }

  @Test(arguments: [
    (true, true, "{}"), (true, false, "{}"), (false, true, #"{"id":"2","name":"Bo"}"#), (false, false, "{}"),
  ])
  func `skip and include decide together`(_ skip: Bool, _ include: Bool, _ expected: String) async throws {
    let answer = try await TestSchema().ask(
      """
      query ($s: Boolean!, $i: Boolean!) {
        person(id: 2) { id @skip(if: $s) @include(if: $i) ... @skip(if: $s) { ...N @include(if: $i) } }
      }
      fragment N on Person { name }
      """,
      ["s": .bool(skip), "i": .bool(include)]
    )
    #expect(answer == "{\"data\":{\"person\":\(expected)}}")
  }

  @Test func `an absent argument, an explicit null and a default differ`() async throws {
    let answer = try await TestSchema().ask(
      """
      query ($v: Boolean) { person(id: 1) {
        a: greet b: greet(who: "me", loud: null) c: greet(loud: true) d: greet(loud: $v)
      } }
      """
    )
    #expect(
      answer == #"{"data":{"person":{"a":"you absent","b":"me null","c":"you true","d":"you absent"}}}"#
    )
  }

  @Test(.timeLimit(.minutes(1)))
  func `sibling fields of a query wait together`() async throws {
    // Each waits for the other: one after another they would never end.
    #expect(try await TestSchema().ask("{ left right }") == #"{"data":{"left":"left","right":"right"}}"#)
  }

  @Test func `the fields of a mutation run one after another`() async throws {
    let fixture = try TestSchema()
    let answer = await fixture.ask(#"mutation { a: add(step: "1") b: add(step: "2") c: add(step: "3") }"#)
    #expect(answer == #"{"data":{"a":"1","b":"2","c":"3"}}"#)
    #expect(await fixture.log.steps == ["begin 1", "end 1", "begin 2", "end 2", "begin 3", "end 3"])
  }

  @Test func `a mutation stops at a failure that takes the whole answer`() async throws {
    let fixture = try TestSchema()
    let answer = await fixture.ask(#"mutation { a: add(step: "1") refuse c: add(step: "3") }"#)
    #expect(answer.hasSuffix(#""data":null}"#))
    #expect(await fixture.log.steps == ["begin 1", "end 1"])
  }

  @Test func `a coded error tells its message, code and extensions, place and path`() async throws {
    let answer = try await TestSchema().ask("{\n  person(id: 1) { id }\n  oops: fail(how: \"coded\")\n}")
    #expect(
      answer
        == #"{"errors":[{"message":"You may not.","locations":[{"line":3,"column":3}],"path":["oops"],"#
        + #""extensions":{"code":"FORBIDDEN","retry":false}}],"data":{"person":{"id":"1"},"oops":null}}"#
    )
  }

  @Test func `any other error is reported, not told`() async throws {
    let reported = Mutex<[String]>([])
    let fixture = try TestSchema { error, path in reported.withLock { $0.append("\(error) \(path)") } }
    let answer = await fixture.ask("{ fail(how: \"secret\") }")
    #expect(
      answer
        == #"{"errors":[{"message":"Internal server error","locations":[{"line":1,"column":3}],"path":["fail"],"#
        + #""extensions":{"code":"INTERNAL_SERVER_ERROR"}}],"data":{"fail":null}}"#
    )
    #expect(!answer.contains("Secret"))
    #expect(reported.withLock(\.self).count == 1)
    #expect(reported.withLock(\.self).first?.contains("Secret") == true)
  }

  @Test func `values of the wrong kind are the server's errors`() async throws {
    let answer = try await TestSchema().ask("{ wrongType wrongMood }")
    #expect(answer.contains(#"Int cannot represent non-integer value: \"seven\""#))
    #expect(answer.contains(#"Enum \"Mood\" cannot represent value: \"ANGRY\""#))
    #expect(answer.hasSuffix(#""data":{"wrongType":null,"wrongMood":null}}"#))
  }

  @Test func `a scalar's codec writes what goes out`() async throws {
    #expect(
      try await TestSchema().ask("{ person(id: 1) { born mood } }").contains(
        #""born":"at noon","mood":"HAPPY""#
      )
    )
  }

  @Test func `the operation is chosen by its name`() async throws {
    let fixture = try TestSchema()
    let two = "query A { person(id: 1) { id } } query B { person(id: 2) { id } }"
    #expect(await fixture.ask(two, operation: "B") == #"{"data":{"person":{"id":"2"}}}"#)
    #expect(
      await fixture.ask(two).contains("Must provide operation name if query contains multiple operations.")
    )
    #expect(await fixture.ask(two, operation: "C").contains(#"Unknown operation named \"C\"."#))
    #expect(await fixture.ask("fragment F on Query { left }").contains("GRAPHQL_VALIDATION_FAILED"))
    let refused = await fixture.ask("subscription { ticked }")
    #expect(refused.contains("A subscription is answered by a stream, not by one answer."))
    #expect(!refused.contains("\"data\""))
  }

  @Test func `what is refused before execution has no data and says why by code`() async throws {
    let fixture = try TestSchema()
    for (query, code) in [
      ("{", "GRAPHQL_PARSE_FAILED"), ("{ nope }", "GRAPHQL_VALIDATION_FAILED"),
      ("query ($id: ID!) { person(id: $id) { id } }", "BAD_USER_INPUT"),
    ] {
      let response = await fixture.executor.execute(GraphQLRequest(query: query), context: fixture.log)
      #expect(!response.hasData)
      #expect(response.errors.map(\.code) == [code])
    }
  }

  @Test(arguments: [
    "{ person(id: 1) { id name boss { name } friends { id } rivals { id name } born mood __typename } }",
    "{ things { __typename ... on Robot { parts } ... on Person { name friends { friends { id } } } } }",
    "{ person(id: 9) { id } }", "{ echo(text: \"a \\\" b \\n c\", number: 1.5, list: [1, 22, -3]) }",
    "{ person(id: 3) { boss { id } strictBoss { id } } }",
  ])
  func `an answer is written as JSON as it would be put together`(_ query: String) async throws {
    let fixture = try TestSchema()
    let response = await fixture.executor.execute(GraphQLRequest(query: query), context: fixture.log)
    #expect(response.jsonData() == response.value.jsonData())
    #expect(try GraphQLValue(json: response.jsonData())["data"] != nil)
  }
}
