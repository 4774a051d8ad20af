package import CalendarCore
package import Foundation
package import JobQueue
package import Logging

/// Every use case, put together from the parts that a program chooses.
///
/// The one place where they are wired.
package struct UseCases: Sendable {
  package let createEvent: CreateEvent
  package let updateEvent: UpdateEvent
  package let deleteEvent: DeleteEvent
  package let undoDeletion: UndoDeletion
  package let resolveConflict: ResolveConflict
  package let retryEvent: RetryEvent
  package let failedJobs: FailedJobs
  package let events: EventQueries
  package let watchEvents: WatchEvents
  package let exportCalendar: ExportCalendar
  package let conferenceProviders: AvailableConferenceProviders
  package let proposeConference: ProposeConference
  package let accounts: AccountQueries
  package let storeConnection: StoreConnection
  package let connectAccount: ConnectAccount
  package let connectWithOAuth: ConnectWithOAuth
  package let disconnectAccount: DisconnectAccount
  package let rotateKeys: RotateKeys
  package let updateChannel: UpdateChannel
  package let sendEmail: SendEmail
  package let changeEmails: ChangeEmails
  package let emails: EmailQueries
  package let receiveReply: ReceiveReply
  package let mailSending: MailSending
  package let records: RecordQueries
  package let createRecords: CreateRecords
  package let setFeatureFlag: SetFeatureFlag
  package let signIn: SignIn
  package let createAPIToken: CreateAPIToken
  package let createWorkspace: CreateWorkspace
  package let runner: WorkspaceJobRunner
  package let changeHub: ChangeHub
  package let invitationLink: InvitationLink
  package let calendars: CalendarProviderRegistry
  package let conferences: ConferenceProviderRegistry
  package let accountProviders: AccountProviderRegistry
  package let database: any Database
  package let clock: WallClock

  /// What the use cases are made of.
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
    package var changeBell: any ChangeBell = NoBell()
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

  package init(_ parts: Parts) {
    let (database, clock, ids) = (parts.database, parts.clock, parts.ids)
    let sealer = CredentialSealer(parts.encryptionKeys)
    let sessions = AccountSessions(database: database, sealer: sealer, clock: clock)
    storeConnection = StoreConnection(
      database: database,
      sealer: sealer,
      inboxes: parts.inboxes,
      ids: ids,
      clock: clock
    )
    let awaited = AwaitedChanges()
    let keeping = ConferenceKeeping(
      database: database,
      conferences: parts.conferences,
      sessions: sessions,
      clock: clock,
      logger: parts.logger
    )
    let mailSending = MailSending(calendars: parts.calendars, transports: parts.mailTransports)
    self.mailSending = mailSending
    let push = PushEvent(
      database: database,
      calendars: parts.calendars,
      keeping: keeping,
      sessions: sessions,
      awaited: awaited,
      guests: TellGuests(sending: mailSending, ids: ids, clock: clock),
      ids: ids,
      clock: clock,
      backoff: parts.backoff,
      logger: parts.logger
    )
    let resolve = ResolveConference(
      database: database,
      calendars: parts.calendars,
      sessions: sessions,
      clock: clock,
      backoff: parts.backoff,
      logger: parts.logger
    )
    let takeReply = TakeReply(database: database, calendars: parts.calendars, ids: ids, clock: clock)
    let workers = WorkspaceJobWorkers([
      .pushEvent: push, .resolveConference: resolve,
      .deleteEvent: CarryOutDeletion(database: database, ids: ids, clock: clock),
      .followConference: FollowConference(
        database: database,
        keeping: keeping,
        clock: clock,
        backoff: parts.backoff,
        logger: parts.logger
      ),
      .sendEmail: DeliverEmail(
        database: database,
        sending: mailSending,
        sessions: sessions,
        clock: clock,
        backoff: parts.backoff,
        logger: parts.logger
      ),
      .readReplies: ReadReplies(
        database: database,
        inboxes: parts.inboxes,
        sessions: sessions,
        take: takeReply,
        clock: clock,
        pause: parts.inboxPause,
        logger: parts.logger
      ),
    ])
    runner = WorkspaceJobRunner(
      database: WorkspaceJobs(database: database),
      workers: workers,
      rateLimits: parts.calendars.rateLimits,
      clock: { clock.now },
      limits: parts.limits,
      owner: parts.processName,
      logger: parts.logger,
      willPerform: { FailPoint.jobLeased.reached() }
    )
    conferenceProviders = AvailableConferenceProviders(database: database, registry: parts.conferences)
    proposeConference = ProposeConference(database: database, registry: parts.conferences)
    createEvent = CreateEvent(
      database: database,
      calendars: parts.calendars,
      conferences: conferenceProviders,
      runner: runner,
      ids: ids,
      clock: clock
    )
    updateEvent = UpdateEvent(
      database: database,
      calendars: parts.calendars,
      conferences: conferenceProviders,
      runner: runner,
      awaited: awaited,
      ids: ids,
      clock: clock
    )
    deleteEvent = DeleteEvent(
      database: database,
      calendars: parts.calendars,
      runner: runner,
      awaited: awaited,
      ids: ids,
      clock: clock
    )
    undoDeletion = UndoDeletion(database: database, runner: runner, clock: clock)
    resolveConflict = ResolveConflict(
      database: database,
      calendars: parts.calendars,
      runner: runner,
      awaited: awaited,
      ids: ids,
      clock: clock
    )
    retryEvent = RetryEvent(
      database: database,
      conferences: parts.conferences,
      runner: runner,
      ids: ids,
      clock: clock
    )
    let surroundings = EventSurroundings(calendars: parts.calendars, clock: clock)
    failedJobs = FailedJobs(
      database: database,
      surroundings: surroundings,
      workers: workers,
      runner: runner,
      clock: clock
    )
    events = EventQueries(database: database, surroundings: surroundings)
    changeHub = ChangeHub(database: database, bell: parts.changeBell, logger: parts.logger)
    watchEvents = WatchEvents(database: database, hub: changeHub, surroundings: surroundings)
    exportCalendar = ExportCalendar(events: events, clock: clock)
    accountProviders = AccountProviderRegistry(parts.calendars, parts.conferences)
    accounts = AccountQueries(
      database: database,
      providers: accountProviders,
      sending: mailSending,
      inboxes: parts.inboxes
    )
    connectAccount = ConnectAccount(
      providers: accountProviders,
      mail: parts.mailTransports,
      inboxes: parts.inboxes,
      store: storeConnection
    )
    connectWithOAuth = ConnectWithOAuth(
      providers: accountProviders,
      store: storeConnection,
      keys: parts.encryptionKeys.derived(for: "phos oauth state v1"),
      clock: clock
    )
    sendEmail = SendEmail(database: database, sending: mailSending, runner: runner, ids: ids, clock: clock)
    changeEmails = ChangeEmails(database: database, runner: runner, ids: ids, clock: clock)
    emails = EmailQueries(database: database)
    receiveReply = ReceiveReply(take: takeReply, runner: runner)
    rotateKeys = RotateKeys(database: database, sealer: sealer)
    disconnectAccount = DisconnectAccount(
      database: database,
      providers: accountProviders,
      sessions: sessions,
      workers: workers,
      ids: ids,
      clock: clock,
      logger: parts.logger
    )
    updateChannel = UpdateChannel(database: database)
    records = RecordQueries(database: database)
    createRecords = CreateRecords(database: database, ids: ids)
    setFeatureFlag = SetFeatureFlag(database: database)
    signIn = SignIn(
      database: database,
      clock: clock,
      failures: FailureCounter(),
      offload: parts.offload
    )
    createAPIToken = CreateAPIToken(database: database, ids: ids, clock: clock)
    createWorkspace = CreateWorkspace(
      database: database,
      calendars: parts.calendars,
      ids: ids,
      clock: clock
    )
    invitationLink = InvitationLink(parts.encryptionKeys)
    calendars = parts.calendars
    conferences = parts.conferences
    self.database = database
    self.clock = clock
  }
}
