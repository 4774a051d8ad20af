package import Foundation
import Hummingbird
import Synchronization

/// Microsoft Graph's calendars and Microsoft's sign-in as seen from outside.
///
/// What the real service refuses is refused here, in its words; what this emulator cannot do truly it refuses
/// with 501.
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
  /// Where this emulator listens, for the links from page to page.
  let home = Mutex<String?>(nil)
  private let journal: Journal<MicrosoftState.Record>

  /// The directory in which all accounts are.
  static let tenant = "5a64e7b1-c6ef-44d8-9f4e-0f1f5612b37d"

  /// An emulator with these people's mailboxes, continued from `storage` when that file exists.
  ///
  /// Every answer takes `answerDelay`, a Teams meeting has its link after `conferenceDelay` by `clock`.
  /// `identifiers` gives unguessable lower-case hexadecimal text of 32 digits, a new one at each call.
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

  /// Makes Teams meetings take this long, end like this and have this block from now on.
  package func setConference(delay: Duration, succeeds: Bool = true, block: TeamsBlockForm = .usual) {
    state.withLock {
      $0.onlineMeetings = OnlineMeetingBehaviour(
        delay: delay / .seconds(1),
        succeeds: succeeds,
        form: block
      )
    }
  }

  /// Lets every access token lapse, as an hour would; refresh tokens and script tokens stay.
  package func expireAccessTokens() {
    state.withLock { $0.grants.expireAccess() }
  }

  /// Lets every refresh token lapse that has been followed by another.
  package func expireSupersededTokens() {
    state.withLock { state in
      for grant in state.grants.expireSuperseded() { journal.append(.grant(grant)) }
    }
  }

  /// Withdraws the account's consents, as its owner or an administrator can: refresh gives `invalid_grant`.
  package func revokeConsents(of email: String) {
    state.withLock { state in
      for grant in state.grants.revoke(of: email.lowercased()) { journal.append(.grant(grant)) }
    }
  }

  /// Makes every delta link of the account answer 410.
  package func expireSyncStates(of email: String) {
    state.withLock { state in
      state.mailboxes[email.lowercased()]?.rounds.forget()
      journal.append(.forgotten(mailbox: email.lowercased()))
    }
  }

  /// Moves an event to another folder and back, as its owner can: it has another id now, but for an immutable
  /// one.
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

  /// Gives the zone of an event a name that only Exchange knows, as one has that another program made; its clock stays.
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

  // MARK: For the rules

  /// Keeps a new version of an event; with an online meeting whose time has come already made.
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

  /// Ends what is pending and due; run before every request, so that an online meeting needs no timer.
  func settleOnlineMeetings(_ state: inout MicrosoftState) {
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
