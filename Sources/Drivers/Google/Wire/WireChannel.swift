import Foundation

/// A notification channel, as `events.watch` and `channels.stop` take and return it.
struct WireChannel: Codable, Sendable {
  var id: String
  var type: String?
  var address: String?
  var token: String?
  /// The resource that is watched, by Google's name for it.
  var resourceId: String?
  /// Milliseconds since 1970, in decimal digits.
  var expiration: String?

  /// The instant of `expiration`, within the years that a date can have.
  var expiry: Date? {
    guard let text = expiration, text.utf8.count <= 14, let milliseconds = Int(text), milliseconds > 0 else {
      return nil
    }
    return Date(timeIntervalSince1970: Double(milliseconds) / 1000)
  }

  static func expiration(_ date: Date) -> String {
    let milliseconds = (date.timeIntervalSince1970 * 1000).rounded(.down)
    return String(Int(min(max(milliseconds, 0), 99_999_999_999_999)))
  }
}
