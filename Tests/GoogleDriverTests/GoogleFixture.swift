import CalendarCore
import DriverTestSupport
import Foundation
import GoogleDriver
import HTTPTypes
import JSONModel
import ProviderConformance
import ProviderEmulators
import ProviderKit
import TestSupport

/// Google on this machine, an account connected to it, and a clock for both.
struct GoogleFixture: Sendable {
  static let address = "ann@example.com"
  static let scopes = [
    "https://www.googleapis.com/auth/calendar.events",
    "https://www.googleapis.com/auth/calendar.calendarlist.readonly",
    "https://www.googleapis.com/auth/gmail.send",
  ]

  let clock = ManualClock()
  let emulator: GoogleEmulator
  let server: EmulatorServer
  let mail: MailSink
  let live: LiveTransport
  let network: FaultyTransport
  let provider: GoogleCalendarProvider
  let vault: CredentialVault
  let session: AccountSession

  /// Runs a test in a fixture of its own.
  static func run<T>(
    scopes: [String] = Self.scopes,
    allowsMeet: Bool = true,
    _ body: (GoogleFixture) async throws -> T
  ) async throws -> T {
    let fixture = try await GoogleFixture(scopes: scopes, allowsMeet: allowsMeet)
    do {
      let result = try await body(fixture)
      await fixture.stop()
      return result
    } catch {
      await fixture.stop()
      throw error
    }
  }

  private init(scopes: [String], allowsMeet: Bool) async throws {
    let clock = clock
    mail = try MailSink()
    let account = EmulatorAccount(
      email: Self.address,
      displayName: "Ann",
      timeZone: "Europe/Berlin",
      bearerToken: "script-token",
      refreshToken: "first-refresh-token",
      grantedScopes: scopes,
      allowsMeet: allowsMeet
    )
    emulator = try GoogleEmulator(
      accounts: [account],
      clientID: "client",
      clientSecret: "client-secret",
      mailSink: mail,
      clock: { clock.now },
      conferenceDelay: .seconds(2),
      allowsLoopbackHTTP: true
    )
    server = try await emulator.serve()
    live = LiveTransport()
    network = FaultyTransport(live)
    provider = GoogleCalendarProvider(
      configuration: GoogleConfiguration(
        clientID: "client",
        clientSecret: "client-secret",
        apiURL: server.url,
        oauthURL: server.url
      ),
      http: ProviderHTTP(transport: network),
      clock: clock.wallClock
    )
    // As stored an hour ago: the first call has to renew.
    vault = CredentialVault(
      OAuthTokens(accessToken: "lapsed", refreshToken: "first-refresh-token", expiresAt: clock.now)
        .credentials
    )
    session = vault.session(try Samples.account(.google, handle: Self.address, scopes: scopes))
  }

  private func stop() async {
    emulator.faults.clear()
    await live.shutdown()
    await server.stop()
  }

  var events: [JSON] { emulator.events(of: Self.address) }

  /// The bodies of the inserts that Google saw.
  var inserted: [RequestLog.Entry] { emulator.log.entries.filter { $0.operation == "events.insert" } }

  func create(_ draft: ProviderEventDraft) async throws -> ProviderEvent {
    try await provider.createEvent(draft, session: session)
  }

  func draft(
    conference: ConferenceCreation? = nil,
    attendees: [String] = ["bob@example.org"]
  ) throws -> ProviderEventDraft {
    try Samples.draft(calendar: Self.address, attendees: attendees, conference: conference)
  }

  func reference(_ event: ProviderEvent) -> ProviderEventReference {
    ProviderEventReference(
      calendarExternalID: Self.address,
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

  /// The bodies and questions of the changes that Google saw.
  var patched: [RequestLog.Entry] { emulator.log.entries.filter { $0.operation == "events.patch" } }

  /// The event as Google keeps it.
  func stored(_ event: ProviderEvent) -> JSON? {
    events.first { $0["id"]?.string == event.externalID }
  }

  /// Does to the calendar what its owner could do in the browser.
  func asOwner(_ method: String, _ path: String, body: String = "") async throws -> ProviderResponse {
    try await ProviderHTTP(transport: live).send(
      ProviderRequest(
        method,
        "\(server.url)/calendar/v3/calendars/primary/events\(path)",
        headers: [.authorization: "Bearer script-token", .contentType: "application/json"],
        body: Array(body.utf8)
      )
    )
  }
}
