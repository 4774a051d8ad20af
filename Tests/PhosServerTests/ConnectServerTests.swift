import CalendarCore
import GraphQLEngine
import LocalDriver
@testable import PhosServer
import Testing

/// `connectCalDavAccount`, with a driver that believes everybody.
@Suite struct ConnectServerTests {
  private struct TownHall: ConnectsWithServerLogin, EmptyCalendar {
    let providerID = CalendarProviderID(rawValue: "TOWN_HALL")
    let displayName = "Town hall"
    let maximumAttendees = 3

    func canWrite(_ account: ConnectedAccount) -> Bool { true }

    func connect(
      serverURL: String,
      username: String,
      password: String,
      handle: EmailAddress
    ) async throws(ProviderError) -> AccountConnection {
      AccountConnection(
        handle: handle,
        displayName: username,
        sendsInvitations: false,
        credentials: Credentials(),
        calendars: []
      )
    }

    func createEvent(
      _ draft: ProviderEventDraft,
      session: AccountSession
    ) async throws(ProviderError) -> ProviderEvent {
      throw .rejected(reason: "The town hall is closed.")
    }
  }

  /// What comes of it: the account's mail address, or the field to blame.
  private static func expect(
    handle: String?,
    blame: String? = nil,
    username: String,
    typed: GraphQLValue?
  ) async throws {
    let drivers = Drivers.Installed(
      calendars: CalendarProviderRegistry([LocalProvider(), TownHall()]),
      conferences: ConferenceProviderRegistry()
    )
    var input: OrderedFields = [
      "serverUrl": "https://dav.example", "username": .string(username), "password": "secret",
    ]
    if let typed { input["handle"] = typed }
    let variables: GraphQLValue = ["input": .object(input)]
    try await House.open(drivers: drivers) { house, client async throws in
      let answer = try await client.graphQL(
        "mutation($input: ConnectCalDavAccountInput!) { connectCalDavAccount(input: $input) { handle } }",
        variables,
        as: house.ada
      )
      #expect(answer["data"]?["connectCalDavAccount"]?["handle"]?.stringValue == handle)
      #expect(answer["errors"]?[0]?["extensions"]?["field"]?.stringValue == blame)
      if blame != nil { #expect(answer.firstError.code == "VALIDATION_FAILED") }
    }
  }

  @Test func `the address that was typed is the account's`() async throws {
    try await Self.expect(handle: "ada@phos.example", username: "ada@dav.example", typed: "ada@phos.example")
  }

  @Test(arguments: [nil, GraphQLValue.null])
  func `without one, a user name that is an address is taken`(typed: GraphQLValue?) async throws {
    try await Self.expect(handle: "ada@dav.example", username: "ada@dav.example", typed: typed)
  }

  @Test func `without either, the address is asked for`() async throws {
    try await Self.expect(handle: nil, blame: "handle", username: "ada", typed: nil)
  }
}
