import Foundation

extension ZonedDateTime: LosslessStringConvertible {
  /// The time as in RFC 9557, "2026-11-01T01:30:00-05:00[America/New_York]".
  public var description: String {
    "\(local)\(Self.text(ofOffset: roundedOffset))[\(zone.identifier)]"
  }

  /// The instant as in RFC 3339, "2026-11-01T01:30:00-05:00".
  public var rfc3339: String {
    // RFC 3339 offsets are whole minutes. Zones had seconds until 1972; there the clock is moved, not the instant.
    let rounded = roundedOffset
    return "\(local.adding(seconds: rounded - offset))\(Self.text(ofOffset: rounded))"
  }

  /// Reads the form of RFC 9557; nil for any other form or an unknown zone.
  ///
  /// The wall clock wins over the offset, since a zone's rules may have changed since it was written;
  /// the offset only tells the first from the second pass. "Z" gives an instant (RFC 9557 §2.2).
  public init?(_ text: String) {
    guard text.utf8.count <= 128, text.hasSuffix("]") else { return nil }
    var digits = DigitReader(text)
    guard let local = digits.localDateTime() else { return nil }
    digits.skipFraction()
    let offset = digits.offset()
    guard let offset, digits.skip("[") else { return nil }
    _ = digits.skip("!")
    guard let zone = Zone(String(digits.remainder.dropLast())) else { return nil }
    switch offset {
    case .unknown:
      self.init(instant: .init(timeIntervalSince1970: Double(local.nominalSeconds)), zone: zone)
    case .seconds(let seconds):
      guard case .repeated(let first, let second) = zone.reading(of: local) else {
        self.init(local: local, zone: zone)
        return
      }
      let isSecond = abs(seconds - second) < 60 && abs(seconds - second) < abs(seconds - first)
      self.init(local: local, zone: zone, isSecondPass: isSecond)
    }
  }

  private var roundedOffset: Int { offset / 60 * 60 }

  private static func text(ofOffset offset: Int) -> String {
    let minutes = abs(offset) / 60
    return "\(offset < 0 ? "-" : "+")\(padded(minutes / 60, 2)):\(padded(minutes % 60, 2))"
  }
}

extension DigitReader {
  enum Offset {
    /// "Z": the instant is known, the local offset is not.
    case unknown
    case seconds(Int)
  }

  /// An offset as in RFC 3339, "Z" or "+05:30".
  fileprivate mutating func offset() -> Offset? {
    if skip("Z") { return .unknown }
    let isNegative = skip("-")
    guard isNegative || skip("+"), let hours = number(2), skip(":"), let minutes = number(2), minutes < 60
    else { return nil }
    let seconds = hours * 3600 + minutes * 60
    return .seconds(isNegative ? -seconds : seconds)
  }
}
