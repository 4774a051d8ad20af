import CalendarCore
import GraphQLEngine
import HummingbirdTesting
import Testing

/// A calendar with visibility METADATA shows others when its owner is busy, and with whom, but not what for.
@Suite(.timeLimit(.minutes(5))) struct RedactionTests {
  private static let fields = """
    id title description location startsAt isRedacted conferenceProviderId conferenceLink pushError providerUrl
    icsFileUrl participants { handle }
    """

  /// Every query that shows events, by its name and with what leads to its events.
  private static let lists = [
    (
      "calendarEvents",
      #"(from: "2027-03-01T00:00:00Z", to: "2027-03-02T00:00:00Z") { edges { node { FIELDS } } }"#
    ),
    ("getCalendarEventById", "(eventId: \"EVENT\") { FIELDS }"),
    ("getTimelineCalendarEventsFromPersonId", timeline("personId: \"PERSON\"")),
    ("getTimelineCalendarEventsFromCompanyId", timeline("companyId: \"COMPANY\"")),
    ("getTimelineCalendarEventsFromOpportunityId", timeline("opportunityId: \"OPPORTUNITY\"")),
  ]

  private static func timeline(_ argument: String) -> String {
    "(\(argument), page: 1, pageSize: 5) { timelineCalendarEvents { FIELDS } }"
  }

  /// The ids that stand for the capitals above, after Ada made a meeting about all three records.
  private static func makeMeeting(
    _ visibility: String,
    _ server: TestServer,
    _ client: any TestClientProtocol
  ) async throws -> [String: String] {
    _ = try await client.field(
      "updateCalendarChannel",
      """
      mutation { updateCalendarChannel(id: "\(server.ada.channel.id)", input: { visibility: \(visibility) }) { id } }
      """,
      as: server.ada
    )
    let records = try await client.graphQL(
      """
      mutation {
        COMPANY: createCompany(input: { name: "Acme" }) { id }
        PERSON: createPerson(input: { lastName: "Guest", emails: ["guest@example.org"] }) { id }
        OPPORTUNITY: createOpportunity(input: { name: "Deal" }) { id }
      }
      """,
      as: server.ada
    )
    var ids: [String: String] = [:]
    for name in ["COMPANY", "PERSON", "OPPORTUNITY"] {
      ids[name] = try #require(records["data"]?[name]?["id"]?.stringValue)
    }
    ids["EVENT"] = try await client.createEvent(
      [
        "title": "hush: title", "description": "hush: description", "location": "hush: location",
        "conferenceProviderId": "CUSTOM_LINK", "customConferenceLink": "https://meet.example/hush",
        "attendees": [["email": "guest@example.org"]], "idempotencyKey": "key",
        "linkedPersonIds": [.string(ids["PERSON"] ?? "")],
        "linkedCompanyId": .string(ids["COMPANY"] ?? ""),
        "linkedOpportunityId": .string(ids["OPPORTUNITY"] ?? ""),
      ],
      as: server.ada
    )["id"]?.stringValue
    return ids
  }

  private static func events(
    _ list: (String, String),
    _ ids: [String: String],
    _ client: any TestClientProtocol,
    as member: TestServer.Member
  ) async throws -> [GraphQLValue] {
    var text = "{ \(list.0)\(list.1.replacing("FIELDS", with: fields)) }"
    for (name, id) in ids { text = text.replacing(name, with: id) }
    let found = try await client.field(list.0, text, as: member)
    if let edges = found["edges"]?.listValue { return edges.compactMap { $0["node"] } }
    return found["timelineCalendarEvents"]?.listValue ?? [found]
  }

  @Test(arguments: lists)
  func `others see that the owner is busy, but not why`(list: (String, String)) async throws {
    try await TestServer.open { server, client async throws in
      let ids = try await Self.makeMeeting("METADATA", server, client)
      let events = try await Self.events(list, ids, client, as: server.ben)
      #expect(events.count == 1)
      let event = try #require(events.first)
      #expect(!event.jsonText.contains("hush"))
      for field in ["title", "description", "location", "conferenceLink", "icsFileUrl", "providerUrl"] {
        #expect(event[field] == .null, "\(field)")
      }
      #expect(event["isRedacted"] == .bool(true))
      #expect(event["startsAt"] == "2027-03-01T11:00:00+01:00")
      #expect(event["participants"]?.listValue?.count == 2)
    }
  }

  @Test(arguments: lists)
  func `the owner sees everything, and so does everyone when the calendar is shared`(
    list: (String, String)
  ) async throws {
    try await TestServer.open { server, client async throws in
      var ids = try await Self.makeMeeting("METADATA", server, client)
      let own = try #require(try await Self.events(list, ids, client, as: server.ada).first)
      #expect(own["title"] == "hush: title")
      #expect(own["isRedacted"] == .bool(false))
      _ = try await client.field(
        "updateCalendarChannel",
        """
        mutation { updateCalendarChannel(
          id: "\(server.ada.channel.id)", input: { visibility: SHARE_EVERYTHING }) { id } }
        """,
        as: server.ada
      )
      ids["EVENT"] = own["id"]?.stringValue
      let shared = try #require(try await Self.events(list, ids, client, as: server.ben).first)
      #expect(shared["title"] == "hush: title")
      #expect(shared["conferenceLink"] == "https://meet.example/hush")
      #expect(shared["icsFileUrl"]?.stringValue != nil)
    }
  }

  @Test func `no mutation hands the file of a hidden meeting to others`() async throws {
    try await TestServer.open { server, client async throws in
      let ids = try await Self.makeMeeting("METADATA", server, client)
      let result =
        "success errorCode icsFileUrl icsFileName icsFileContent conferenceLink calendarEvent { title }"
      let attempts: [(String, GraphQLValue, String)] = [
        (
          "mutation { retryCalendarEvent(eventId: \"\(ids["EVENT"] ?? "")\") { \(result) } }", [:],
          "FORBIDDEN"
        ),
        (
          "mutation($input: CreateCalendarEventInput!) { createCalendarEvent(input: $input) { \(result) } }",
          ["input": .meeting(["title": "hush: title", "idempotencyKey": "key"], in: server.ben)], "CONFLICT"
        ),
      ]
      for (text, variables, code) in attempts {
        let answer = try await client.graphQL(text, variables, as: server.ben)
        let refusal = try #require(answer["data"]?.objectValue?.first?.value)
        #expect(refusal["success"] == .bool(false))
        #expect(refusal["errorCode"]?.stringValue == code)
        for field in ["icsFileUrl", "icsFileName", "icsFileContent", "conferenceLink", "calendarEvent"] {
          #expect(refusal[field] == .null, "\(field)")
        }
      }
    }
  }
}
