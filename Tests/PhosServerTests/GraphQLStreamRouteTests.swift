import CalendarCore
import CalendarService
import Foundation
import GraphQLEngine
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
@testable import PhosServer
import TestSupport
import Testing

/// GraphQL over Server-Sent Events, as far as an answer has an end; what goes on is tested with the whole program.
@Suite(.timeLimit(.minutes(5))) struct GraphQLStreamRouteTests {
  private static func get(
    _ query: String,
    _ server: TestServer,
    _ client: any TestClientProtocol,
    _ fields: [String: String] = [:]
  ) async throws -> TestResponse {
    let query = query.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    return try await client.get(
      "/graphql/stream?query=\(query)",
      ["Authorization": "Bearer \(server.ada.token)", "Accept": "text/event-stream"].merging(fields) { $1 }
    )
  }

  @Test func `a query is answered by one event and the end`() async throws {
    try await TestServer.open(live: true) { server, client async throws in
      let answer = try await Self.get("{ me { email } }", server, client)
      #expect(answer.status == .ok)
      #expect(answer.headers[.contentType] == "text/event-stream; charset=utf-8")
      #expect(answer.headers[.cacheControl] == "no-store")
      #expect(
        answer.text
          == ": welcome\n\nevent: next\ndata: {\"data\":{\"me\":{\"email\":\"ada@example.com\"}}}\n\n"
          + "event: complete\ndata:\n\n"
      )
    }
  }

  @Test(arguments: [
    ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"), ("{ me {", "GRAPHQL_PARSE_FAILED"),
    ("subscription($id: ID!) { calendarEventChanged(eventId: $id) { id } }", "BAD_USER_INPUT"),
    (#"subscription { calendarEventChanged(eventId: "none") { id } }"#, "NOT_FOUND"),
  ])
  func `what is wrong with an operation is an event too, for a browser reads nothing else`(
    query: String,
    code: String
  ) async throws {
    try await TestServer.open(live: true) { server, client async throws in
      let answer = try await Self.get(query, server, client)
      #expect(answer.status == .ok)
      #expect(answer.text.hasPrefix(": welcome\n\nevent: next\ndata: {\"errors\":[{"))
      #expect(answer.text.contains("\"code\":\"\(code)\""))
      #expect(answer.text.hasSuffix("\n\nevent: complete\ndata:\n\n"))
    }
  }

  @Test(arguments: [
    ("gone", "VALIDATION_FAILED"), ("1-9000000000000", "RESUME_POSITION_EXPIRED"),
    ("9223372036854775807-1", "VALIDATION_FAILED"), ("99999999999999-1", "RESUME_POSITION_EXPIRED"),
    ("-1-1", "VALIDATION_FAILED"), ("0-0", "RESUME_POSITION_EXPIRED"),
  ])
  func `a place that is none, or too old, is said so`(id: String, code: String) async throws {
    try await TestServer.open(live: true) { server, client async throws in
      let query = "subscription { calendarEventChanged { id } }"
      let answer = try await Self.get(query, server, client, ["Last-Event-ID": id])
      #expect(answer.text.contains("\"code\":\"\(code)\""))
      #expect(answer.text.hasSuffix("event: complete\ndata:\n\n"))
    }
  }

  @Test func `strangers, other types and mutations by GET are refused before anything is sent`() async throws
  {
    try await TestServer.open(live: true) { server, client async throws in
      #expect(try await client.get("/graphql/stream?query=%7Bme%7Bid%7D%7D").status == .unauthorized)
      let json = try await Self.get("{ me { id } }", server, client, ["Accept": "application/json"])
      #expect(json.status == .notAcceptable)
      let mutation = #"mutation { createCompany(input: { name: "X" }) { id } }"#
      #expect(try await Self.get(mutation, server, client).status == .methodNotAllowed)
      let posted = try await client.post(
        "/graphql/stream",
        GraphQLValue.object(["query": .string(mutation)]).jsonText,
        ["Authorization": "Bearer \(server.ada.token)", "Accept": "text/event-stream"]
      )
      #expect(posted.text.contains(#"event: next\#ndata: {"data":{"createCompany":{"id":"#))
    }
  }

  @Test func `a member who signs out gets no more updates`() async throws {
    try await TestServer.open(live: true) { server, client async throws in
      let cookie = try #require(try await client.signIn(server.ada.email, TestServer.password).sessionCookie)
      let clock = ManualSleepClock()
      var route = GraphQLStreamRoute(
        executor: server.program.executor,
        useCases: server.useCases,
        publicURL: ""
      )
      route.clock = clock
      let router = Router(context: WebContext.self)
      router.add(
        middleware: Authentication(
          signIn: server.useCases.access.signIn,
          publicOrigin: "http://phos.example",
          logger: Logger(label: "test")
        )
      )
      route.add(to: router)
      try await Application(router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)))
        .test(.live) { streaming in
          async let answer = streaming.get(
            "/graphql/stream?query=subscription%7BcalendarEventChanged%7Bid%7D%7D",
            ["Cookie": cookie, "Accept": "text/event-stream"]
          )
          await clock.endNextSleep()
          _ = try await client.post("/auth/sign-out", "", ["Cookie": cookie, "X-Phos-Client": "web"])
          await clock.endNextSleep()
          let text = try await answer.text
          #expect(text.hasPrefix(": welcome\n\nid: "))
          #expect(text.components(separatedBy: "\n\nid: ").count == 3, "The place comes with each beat.")
          #expect(text.hasSuffix("event: complete\ndata:\n\n"))
        }
    }
  }

  @Test func `a member has so many streams and no more, and a closed one makes room`() {
    let (streams, ids) = (OpenStreams(), IdentifierSource.random)
    let (ada, ben) = (ids.make(WorkspaceMember.self), ids.make(WorkspaceMember.self))
    var places = (0..<OpenStreams.maximumPerMember).map { _ in streams.open(for: ada) }
    #expect(places.allSatisfy { $0 != nil })
    #expect(streams.open(for: ada) == nil)
    #expect(streams.open(for: ben) != nil)
    places.removeLast()
    #expect(streams.open(for: ada) != nil)
  }
}
