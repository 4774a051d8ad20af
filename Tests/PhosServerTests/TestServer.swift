import CalendarCore
import CalendarService
import Crypto
import DatabaseTestSupport
import DriverTestSupport
import Foundation
import Hummingbird
import HummingbirdTesting
import ICalendar
import LocalDriver
import Logging
@testable import PhosServer
import Storage
import TestSupport
import Testing

/// A server in this process on a database of its own, with a clock that only the test turns.
///
/// Ada and Ben share a workspace; Mallory is in another one, which nobody may tell exists.
struct TestServer: Sendable {
  /// The password of all members.
  static let password = "correct horse battery"
  static let encryptionKey = Data(repeating: 7, count: 32)
  /// Made once: scrypt is slow on purpose.
  private static let passwordHash = Result { try PasswordHash.make(password) }

  /// A member who can sign in, and has the built-in calendar.
  struct Member: Sendable {
    let email: String
    let caller: Caller
    /// For `Authorization: Bearer`.
    let token: String
    let account: ConnectedAccount
    let channel: CalendarChannel
  }

  let program: Program
  let clock: ManualClock
  let folder: URL
  let ada: Member
  let ben: Member
  let mallory: Member

  var useCases: UseCases { program.useCases }
  var database: any Database { program.database }
  var now: Date { clock.now }

  /// Turns the clock, in seconds.
  func advance(by interval: TimeInterval) { clock.advance(by: interval) }

  private init(program: Program, clock: ManualClock, folder: URL) async throws {
    self.program = program
    self.clock = clock
    self.folder = folder
    let (here, there) = (
      try await program.useCases.access.createWorkspace(displayName: "Here"),
      try await program.useCases.access.createWorkspace(displayName: "There")
    )
    ada = try await Self.addMember("ada@example.com", "Ada", to: here, program)
    ben = try await Self.addMember("ben@example.com", "Ben", to: here, program)
    mallory = try await Self.addMember("mallory@example.net", "Mallory", to: there, program)
  }

  /// Runs a test against the router of a new server.
  static func open(
    _ values: [String: String] = [:],
    drivers: Drivers.Installed? = nil,
    live: Bool = false,
    onStatement: (@Sendable (String) -> Void)? = nil,
    counting work: DatabaseWork? = nil,
    logger: Logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
    _ test: @escaping @Sendable (TestServer, any TestClientProtocol) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "server-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var environment = [
      "PHOS_DATABASE_URL": "sqlite:\(folder.path)/phos.db",
      "PHOS_ENCRYPTION_KEY": encryptionKey.base64EncodedString(),
      "PHOS_PUBLIC_URL": "http://phos.example",
      "PHOS_WEB_ROOT": folder.appending(path: "web").path,
    ]
    environment.merge(values) { $1 }
    let clock = ManualClock()
    let program = try Program(
      Configuration(environment: environment),
      clock: clock.wallClock,
      drivers: drivers,
      database: try database(in: folder, onStatement: onStatement, counting: work),
      logger: logger
    )
    do {
      let server = try await TestServer(program: program, clock: clock, folder: folder)
      let application = Application(
        router: program.router(),
        configuration: .init(address: .hostname("127.0.0.1", port: 0)),
        logger: logger
      )
      try await application.test(live ? .live : .router) { try await test(server, $0) }
      await program.shutdown()
    } catch {
      await program.shutdown()
      throw error
    }
  }

  /// Nil for the database that the configuration asks for.
  private static func database(
    in folder: URL,
    onStatement: (@Sendable (String) -> Void)?,
    counting work: DatabaseWork?
  ) throws -> (any DatabaseEngine)? {
    let path = folder.appending(path: "phos.db").path
    try TestDatabase.makeSQLiteFile(at: path)
    guard onStatement != nil || work != nil else { return nil }
    let database = try SQLiteDatabase(path: path, onStatement: onStatement ?? { _ in })
    return work.map { CountingDatabase(database, $0) } ?? database
  }

  private static func addMember(
    _ email: String,
    _ name: String,
    to workspace: Workspace,
    _ program: Program
  ) async throws -> Member {
    let address = try #require(EmailAddress(email))
    let (ids, hash) = (IdentifierSource.random, try passwordHash.get())
    let member = WorkspaceMember(
      id: ids.make(),
      workspaceID: workspace.id,
      email: address,
      displayName: name,
      timeZone: Zone("Europe/Berlin")
    )
    let account = ConnectedAccount(
      id: ids.make(),
      ownerID: member.id,
      provider: .local,
      handle: address,
      displayName: "Built-in calendar",
      sendsInvitations: false
    )
    let channel = CalendarChannel(
      id: ids.make(),
      accountID: account.id,
      handle: "Calendar",
      externalID: "\(account.id)",
      isPrimary: true
    )
    try await program.database.write(workspace.id) { transaction in
      try transaction.members.insert(member, passwordHash: hash)
      try transaction.accounts.insert(account, sealedCredentials: nil)
      try transaction.accounts.insert(channel)
    }
    return Member(
      email: email,
      caller: Caller(workspaceID: workspace.id, memberID: member.id),
      token: try await program.useCases.access.createAPIToken(email: email).text,
      account: account,
      channel: channel
    )
  }
}
