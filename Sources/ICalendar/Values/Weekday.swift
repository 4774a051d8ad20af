/// A day of the week; the raw value is the name RFC 5545 §3.3.10 gives it in rules.
public enum Weekday: String, Sendable, Hashable, Codable, CaseIterable {
  case sunday = "SU"
  case monday = "MO"
  case tuesday = "TU"
  case wednesday = "WE"
  case thursday = "TH"
  case friday = "FR"
  case saturday = "SA"

  /// The position in the week, 0 for Sunday to 6 for Saturday, as in POSIX TZ rules.
  var number: Int {
    switch self {
    case .sunday: 0
    case .monday: 1
    case .tuesday: 2
    case .wednesday: 3
    case .thursday: 4
    case .friday: 5
    case .saturday: 6
    }
  }
}
