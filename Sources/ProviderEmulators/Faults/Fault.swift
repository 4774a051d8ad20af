/// A failure on request, so that a test can see how a client handles it.
package struct Fault: Sendable, Codable, Equatable {
  package enum Mode: String, Sendable, Codable {
    /// The connection is closed at once; nothing is done.
    case refuse
    /// No answer comes, and no work is done, until the faults are cleared; a client that disconnects is forgotten.
    case hang
    /// An error answer; nothing is done.
    case status
    /// The work is done, and half of the answer arrives with a successful status.
    case garbage
    /// The work is done, and the connection closed instead of answering.
    case lostAnswer
  }

  /// An operation (`events.insert`), a family of them (`events.*`), or everything (`*`).
  package var match: String
  package var mode: Mode
  package var status: Int?
  package var reason: String?
  /// Seconds, sent as `Retry-After`.
  package var retryAfter: Int?
  /// The number of requests that meet the fault; nil for all of them until it is cleared.
  package var count: Int?

  package init(
    _ mode: Mode,
    on match: String = "*",
    status: Int? = nil,
    reason: String? = nil,
    retryAfter: Int? = nil,
    count: Int? = nil
  ) {
    self.match = match
    self.mode = mode
    self.status = status
    self.reason = reason
    self.retryAfter = retryAfter
    self.count = count
  }

  func matches(_ operation: String) -> Bool {
    if match == "*" || match == operation { return true }
    return match.hasSuffix(".*") && operation.hasPrefix(match.dropLast())
  }

  /// Why this fault cannot be served, or nil.
  var defect: String? {
    if let status, !(400...599).contains(status) { return "status must be 400 to 599" }
    if let count, count < 1 { return "count must be at least 1, or null" }
    if let retryAfter, retryAfter < 0 { return "retryAfter must not be negative" }
    return match.isEmpty ? "match must not be empty" : nil
  }
}
