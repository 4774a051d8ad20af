package import CalendarCore
package import Foundation
package import JobQueue
package import Logging

extension UseCases {
  /// The parts of which the use cases are made.
  package struct Parts: Sendable {
    package var database: any Database
    package var calendars: CalendarProviderRegistry
    package var conferences: ConferenceProviderRegistry
    package var mailTransports = MailTransportRegistry()
    package var inboxes = MailInboxRegistry()
    /// Seconds between two looks into a mailbox.
    package var inboxPause: TimeInterval = 300
    package var encryptionKeys: EncryptionKeys
    package var clock = WallClock.system
    package var ids = IdentifierSource.random
    package var backoff = Backoff()
    /// The database's own.
    package var changeNotifier: any ChangeNotifier = PollingNotifier()
    package var limits = JobRunnerLimits()
    /// Tells this process from others in a job's lease.
    package var processName: String
    package var logger: Logger
    /// Runs a slow, blocking computation off the cooperative pool.
    package var offload: @Sendable (@escaping @Sendable () throws -> Bool) async throws -> Bool = { try $0() }

    package init(
      database: any Database,
      calendars: CalendarProviderRegistry,
      conferences: ConferenceProviderRegistry,
      encryptionKeys: EncryptionKeys,
      processName: String,
      logger: Logger
    ) {
      self.database = database
      self.calendars = calendars
      self.conferences = conferences
      self.encryptionKeys = encryptionKeys
      self.processName = processName
      self.logger = logger
    }
  }
}
