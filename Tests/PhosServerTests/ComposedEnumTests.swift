import CalendarCore
import CalendarService
import GraphQLEngine
import HTTPTypes
import HummingbirdTesting
import LocalDriver
@testable import PhosServer
import Testing

/// A new provider is one folder and one line: no line of the schema.
@Suite(.timeLimit(.minutes(5))) struct ComposedEnumTests {
  private struct ExtraCalendar: CalendarProvider, EmptyCalendar {
    let providerID = AccountProviderID(rawValue: "ABACUS")
    let displayName = "Abacus"
    let maximumAttendees = 3

    func canWrite(_ account: ConnectedAccount) -> Bool { true }

    func createEvent(
      _ draft: ProviderEventDraft,
      session: AccountSession
    ) async throws(ProviderError) -> ProviderEvent {
      throw .rejected(reason: "It only counts.")
    }
  }

  private struct ExtraConference: ConferenceProvider {
    let providerID = ConferenceProviderID(rawValue: "TIN_CANS")
    let displayName = "Two tin cans"
    let icon = ProviderIcon(key: "cans", shapes: "<circle r=\"9\"/>")

    func createConference(
      _ options: CreateConferenceOptions,
      session: AccountSession?
    ) async throws(ProviderError) -> ConferenceCreation {
      .ready(Conference(link: "https://cans.example/\(options.requestID)"))
    }
  }

  private static let drivers = Drivers.Installed(
    calendars: CalendarProviderRegistry([LocalProvider(), ExtraCalendar()]),
    conferences: ConferenceProviderRegistry([ExtraConference()])
  )

  private static func values(
    of name: String,
    _ server: TestServer,
    _ client: any TestClientProtocol
  ) async throws -> [String] {
    let type = try await client.field(
      "__type",
      "query($name: String!) { __type(name: $name) { enumValues { name } } }",
      ["name": .string(name)],
      as: server.ada
    )
    return (type["enumValues"]?.listValue ?? []).compactMap { $0["name"]?.stringValue }
  }

  @Test func `the enums hold the providers that this program was built with`() async throws {
    let google = ["PHOS_GOOGLE_CLIENT_ID": "id", "PHOS_GOOGLE_CLIENT_SECRET": "secret"]
    try await TestServer.open(google) { server, client async throws in
      let calendars = try await Self.values(of: "CalendarProviderId", server, client)
      #expect(Set(calendars).isSuperset(of: ["GOOGLE", "CALDAV", "LOCAL", "MICROSOFT", "ZOOM"]))
      let conferences = try await Self.values(of: "ConferenceProviderId", server, client)
      #expect(
        Set(conferences).isSuperset(of: ["NONE", "GOOGLE_MEET", "MICROSOFT_TEAMS", "JITSI", "CUSTOM_LINK"])
      )
      #expect(!conferences.contains("WHEREBY"), "Whereby has no key here")
    }
  }

  @Test func `a new driver shows up with no line of the schema changed`() async throws {
    try await TestServer.open(drivers: Self.drivers) { server, client async throws in
      let calendars = try await Self.values(of: "CalendarProviderId", server, client)
      #expect(calendars == ["LOCAL", "ABACUS"])
      let conferences = try await Self.values(of: "ConferenceProviderId", server, client)
      #expect(conferences == ["NONE", "TIN_CANS"])
      let offered = try await client.field(
        "calendarProviders",
        "{ calendarProviders { providerId displayName iconKey connection } }",
        as: server.ada
      )
      #expect(
        offered[1]
          == [
            "providerId": "ABACUS", "displayName": "Abacus", "iconKey": "calendar", "connection": "BUILT_IN",
          ]
      )
    }
  }

  @Test func `drivers' drawings are served, and run nothing`() async throws {
    try await TestServer.open(drivers: Self.drivers) { _, client async throws in
      for (key, shape) in [("cans", "<circle r=\"9\"/>"), ("calendar", "<rect")] {
        let answer = try await client.get("/icons/\(key).svg")
        #expect(answer.status == .ok)
        #expect(answer.headers[.contentType] == "image/svg+xml")
        #expect(answer.headers[.contentSecurityPolicy] == "default-src 'none'; sandbox")
        #expect(answer.headers[.cacheControl] == "public, max-age=86400")
        #expect(answer.text.hasPrefix("<svg xmlns=") && answer.text.contains(shape))
      }
      for path in ["/icons/none.svg", "/icons/cans", "/icons/cans.png"] {
        #expect(try await client.get(path).text.contains("<svg") == false)
      }
      #expect(try await client.get("/icons/none.svg").status == .notFound)
    }
  }

  @Test func `a new kind of conference can be had at once`() async throws {
    try await TestServer.open(drivers: Self.drivers) { server, client async throws in
      let offered = try await client.field(
        "getAvailableConferenceProviders",
        "{ getAvailableConferenceProviders { providerId displayName iconKey isAvailable } }",
        as: server.ada
      )
      #expect(
        offered[1]
          == [
            "providerId": "TIN_CANS", "displayName": "Two tin cans", "iconKey": "cans", "isAvailable": true,
          ]
      )
      let event = try await client.createEvent(
        ["conferenceProviderId": "TIN_CANS"],
        fields: "conferenceProviderId conferenceStatus conferenceLink",
        as: server.ada
      )
      #expect(event["conferenceProviderId"] == "TIN_CANS")
      #expect(event["conferenceStatus"] == "SUCCESS")
      #expect(event["conferenceLink"]?.stringValue?.hasPrefix("https://cans.example/") == true)
    }
  }

  @Test func `accounts of a provider whose configuration is gone are still shown, and none is offered`()
    async throws
  {
    try await TestServer.open { server, client async throws in
      let (ada, channel) = (server.ada, server.ada.channel)
      var account = ada.account
      account.id = IdentifierSource.random.make()
      account.provider = AccountProviderID(rawValue: "GOOGLE")
      try await server.database.write(ada.caller.workspaceID) { [account] transaction in
        try transaction.accounts.insert(account, sealedCredentials: nil)
      }
      let shown =
        try await client.field(
          "connectedAccounts",
          "{ connectedAccounts { provider needsReconnect calendarChannels { id } } }",
          as: ada
        ).listValue ?? []
      #expect(shown.count == 2)
      #expect(
        shown.contains(["provider": "GOOGLE", "needsReconnect": .bool(true), "calendarChannels": []])
      )
      #expect(shown.contains { $0["calendarChannels"]?[0]?["id"]?.stringValue == "\(channel.id)" })
      let offered =
        try await client.field(
          "calendarProviders",
          "{ calendarProviders { providerId } }",
          as: ada
        ).listValue ?? []
      #expect(offered.contains(["providerId": "LOCAL"]) && !offered.contains(["providerId": "GOOGLE"]))
      let start = try await client.graphQL(
        "mutation { startOAuthConnection(provider: GOOGLE) }",
        as: ada
      )
      #expect(start.firstError.code == "VALIDATION_FAILED")
    }
  }

  @Test func `a provider that is not built in cannot be named`() async throws {
    try await TestServer.open(drivers: Self.drivers) { server, client async throws in
      let answer = try await client.graphQL(
        "mutation { startOAuthConnection(provider: GOOGLE) }",
        as: server.ada
      )
      #expect(
        answer.firstError.message
          == #"Value "GOOGLE" does not exist in "CalendarProviderId" enum."#
      )
    }
  }

  @Test(arguments: [
    ("FeatureFlagKey", FeatureFlagKey.allCases.map(\.rawValue)),
    ("ConferenceStatus", ConferenceStatus.allCases.map(\.rawValue)),
    ("PushStatus", PushStatus.allCases.map(\.rawValue)),
    ("CalendarEventResponseStatus", CalendarEventResponseStatus.allCases.map(\.rawValue)),
    ("CalendarChannelVisibility", CalendarChannelVisibility.allCases.map(\.rawValue)),
    ("ContactAutoCreationPolicy", ContactAutoCreationPolicy.allCases.map(\.rawValue)),
    ("ConflictResolutionStrategy", ConflictResolutionStrategy.allCases.map(\.rawValue)),
    ("ProviderConnection", ProviderConnection.allCases.map(\.rawValue)),
    ("ConnectionFieldKind", ConnectionField.Kind.allCases.map(\.rawValue)),
  ])
  func `the domain's own enums and the schema's are the same`(name: String, values: [String]) async throws {
    try await TestServer.open { server, client async throws in
      let offered = try await Self.values(of: name, server, client)
      #expect(Set(offered) == Set(values))
    }
  }
}
