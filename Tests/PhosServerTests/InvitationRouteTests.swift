import CalendarCore
import CalendarService
import Crypto
import Foundation
import GraphQLEngine
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

/// `GET /ics/…` needs no sign-in, so its address must be all the proof there is.
@Suite(.timeLimit(.minutes(5))) struct InvitationRouteTests {
  /// The path of the address that Ada gets for a new meeting with a guest.
  private static func path(_ server: TestServer, _ client: any TestClientProtocol) async throws -> String {
    let event = try await client.createEvent(
      [
        "description": .string(String(repeating: "A long and windy agenda, with a 会議; ", count: 20)),
        "attendees": [["email": "guest@example.org", "displayName": "A Guest"]],
      ],
      fields: "icsFileUrl",
      as: server.ada
    )
    let address = try #require(event["icsFileUrl"]?.stringValue)
    #expect(address.hasPrefix("http://phos.example/ics/"))
    #expect(!address.contains("Secret") && !address.contains("@"))
    return String(address.dropFirst("http://phos.example".count))
  }

  @Test func `the address gives the invitation without a sign-in`() async throws {
    try await TestServer.open { server, client async throws in
      let answer = try await client.get(try await Self.path(server, client))
      #expect(answer.status == .ok)
      #expect(answer.headers[.contentType] == "text/calendar; charset=utf-8")
      #expect(answer.headers[.contentDisposition]?.hasPrefix("attachment; filename=\"meeting-") == true)
      #expect(answer.headers[.cacheControl] == "no-store")
      #expect(answer.text.contains("METHOD:REQUEST\r\n"))
      #expect(answer.text.contains("SUMMARY:Secret plan\r\n"))
    }
  }

  @Test func `every line ends with CRLF and has at most 75 octets`() async throws {
    try await TestServer.open { server, client async throws in
      let bytes = Array(try await client.get(try await Self.path(server, client)).body.readableBytesView)
      #expect(bytes.suffix(2) == [13, 10])
      let lines = bytes.split(separator: 10, omittingEmptySubsequences: false).dropLast()
      #expect(lines.count > 10)
      for line in lines {
        #expect(line.last == 13)
        #expect(line.count - 1 <= 75)
        #expect(!line.dropLast().contains(13))
      }
    }
  }

  @Test func `the file of the answer and the file at the address are the same`() async throws {
    try await TestServer.open { server, client async throws in
      let result = try await client.field(
        "createCalendarEvent",
        """
        mutation($input: CreateCalendarEventInput!) {
          createCalendarEvent(input: $input) { icsFileUrl icsFileName icsFileContent }
        }
        """,
        ["input": .meeting(in: server.ada)],
        as: server.ada
      )
      let address = try #require(result["icsFileUrl"]?.stringValue)
      let answer = try await client.get(String(address.dropFirst("http://phos.example".count)))
      #expect(answer.text == result["icsFileContent"]?.stringValue)
      let name = try #require(result["icsFileName"]?.stringValue)
      #expect(answer.headers[.contentDisposition] == "attachment; filename=\"\(name)\"")
    }
  }

  @Test func `an address is good for a day`() async throws {
    try await TestServer.open { server, client async throws in
      let path = try await Self.path(server, client)
      server.advance(by: InvitationLink.lifetime - 1)
      #expect(try await client.get(path).status == .ok)
      server.advance(by: 1)
      #expect(try await client.get(path).status == .notFound)
    }
  }

  @Test func `an address with anything changed is not found, and does not say why`() async throws {
    try await TestServer.open { server, client async throws in
      let parts = try await Self.path(server, client).dropFirst("/ics/".count)
        .split(separator: ".").map(String.init)
      let other = try await client.createEvent(["title": "Another"], as: server.ada)["id"]?.stringValue ?? ""
      let ours = InvitationLink(EncryptionKeys(SymmetricKey(data: TestServer.encryptionKey)))
      let stranger = InvitationLink(EncryptionKeys(SymmetricKey(data: Data(repeating: 8, count: 32))))
      let workspace = server.ada.caller.workspaceID
      let event = try #require(CalendarEvent.ID(parts[1]))
      func address(_ change: (inout [String]) -> Void) -> String {
        var changed = parts
        change(&changed)
        return changed.joined(separator: ".")
      }
      let forged = [
        address { $0[0] = "\(server.mallory.caller.workspaceID)" },
        address { $0[1] = other },
        address { $0[2] = "\((Int($0[2]) ?? 0) + 1)" },
        address { $0[2] = "99999999999999999999" },
        address { $0[3] = ($0[3].hasPrefix("A") ? "B" : "A") + $0[3].dropFirst() },
        address { $0[3] = "" },
        address { $0[3] = String($0[3].prefix(20)) },
        address { $0[4] = "html" },
        address { $0.append("ics") },
        address { $0.remove(at: 3) },
        stranger.path(workspace: workspace, event: event, now: server.now),
        ours.path(
          workspace: workspace,
          event: .init(UUID()),
          now: server.now
        ),
        ours.path(
          workspace: server.mallory.caller.workspaceID,
          event: event,
          now: server.now
        ),
      ]
      for path in forged {
        let answer = try await client.get("/ics/\(path)")
        #expect(answer.status == .notFound, "\(path)")
        #expect(answer.text == "This link has expired.\n", "\(path)")
      }
      #expect(try await client.get("/ics/\(parts.joined(separator: "."))").status == .ok)
    }
  }
}
