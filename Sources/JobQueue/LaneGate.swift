import Foundation

/// Which lanes are busy in this process, so that a caller can wait for one without asking the database.
struct LaneGate {
  private var runs: [Key: Int] = [:]
  private var waiting: [Key: [CheckedContinuation<Void, Never>]] = [:]

  struct Key: Hashable {
    let tenant: UUID
    let lane: JobLane
  }

  func isBusy(_ key: Key) -> Bool { runs[key] != nil }

  mutating func wait(for key: Key, _ continuation: CheckedContinuation<Void, Never>) {
    waiting[key, default: []].append(continuation)
  }

  mutating func enter(_ key: Key) { runs[key, default: 0] += 1 }

  mutating func leave(_ key: Key) {
    let left = (runs[key] ?? 1) - 1
    runs[key] = left > 0 ? left : nil
    guard left <= 0 else { return }
    for continuation in waiting.removeValue(forKey: key) ?? [] { continuation.resume() }
  }
}
