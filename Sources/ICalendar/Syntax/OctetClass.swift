/// The role of an octet in a parameter's value.
struct OctetClass: OptionSet, Sendable {
  let rawValue: UInt8

  /// Ends a parameter's value that is not quoted.
  static let delimiter = OctetClass(rawValue: 1)
  static let quote = OctetClass(rawValue: 2)
  static let caret = OctetClass(rawValue: 4)
  static let backslash = OctetClass(rawValue: 8)

  static func of(_ octet: UInt8) -> OctetClass {
    switch octet {
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"): .delimiter
    case UInt8(ascii: "\""): .quote
    case UInt8(ascii: "^"): .caret
    case UInt8(ascii: "\\"): .backslash
    default: []
    }
  }
}

extension UInt8 {
  /// Letters, digits and "-" (RFC 5545 §3.1), "_", which some writers use, and ".", which ends the name of a group.
  ///
  /// A bit for each character of ASCII, since every name of a file is looked at.
  @inline(__always)
  var isInName: Bool {
    let bits: UInt64 = self < 64 ? 0x03FF_6000_0000_0000 : self < 128 ? 0x07FF_FFFE_87FF_FFFE : 0
    return bits >> UInt64(self & 63) & 1 == 1
  }

  /// Whether the octet is a character of a parameter's value that has no role, see `OctetClass`.
  @inline(__always)
  var isPlainInParameter: Bool {
    let bits: UInt64 = self < 64 ? 0xF3FF_EFFB_FFFF_FFFF : self < 128 ? 0xFFFF_FFFF_AFFF_FFFF : .max
    return bits >> UInt64(self & 63) & 1 == 1
  }

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
    var hasControls = false
    var position = range.lowerBound
    let end = range.upperBound
    while position < end {
      // Eight at a time: most text has neither control characters nor octets beyond ASCII.
      if end - position >= 8 {
        let others = otherThanPlain(at: position)
        position += others.trailingZeroBitCount / 8
        if others == 0 { continue }
      } else if position - range.lowerBound >= 8, otherThanPlain(at: end - 8) == 0 {
        break
      }
      let lead = self[position]
      guard lead >= 0x80 else {
        if lead < 0x20 && lead != 0x09 || lead == 0x7F { hasControls = true }
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

  /// The top bits of those of eight octets that are not 0x20…0x7E, the first octet's lowest.
  ///
  /// The lowest bit is right; those above it may be set for a few more, since the subtraction carries.
  @inline(__always)
  private func otherThanPlain(at position: Int) -> UInt64 {
    let eight = UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self))
    let low = (eight &- 0x2020_2020_2020_2020) & ~eight
    let delete = eight ^ 0x7F7F_7F7F_7F7F_7F7F
    return (low | (delete &- 0x0101_0101_0101_0101) & ~delete | eight) & 0x8080_8080_8080_8080
  }

  /// Compares with a name in upper case and ASCII, letter case aside.
  @inline(__always)
  func isEqual(_ range: Range<Int>, _ name: StaticString) -> Bool {
    guard range.count == name.utf8CodeUnitCount else { return false }
    for (index, position) in range.enumerated()
    where self[position].uppercasedASCII != name.utf8Start[index] { return false }
    return true
  }

  /// Compares with a name in ASCII, letter case aside.
  func isEqual(_ range: Range<Int>, ignoringCase name: String) -> Bool {
    guard range.count == name.utf8.count else { return false }
    // Most other names are told by their first letter.
    if let first = name.utf8.first, self[range.lowerBound].uppercasedASCII != first.uppercasedASCII {
      return false
    }
    var name = name
    return name.withUTF8 { name in
      for index in name.indices
      where self[range.lowerBound + index].uppercasedASCII != name[index].uppercasedASCII { return false }
      return true
    }
  }
}
