package import CalendarCore
package import CalendarService
import Foundation
import GraphQLEngine
import Hummingbird
import JobQueue
package import Logging
import NIOCore
import ProviderKit
import ServiceLifecycle
package import Storage
import UnixSignals

/// A server or worker put together from its configuration: the composition root.
package struct Program: Sendable {
  package let configuration: Configuration
  package let useCases: UseCases
  let database: any DatabaseEngine
  private let drivers: Drivers.Installed
  let executor: GraphQLExecutor<CallerContext>
  private let logger: Logger

  /// Opens the database and brings it up to date.
  ///
  /// Throws `ConfigurationError` and `StoreError`.
  ///
  /// `drivers` and `database` take the place of those that the configuration asks for.
  package init(
    _ configuration: Configuration,
    clock: WallClock = .system,
    drivers: Drivers.Installed? = nil,
    database: (any DatabaseEngine)? = nil,
    logger: Logger
  ) throws {
    let key = try configuration.requiredEncryptionKey()
    let database = try database ?? Self.open(configuration)
    self.database = database
    try database.migrate()
    let drivers = try drivers ?? Drivers.install(configuration, clock: clock, logger: logger)
    self.drivers = drivers
    var parts = UseCases.Parts(
      database: database,
      calendars: drivers.calendars,
      conferences: drivers.conferences,
      encryptionKeys: EncryptionKeys(key, previous: configuration.previousEncryptionKeys),
      processName: "\(ProcessInfo.processInfo.hostName)-\(ProcessInfo.processInfo.processIdentifier)",
      logger: logger
    )
    parts.clock = clock
    parts.mailTransports = drivers.mailTransports
    parts.inboxes = drivers.inboxes
    parts.limits = JobRunnerLimits(lease: TimeInterval(configuration.jobLease))
    parts.inboxPause = TimeInterval(configuration.inboxPause)
    parts.changeNotifier = database.changeNotifier
    parts.offload = { body in try await PasswordPool.shared.run(body) }
    useCases = UseCases(parts)
    do {
      executor = try Resolvers.executor(
        calendars: drivers.calendars,
        conferences: drivers.conferences,
        unconfigured: drivers.unconfigured,
        allowsIntrospection: configuration.allowsIntrospection,
        logger: logger
      )
    } catch {
      drivers.shutdownAtOnce()
      throw error
    }
    self.configuration = configuration
    self.logger = logger
  }

  /// Serves until it is told to stop.
  ///
  /// `onReady` gets the port that was bound.
  private func server(onReady: @escaping @Sendable (Int) async -> Void) -> some Service {
    Application(
      router: router(),
      configuration: .init(
        address: .hostname(configuration.host, port: configuration.port),
        serverName: "phos"
      ),
      onServerRunning: { await onReady($0.localAddress?.port ?? 0) },
      logger: logger
    )
  }

  private var worker: Worker { Worker(runner: useCases.runner) }

  /// Closes what was opened; nothing may be running.
  package func shutdown() async {
    await drivers.shutdown()
    try? database.close()
  }

  func router() -> Router<WebContext> {
    let router = Router(context: WebContext.self)
    router.add(middleware: SecurityHeaders())
    router.add(
      middleware: Authentication(
        signIn: useCases.access.signIn,
        publicOrigin: configuration.publicOrigin,
        logger: logger
      )
    )
    IconRoute(calendars: drivers.calendars, conferences: drivers.conferences).add(to: router)
    router.get("health/live") { _, _ in "ok\n" }
    router.get("health/ready") { [database] _, _ in
      _ = try await database.systemRead { try $0.workspaces().count }
      return "ok\n"
    }
    AuthRoutes(signIn: useCases.access.signIn, isSecure: configuration.publicURL.hasPrefix("https://"))
      .add(to: router)
    GraphQLRoute(executor: executor, useCases: useCases, publicURL: configuration.publicURL)
      .add(to: router)
    GraphQLStreamRoute(executor: executor, useCases: useCases, publicURL: configuration.publicURL)
      .add(to: router)
    ExportRoute(exportCalendar: useCases.events.export).add(to: router)
    InvitationRoute(invitations: useCases.events.invitations).add(to: router)
    OAuthRoute(connect: useCases.accounts.connectWithOAuth, publicURL: configuration.publicURL).add(
      to: router
    )
    WebApp(folder: configuration.webRoot).add(to: router)
    return router
  }
}

extension Program {
  /// Runs until the process is told to stop (SIGTERM, SIGINT), then closes everything.
  package func run(
    server runsServer: Bool,
    worker runsWorker: Bool,
    onReady: @escaping @Sendable (Int) async -> Void = { _ in }
  ) async throws {
    var services: [any Service] = []
    // The last is told to stop first: requests in flight are answered while jobs are still run for them.
    if runsWorker { services.append(worker) }
    // Those who watch would never leave by themselves.
    if runsServer { services += [server(onReady: onReady), LiveUpdates(hub: useCases.changeHub)] }
    var groupConfiguration = ServiceGroupConfiguration(
      services: services,
      gracefulShutdownSignals: [.sigterm, .sigint],
      logger: logger
    )
    // A client that takes nothing of its answer must not keep the program from ending.
    groupConfiguration.maximumGracefulShutdownDuration = .seconds(20)
    let group = ServiceGroup(configuration: groupConfiguration)
    do {
      try await group.run()
      await useCases.runner.drain()
      await shutdown()
    } catch let error as IOError where error.errnoCode == EADDRINUSE {
      await shutdown()
      throw ConfigurationError(key: "PHOS_PORT", reason: "port \(configuration.port) is in use")
    } catch {
      await shutdown()
      throw error
    }
  }

  static func open(_ configuration: Configuration) throws(ConfigurationError) -> any DatabaseEngine {
    let address = try configuration.databaseAddress()
    do { return try address.open(connections: configuration.databasePoolSize) } catch {
      throw .init(key: "PHOS_DATABASE_URL", reason: "the database can't be opened: \(error)")
    }
  }
}
