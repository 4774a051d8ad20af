package import Foundation

/// How long to wait before the next attempt: doubling from one second to five minutes, with jitter so that many
/// jobs that failed together do not return together; never sooner than the provider asked.
package struct Backoff: Sendable {
  private let unitRandom: @Sendable () -> Double

  /// `unitRandom` gives numbers in 0..<1.
  package init(unitRandom: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }) {
    self.unitRandom = unitRandom
  }

  /// Seconds until attempt `attempt + 1`.
  package func delay(after attempt: Int, retryAfter: Duration?) -> TimeInterval {
    let full = min(300, pow(2, Double(min(max(attempt, 1), 16) - 1)))
    let jittered = full * (0.75 + 0.5 * unitRandom())
    return max(jittered, min(retryAfter?.inSeconds ?? 0, 86_400))
  }
}

extension Duration {
  /// The duration in seconds, as the times that a job waits are counted.
  package var inSeconds: TimeInterval { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
