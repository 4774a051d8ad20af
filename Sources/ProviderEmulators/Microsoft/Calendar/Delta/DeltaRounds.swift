import Foundation

/// The states that clients of `calendarView/delta` have seen, so that the next round reports only changes.
struct DeltaRounds: Sendable {
  /// The state of a window at the end of a round.
  struct Snapshot: Codable, Sendable, Equatable {
    var token: String
    var start: Date
    var end: Date
    /// The version of each item that the client has, by the id under which it knows the item.
    var versions: [String: Int]
  }

  struct Entry: Sendable {
    var id: String
    var isRemoved = false
  }

  /// A round whose pages are still being read.
  struct Round: Sendable {
    /// Events, and series with their occurrences, which are never split between pages.
    var groups: [[Entry]]
    var snapshot: Snapshot
  }

  private(set) var snapshots: [Snapshot] = []
  private var rounds: [(token: String, round: Round)] = []
  private static let limit = 50

  mutating func add(_ snapshot: Snapshot) {
    guard snapshots.last != snapshot else { return }
    snapshots.removeAll { $0.token == snapshot.token }
    snapshots.append(snapshot)
    if snapshots.count > Self.limit { snapshots.removeFirst() }
  }

  func snapshot(_ token: String) -> Snapshot? { snapshots.last { $0.token == token } }

  mutating func add(_ round: Round, token: String) {
    rounds.append((token, round))
    if rounds.count > Self.limit { rounds.removeFirst() }
  }

  func round(_ token: String) -> Round? { rounds.last { $0.token == token }?.round }

  /// Forgets every state, as the service does after a while or when it moves a mailbox.
  mutating func forget() {
    snapshots = []
    rounds = []
  }
}
