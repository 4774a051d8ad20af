import CalendarCore
import JobQueue

/// The parts that several features share, made once from those that a program chooses.
struct SharedParts {
  let parts: UseCases.Parts
  let sealer: CredentialSealer
  let sessions: AccountSessions
  let sending: MailSending
  let surroundings: EventReadContext
  let awaited = AwaitedChanges()
  let takeReply: ApplyReply
  let workers: WorkspaceJobWorkers
  let runner: WorkspaceJobRunner

  init(_ parts: UseCases.Parts) {
    self.parts = parts
    sealer = CredentialSealer(parts.encryptionKeys)
    sessions = AccountSessions(database: parts.database, sealer: sealer, clock: parts.clock)
    sending = MailSending(calendars: parts.calendars, transports: parts.mailTransports)
    surroundings = EventReadContext(calendars: parts.calendars, clock: parts.clock)
    takeReply = ApplyReply(
      database: parts.database,
      calendars: parts.calendars,
      ids: parts.ids,
      clock: parts.clock
    )
    workers = Self.workers(parts, sessions: sessions, sending: sending, awaited: awaited, take: takeReply)
    runner = WorkspaceJobRunner(
      database: WorkspaceJobs(database: parts.database),
      workers: workers,
      rateLimits: parts.calendars.rateLimits,
      clock: { parts.clock.now },
      limits: parts.limits,
      owner: parts.processName,
      logger: parts.logger,
      willPerform: { FailPoint.jobLeased.reached() }
    )
  }

  private static func workers(
    _ parts: UseCases.Parts,
    sessions: AccountSessions,
    sending: MailSending,
    awaited: AwaitedChanges,
    take: ApplyReply
  ) -> WorkspaceJobWorkers {
    let (database, clock) = (parts.database, parts.clock)
    let keeping = ConferenceProvisioner(
      database: database,
      conferences: parts.conferences,
      sessions: sessions,
      clock: clock,
      logger: parts.logger
    )
    return WorkspaceJobWorkers([
      .pushEvent: PushEvent(
        database: database,
        calendars: parts.calendars,
        keeping: keeping,
        sessions: sessions,
        awaited: awaited,
        guests: NotifyGuests(sending: sending, ids: parts.ids, clock: clock),
        ids: parts.ids,
        clock: clock,
        backoff: parts.backoff,
        logger: parts.logger
      ),
      .resolveConference: ResolveConference(
        database: database,
        calendars: parts.calendars,
        sessions: sessions,
        clock: clock,
        backoff: parts.backoff,
        logger: parts.logger
      ),
      .deleteEvent: PerformDeletion(
        database: database,
        calendars: parts.calendars,
        ids: parts.ids,
        clock: clock
      ),
      .followConference: SyncConference(
        database: database,
        keeping: keeping,
        clock: clock,
        backoff: parts.backoff,
        logger: parts.logger
      ),
      .sendEmail: DeliverEmail(
        database: database,
        sending: sending,
        sessions: sessions,
        clock: clock,
        backoff: parts.backoff,
        logger: parts.logger
      ),
      .readReplies: ReadReplies(
        database: database,
        inboxes: parts.inboxes,
        sessions: sessions,
        take: take,
        clock: clock,
        pause: parts.inboxPause,
        logger: parts.logger
      ),
    ])
  }
}
