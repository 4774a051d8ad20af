import CalendarCore
import Foundation
import GraphQLEngine
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

/// Headers by their names as they are written.
func headers(_ fields: [String: String]) -> HTTPFields {
  var headers = HTTPFields()
  for (name, value) in fields {
    if let name = HTTPField.Name(name) { headers[name] = value }
  }
  return headers
}

extension TestClientProtocol {
  func get(_ path: String, _ fields: [String: String] = [:]) async throws -> TestResponse {
    try await execute(uri: path, method: .get, headers: headers(fields))
  }

  /// Posts JSON, unless the fields say otherwise.
  func post(_ path: String, _ body: String, _ fields: [String: String] = [:]) async throws -> TestResponse {
    try await execute(
      uri: path,
      method: .post,
      headers: headers(["Content-Type": "application/json"].merging(fields) { $1 }),
      body: ByteBuffer(string: body)
    )
  }

  func signIn(_ email: String, _ password: String) async throws -> TestResponse {
    try await post(
      "/auth/sign-in",
      GraphQLValue.object(["email": .string(email), "password": .string(password)]).jsonText
    )
  }

  /// The whole answer to a GraphQL request, sent as a script does.
  func graphQL(
    _ query: String,
    _ variables: GraphQLValue = [:],
    as member: TestServer.Member
  ) async throws -> GraphQLValue {
    let body: GraphQLValue = ["query": .string(query), "variables": variables]
    return try await post("/graphql", body.jsonText, ["Authorization": "Bearer \(member.token)"]).json
  }

  /// One field of the answer's data; a request that has errors fails the test.
  func field(
    _ name: String,
    _ query: String,
    _ variables: GraphQLValue = [:],
    as member: TestServer.Member
  ) async throws -> GraphQLValue {
    let answer = try await graphQL(query, variables, as: member)
    #expect(answer["errors"] == nil)
    return try #require(answer["data"]?[name])
  }

  /// Creates a meeting and answers `calendarEvent`, or fails the test with the reason.
  func createEvent(
    _ more: OrderedFields = [:],
    fields: String = "id",
    as member: TestServer.Member
  ) async throws -> GraphQLValue {
    let result = try await field(
      "createCalendarEvent",
      """
      mutation($input: CreateCalendarEventInput!) {
        createCalendarEvent(input: $input) { success error errorField icsFileUrl calendarEvent { \(fields) } }
      }
      """,
      ["input": .meeting(more, in: member)],
      as: member
    )
    #expect(result["success"] == .bool(true), "\(result["error"]?.stringValue ?? "")")
    return try #require(result["calendarEvent"])
  }
}

extension GraphQLValue {
  /// An hour in the member's built-in calendar, with a few more fields.
  static func meeting(_ more: OrderedFields = [:], in member: TestServer.Member) -> GraphQLValue {
    var input: OrderedFields = [
      "title": "Secret plan", "startsAt": "2027-03-01T10:00:00Z", "endsAt": "2027-03-01T11:00:00Z",
      "connectedAccountId": .string("\(member.account.id)"),
    ]
    for (name, value) in more { input[name] = value }
    return .object(input)
  }

  /// The code and the text of an answer's first error.
  var firstError: (code: String?, message: String?) {
    let error = self["errors"]?[0]
    return (error?["extensions"]?["code"]?.stringValue, error?["message"]?.stringValue)
  }
}

extension TestResponse {
  var text: String { String(buffer: body) }
  var json: GraphQLValue { get throws { try GraphQLValue(json: Array(body.readableBytesView)) } }

  /// The session's cookie as the browser would send it back.
  var sessionCookie: String? {
    headers[.setCookie].flatMap { $0.split(separator: ";").first.map(String.init) }
  }

  /// The attributes of the cookie that is set, sorted, without its value.
  var cookieAttributes: [String] {
    (headers[.setCookie] ?? "").split(separator: ";").dropFirst()
      .map { $0.trimmingCharacters(in: .whitespaces) }.sorted()
  }
}
