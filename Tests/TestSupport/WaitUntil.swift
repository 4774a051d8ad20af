/// Waits until a condition holds, and throws when it does not in time.
///
/// This is how a test waits for work that goes on beside it. The limit is far beyond what a busy machine takes, so
/// that reaching it means that the condition never holds.
package func waitUntil(
  within limit: Duration = .seconds(60),
  fileID: String = #fileID,
  line: Int = #line,
  _ condition: () async throws -> Bool
) async throws {
  let deadline = ContinuousClock.now + limit
  var looks = 0
  while try await !condition() {
    guard ContinuousClock.now < deadline else {
      throw ConditionNeverHeld(fileID: fileID, line: line, limit: limit)
    }
    looks += 1
    // What takes longer than a moment is not helped by keeping a processor busy with looking.
    if looks < 100 { await Task.yield() } else { try await Task.sleep(for: .milliseconds(1)) }
  }
}

/// A condition that a test waited for did not hold in time.
package struct ConditionNeverHeld: Error, CustomStringConvertible {
  package let fileID: String
  package let line: Int
  package let limit: Duration

  package var description: String { "\(fileID):\(line): the condition did not hold within \(limit)" }
}
