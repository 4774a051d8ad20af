/// Says that there may be something new in the log of changes.
///
/// Nothing but a bell: what is new is in the log. A ring that is lost costs time, never a change.
package protocol ChangeBell: Sendable {
  /// A ring for one or more changes that were made since the last, here or on another node.
  ///
  /// Some ring for nothing. Ends with the task that waits for it.
  func rings() -> AsyncStream<Void>

  /// The longest wait without reading the log, which finds changes that this bell cannot hear.
  var longestSilence: Duration { get }
}

/// For programs and tests without a bell.
package struct NoBell: ChangeBell {
  package var longestSilence: Duration

  package init(longestSilence: Duration = .seconds(2)) { self.longestSilence = longestSilence }

  package func rings() -> AsyncStream<Void> { AsyncStream { _ in } }
}
