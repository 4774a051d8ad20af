import CalendarCore
import Foundation
import GraphQLEngine
import HummingbirdTesting
@testable import PhosServer
import Testing

/// Ids are parsed where requests come in: text that is no id is answered like the id of something that does not exist.
@Suite(.timeLimit(.minutes(5))) struct IdentifierTests {
  private static let answer = "{ success errorCode errorField }"
  private static let texts = ["no id", "00000000-0000-0000-0000-000000000000"]

  private static func create(_ more: String) -> String {
    "createCalendarEvent(input: { title: \"A\", startsAt: \"2027-03-01T10:00:00Z\", endsAt: \"2027-03-01T11:00:00Z\", "
      + "\(more) }) \(answer)"
  }

  private static func send(_ more: String) -> String {
    "sendEmail(input: { to: [\"a@example.org\"], subject: \"A\", body: \"A\", \(more) }) \(answer)"
  }

  @Test(
    arguments: [
      (create("connectedAccountId: ID"), "connectedAccountId"),
      (create("connectedAccountId: ACCOUNT, linkedPersonIds: [ID]"), "linkedPersonIds"),
      (create("connectedAccountId: ACCOUNT, linkedCompanyId: ID"), "linkedCompanyId"),
      (create("connectedAccountId: ACCOUNT, linkedOpportunityId: ID"), "linkedOpportunityId"),
      ("updateCalendarEvent(eventId: ID, input: {}) \(answer)", "eventId"),
      ("updateCalendarEvent(eventId: EVENT, input: { linkedCompanyId: ID }) \(answer)", "linkedCompanyId"),
      ("deleteCalendarEvent(eventId: ID) \(answer)", "eventId"),
      ("undoDeleteCalendarEvent(eventId: ID) \(answer)", "eventId"),
      ("resolveCalendarEventConflict(eventId: ID, keepCrm: true) \(answer)", "eventId"),
      ("retryCalendarEvent(eventId: ID) \(answer)", nil),
      (send("connectedAccountId: ID"), "connectedAccountId"),
      ("retryEmail(id: ID) \(answer)", "id"),
    ] as [(String, String?)]
  )
  func `a result says which field is to blame`(mutation: String, field: String?) async throws {
    try await TestServer.open { server, client async throws in
      let event = try await client.createEvent(as: server.ada)["id"]?.stringValue ?? ""
      for text in Self.texts {
        let filled = mutation.replacing("ACCOUNT", with: "\"\(server.ada.account.id)\"")
          .replacing("EVENT", with: "\"\(event)\"").replacing(": ID", with: ": \"\(text)\"")
          .replacing("[ID]", with: "[\"\(text)\"]")
        let name = String(mutation.prefix { $0 != "(" })
        let result = try await client.field(name, "mutation { \(filled) }", as: server.ada)
        #expect(
          result == [
            "success": false, "errorCode": "NOT_FOUND", "errorField": field.map { .string($0) } ?? .null,
          ],
          "\(text)"
        )
      }
    }
  }

  @Test(
    arguments: [
      ("mutation { cancelEmail(id: ID) }", "id"),
      ("mutation { retryFailedJob(id: ID) }", nil),
      ("mutation { discardFailedJob(id: ID) }", nil),
      ("mutation { disconnectAccount(connectedAccountId: ID) }", "connectedAccountId"),
      ("mutation { updateCalendarChannel(id: ID, input: {}) { id } }", "id"),
      (
        "mutation { createPerson(input: { lastName: \"A\", emails: [], companyId: ID }) { id } }", "companyId"
      ),
      ("mutation { createOpportunity(input: { name: \"A\", companyId: ID }) { id } }", "companyId"),
      (
        "mutation { createOpportunity(input: { name: \"A\", pointOfContactId: ID }) { id } }",
        "pointOfContactId"
      ),
      ("{ getAvailableConferenceProviders(connectedAccountId: ID) { providerId } }", "connectedAccountId"),
    ] as [(String, String?)]
  )
  func `an error says which field is to blame`(request: String, field: String?) async throws {
    try await TestServer.open { server, client async throws in
      for text in Self.texts {
        let error = try await client.graphQL(request.replacing("ID", with: "\"\(text)\""), as: server.ada)[
          "errors"
        ]?[0]
        #expect(error?["extensions"]?["code"] == "NOT_FOUND", "\(text)")
        #expect(error?["extensions"]?["field"]?.stringValue == field, "\(text)")
      }
    }
  }

  @Test func `a query finds nothing`() async throws {
    try await TestServer.open { server, client async throws in
      for text in Self.texts {
        for request in [
          "getCalendarEventById(eventId: ID) { id }", "person(id: ID) { id }", "company(id: ID) { id }",
          "opportunity(id: ID) { id }", "email(id: ID) { id }",
        ] {
          let name = String(request.prefix { $0 != "(" })
          let filled = request.replacing("ID)", with: "\"\(text)\")")
          #expect(try await client.field(name, "{ \(filled) }", as: server.ada) == .null)
        }
        let events = try await client.field(
          "calendarEvents",
          """
          { calendarEvents(from: "2027-03-01T00:00:00Z", to: "2027-04-01T00:00:00Z",
            connectedAccountId: "\(text)") { edges { cursor } } }
          """,
          as: server.ada
        )
        #expect(events == ["edges": []])
      }
    }
  }
}
