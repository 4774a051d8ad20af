import Foundation
import GraphQLEngine
import HTTPTypes
import Hummingbird
import HummingbirdTesting
@testable import PhosServer
import Testing

@Suite struct GraphQLRouteTests {
  private static func post(
    _ body: String,
    _ house: House,
    _ client: any TestClientProtocol,
    _ fields: [String: String] = [:]
  ) async throws -> TestResponse {
    try await client.post(
      "/graphql",
      body,
      ["Authorization": "Bearer \(house.ada.token)"].merging(fields) { $1 }
    )
  }

  @Test(arguments: [true, false])
  func `a body over the limit is refused, one at the limit is read`(live: Bool) async throws {
    try await House.open(live: live) { house, client async throws in
      let head = #"{"query": "{ me { email } }", "padding": ""#
      let fill = GraphQLRoute.largestBody - head.utf8.count - 2
      let largest = head + String(repeating: "x", count: fill) + "\"}"
      #expect(try await Self.post(largest, house, client).status == .ok)
      let answer = try await Self.post(largest + " ", house, client)
      #expect(answer.status == .contentTooLarge)
      #expect(try answer.json.firstError.message == "The request is larger than 512 KiB.")
      #expect(try answer.json.firstError.code == "DOCUMENT_LIMIT_EXCEEDED")
    }
  }

  @Test(arguments: [
    "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/graphql",
  ])
  func `what a form can send without asking is refused`(type: String) async throws {
    try await House.open { house, client async throws in
      let answer = try await Self.post(
        #"{"query": "{ me { email } }"}"#,
        house,
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
  ])
  func `a malformed request is a bad request`(body: String, message: String) async throws {
    try await House.open { house, client async throws in
      let answer = try await Self.post(body, house, client)
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
    try await House.open { house, client async throws in
      let answer = try await client.graphQL(query, as: house.ada)
      #expect(answer["data"] == nil)
      #expect(answer.firstError.message == message)
      #expect(answer.firstError.code == code)
    }
  }

  @Test func `only a client that knows the media type gets 400 for a request that was not executed`()
    async throws
  {
    try await House.open { house, client async throws in
      let body = #"{"query": "{ nothing }"}"#
      #expect(try await Self.post(body, house, client).status == .ok)
      let answer = try await Self.post(body, house, client, ["Accept": "application/graphql-response+json"])
      #expect(answer.status == .badRequest)
      #expect(answer.headers[.contentType] == "application/graphql-response+json; charset=utf-8")
    }
  }

  @Test func `nobody's answer is kept by a cache`() async throws {
    try await House.open { house, client async throws in
      let answer = try await Self.post(#"{"query": "{ me { email } }"}"#, house, client)
      #expect(answer.headers[.cacheControl] == "no-store")
    }
  }

  @Test func `a refused mutation names the field to blame`() async throws {
    try await House.open { house, client async throws in
      let answer = try await client.graphQL(
        #"mutation { createCompany(input: { name: "  " }) { id } }"#,
        as: house.ada
      )
      #expect(answer.firstError.message == "Give the company a name.")
      #expect(answer.firstError.code == "VALIDATION_FAILED")
      #expect(answer["errors"]?[0]?["extensions"]?["field"] == "name")
    }
  }
}
