import Foundation

/// How long an event is, roughly: what lists look for apart, see `EventTable.overlapping`.
///
/// What lists do not find by its time has a length below zero.
enum EventLength: Int, CaseIterable {
  case hours
  case day
  case weeks
  case longer

  /// Of a recurring event, of which the occurrences are listed.
  static let series = -2
  /// Of what is deleted, or about to be.
  static let hidden = -1

  init(_ seconds: TimeInterval) {
    self = Self.allCases.first { $0.longest.map { seconds <= $0 } ?? true } ?? .longer
  }

  /// The most seconds that an event of this length takes; nil without a bound.
  var longest: TimeInterval? {
    switch self {
    case .hours: 6 * 3600
    case .day: 86_400
    case .weeks: 31 * 86_400
    case .longer: nil
    }
  }
}
