/// A UTC-OFFSET (RFC 5545 §3.3.14).
public struct UTCOffset: Sendable, Hashable, LosslessStringConvertible {
  /// Seconds east of UTC.
  public var seconds: Int

  /// Makes an offset.
  public init(seconds: Int) {
    self.seconds = seconds
  }

  /// Reads "+0100", "-004430" or, as some write, "+01:00"; nil for anything else.
  public init?(_ text: String) {
    var digits = DigitReader(text)
    let isNegative = digits.skip("-")
    if !isNegative { _ = digits.skip("+") }
    guard let hours = digits.number(2), hours < 24 else { return nil }
    _ = digits.skip(":")
    guard let minutes = digits.number(2), minutes < 60 else { return nil }
    let goesOn = digits.skip(":") || !digits.isAtEnd
    let seconds = goesOn ? digits.number(2) ?? 60 : 0
    guard digits.isAtEnd, seconds < 60 else { return nil }
    self.init(seconds: (isNegative ? -1 : 1) * (hours * 3600 + minutes * 60 + seconds))
  }

  /// The form of RFC 5545 §3.3.14; seconds only where there are any.
  public var description: String {
    let size = Int(clamping: seconds.magnitude)
    let rest = size % 60 == 0 ? "" : padded(size % 60, 2)
    return "\(seconds < 0 ? "-" : "+")\(padded(size / 3600, 2))\(padded(size / 60 % 60, 2))\(rest)"
  }
}
