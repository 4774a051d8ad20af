/// Says that there may be something new in the log of changes.
///
/// It says only that there is something new, which is in the log. A lost notification costs time, never a change.
package protocol ChangeNotifier: Sendable {
  /// Notifies of one or more changes since the last notification, here or on another node.
  ///
  /// Some notifications are for nothing. The stream ends with the task that waits for it.
  func notifications() -> AsyncStream<Void>

  /// The longest wait without reading the log, which finds changes that this notifier cannot hear.
  var pollInterval: Duration { get }
}

/// For programs and tests without notifications.
package struct PollingNotifier: ChangeNotifier {
  package var pollInterval: Duration

  package init(pollInterval: Duration = .seconds(2)) { self.pollInterval = pollInterval }

  package func notifications() -> AsyncStream<Void> { AsyncStream { _ in } }
}
