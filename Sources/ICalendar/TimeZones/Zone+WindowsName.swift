public import Foundation

extension Zone {
  /// The name of the Windows zone that shows the same time at every instant of a span.
  ///
  /// Of several it is the one of which this zone is the first in CLDR, then the best known.
  ///
  /// - Parameters:
  ///   - from: The first instant that must be right.
  ///   - to: The last instant; by default six years later, beyond which nobody knows what governments decide.
  /// - Returns: The name; nil where Windows has no zone with these rules.
  public func windowsName(from: Date, to: Date? = nil) -> String? {
    guard !isFloating else { return nil }
    if isUTC { return "UTC" }
    if let name = WindowsZones.names[identifier] { return name }
    let first = from.wholeSeconds
    let last = max(first, to?.wholeSeconds ?? first + 6 * 366 * 86_400)
    for identifier in Self.byFame {
      guard let name = WindowsZones.names[identifier], let zone = Zone(identifier) else { continue }
      if isSame(as: zone, in: first...last) { return name }
    }
    return nil
  }
}
