/// Reads a line whose parameters are not in the form in which they are written, or not as RFC 5545 §3.2 has them.
///
/// Other writers leave out quotes, or escape as in TEXT: `CN=Doe\; John`, `TZID=GMT+05:30`, `CN=Doe, John`. No
/// property is lost for that. Where the standard's own reading makes sense, it is taken.
struct UntidyLineReader {
  private let octets: [UInt8]
  private let limits: ReadingLimits
  private var position = 0
  /// Of the colon before the value.
  private var end = 0
  /// Whether the line is read in another way than the standard says.
  private(set) var isRepaired = false
  /// Why the line is none.
  private(set) var fault = LineFault.noColon

  init(_ line: [UInt8], limits: ReadingLimits) {
    let line = line.filter { $0 != 0 }
    octets = line.span.textForm(0..<line.count) == .invalid ? line.decodedAsText : line
    self.limits = limits
  }

  /// The line, or nil when it is none.
  mutating func read() throws(ICalendarError) -> ContentLine? {
    while position < octets.count, octets[position].isInName { position += 1 }
    let nameLength = position
    guard nameLength > 0, nameLength <= Int(UInt16.max) else {
      fault = .noName
      return nil
    }
    guard position < octets.count, [.semicolon, .colon].contains(octets[position]),
      let colon = ParameterEnd(octets, name: nameLength).find(&isRepaired)
    else { return nil }
    end = colon
    var parameters: [ContentLine.Parameter] = []
    var count = 0
    while position < end {
      count += 1
      guard count <= limits.parameters else { throw .exceeds(.parameters) }
      try readParameter(into: &parameters)
    }
    return ContentLine(
      String(decoding: octets[..<nameLength], as: UTF8.self),
      parameters: parameters,
      value: String(decoding: octets[(colon + 1)...], as: UTF8.self)
    )
  }

  /// Reads what a semicolon begins.
  private mutating func readParameter(into parameters: inout [ContentLine.Parameter]) throws(ICalendarError) {
    let start = position
    position += 1
    while position < end, octets[position] == 0x20 || octets[position] == 0x09 { position += 1 }
    let nameStart = position
    while position < end, octets[position].isInName { position += 1 }
    let name = String(decoding: octets[nameStart..<position], as: UTF8.self)
    guard position < end, octets[position] != .semicolon else {
      // A parameter without a value says nothing.
      return
    }
    guard octets[position] == .equals else {
      try readRemainder(of: &parameters, from: start)
      return
    }
    if nameStart > start + 1 { isRepaired = true }
    let values = try readValues(
      ParameterDefinition.of(name.uppercased()),
      isZone: name.uppercased() == "TZID"
    )
    if !name.isEmpty { parameters.append(ContentLine.Parameter(name, values)) }
  }

  /// Text that is no parameter belongs to the value before it, which lacks its quotes.
  private mutating func readRemainder(
    of parameters: inout [ContentLine.Parameter],
    from start: Int
  ) throws(ICalendarError) {
    isRepaired = true
    position = start + 1
    while position < end, octets[position] != .semicolon { position += 1 }
    guard let last = parameters.popLast(), let value = last.values.last else { return }
    let remainder = String(decoding: octets[start..<position], as: UTF8.self)
    parameters.append(ContentLine.Parameter(last.name, last.values.dropLast() + [value + remainder]))
  }

  private mutating func readValues(
    _ definition: ParameterDefinition?,
    isZone: Bool
  ) throws(ICalendarError) -> [String] {
    var values: [[UInt8]] = []
    var isQuoted = false
    repeat {
      position += 1
      if position < end, octets[position] == .quote { isQuoted = true }
      guard values.count < limits.parameters else { throw .exceeds(.parameters) }
      values.append(readValue(isZone: isZone))
    } while position < end && octets[position] == .comma
    // A list where there can be none is one text that lacks its quotes.
    if values.count > 1, !isQuoted, definition?.isSingleText ?? false {
      isRepaired = true
      values = [Array(values.joined(separator: [.comma]))]
    }
    return values.map { value in value.withUnsafeBufferPointer { $0.unescapedParameter } }
  }

  private mutating func readValue(isZone: Bool) -> [UInt8] {
    var value: [UInt8] = []
    if position < end, octets[position] == .quote {
      if let close = octets[(position + 1)..<end].firstIndex(of: .quote) {
        value += octets[(position + 1)..<close]
        position = close + 1
      } else {
        isRepaired = true
        position += 1
      }
    }
    while position < end, octets[position] != .semicolon, octets[position] != .comma {
      if octets[position] == .backslash, isEscape(at: position) {
        isRepaired = true
        position += 1
      }
      value.append(octets[position])
      position += 1
    }
    guard isZone, value.contains(.backslash) else { return value }
    // The value of the VTIMEZONE's property, which is a TEXT, was copied with its escapes.
    let unescaped = value.withoutEscapes
    if unescaped != value { isRepaired = true }
    return unescaped
  }

  /// Whether the backslash is before a delimiter that belongs to the value.
  private func isEscape(at position: Int) -> Bool {
    guard position + 1 < end else { return false }
    switch octets[position + 1] {
    case .comma, .colon: return true
    case .semicolon:
      // Where a parameter that is known begins, the backslash ends the one before it.
      let name = octets[(position + 2)..<end].prefix { $0.isInName }
      return name.endIndex >= end || octets[name.endIndex] != .equals
        || ParameterDefinition.of(String(decoding: name, as: UTF8.self).uppercased()) == nil
    default: return false
    }
  }
}

extension UInt8 {
  static let quote = UInt8(ascii: "\"")
  static let comma = UInt8(ascii: ",")
  static let colon = UInt8(ascii: ":")
  static let semicolon = UInt8(ascii: ";")
  static let equals = UInt8(ascii: "=")
  static let backslash = UInt8(ascii: "\\")
}

extension [UInt8] {
  /// The octets without backslashes before delimiters.
  fileprivate var withoutEscapes: [UInt8] {
    var text: [UInt8] = []
    for octet in self {
      if OctetClass.of(octet).contains(.delimiter) {
        while text.last == .backslash { text.removeLast() }
      }
      text.append(octet)
    }
    return text
  }

  /// The octets as UTF-8, where they are none in part or at all: what is no UTF-8 is taken for Windows-1252, which
  /// holds all that ISO 8859-1 has.
  fileprivate var decodedAsText: [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(count + count / 8)
    var position = 0
    while position < count {
      let lead = self[position]
      let length = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0
      let next = Swift.min(position + Swift.max(length, 1), count)
      if length > 0, next - position == length, span.textForm(position..<next) != .invalid {
        text += self[position..<next]
        position = next
      } else {
        let isSpecial = (0x80..<0xA0).contains(lead)
        let value = isSpecial ? Self.windows1252[Int(lead) - 0x80] : UInt32(lead)
        text += Array(String(Character(Unicode.Scalar(value) ?? "\u{FFFD}")).utf8)
        position += 1
      }
    }
    return text
  }

  /// The characters of Windows-1252 from 0x80 to 0x9F; U+FFFD where it has none.
  private static let windows1252: [UInt32] = [
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152,
    0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122,
    0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
  ]
}
