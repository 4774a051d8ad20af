import Foundation

/// Where lists look for an event: roughly by how long it is, see `EventTable.overlapping`.
enum ListingBucket: Int {
  /// Recurring events, of which the occurrences are listed.
  case series = -2
  /// Events that are deleted, or about to be.
  case hidden = -1
  case hours = 0
  case day
  case weeks
  case longer

  /// Those in which events are found by their time.
  static let byLength: [ListingBucket] = [.hours, .day, .weeks, .longer]

  /// The bucket of an event that takes so many seconds.
  init(lasting seconds: TimeInterval) {
    self = Self.byLength.first { $0.longest.map { seconds <= $0 } ?? true } ?? .longer
  }

  /// The most seconds that an event of this bucket takes; nil without a bound.
  var longest: TimeInterval? {
    switch self {
    case .hours: 6 * 3600
    case .day: 86_400
    case .weeks: 31 * 86_400
    case .longer, .series, .hidden: nil
    }
  }
}
