import CalendarCore
import Foundation
import GraphQLEngine
import HummingbirdTesting
import Testing

/// The meaning of null in `updateCalendarEvent`, and the forms of times.
@Suite(.timeLimit(.minutes(5))) struct UpdateInputTests {
  private static let fields = """
    id title startsAt endsAt recurrence participants { handle isOrganizer } linkedPeople { id } icsFileUrl
    """

  private static func update(
    _ event: GraphQLValue,
    _ input: GraphQLValue,
    _ server: TestServer,
    _ client: any TestClientProtocol
  ) async throws -> GraphQLValue {
    try await client.field(
      "updateCalendarEvent",
      """
      mutation($id: ID!, $input: UpdateCalendarEventInput!) {
        updateCalendarEvent(eventId: $id, input: $input) {
          success error errorCode errorField icsFileContent calendarEvent { \(fields) }
        }
      }
      """,
      ["id": try #require(event["id"]), "input": input],
      as: server.ada
    )
  }

  @Test func `null clears the lists, and what is not named stays`() async throws {
    try await TestServer.open { server, client async throws in
      let person = try await client.field(
        "createPerson",
        #"mutation { createPerson(input: { lastName: "Guest", emails: ["guest@example.org"] }) { id } }"#,
        as: server.ada
      )
      let event = try await client.createEvent(
        [
          "attendees": [["email": "guest@example.org"]],
          "linkedPersonIds": .list([try #require(person["id"])]),
          "recurrence": ["RRULE:FREQ=DAILY;COUNT=3"],
        ],
        fields: Self.fields,
        as: server.ada
      )
      let kept = try await Self.update(event, ["title": "Other"], server, client)
      #expect(kept["calendarEvent"]?["participants"]?.listValue?.count == 2)
      #expect(kept["calendarEvent"]?["linkedPeople"]?.listValue?.count == 1)
      #expect(kept["calendarEvent"]?["recurrence"]?.listValue?.count == 1)
      let cleared = try await Self.update(
        event,
        ["attendees": .null, "linkedPersonIds": .null, "recurrence": .null],
        server,
        client
      )
      #expect(cleared["success"] == true)
      #expect(cleared["calendarEvent"]?["participants"]?.listValue?.count == 1)
      #expect(cleared["calendarEvent"]?["linkedPeople"] == .list([]))
      #expect(cleared["calendarEvent"]?["recurrence"] == .list([]))
    }
  }

  @Test func `a meeting is not left without a title`() async throws {
    try await TestServer.open { server, client async throws in
      let event = try await client.createEvent([:], fields: Self.fields, as: server.ada)
      let refused = try await Self.update(event, ["title": .null], server, client)
      #expect(refused["error"] == "Give the meeting a title.")
      #expect(refused["errorCode"] == "VALIDATION_FAILED" && refused["errorField"] == "title")
    }
  }

  @Test func `a meeting in the hour that spring leaves out is shown when it takes place`() async throws {
    try await TestServer.open { server, client async throws in
      _ = try await client.createEvent(
        [
          "startsAt": "2027-03-27T02:30:00+01:00", "endsAt": "2027-03-27T02:45:00+01:00",
          "timeZone": "Europe/Berlin", "recurrence": ["RRULE:FREQ=DAILY;COUNT=3"],
        ],
        fields: "id",
        as: server.ada
      )
      let listed = try await client.field(
        "calendarEvents",
        """
        { calendarEvents(from: "2027-03-27T00:00:00Z", to: "2027-03-30T00:00:00Z") {
          edges { node { startsAt endsAt } } } }
        """,
        as: server.ada
      )
      let nodes = listed["edges"]?.listValue?.compactMap { $0["node"] } ?? []
      #expect(
        nodes.map { $0["startsAt"] } == [
          "2027-03-27T02:30:00+01:00", "2027-03-28T03:30:00+02:00", "2027-03-29T02:30:00+02:00",
        ]
      )
      #expect(nodes[1]["endsAt"] == "2027-03-28T03:45:00+02:00")
    }
  }

  @Test func `the files of a series leave out canceled occurrences`() async throws {
    try await TestServer.open { server, client async throws in
      let event = try await client.createEvent(
        ["recurrence": ["RRULE:FREQ=DAILY;COUNT=3"], "attendees": [["email": "guest@example.org"]]],
        fields: "id startsAt",
        as: server.ada
      )
      _ = try await client.field(
        "deleteCalendarEvent",
        """
        mutation($id: ID!, $start: DateTime) {
          deleteCalendarEvent(eventId: $id, scope: THIS, occurrenceStart: $start) { success }
        }
        """,
        ["id": try #require(event["id"]), "start": try #require(event["startsAt"])],
        as: server.ada
      )
      let changed = try await Self.update(event, ["location": "Room 5"], server, client)
      #expect(changed["icsFileContent"]?.stringValue?.contains("EXDATE") == true)
      let address = try #require(changed["calendarEvent"]?["icsFileUrl"]?.stringValue)
      let answer = try await client.get(String(address.dropFirst("http://phos.example".count)))
      #expect(answer.text == changed["icsFileContent"]?.stringValue)
    }
  }
}
