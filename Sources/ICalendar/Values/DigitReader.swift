/// Reads fixed-width ASCII digits from the front of a text, as dates and offsets are made of.
struct DigitReader {
  private var rest: Substring.UTF8View

  var isAtEnd: Bool { rest.isEmpty }
  var next: Character? { rest.first.map { Character(UnicodeScalar($0)) } }
  var remainder: String { String(Substring(rest)) }

  init(_ text: String) {
    rest = Substring(text).utf8
  }

  /// Exactly `width` digits.
  mutating func number(_ width: Int) -> Int? {
    guard rest.count >= width else { return nil }
    var value = 0
    for byte in rest.prefix(width) {
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    rest.removeFirst(width)
    return value
  }

  /// One digit or more, at most `limit`.
  mutating func number(upTo limit: Int) -> Int? {
    let width = rest.prefix(limit).prefix { (0x30...0x39).contains($0) }.count
    return width == 0 ? nil : number(width)
  }

  /// Steps over one ASCII character; false when something else comes next.
  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard let byte = rest.first, UInt32(byte) == character.value else { return false }
    rest.removeFirst()
    return true
  }

  /// Steps over one byte.
  mutating func step() {
    rest = rest.dropFirst()
  }

  /// Steps over fractional seconds, which no value here keeps.
  mutating func skipFraction() {
    guard rest.first == 0x2E else { return }
    rest.removeFirst()
    rest = rest.drop { (0x30...0x39).contains($0) }
  }

  /// A date of RFC 5545 §3.3.4, "20260128".
  mutating func basicDate() -> CalendarDate? {
    guard let year = number(4), let month = number(2), let day = number(2) else { return nil }
    return CalendarDate(year: year, month: month, day: day)
  }
}

/// The number with zeros in front.
func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
