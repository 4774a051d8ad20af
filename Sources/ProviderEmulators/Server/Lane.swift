import Synchronization

/// Requests of which a vendor serves only so many at a time: those of one mailbox.
struct Lane: Sendable {
  var name: String
  var width: Int
  /// What the next one hears.
  var refusal: EmulatorResponse
}

/// How many requests are on each lane.
final class Lanes: Sendable {
  private let counts = Mutex<[String: Int]>([:])

  /// Takes a place; false when there is none.
  func enter(_ lane: Lane?) -> Bool {
    guard let lane else { return true }
    return counts.withLock { counts in
      guard counts[lane.name, default: 0] < lane.width else { return false }
      counts[lane.name, default: 0] += 1
      return true
    }
  }

  func leave(_ lane: Lane?) {
    guard let lane else { return }
    counts.withLock { counts in
      counts[lane.name] = counts[lane.name].flatMap { $0 > 1 ? $0 - 1 : nil }
    }
  }
}
