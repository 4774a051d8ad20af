package import Foundation
import Hummingbird
package import JSONModel
import Synchronization

/// An emulator of Google Calendar v3 and of Google's sign-in.
///
/// It refuses what the real API refuses, with the same errors; it answers 501 to what it does not emulate faithfully.
package final class GoogleEmulator: Sendable {
  package let faults: FaultBoard
  package let log: RequestLog
  let accounts: [EmulatorAccount]
  let clientID: String
  let clientSecret: String
  let mailSink: MailSink?
  let clock: @Sendable () -> Date
  let identifiers: @Sendable () -> String
  let state: Mutex<GoogleState>
  /// The URL at which this emulator listens, for links to its own pages.
  let home = Mutex<String?>(nil)
  let allowsLoopbackHTTP: Bool
  let notifications: ChannelNotifier
  private let journal: Journal<GoogleState.Record>

  /// An emulator with these people's calendars, restored from `storage` when that file exists.
  ///
  /// Every answer takes `answerDelay`; a Meet conference stays pending for `conferenceDelay` by `clock`. `identifiers`
  /// returns unguessable text of 32 lowercase hexadecimal digits, different at each call. Notification channels may call
  /// this machine over http only if `allowsLoopbackHTTP`; they are retried and delayed by `notificationPause`.
  package init(
    accounts: [EmulatorAccount],
    clientID: String,
    clientSecret: String,
    mailSink: MailSink? = nil,
    clock: @escaping @Sendable () -> Date,
    storage: URL? = nil,
    answerDelay: Duration = .zero,
    conferenceDelay: Duration = .milliseconds(1500),
    allowsLoopbackHTTP: Bool = false,
    notificationPause: any Clock<Duration> = ContinuousClock(),
    identifiers: @escaping @Sendable () -> String = RandomIdentifier.make
  ) throws {
    self.accounts = accounts
    self.clientID = clientID
    self.clientSecret = clientSecret
    self.mailSink = mailSink
    self.clock = clock
    self.identifiers = identifiers
    self.allowsLoopbackHTTP = allowsLoopbackHTTP
    notifications = ChannelNotifier(pause: notificationPause)
    faults = FaultBoard(answerDelay: answerDelay)
    log = RequestLog()
    var initial = GoogleState()
    initial.conference.delay = conferenceDelay / .seconds(1)
    for account in accounts { initial.calendars[account.email] = GoogleCalendar(account: account) }
    if let storage {
      journal = try Journal(
        url: storage,
        restore: { initial.restore($0) },
        snapshot: {
          initial.grants.seed(accounts)
          return initial.records
        }
      )
    } else {
      journal = Journal()
      initial.grants.seed(accounts)
    }
    state = Mutex(initial)
  }

  /// Listens on this machine; port 0 takes any free one.
  package func serve(host: String = "127.0.0.1", port: Int = 0) async throws -> EmulatorServer {
    let endpoint = EmulatorEndpoint(vendor: self, faults: faults, log: log)
    let server = try await EmulatorServer.start(endpoint, host: host, port: port)
    home.withLock { $0 = server.url }
    return server
  }

  /// The events of an account as the API would return them, oldest change first: deleted ones as canceled, and
  /// of the instances those that were changed.
  package func events(of email: String) -> [JSON] {
    state.withLock { state in
      finishConferences(&state)
      guard let calendar = state.calendars[email.lowercased()] else { return [] }
      let resource = EventResource(calendar: calendar, zone: calendar.zone, home: home.withLock(\.self))
      return calendar.events.values.filter { $0.isGone != true }.sorted { $0.change < $1.change }
        .compactMap(calendar.resolved).map(resource.json)
    }
  }

  /// Sets how long conferences take from now on, and whether they succeed.
  package func setConference(delay: Duration, succeeds: Bool = true) {
    state.withLock { $0.conference = ConferenceBehaviour(delay: delay / .seconds(1), succeeds: succeeds) }
  }

  /// Expires every access token, as an hour would; refresh tokens and script tokens stay valid.
  package func expireAccessTokens() {
    state.withLock { $0.grants.expireAccess() }
  }

  /// Revokes the account's consents, as its owner can in Google's settings: a refresh then fails with `invalid_grant`.
  package func revokeConsents(of email: String) {
    state.withLock { state in
      let tokens = state.grants.grants.values.filter { $0.account == email.lowercased() }.map(\.refreshToken)
      for token in tokens {
        if let grant = state.grants.revoke(token, at: clock()) { journal.append(.grant(grant)) }
      }
    }
  }

  /// Invalidates every synchronization token of the account, so that it answers 410.
  package func expireSyncTokens(of email: String) {
    state.withLock { state in
      guard var calendar = state.calendars[email.lowercased()] else { return }
      calendar.syncEpoch += 1
      state.calendars[email.lowercased()] = calendar
      journal.append(.syncEpoch(calendar: email.lowercased(), calendar.syncEpoch))
    }
  }

  /// Puts a fault in force for the notifications of channels; false when there are too many already.
  @discardableResult
  package func addNotificationFault(_ fault: NotificationFault) -> Bool { notifications.add(fault) }

  // MARK: Internal

  /// Stores a new version of an event, with its conference created if the time has come.
  func store(_ event: StoredEvent, in calendar: inout GoogleCalendar) -> StoredEvent {
    let now = clock()
    let stored = calendar.store(EventConference.settled(event, at: now) ?? event, at: now)
    journal.append(.event(calendar: calendar.account.email, stored))
    return stored
  }

  func remember(_ grant: GoogleGrants.Grant) {
    journal.append(.grant(grant))
  }

  func keep(_ channel: WatchChannel, _ state: inout GoogleState) {
    state.channels[channel.key] = channel
    journal.append(.channel(channel))
  }

  /// Completes the conferences that are due; run before every request, so that none needs a timer.
  func finishConferences(_ state: inout GoogleState) {
    let now = clock()
    for var calendar in state.calendars.values where !calendar.awaiting.isEmpty {
      let due = calendar.awaiting.compactMap { calendar.events[$0] }
        .filter { ($0.awaited?.readyAt ?? .distantFuture) <= now }
      guard !due.isEmpty else { continue }
      for event in due.sorted(by: { $0.change < $1.change }) { _ = store(event, in: &calendar) }
      commit(calendar, &state)
    }
  }
}
