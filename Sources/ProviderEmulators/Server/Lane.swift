import Synchronization

/// Requests of which a vendor serves only some at a time: those of one mailbox.
struct Lane: Sendable {
  var name: String
  var width: Int
  /// The response to a request beyond the limit.
  var refusal: EmulatorResponse
}

/// The number of requests in each lane.
final class Lanes: Sendable {
  private let counts = Mutex<[String: Int]>([:])

  /// Takes a place in the lane; false when it is full.
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
