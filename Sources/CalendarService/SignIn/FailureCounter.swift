import Foundation

/// Counts failed attempts by address, in this process.
actor FailureCounter {
  private var failures: [String: [Date]] = [:]
  /// Bounds the memory that an attacker who tries many addresses can take.
  private let maximumAddresses: Int

  init(maximumAddresses: Int = 10_000) { self.maximumAddresses = maximumAddresses }

  /// Counts an attempt as failed until it is forgiven; false when there were too many within the window.
  func begin(for address: String, at instant: Date, window: TimeInterval, most: Int) -> Bool {
    var attempts = failures[address] ?? []
    attempts.removeAll { $0 <= instant - window }
    guard attempts.count < most else { return false }
    if failures[address] == nil { makeRoom() }
    attempts.append(instant)
    failures[address] = attempts
    return true
  }

  /// Takes back one attempt that was counted at this instant: it succeeded.
  func forgive(_ address: String, at instant: Date) {
    guard var attempts = failures[address], let index = attempts.lastIndex(of: instant) else { return }
    attempts.remove(at: index)
    failures[address] = attempts.isEmpty ? nil : attempts
  }

  /// Forgets the address that was quiet for longest, and only that one: who fills the counter must not get a
  /// closed address open by it.
  private func makeRoom() {
    guard failures.count >= maximumAddresses else { return }
    let oldest = failures.min { ($0.value.last ?? .distantPast) < ($1.value.last ?? .distantPast) }
    if let oldest { failures[oldest.key] = nil }
  }
}
