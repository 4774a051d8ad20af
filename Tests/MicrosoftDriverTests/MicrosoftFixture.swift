import CalendarCore
import DriverTestSupport
import Foundation
import HTTPTypes
import JSONModel
import MicrosoftDriver
import ProviderConformance
import ProviderEmulators
import ProviderKit
import TestSupport

/// Microsoft on this machine, an account connected to it, and a clock for both.
struct MicrosoftFixture: Sendable {
  static let address = "ann@example.com"
  static let scopes = [
    "Calendars.ReadWrite", "Mail.Send", "MailboxSettings.Read", "User.Read", "offline_access",
  ]

  let clock = ManualClock()
  let emulator: MicrosoftEmulator
  let server: EmulatorServer
  let mail: MailSink
  let live: LiveTransport
  let network: FaultyTransport
  let provider: MicrosoftCalendarProvider
  let vault: CredentialVault
  let session: AccountSession
  /// The default calendar's id.
  let calendar: String

  /// Runs a test in a fixture of its own.
  static func run<T>(
    scopes: [String] = Self.scopes,
    allowsTeams: Bool = true,
    timeZone: String = "Europe/Berlin",
    _ body: (MicrosoftFixture) async throws -> T
  ) async throws -> T {
    let fixture = try await MicrosoftFixture(scopes: scopes, allowsTeams: allowsTeams, timeZone: timeZone)
    do {
      let result = try await body(fixture)
      await fixture.stop()
      return result
    } catch {
      await fixture.stop()
      throw error
    }
  }

  private init(scopes: [String], allowsTeams: Bool, timeZone: String) async throws {
    let clock = clock
    mail = try MailSink()
    let account = EmulatorAccount(
      email: Self.address,
      displayName: "Ann",
      timeZone: timeZone,
      bearerToken: "script-token",
      refreshToken: "first-refresh-token",
      grantedScopes: scopes,
      allowsTeams: allowsTeams
    )
    emulator = try MicrosoftEmulator(
      accounts: [account],
      clientID: "client",
      clientSecret: "client-secret",
      mailSink: mail,
      clock: { clock.now },
      conferenceDelay: .seconds(2)
    )
    server = try await emulator.serve()
    live = LiveTransport()
    network = FaultyTransport(live)
    provider = MicrosoftCalendarProvider(
      configuration: MicrosoftConfiguration(
        clientID: "client",
        clientSecret: "client-secret",
        graphURL: server.url,
        loginURL: server.url
      ),
      http: ProviderHTTP(transport: network),
      clock: clock.wallClock
    )
    // As stored an hour ago: the first call has to renew.
    vault = CredentialVault(
      OAuthTokens(accessToken: "lapsed", refreshToken: "first-refresh-token", expiresAt: clock.now)
        .credentials
    )
    session = vault.session(try Samples.account(.microsoft, handle: Self.address, scopes: scopes))
    let list = try await ProviderHTTP(transport: live).send(
      ProviderRequest(
        "GET",
        "\(server.url)/v1.0/me/calendars",
        headers: [.authorization: "Bearer script-token"]
      )
    )
    calendar = try JSON.parse(Data(list.body))["value"]?.array?.first?["id"]?.string ?? ""
  }

  private func stop() async {
    emulator.faults.clear()
    await live.shutdown()
    await server.stop()
  }

  /// The requests that Graph saw.
  func requests(_ operation: String) -> [RequestLog.Entry] {
    emulator.log.entries.filter { $0.operation == operation }
  }

  func create(_ draft: ProviderEventDraft) async throws -> ProviderEvent {
    try await provider.createEvent(draft, session: session)
  }

  func draft(
    conference: ConferenceCreation? = nil,
    attendees: [String] = ["bob@example.org"]
  ) throws -> ProviderEventDraft {
    try Samples.draft(calendar: calendar, attendees: attendees, conference: conference)
  }

  func reference(_ event: ProviderEvent) -> ProviderEventReference {
    ProviderEventReference(
      calendarExternalID: calendar,
      eventID: .init(UUID()),
      externalID: event.externalID
    )
  }

  func reference(_ event: ProviderEvent, _ start: String) throws -> ProviderEventReference {
    var reference = reference(event)
    reference.originalStart = try Samples.start(start)
    return reference
  }

  func read(_ event: ProviderEvent, _ start: String? = nil) async throws -> ProviderEvent {
    let reference = try start.map { try self.reference(event, $0) } ?? reference(event)
    return try await provider.event(reference, session: session)
  }

  /// Reads, and changes what was read.
  @discardableResult
  func change(
    _ event: ProviderEvent,
    _ start: String? = nil,
    _ fields: Set<EventField> = [],
    conference: ConferenceChange? = nil,
    notifies: Bool = true,
    _ edit: (inout EventContent) throws -> Void = { _ in }
  ) async throws -> ProviderEvent {
    let current = try await read(event, start)
    return try await provider.updateEvent(
      try start.map { try reference(event, $0) } ?? reference(event),
      current: current,
      change: Samples.change(of: current, fields, conference: conference, notifies: notifies, edit),
      session: session
    )
  }

  func delete(_ event: ProviderEvent, _ start: String? = nil, notifies: Bool = true) async throws {
    try await provider.deleteEvent(
      try start.map { try reference(event, $0) } ?? reference(event),
      notifyAttendees: notifies,
      session: session
    )
  }

  /// Does to the mailbox what its owner could do in Outlook.
  @discardableResult
  func asOwner(_ method: String, _ path: String, _ body: JSON = .null) async throws -> JSON {
    var headers: HTTPFields = [.authorization: "Bearer script-token", .contentType: "application/json"]
    headers[named: "Prefer"] = "IdType=\"ImmutableId\""
    let response = try await ProviderHTTP(transport: live).send(
      ProviderRequest(
        method,
        "\(server.url)\(path)",
        headers: headers,
        body: body == .null ? [] : Array(body.encoded())
      )
    )
    guard response.isSuccess else { throw Refused(status: response.status) }
    return response.body.isEmpty ? .null : try JSON.parse(Data(response.body))
  }

  struct Refused: Error { let status: Int }

  /// The event as Graph shows it.
  func stored(_ event: ProviderEvent) async throws -> JSON {
    try await asOwner("GET", "/v1.0/me/events/\(FormEncoding.encode(event.externalID))")
  }
}
