import Foundation
import GraphQLEngine
import HTTPTypes
import Hummingbird
import HummingbirdTesting
@testable import PhosServer
import Testing

@Suite(.timeLimit(.minutes(5))) struct GraphQLRouteTests {
  private static func post(
    _ body: String,
    _ server: TestServer,
    _ client: any TestClientProtocol,
    _ fields: [String: String] = [:]
  ) async throws -> TestResponse {
    try await client.post(
      "/graphql",
      body,
      ["Authorization": "Bearer \(server.ada.token)"].merging(fields) { $1 }
    )
  }

  @Test(arguments: [true, false])
  func `a body over the limit is refused, one at the limit is read`(live: Bool) async throws {
    try await TestServer.open(live: live) { server, client async throws in
      let head = #"{"query": "{ me { email } }", "padding": ""#
      let fill = GraphQLOverHTTP.largestBody - head.utf8.count - 2
      let largest = head + String(repeating: "x", count: fill) + "\"}"
      #expect(try await Self.post(largest, server, client).status == .ok)
      let answer = try await Self.post(largest + " ", server, client)
      #expect(answer.status == .contentTooLarge)
      #expect(try answer.json.firstError.message == "The request is larger than 14 MiB.")
      #expect(try answer.json.firstError.code == "DOCUMENT_LIMIT_EXCEEDED")
    }
  }

  @Test(arguments: [
    "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/graphql",
  ])
  func `what a form can send without asking is refused`(type: String) async throws {
    try await TestServer.open { server, client async throws in
      let answer = try await Self.post(
        #"{"query": "{ me { email } }"}"#,
        server,
        client,
        ["Content-Type": type]
      )
      #expect(answer.status == .unsupportedMediaType)
      #expect(try answer.json.firstError.code == "BAD_REQUEST")
    }
  }

  @Test(arguments: [
    ("", "Invalid JSON: unexpected end at byte 0."),
    (#"{"query": "{ me"#, "Invalid JSON: unexpected end at byte 15."),
    ("[]", "The request body must be a JSON object."),
    ("{}", "Must provide query string."),
    (#"{"query": 7}"#, "Must provide query string."),
    (#"{"query": "{ me { email } }", "variables": []}"#, "\"variables\" must be an object."),
    (#"{"query": "{ me { email } }", "operationName": 1}"#, "\"operationName\" must be a string."),
    (#"{"query": "{ me { email } }", "extensions": "none"}"#, "\"extensions\" must be an object."),
  ])
  func `a malformed request is a bad request`(body: String, message: String) async throws {
    try await TestServer.open { server, client async throws in
      let answer = try await Self.post(body, server, client)
      #expect(answer.status == .badRequest)
      #expect(try answer.json.firstError.message == message)
      #expect(try answer.json.firstError.code == "BAD_REQUEST")
      #expect(try answer.json["data"] == nil)
    }
  }

  @Test(arguments: [
    ("{ me { email }", "Syntax Error: Expected Name, found <EOF>.", "GRAPHQL_PARSE_FAILED"),
    (
      "{ me { emial } }",
      #"Cannot query field "emial" on type "WorkspaceMember". Did you mean "email"?"#,
      "GRAPHQL_VALIDATION_FAILED"
    ),
    (
      "{ getCalendarEventById { id } }",
      #"Field "getCalendarEventById" argument "eventId" of type "ID!" is required, but it was not provided."#,
      "GRAPHQL_VALIDATION_FAILED"
    ),
    (
      #"{ calendarEvents(from: "yesterday", to: "2027-01-01T00:00:00Z") { pageInfo { hasNextPage } } }"#,
      #"Expected value of type "DateTime!", found "yesterday"; A time is written like 2026-01-28T10:00:00-05:00, "#
        + "with an offset (RFC 3339).",
      "GRAPHQL_VALIDATION_FAILED"
    ),
  ])
  func `a malformed document gets the standard's message and a code`(
    query: String,
    message: String,
    code: String
  ) async throws {
    try await TestServer.open { server, client async throws in
      let answer = try await client.graphQL(query, as: server.ada)
      #expect(answer["data"] == nil)
      #expect(answer.firstError.message == message)
      #expect(answer.firstError.code == code)
    }
  }

  static let accepts: [(String?, String, HTTPResponse.Status, HTTPResponse.Status)] = [
    (nil, "application/json", .ok, .ok), ("*/*", "application/json", .ok, .ok),
    ("application/json", "application/json", .ok, .ok),
    ("application/graphql-response+json", "application/graphql-response+json", .ok, .badRequest),
    (
      "application/json;q=0.9, application/graphql-response+json; charset=utf-8",
      "application/graphql-response+json", .ok, .badRequest
    ),
    ("application/graphql-response+json;q=0.5, application/*;q=0.8", "application/json", .ok, .ok),
  ]

  @Test(arguments: accepts)
  func `the answer comes in the type that the client likes best, and only its own type tells by status`(
    accept: String?,
    type: String,
    executed: HTTPResponse.Status,
    refused: HTTPResponse.Status
  ) async throws {
    try await TestServer.open { server, client async throws in
      let fields = accept.map { ["Accept": $0] } ?? [:]
      let answer = try await Self.post(#"{"query": "{ me { email } }"}"#, server, client, fields)
      #expect(answer.status == executed)
      #expect(answer.headers[.contentType] == "\(type); charset=utf-8")
      for query in ["{ nothing }", "{ me {", "query ($id: ID!) { person(id: $id) { id } }"] {
        let body = GraphQLValue.object(["query": .string(query)]).jsonText
        let answer = try await Self.post(body, server, client, fields)
        #expect(answer.status == refused)
        #expect(answer.headers[.contentType] == "\(type); charset=utf-8")
        #expect(try answer.json["data"] == nil)
      }
    }
  }

  @Test(arguments: ["text/html", "image/*", "application/json;q=0", "text/event-stream"])
  func `a client that likes neither type is told so`(accept: String) async throws {
    try await TestServer.open { server, client async throws in
      let body = #"{"query": "{ me { email } }"}"#
      #expect(try await Self.post(body, server, client, ["Accept": accept]).status == .notAcceptable)
    }
  }

  @Test(arguments: [
    ("application/json; charset=utf-8", HTTPResponse.Status.ok), ("APPLICATION/JSON", .ok),
    ("application/json; charset=iso-8859-1", .unsupportedMediaType),
    ("application/jsonp", .unsupportedMediaType), ("", .unsupportedMediaType),
  ])
  func `a request is JSON in UTF-8`(type: String, status: HTTPResponse.Status) async throws {
    try await TestServer.open { server, client async throws in
      let body = #"{"query": "{ me { email } }"}"#
      #expect(try await Self.post(body, server, client, ["Content-Type": type]).status == status)
    }
  }

  private static func get(
    _ parameters: String,
    _ server: TestServer,
    _ client: any TestClientProtocol,
    _ fields: [String: String] = [:]
  ) async throws -> TestResponse {
    try await client.get(
      "/graphql?\(parameters)",
      ["Authorization": "Bearer \(server.ada.token)"].merging(fields) { $1 }
    )
  }

  @Test func `a query may come by GET, with variables and the name of its operation`() async throws {
    try await TestServer.open { server, client async throws in
      let one = try await Self.get("query=%7B+me+%7B%20email%20%7D%20%7D", server, client)
      #expect(try one.json["data"]?["me"]?["email"] == "ada@example.com")
      let query =
        "query+A%7Bme%7Bid%7D%7D+query+B(%24s%3AString)%7Bpeople(search%3A%24s)%7BpageInfo%7BhasNextPage%7D%7D%7D"
      let two = try await Self.get(
        "query=\(query)&operationName=B&variables=%7B%22s%22%3A%22a%2Bb%22%7D",
        server,
        client
      )
      #expect(try two.json["data"]?["people"]?["pageInfo"]?["hasNextPage"] == false)
    }
  }

  @Test(arguments: [
    ("", "Must provide query string."), ("query=%7Bme%7Bid%7D%7D&variables=%7B", "Invalid JSON"),
    ("query=%7Bme%7Bid%7D%7D&variables=7", "must be an object"), ("query=%zz", "Must provide query string."),
    ("query=%7Bme%7Bid%7D%7D&extensions=%5B%5D", "must be an object"),
  ])
  func `a malformed GET is a bad request`(parameters: String, message: String) async throws {
    try await TestServer.open { server, client async throws in
      let answer = try await Self.get(parameters, server, client)
      #expect(answer.status == .badRequest)
      #expect(try answer.json.firstError.message?.contains(message) == true)
    }
  }

  @Test func `a mutation does not come by GET`() async throws {
    try await TestServer.open { server, client async throws in
      let query = "mutation%7BcreateCompany(input%3A%7Bname%3A%22X%22%7D)%7Bid%7D%7D"
      let answer = try await Self.get("query=\(query)", server, client)
      #expect(answer.status == .methodNotAllowed)
      #expect(answer.headers[.allow] == "POST")
      let companies = try await client.graphQL("{ companies { edges { cursor } } }", as: server.ada)
      #expect(companies["data"]?["companies"]?["edges"] == [])
    }
  }

  @Test func `a subscription is sent on to where it is answered`() async throws {
    try await TestServer.open { server, client async throws in
      let query = "subscription { calendarEventChanged { id } }"
      let answer = try await Self.post(
        GraphQLValue.object(["query": .string(query)]).jsonText,
        server,
        client
      )
      #expect(answer.status == .badRequest)
      #expect(try answer.json.firstError.message == "Send subscriptions to /graphql/stream.")
      let encoded = "subscription%7BcalendarEventChanged%7Bid%7D%7D"
      #expect(try await Self.get("query=\(encoded)", server, client).status == .badRequest)
    }
  }

  @Test(arguments: [
    (["Sec-Fetch-Site": "cross-site"], false), (["Sec-Fetch-Site": "same-site"], false),
    (["Origin": "https://evil.example"], false), (["Sec-Fetch-Site": "same-origin"], true),
    (["Origin": "http://phos.example"], true), ([:], true),
  ])
  func `another page cannot ask in a member's name, not even by GET`(
    fields: [String: String],
    isAnswered: Bool
  ) async throws {
    try await TestServer.open { server, client async throws in
      let cookie = try #require(try await client.signIn(server.ada.email, TestServer.password).sessionCookie)
      let answer = try await client.get(
        "/graphql?query=%7Bme%7Bemail%7D%7D",
        ["Cookie": cookie].merging(fields) { $1 }
      )
      #expect(answer.status == (isAnswered ? .ok : .unauthorized))
    }
  }

  @Test func `a refusal comes in the type that was asked for`() async throws {
    try await TestServer.open { server, client async throws in
      let answer = try await Self.post("{", server, client, ["Accept": "application/graphql-response+json"])
      #expect(answer.status == .badRequest)
      #expect(answer.headers[.contentType] == "application/graphql-response+json; charset=utf-8")
    }
  }

  @Test func `texts that look alike are two documents`() async throws {
    try await TestServer.open { server, client async throws in
      for name in ["Zo\u{E9}", "Zoe\u{301}"] {
        let query = "mutation { createCompany(input: { name: \"\(name)\" }) { name } }"
        let stored = try await client.field("createCompany", query, as: server.ada)["name"]?.stringValue
        #expect(Array((stored ?? "").utf8) == Array(name.utf8))
      }
    }
  }

  @Test func `introspection can be switched off for a server`() async throws {
    let query = "{ __schema { queryType { name } } me { __typename } }"
    try await TestServer.open { server, client async throws in
      #expect(try await client.graphQL(query, as: server.ada)["data"]?["__schema"] != nil)
    }
    try await TestServer.open(["PHOS_GRAPHQL_INTROSPECTION": "false"]) { server, client async throws in
      let answer = try await client.graphQL(query, as: server.ada)
      #expect(answer.firstError.message?.hasPrefix("GraphQL introspection has been disabled") == true)
    }
  }

  @Test func `nobody's answer is kept by a cache`() async throws {
    try await TestServer.open { server, client async throws in
      let answer = try await Self.post(#"{"query": "{ me { email } }"}"#, server, client)
      #expect(answer.headers[.cacheControl] == "no-store")
    }
  }

  @Test func `a refused mutation names the field to blame`() async throws {
    try await TestServer.open { server, client async throws in
      let answer = try await client.graphQL(
        #"mutation { createCompany(input: { name: "  " }) { id } }"#,
        as: server.ada
      )
      #expect(answer.firstError.message == "Enter the company's name.")
      #expect(answer.firstError.code == "VALIDATION_FAILED")
      #expect(answer["errors"]?[0]?["extensions"]?["field"] == "name")
    }
  }
}
