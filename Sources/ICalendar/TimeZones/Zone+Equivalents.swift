public import Foundation

extension Zone {
  /// A zone of the IANA database that stands for another.
  public enum Equivalent: Sendable, Hashable {
    /// Shows the same time at every instant of the span.
    case sameRules(Zone)
    /// Has the offset that is in force when the span begins, and never another: single times stay right, repeating ones
    /// only until the clocks are changed, which the user has to be told.
    case sameOffset(Zone)

    /// The zone, however good it is.
    public var zone: Zone {
      switch self {
      case .sameRules(let zone), .sameOffset(let zone): zone
      }
    }
  }

  /// The zone of the IANA database to use where a zone that a file defines is not known.
  ///
  /// One that its name or its X-LIC-LOCATION means comes first, then the best known of those with the same rules. Without
  /// any there is one of a fixed offset.
  ///
  /// - Parameters:
  ///   - from: The first instant for which it is needed.
  ///   - to: The last instant; by default six years later, beyond which nobody knows what governments decide.
  /// - Returns: The zone; nil only where no zone of the IANA has that offset then, and an instant has to do.
  public func equivalent(from: Date, to: Date? = nil) -> Equivalent? {
    guard let definition else { return isFloating ? nil : .sameRules(self) }
    let first = from.wholeSeconds
    let last = max(first, to?.wholeSeconds ?? first + 6 * 366 * 86_400)
    let named = [identifier, definition.property("X-LIC-LOCATION")?.text].compactMap { name in
      name.flatMap { Zone($0) ?? Zone(otherName: $0) }
    }
    if let zone = named.first(where: { isSame(as: $0, in: first...last) }) { return .sameRules(zone) }
    let offset = offset(atSecond: first)
    // Some that have one offset now once had others.
    let fixed = Zone(fixedOffset: offset)
    if let fixed, isSame(as: fixed, in: first...last) { return .sameRules(fixed) }
    for identifier in Self.byFame where Zone(identifier).map({ isSame(as: $0, in: first...last) }) == true {
      return Zone(identifier).map { .sameRules($0) }
    }
    if let fixed, fixed.offset(atSecond: first) == offset { return .sameOffset(fixed) }
    return Self.byFame.lazy.compactMap { Zone($0) }.first { $0.offset(atSecond: first) == offset }
      .map { .sameOffset($0) }
  }

  func isSame(as other: Zone, in seconds: ClosedRange<Int>) -> Bool {
    let first = seconds.lowerBound
    guard offset(atSecond: first) == other.offset(atSecond: first) else { return false }
    let span = first..<seconds.upperBound + 1
    let (own, others) = (rules.transitions(in: span), other.rules.transitions(in: span))
    return own.count == others.count
      && zip(own, others).allSatisfy { $0.second == $1.second && $0.offsetAfter == $1.offsetAfter }
  }

  /// Of zones with the same rules the one that most people know, then those that Windows has, then all.
  static let byFame: [String] = {
    let best = [
      "Europe/Berlin", "Europe/London", "America/New_York", "America/Chicago", "America/Denver",
      "America/Los_Angeles", "Europe/Athens", "Australia/Sydney", "Pacific/Auckland", "America/Halifax",
    ]
    let windows = Set(WindowsZones.all.values).sorted()
    return best + windows + ZoneDatabase.shared.identifiers.filter { $0.contains("/") }
  }()
}
