/// What an octet can be in a line; a table, since every octet of a file is looked at.
struct OctetClass: OptionSet, Sendable {
  let rawValue: UInt8

  /// Letters, digits and "-" (RFC 5545 §3.1), and "_", which some writers use.
  static let name = OctetClass(rawValue: 1)
  /// A control character other than tab.
  static let control = OctetClass(rawValue: 2)
  /// Part of a character of several octets.
  static let beyondASCII = OctetClass(rawValue: 4)
  /// Ends a parameter's value that is not quoted.
  static let delimiter = OctetClass(rawValue: 8)
  static let quote = OctetClass(rawValue: 16)
  static let caret = OctetClass(rawValue: 32)
  static let backslash = OctetClass(rawValue: 64)

  @inline(__always)
  static func of(_ octet: UInt8) -> OctetClass { table[Int(octet)] }

  private static let table: [OctetClass] = (UInt8.min...UInt8.max).map { octet in
    switch octet {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      .name
    case 0x09: []
    case 0..<0x20, 0x7F: .control
    case 0x80...: .beyondASCII
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"): .delimiter
    case UInt8(ascii: "\""): .quote
    case UInt8(ascii: "^"): .caret
    case UInt8(ascii: "\\"): .backslash
    default: []
    }
  }
}

extension UInt8 {
  /// Letters, digits, "-" and "_".
  var isInName: Bool { OctetClass.of(self).contains(.name) }

  /// The upper case of an ASCII letter; anything else as it is.
  var uppercasedASCII: UInt8 { self &- 0x61 < 26 ? self & 0xDF : self }
}

/// Whether octets are text as a line can hold it.
enum TextForm {
  /// UTF-8 without control characters.
  case clean
  /// UTF-8 with control characters or line ends of Unicode.
  case withControls
  /// No UTF-8.
  case invalid
}

extension Span<UInt8> {
  /// Checks the octets for UTF-8 (RFC 3629 §4) and for what a line cannot hold.
  func textForm(_ range: Range<Int>) -> TextForm {
    var classes: OctetClass = []
    for position in range { classes.formUnion(OctetClass.of(self[position])) }
    var hasControls = classes.contains(.control)
    guard classes.contains(.beyondASCII) else { return hasControls ? .withControls : .clean }
    var position = range.lowerBound
    let end = range.upperBound
    while position < end {
      let lead = self[position]
      guard lead >= 0x80 else {
        position += 1
        continue
      }
      let length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0
      guard length > 0, end - position >= length else { return .invalid }
      let second = self[position + 1]
      let lowest: UInt8 = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80
      let highest: UInt8 = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF
      guard second >= lowest, second <= highest else { return .invalid }
      for more in 2..<Swift.max(length, 2) where self[position + more] & 0xC0 != 0x80 { return .invalid }
      if lead == 0xC2, second < 0xA0 { hasControls = true }
      if lead == 0xE2, second == 0x80, self[position + 2] & 0xFE == 0xA8 { hasControls = true }
      position += length
    }
    return hasControls ? .withControls : .clean
  }

  /// Compares with a name in ASCII, letter case aside.
  @inline(__always)
  func isEqual(_ range: Range<Int>, _ name: StaticString) -> Bool {
    guard range.count == name.utf8CodeUnitCount else { return false }
    for (index, position) in range.enumerated()
    where self[position].uppercasedASCII != name.utf8Start[index] { return false }
    return true
  }

  /// Compares with a name in ASCII, letter case aside.
  func isEqual(_ range: Range<Int>, ignoringCase name: String) -> Bool {
    var position = range.lowerBound
    for octet in name.utf8 {
      guard position < range.upperBound, self[position].uppercasedASCII == octet.uppercasedASCII else {
        return false
      }
      position += 1
    }
    return position == range.upperBound
  }
}
