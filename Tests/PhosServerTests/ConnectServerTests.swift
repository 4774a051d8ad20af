import CalendarCore
import CalendarService
import GraphQLEngine
import LocalDriver
@testable import PhosServer
import Testing

/// `connectAccount`, with drivers that accept any credentials.
@Suite(.timeLimit(.minutes(5))) struct ConnectServerTests {
  /// The first driver with a form.
  private struct FormCalendar: ConnectsWithForm, EmptyCalendar {
    let providerID = AccountProviderID(rawValue: "TOWN_HALL")
    let displayName = "Town hall"
    let maximumAttendees = 3
    let form = [
      ConnectionField(id: "serverUrl", label: "Server address", kind: .url, maximumLength: 64),
      ConnectionField(id: "username", label: "User name"),
      ConnectionField(id: "password", label: "Password", kind: .password, help: "Ask at the desk."),
      ConnectionField(id: "handle", label: "Your email address", kind: .email, isOptional: true),
    ]

    func canWrite(_ account: ConnectedAccount) -> Bool { true }

    func connect(_ values: ConnectionValues) async throws(ConnectionRefusal) -> AccountConnection {
      guard let username = values["username"], let handle = EmailAddress(values["handle"] ?? username) else {
        throw ConnectionRefusal(.rejected(reason: "Which address?"), field: "handle")
      }
      return AccountConnection(
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

  /// A second one, which asks for something else.
  private struct Library: ConnectsWithForm, EmptyCalendar {
    let providerID = AccountProviderID(rawValue: "LIBRARY")
    let displayName = "Library"
    let maximumAttendees = 3
    let form = [ConnectionField(id: "cardNumber", label: "Card number", isSecret: true, maximumLength: 8)]

    func canWrite(_ account: ConnectedAccount) -> Bool { true }

    func connect(_ values: ConnectionValues) async throws(ConnectionRefusal) -> AccountConnection {
      guard values["cardNumber"] == "4711", let handle = EmailAddress("reader@library.example") else {
        throw ConnectionRefusal(.authExpired(reason: "No such card."), field: "cardNumber")
      }
      return AccountConnection(
        handle: handle,
        displayName: "Reader",
        sendsInvitations: false,
        credentials: Credentials(),
        calendars: []
      )
    }

    func createEvent(
      _ draft: ProviderEventDraft,
      session: AccountSession
    ) async throws(ProviderError) -> ProviderEvent {
      throw .rejected(reason: "The library is closed.")
    }
  }

  private static let mutation = """
    mutation($provider: CalendarProviderId!, $fields: [ConnectionFieldInput!]!) {
      connectAccount(provider: $provider, fields: $fields) { provider handle }
    }
    """

  private static var drivers: Drivers.Installed {
    Drivers.Installed(
      calendars: CalendarProviderRegistry([LocalProvider(), FormCalendar(), Library()]),
      conferences: ConferenceProviderRegistry()
    )
  }

  /// Submits a form, and looks at the answer.
  private static func connect(
    _ provider: String,
    _ typed: [(String, String)],
    check: @escaping @Sendable (GraphQLValue) -> Void
  ) async throws {
    let fields = typed.map { id, value -> GraphQLValue in ["id": .string(id), "value": .string(value)] }
    let variables: GraphQLValue = ["provider": .string(provider), "fields": .list(fields)]
    try await TestServer.open(drivers: drivers) { server, client async throws in
      check(try await client.graphQL(mutation, variables, as: server.ada))
    }
  }

  /// Expects the account's email address, or the field that caused the error.
  private static func expect(
    handle: String?,
    blame: String? = nil,
    username: String,
    typed: String?
  ) async throws {
    var fields = [("serverUrl", "https://dav.example"), ("username", username), ("password", "secret")]
    if let typed { fields.append(("handle", typed)) }
    try await connect("TOWN_HALL", fields) { answer in
      #expect(answer["data"]?["connectAccount"]?["handle"]?.stringValue == handle)
      #expect(answer["errors"]?[0]?["extensions"]?["field"]?.stringValue == blame)
      if blame != nil { #expect(answer.firstError.code == "VALIDATION_FAILED") }
    }
  }

  @Test func `the address that was typed is the account's`() async throws {
    try await Self.expect(handle: "ada@phos.example", username: "ada@dav.example", typed: "ada@phos.example")
  }

  @Test(arguments: [nil, "", " "])
  func `without one, a user name that is an address is taken`(typed: String?) async throws {
    try await Self.expect(handle: "ada@dav.example", username: "ada@dav.example", typed: typed)
  }

  @Test func `without either, the address is asked for`() async throws {
    try await Self.expect(handle: nil, blame: "handle", username: "ada", typed: nil)
  }

  @Test func `a second driver with a form is reached by its name`() async throws {
    try await Self.connect("LIBRARY", [("cardNumber", "4711")]) { answer in
      #expect(answer["errors"] == nil)
      #expect(
        answer["data"]?["connectAccount"] == ["provider": "LIBRARY", "handle": "reader@library.example"]
      )
    }
  }

  @Test func `an account that has no form is not connected with one`() async throws {
    try await Self.connect("LOCAL", [("cardNumber", "4711")]) { answer in
      #expect(answer["errors"]?[0]?["extensions"]?["field"] == "provider")
    }
  }

  @Test(arguments: [
    ([("password", "hunter2!"), ("shoeSize", "hunter2!")], "shoeSize"),
    ([("serverUrl", "https://dav.example"), ("username", "ada"), ("password", "")], "password"),
    ([("serverUrl", "https://hunter2!.example/" + String(repeating: "x", count: 64))], "serverUrl"),
    ([("username", "hunter2!"), ("username", "ada")], "username"),
    ([("password", "hunter2!\r\nQUIT")], "password"),
  ])
  func `a refusal names the field and repeats no value`(typed: [(String, String)], field: String) async throws
  {
    try await Self.connect("TOWN_HALL", typed) { answer in
      #expect(answer["errors"]?[0]?["extensions"]?["field"]?.stringValue == field)
      #expect(answer.firstError.code == "VALIDATION_FAILED")
      #expect(!"\(answer)".contains("hunter2!"))
    }
  }

  @Test func `a driver's own refusal names its field and repeats no secret`() async throws {
    try await Self.connect("LIBRARY", [("cardNumber", "hunter2!")]) { answer in
      #expect(answer["errors"]?[0]?["extensions"]?["field"] == "cardNumber")
      #expect(!"\(answer)".contains("hunter2!"))
    }
  }

  @Test func `what was typed does not show when it is printed`() {
    let values = ConnectionValues(["password": "hunter2!"])
    let companion = CompanionServer(
      field: "mail",
      purpose: .inbox,
      address: "hunter2!",
      username: "ada",
      password: "hunter2!"
    )
    for text in ["\(values)", String(reflecting: values), "\(companion)", String(reflecting: companion)] {
      #expect(!text.contains("hunter2!"))
    }
    var dumped = ""
    dump(values, to: &dumped)
    dump(companion, to: &dumped)
    #expect(!dumped.contains("hunter2!"))
  }

  @Test func `each provider shows its form, and those without one none`() async throws {
    try await TestServer.open(drivers: Self.drivers) { server, client async throws in
      let offered = try await client.field(
        "calendarProviders",
        "{ calendarProviders { providerId connection form { id label help kind isSecret isOptional } } }",
        as: server.ada
      )
      #expect(offered[0] == ["providerId": "LOCAL", "connection": "BUILT_IN", "form": nil])
      #expect(offered[1]?["connection"] == "FORM")
      #expect(
        offered[1]?["form"]?[2] == [
          "id": "password", "label": "Password", "help": "Ask at the desk.", "kind": "PASSWORD",
          "isSecret": .bool(true), "isOptional": .bool(false),
        ]
      )
      #expect(offered[2]?["form"]?[0]?["isSecret"] == .bool(true))
    }
  }
}
