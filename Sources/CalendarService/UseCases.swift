package import CalendarCore
import JobQueue

/// Every use case, by feature, put together from the parts that a program chooses.
package struct UseCases: Sendable {
  package let events: EventUseCases
  package let conferences: ConferenceUseCases
  package let accounts: AccountUseCases
  package let mail: MailUseCases
  package let records: RecordUseCases
  package let access: AccessUseCases
  package let failedJobs: FailedJobs
  package let runner: WorkspaceJobRunner
  package let changeHub: ChangeHub
  package let clock: WallClock

  package init(_ parts: Parts) {
    let shared = SharedParts(parts)
    runner = shared.runner
    changeHub = ChangeHub(database: parts.database, notifier: parts.changeNotifier, logger: parts.logger)
    clock = parts.clock
    conferences = ConferenceUseCases(parts)
    events = EventUseCases(shared, conferences: conferences.available, hub: changeHub)
    accounts = AccountUseCases(shared)
    mail = MailUseCases(shared)
    records = RecordUseCases(parts)
    access = AccessUseCases(parts)
    failedJobs = FailedJobs(
      database: parts.database,
      surroundings: shared.surroundings,
      workers: shared.workers,
      runner: shared.runner,
      clock: parts.clock
    )
  }
}
