import CalendarCore
import DriverTestSupport
import Foundation
import HTTPTypes
import JSONModel
import ProviderKit
import Testing

@testable import GoogleDriver

/// The properties of listed events that an import needs beside their content.
@Suite(.timeLimit(.minutes(5))) struct GoogleListingTests {
  /// Reads an event of a list that has these members beside its id and times.
  private func listed(_ members: JSON) async throws -> ProviderEvent {
    let time: JSON = ["dateTime": "2027-03-01T10:00:00Z", "timeZone": "Europe/Berlin"]
    var event = members.object ?? [:]
    event.merge(["id": "1", "start": time, "end": time]) { own, _ in own }
    let list: JSON = ["items": [.object(event)], "nextSyncToken": "next"]
    let network = ScriptedTransport { _, _ in
      ProviderResponse(
        200,
        [.contentType: "application/json"],
        String(decoding: list.encoded(), as: UTF8.self)
      )
    }
    let provider = GoogleCalendarProvider(
      configuration: GoogleConfiguration(clientID: "client", clientSecret: "secret"),
      http: ProviderHTTP(transport: network),
      clock: .system
    )
    let tokens = OAuthTokens(accessToken: "t", refreshToken: "r", expiresAt: Date(timeIntervalSinceNow: 3600))
    let session = CredentialVault(tokens.credentials)
      .session(try Samples.account(.google, handle: "ann@example.com"))
    let page = try await provider.changes(in: "primary", since: nil, session: session)
    guard case .event(let found) = try #require(page.changes.first) else { throw Unlisted() }
    return found.event
  }

  private struct Unlisted: Error {}

  /// Reports of products that showed them as meetings: appointment#363, Meeter#98, gcalsync#10.
  @Test(arguments: [
    ("default", EventKind.meeting, EventAvailability.busy), ("focusTime", .focusTime, .busy),
    ("outOfOffice", .outOfOffice, .outOfOffice), ("workingLocation", .other, .free),
    ("birthday", .other, .free), ("fromGmail", .other, .free), ("a type of next year", .other, .free),
  ])
  func `entries that are no meetings are told from meetings`(
    type: String,
    kind: EventKind,
    availability: EventAvailability
  ) async throws {
    let event = try await listed(["eventType": .string(type)])
    #expect(event.kind == kind && event.availability == availability)
  }

  @Test(arguments: [
    ("default", false), ("public", false), ("private", true), ("confidential", true),
  ])
  func `a private event is private`(visibility: String, isPrivate: Bool) async throws {
    #expect(try await listed(["visibility": .string(visibility)]).isPrivate == isPrivate)
  }

  @Test func `the owner's time is shown as Google shows it`() async throws {
    #expect(try await listed([:]).availability == .busy)
    #expect(try await listed(["status": "tentative"]).availability == .tentative)
    #expect(try await listed(["status": "tentative", "transparency": "transparent"]).availability == .free)
  }

  @Test func `a guest's copy names the organizer, and the guest's own response`() async throws {
    let event = try await listed([
      "organizer": ["email": "eve@example.net", "displayName": "Eve"],
      "attendees": [
        ["email": "eve@example.net", "organizer": true, "responseStatus": "tentative"],
        // By another of the account's addresses.
        ["email": "ann.alias@example.com", "self": true, "responseStatus": "declined"],
        ["email": "bob@example.org", "responseStatus": "accepted"],
      ],
    ])
    #expect(!event.isOrganizer && event.response == .declined)
    let organizer = try #require(event.organizer)
    #expect(organizer.handle == EmailAddress("eve@example.net") && organizer.displayName == "Eve")
    #expect(organizer.isOrganizer && organizer.responseStatus == .tentative)
    #expect(event.content.attendees.map(\.handle.rawValue) == ["ann.alias@example.com", "bob@example.org"])
  }

  @Test func `an organizer who lists themselves has no response to give`() async throws {
    let event = try await listed([
      "organizer": ["email": "ann@example.com", "self": true],
      "attendees": [
        ["email": "ann@example.com", "organizer": true, "self": true, "responseStatus": "accepted"],
        ["email": "bob@example.org", "responseStatus": "needsAction"],
      ],
    ])
    #expect(event.isOrganizer && event.response == nil)
    #expect(event.organizer?.responseStatus == .accepted)
  }
}
