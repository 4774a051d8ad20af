import CalendarCore
import GraphQLEngine
import HTTPTypes
import HummingbirdTesting
import ICalendar
import Testing

/// `GET /ics/calendar.ics`: what a member may see, as one file.
@Suite(.timeLimit(.minutes(5))) struct ExportRouteTests {
  private static let march = "/ics/calendar.ics?from=2027-03-01T00:00:00Z&to=2027-04-01T00:00:00%2B01:00"

  private static func signedIn(_ member: TestServer.Member?) -> [String: String] {
    member.map { ["Authorization": "Bearer \($0.token)"] } ?? [:]
  }

  private static func file(
    _ path: String = march,
    of member: TestServer.Member?,
    _ client: any TestClientProtocol
  ) async throws -> (status: HTTPResponse.Status, calendar: CalendarObject?) {
    let answer = try await client.get(path, signedIn(member))
    return (answer.status, try? CalendarObject.parse(Array(answer.text.utf8)))
  }

  @Test func `many events are one calendar that asks nobody to anything`() async throws {
    try await TestServer.open { server, client async throws in
      let guests: OrderedFields = ["attendees": [["email": "guest@example.org"]]]
      for _ in 0..<3 { _ = try await client.createEvent(guests, fields: "id", as: server.ada) }
      let (status, calendar) = try await Self.file(of: server.ada, client)
      #expect(status == .ok)
      #expect(calendar?.method == nil)
      #expect(calendar?.events.map(\.summary) == ["Secret plan", "Secret plan", "Secret plan"])
      #expect(Set(calendar?.events.map(\.uid) ?? []).count == 3)
      #expect(calendar?.events.first?.attendees.count == 2)
    }
  }

  @Test func `what a colleague may not see is busy time and nothing else`() async throws {
    try await TestServer.open { server, client async throws in
      _ = try await client.field(
        "updateCalendarChannel",
        """
        mutation { updateCalendarChannel(id: "\(server.ada.channel.id)", input: { visibility: METADATA }) { id } }
        """,
        as: server.ada
      )
      let guests: OrderedFields = [
        "attendees": [["email": "guest@example.org"]], "description": "Secret plan",
        "location": "Secret plan",
      ]
      _ = try await client.createEvent(guests, fields: "id", as: server.ada)
      let answer = try await client.get(Self.march, Self.signedIn(server.ben))
      #expect(!answer.text.contains("Secret") && !answer.text.contains("guest@"))
      let event = try #require(try CalendarObject.parse(Array(answer.text.utf8)).events.first)
      #expect(event.summary == "Busy")
      let (_, own) = try await Self.file(of: server.ada, client)
      #expect(own?.events.first?.summary == "Secret plan")
      let (status, other) = try await Self.file(of: server.mallory, client)
      #expect(status == .ok && other?.events.isEmpty != false)
    }
  }

  @Test func `nobody gets a file without signing in, or for no span`() async throws {
    try await TestServer.open { server, client async throws in
      #expect(try await Self.file(of: nil, client).status == .unauthorized)
      for query in [
        "", "?from=2027-03-01T00:00:00Z", "?from=yesterday&to=today",
        "?from=2027-03-01T00:00:00Z&to=2029-03-01T00:00:00Z",
      ] {
        #expect(
          try await Self.file("/ics/calendar.ics\(query)", of: server.ada, client).status == .badRequest
        )
      }
    }
  }
}
