package import Foundation
import Hummingbird
package import JSONModel
import Synchronization

/// Google Calendar v3 and Google's sign-in as seen from outside.
///
/// What the real API refuses is refused here, in its words; what this emulator cannot do truly it refuses with 501.
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
  /// Where this emulator listens, for links to its own pages.
  let home = Mutex<String?>(nil)
  private let journal: Journal<GoogleState.Record>

  /// An emulator with these people's calendars, continued from `storage` when that file exists.
  ///
  /// Every answer takes `answerDelay`, a Meet stays pending for `conferenceDelay` by `clock`. `identifiers` gives
  /// unguessable lower-case hexadecimal text of 32 digits, a new one at each call.
  package init(
    accounts: [EmulatorAccount],
    clientID: String,
    clientSecret: String,
    mailSink: MailSink? = nil,
    clock: @escaping @Sendable () -> Date,
    storage: URL? = nil,
    answerDelay: Duration = .zero,
    conferenceDelay: Duration = .milliseconds(1500),
    identifiers: @escaping @Sendable () -> String = RandomIdentifier.make
  ) throws {
    self.accounts = accounts
    self.clientID = clientID
    self.clientSecret = clientSecret
    self.mailSink = mailSink
    self.clock = clock
    self.identifiers = identifiers
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

  /// The events of an account as the API would show them, oldest change first, deleted ones as cancelled; of
  /// instances those that have been changed.
  package func events(of email: String) -> [JSON] {
    state.withLock { state in
      settleConferences(&state)
      guard let calendar = state.calendars[email.lowercased()] else { return [] }
      let resource = EventResource(calendar: calendar, zone: calendar.zone, home: home.withLock(\.self))
      return calendar.events.values.filter { $0.isGone != true }.sorted { $0.change < $1.change }
        .compactMap(calendar.resolved).map(resource.json)
    }
  }

  /// Makes conferences take this long and end like this from now on.
  package func setConference(delay: Duration, succeeds: Bool = true) {
    state.withLock { $0.conference = ConferenceBehaviour(delay: delay / .seconds(1), succeeds: succeeds) }
  }

  /// Lets every access token lapse, as an hour would; refresh tokens and script tokens stay.
  package func expireAccessTokens() {
    state.withLock { $0.grants.expireAccess() }
  }

  /// Withdraws the account's consents, as its owner can in Google's settings: refresh gives `invalid_grant`.
  package func revokeConsents(of email: String) {
    state.withLock { state in
      let tokens = state.grants.grants.values.filter { $0.account == email.lowercased() }.map(\.refreshToken)
      for token in tokens {
        if let grant = state.grants.revoke(token, at: clock()) { journal.append(.grant(grant)) }
      }
    }
  }

  /// Makes every synchronisation token of the account answer 410.
  package func expireSyncTokens(of email: String) {
    state.withLock { state in
      guard var calendar = state.calendars[email.lowercased()] else { return }
      calendar.syncEpoch += 1
      state.calendars[email.lowercased()] = calendar
      journal.append(.syncEpoch(calendar: email.lowercased(), calendar.syncEpoch))
    }
  }

  // MARK: For the rules

  /// Keeps a new version of an event; with a conference whose time has come already made.
  func store(_ event: StoredEvent, in calendar: inout GoogleCalendar) -> StoredEvent {
    let now = clock()
    let stored = calendar.store(EventConference.settled(event, at: now) ?? event, at: now)
    journal.append(.event(calendar: calendar.account.email, stored))
    return stored
  }

  func remember(_ grant: GoogleGrants.Grant) {
    journal.append(.grant(grant))
  }

  /// Ends what is pending and due; run before every request, so that a conference needs no timer.
  func settleConferences(_ state: inout GoogleState) {
    let now = clock()
    for (address, var calendar) in state.calendars where !calendar.awaiting.isEmpty {
      let due = calendar.awaiting.compactMap { calendar.events[$0] }
        .filter { ($0.awaited?.readyAt ?? .distantFuture) <= now }
      guard !due.isEmpty else { continue }
      for event in due.sorted(by: { $0.change < $1.change }) { _ = store(event, in: &calendar) }
      state.calendars[address] = calendar
    }
  }
}
