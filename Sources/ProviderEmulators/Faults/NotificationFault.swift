/// A misfortune on request of the next notifications, as they meet on their way.
package struct NotificationFault: Sendable, Codable, Equatable {
  package enum Mode: String, Sendable, Codable, CaseIterable {
    /// The notification is lost.
    case drop
    /// It is sent after `milliseconds`, and those of its channel behind it.
    case delay
    /// It is sent twice.
    case `repeat`
    /// It is sent after the next one of its channel; without one, it is lost.
    case reorder
  }

  package var mode: Mode
  /// The length of a delay; a second unless it is said.
  package var milliseconds: Int?
  /// The number of notifications that meet the fault; nil for all of them until it is cleared.
  package var count: Int?

  package init(_ mode: Mode, milliseconds: Int? = nil, count: Int? = nil) {
    self.mode = mode
    self.milliseconds = milliseconds
    self.count = count
  }

  /// Why this fault cannot be served, or nil.
  var defect: String? {
    if let count, count < 1 { return "count must be at least 1, or null" }
    if let milliseconds, !(0...600_000).contains(milliseconds) { return "milliseconds must be 0 to 600000" }
    return nil
  }
}
