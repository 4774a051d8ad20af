package import Foundation
import Hummingbird
import Synchronization

/// An emulator of Microsoft Graph's calendars and of Microsoft's sign-in.
///
/// It refuses what the real service refuses, with the same errors; it answers 501 to what it does not emulate
/// faithfully.
package final class MicrosoftEmulator: Sendable {
  package let faults: FaultBoard
  package let log: RequestLog
  let accounts: [EmulatorAccount]
  let clientID: String
  let clientSecret: String
  let mailSink: MailSink?
  let clock: @Sendable () -> Date
  let identifiers: @Sendable () -> String
  let state: Mutex<MicrosoftState>
  let subscribers: Mutex<[String: Subscription]>
  let notifications = NotificationSender()
  /// The URL at which this emulator listens, for links from page to page.
  let home = Mutex<String?>(nil)
  private let journal: Journal<MicrosoftState.Record>

  /// The directory that contains all accounts.
  static let tenant = "5a64e7b1-c6ef-44d8-9f4e-0f1f5612b37d"

  /// An emulator with these people's mailboxes, restored from `storage` when that file exists.
  ///
  /// Every answer takes `answerDelay`; a Teams meeting gets its link after `conferenceDelay` by `clock`. `identifiers`
  /// returns unguessable text of 32 lowercase hexadecimal digits, different at each call.
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
    var initial = MicrosoftState()
    initial.onlineMeetings.delay = conferenceDelay / .seconds(1)
    for account in accounts { initial.mailboxes[account.email] = Mailbox(account: account) }
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
    subscribers = Mutex(initial.subscriptions)
    state = Mutex(initial)
  }

  /// Listens on this machine; port 0 takes any free one.
  package func serve(host: String = "127.0.0.1", port: Int = 0) async throws -> EmulatorServer {
    let endpoint = EmulatorEndpoint(vendor: self, faults: faults, log: log)
    let server = try await EmulatorServer.start(endpoint, host: host, port: port)
    home.withLock { $0 = server.url }
    return server
  }

  // MARK: For tests

  /// Sets how long Teams meetings take from now on, whether they succeed, and the form of their block.
  package func setConference(delay: Duration, succeeds: Bool = true, block: TeamsBlockForm = .usual) {
    state.withLock {
      $0.onlineMeetings = OnlineMeetingBehaviour(
        delay: delay / .seconds(1),
        succeeds: succeeds,
        form: block
      )
    }
  }

  /// Expires every access token, as an hour would; refresh tokens and script tokens stay valid.
  package func expireAccessTokens() {
    state.withLock { $0.grants.expireAccess() }
  }

  /// Expires every refresh token that has been replaced by another.
  package func expireSupersededTokens() {
    state.withLock { state in
      for grant in state.grants.expireSuperseded() { journal.append(.grant(grant)) }
    }
  }

  /// Revokes the account's consents, as its owner or an administrator can: a refresh then fails with `invalid_grant`.
  package func revokeConsents(of email: String) {
    state.withLock { state in
      for grant in state.grants.revoke(of: email.lowercased()) { journal.append(.grant(grant)) }
    }
  }

  /// Invalidates every delta link of the account, so that it answers 410.
  package func expireSyncStates(of email: String) {
    state.withLock { state in
      state.mailboxes[email.lowercased()]?.rounds.forget()
      journal.append(.forgotten(mailbox: email.lowercased()))
    }
  }

  /// Moves an event to another folder and back, as its owner can, which changes its id unless that is immutable.
  ///
  /// - Returns: The new id; nil when there is no such event.
  package func move(_ id: String, of email: String) -> String? {
    state.withLock { state in
      guard var mailbox = state.mailboxes[email.lowercased()],
        var meeting = EventID(id).flatMap({ mailbox.meetings[$0.key] }), !meeting.isDeleted
      else { return nil }
      meeting.generation += 1
      meeting = store(meeting, in: &mailbox)
      state.mailboxes[email.lowercased()] = mailbox
      return meeting.id(immutable: false)
    }
  }

  /// Gives an event's zone a name that only Exchange knows, as another program may; its wall clock stays.
  ///
  /// - Returns: Whether there is such an event.
  package func setZoneName(
    _ name: String,
    ofEvent id: String,
    of email: String,
    hasDefinition: Bool = true
  ) -> Bool {
    state.withLock { state in
      guard var mailbox = state.mailboxes[email.lowercased()],
        var meeting = EventID(id).flatMap({ mailbox.meetings[$0.key] }), !meeting.isDeleted
      else { return false }
      meeting.customZone = CustomZone(name: name, hasDefinition: hasDefinition)
      _ = store(meeting, in: &mailbox)
      state.mailboxes[email.lowercased()] = mailbox
      return true
    }
  }

  // MARK: Internal

  /// Stores a new version of an event, with its online meeting created if the time has come.
  func store(_ meeting: StoredMeeting, in mailbox: inout Mailbox) -> StoredMeeting {
    let now = clock()
    var meeting = meeting
    if let online = meeting.onlineMeeting, online.isAwaited, online.readyAt <= now, !meeting.isDeleted {
      meeting = online.made(in: meeting)
    }
    let isNew = mailbox.meetings[meeting.key] == nil && meeting.seriesKey == nil
    let stored = mailbox.store(meeting, at: now)
    journal.append(.meeting(mailbox: mailbox.account.email, stored))
    let isGone = stored.isDeleted && stored.seriesKey == nil
    notify(isNew ? "created" : isGone ? "deleted" : "updated", of: stored, in: mailbox)
    return stored
  }

  func remember(_ grant: MicrosoftGrants.Grant) {
    journal.append(.grant(grant))
  }

  func remember(_ subscription: Subscription) {
    journal.append(.subscription(subscription))
  }

  func remember(_ snapshot: DeltaRounds.Snapshot, of mailbox: Mailbox) {
    journal.append(.snapshot(mailbox: mailbox.account.email, snapshot))
  }

  /// Completes the online meetings that are due; run before every request, so that none needs a timer.
  func finishOnlineMeetings(_ state: inout MicrosoftState) {
    let now = clock()
    for (address, var mailbox) in state.mailboxes where !mailbox.awaiting.isEmpty {
      let due = mailbox.awaiting.compactMap { mailbox.meetings[$0] }
        .filter { ($0.onlineMeeting?.readyAt ?? .distantFuture) <= now }
      guard !due.isEmpty else { continue }
      for meeting in due.sorted(by: { $0.change < $1.change }) { _ = store(meeting, in: &mailbox) }
      state.mailboxes[address] = mailbox
    }
  }
}
