import CalendarCore
import CalendarService
import Crypto
import Foundation
import ICalendar
import JobQueue
import Logging
import Storage
import TestSupport
import Testing

/// A workspace with two members, an account each at the fake provider, and every use case, on a real database.
struct TestWorkspace {
  /// 2026-06-01T08:00:00Z.
  static let start = Date(timeIntervalSince1970: 1_780_300_800)

  let database: any Database
  let useCases: UseCases
  private let parts: UseCases.Parts
  let calendar = FakeCalendar()
  let rooms = FakeRooms()
  let mail = FakeMail()
  let inbox = FakeInbox()
  let studio = FakeRooms(FakeRooms.studioID, ownAccount: FakeRooms.studioAccount)
  let clock = ManualClock(Self.start)
  let workspace: Workspace
  let ada: Caller
  let ben: Caller
  let account: ConnectedAccount.ID
  let bensAccount: ConnectedAccount.ID

  init(
    answerLimit: Duration = .seconds(60),
    heartbeat: Duration = .seconds(4),
    solutions: [String] = ["fakeMeet"],
    sendsInvitations: Bool = true,
    bell: (any ChangeNotifier)? = nil
  ) async throws {
    let database = try Engine.chosen.empty()
    self.database = database
    var parts = UseCases.Parts(
      database: database,
      calendars: CalendarProviderRegistry([calendar]),
      conferences: ConferenceProviderRegistry([FakeMeet(), FakeLink(), rooms, studio]),
      encryptionKeys: EncryptionKeys(SymmetricKey(size: .bits256)),
      processName: "test",
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    )
    parts.mailTransports = MailTransportRegistry([mail])
    parts.inboxes = MailInboxRegistry([inbox])
    parts.clock = clock.wallClock
    parts.backoff = Backoff { 0.5 }
    parts.changeNotifier = bell ?? database.changeNotifier
    parts.limits.answer = answerLimit
    parts.limits.heartbeat = heartbeat
    parts.limits.drain = .milliseconds(1)
    self.parts = parts
    useCases = UseCases(parts)
    workspace = try await useCases.access.createWorkspace(displayName: "Test")
    (ada, account) = try await Self.member(
      "ada",
      in: workspace,
      useCases,
      database,
      solutions,
      sendsInvitations
    )
    (ben, bensAccount) = try await Self.member(
      "ben",
      in: workspace,
      useCases,
      database,
      solutions,
      sendsInvitations
    )
  }

  private static func member(
    _ name: String,
    in workspace: Workspace,
    _ useCases: UseCases,
    _ database: any Database,
    _ solutions: [String],
    _ sendsInvitations: Bool
  ) async throws -> (Caller, ConnectedAccount.ID) {
    let email = try #require(EmailAddress("\(name)@phos.example"))
    let member = WorkspaceMember(
      id: .init(UUID()),
      workspaceID: workspace.id,
      email: email,
      displayName: name.capitalized,
      timeZone: Zone("Europe/Berlin")
    )
    let account = ConnectedAccount(
      id: .init(UUID()),
      ownerID: member.id,
      provider: AccountProviderID(rawValue: "FAKE"),
      handle: email,
      displayName: "Fake",
      grantedScopes: ["write"],
      sendsInvitations: sendsInvitations
    )
    let channel = CalendarChannel(
      id: .init(UUID()),
      accountID: account.id,
      handle: "Main",
      externalID: "primary",
      isPrimary: true,
      conferenceSolutions: solutions
    )
    try await database.write(workspace.id) { transaction in
      try transaction.members.insert(member, passwordHash: nil)
      try transaction.accounts.insert(account, sealedCredentials: nil)
      try transaction.accounts.insert(channel)
    }
    return (Caller(workspaceID: workspace.id, memberID: member.id), account.id)
  }

  /// A meeting on 2 June 2026, 10 to 11 in Berlin, with one guest.
  func input(_ change: (inout CreateEventInput) -> Void = { _ in }) -> CreateEventInput {
    let ten = ZonedDateTime("2026-06-02T10:00:00+02:00[Europe/Berlin]")
    let eleven = ZonedDateTime("2026-06-02T11:00:00+02:00[Europe/Berlin]")
    var input = CreateEventInput(
      title: "Kick-off",
      startsAt: Self.written(ten),
      endsAt: Self.written(eleven),
      connectedAccountID: account
    )
    input.attendees = [.init(email: "guest@example.com")]
    change(&input)
    return input
  }

  static func written(_ time: ZonedDateTime?) -> RequestedInstant {
    let time = time ?? ZonedDateTime(instant: start, zone: .utc)
    return RequestedInstant(instant: time.instant, writtenDate: time.local.date)
  }

  func stored(_ id: CalendarEvent.ID) async throws -> CalendarEvent? {
    try await database.read(workspace.id) { try $0.events.find(id) }
  }

  func eventCount() async throws -> Int {
    try await database.read(workspace.id) {
      try $0.events.list(from: .distantPast, to: .distantFuture, accountID: nil, after: nil, limit: 1000)
        .count
    }
  }

  func account() async throws -> ConnectedAccount {
    let found = try await database.read(workspace.id) { [account] in try $0.accounts.find(account) }
    return try #require(found)
  }

  /// Ada goes through the provider's sign-in again, which finds these calendars.
  func connectAgain(
    calendars: [String] = ["primary"],
    sendsInvitations: Bool = true,
    parameters: [String: String] = [:]
  ) async throws {
    let found = calendars.map { DiscoveredCalendar(externalID: $0, displayName: $0, isPrimary: true) }
    let handle = try await account().handle
    _ = try await useCases.accounts.store(
      AccountConnection(
        handle: handle,
        displayName: "Fake",
        grantedScopes: ["write"],
        parameters: parameters,
        sendsInvitations: sendsInvitations,
        credentials: Credentials(),
        calendars: found
      ),
      provider: calendar.providerID,
      caller: ada
    )
  }

  /// Another program on the same database, or on what stands between.
  func another(on database: (any Database)? = nil) -> UseCases {
    var parts = parts
    parts.processName = "another"
    parts.database = database ?? self.database
    return UseCases(parts)
  }

  /// Another program on the same database, without any providers.
  func withoutDrivers() -> UseCases {
    var parts = parts
    parts.processName = "stranger"
    parts.calendars = CalendarProviderRegistry()
    parts.conferences = .init()
    parts.mailTransports = .init()
    parts.inboxes = .init()
    return UseCases(parts)
  }

  func setFlag(_ key: FeatureFlagKey, _ enabled: Bool) async throws {
    try await useCases.access.setFeatureFlag(key, enabled: enabled, caller: ada)
  }

  /// Lets time pass and runs jobs until none is left.
  func runAllJobs() async throws {
    for _ in 0..<200 {
      guard try await nextJob() != nil else { return }
      try await runNextJob()
    }
    throw JobsNeverEnd()
  }

  private struct JobsNeverEnd: Error {}

  /// Lets time pass until the next job is due, and runs it.
  func runNextJob() async throws {
    let due = try #require(try await database.systemRead { try $0.nextJobDue(after: .distantPast) })
    clock.advance(by: max(0, due.timeIntervalSince(clock.now)))
    try await useCases.runner.runDueJobs()
  }
}
