import Foundation

/// Everything the Microsoft emulator knows, kept under one lock.
struct MicrosoftState: Sendable {
  var mailboxes: [String: Mailbox] = [:]
  var grants = MicrosoftGrants()
  var onlineMeetings = OnlineMeetingBehaviour()
  /// The subscriptions restored from a journal; afterward the emulator keeps them, since a write must find them.
  var subscriptions: [String: Subscription] = [:]

  /// A line of the journal.
  enum Record: Codable, Sendable {
    case meeting(mailbox: String, StoredMeeting)
    case grant(MicrosoftGrants.Grant)
    case snapshot(mailbox: String, DeltaRounds.Snapshot)
    case forgotten(mailbox: String)
    case subscription(Subscription)
  }

  mutating func restore(_ record: Record) {
    switch record {
    case .meeting(let mailbox, let meeting): mailboxes[mailbox]?.restore(meeting)
    case .grant(let grant): grants.restore(grant)
    case .snapshot(let mailbox, let snapshot): mailboxes[mailbox]?.rounds.add(snapshot)
    case .forgotten(let mailbox): mailboxes[mailbox]?.rounds.forget()
    case .subscription(let subscription): subscriptions[subscription.id] = subscription
    }
  }

  var records: [Record] {
    grants.grants.values.map { .grant($0) }
      + subscriptions.values.filter { !$0.isRemoved }.map { .subscription($0) }
      + mailboxes.flatMap { address, mailbox in
        mailbox.meetings.values.sorted { $0.change < $1.change }.map { .meeting(mailbox: address, $0) }
          + mailbox.rounds.snapshots.map { .snapshot(mailbox: address, $0) }
      }
  }
}
