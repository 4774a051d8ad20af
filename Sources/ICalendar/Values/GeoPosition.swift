/// A GEO: where something is on Earth (RFC 5545 §3.8.1.6).
public struct GeoPosition: Sendable, Hashable, LosslessStringConvertible {
  /// Degrees north, -90…90.
  public let latitude: Double
  /// Degrees east, -180…180.
  public let longitude: Double

  /// Makes a position, or nil when a number is out of range.
  public init?(latitude: Double, longitude: Double) {
    guard (-90...90).contains(latitude), (-180...180).contains(longitude) else { return nil }
    self.latitude = latitude
    self.longitude = longitude
  }

  /// Reads "48.85;2.35", and what others make of the semicolon: "\;" or ",".
  public init?(_ text: String) {
    let parts = text.split { ";,\\ ".contains($0) }
    guard parts.count == 2, let latitude = Double(decimal: parts[0]),
      let longitude = Double(decimal: parts[1])
    else { return nil }
    self.init(latitude: latitude, longitude: longitude)
  }

  /// The form of RFC 5545 §3.8.1.6.
  public var description: String { "\(latitude.decimal);\(longitude.decimal)" }
}

extension Double {
  /// Reads a FLOAT (RFC 5545 §3.3.7): digits with a point, and no exponent, "nan" or hexadecimal.
  init?(decimal text: some StringProtocol) {
    let digits = text.utf8
    guard (1...64).contains(digits.count),
      digits.allSatisfy({ (0x30...0x39).contains($0) || [0x2B, 0x2D, 0x2E].contains($0) })
    else { return nil }
    self.init(text)
  }

  /// The number without an exponent, which a FLOAT cannot have.
  fileprivate var decimal: String {
    guard magnitude < 1e-4, self != 0 else { return description }
    return "\(self < 0 ? "-" : "")0.\(padded(Int((magnitude * 1e12).rounded()), 12))"
  }
}
