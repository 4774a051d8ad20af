/// Where the parts of an unfolded line are, packed: a large file has millions of lines.
struct LineLayout: Sendable, BitwiseCopyable {
  /// The property, when it is one of the standard's.
  let known: PropertyName?
  let nameLength: UInt16
  /// Of the octet after the colon, from the line's first.
  let valueOffset: UInt32
  let start: UInt32
  let length: UInt32

  /// No line is longer, and no component, so that 32 bits do; `ReadingLimits` are held below.
  static let longest = Int(Int32.max)

  init(known: PropertyName?, nameLength: Int, valueOffset: Int, start: Int, length: Int) {
    self.known = known
    self.nameLength = UInt16(nameLength)
    self.valueOffset = UInt32(valueOffset)
    self.start = UInt32(start)
    self.length = UInt32(length)
  }

  var range: Range<Int> { Int(start)..<Int(start) + Int(length) }
  var hasParameters: Bool { Int(valueOffset) > Int(nameLength) + 1 }
}

/// The result of reading one line.
enum LineReading {
  /// The line stands in the octets in its one form.
  case canonical(LineLayout)
  /// A line, but in another form: quotes or encodings that are not needed, or parameters without a value.
  case other
  /// No line.
  case malformed(LineFault)
}

/// Why a line is none.
enum LineFault: Sendable {
  case noName
  case noColon
  case openQuote
  case tooManyParameters
}

extension Span<UInt8> {
  /// Finds the parts of the unfolded line in `range`, which must be valid UTF-8 without control characters.
  func readLine(_ range: Range<Int>, limits: ReadingLimits) -> LineReading {
    var position = range.lowerBound
    let end = range.upperBound
    while position < end, self[position].isInName { position += 1 }
    let nameLength = position - range.lowerBound
    guard nameLength > 0, nameLength <= Int(UInt16.max) else { return .malformed(.noName) }
    var isCanonical = true
    var count = 0
    var lastParameter = position
    while position < end, self[position] == UInt8(ascii: ";") {
      position += 1
      lastParameter = position
      count += 1
      guard count <= limits.parameters else { return .malformed(.tooManyParameters) }
      let name = position
      while position < end, self[position].isInName { position += 1 }
      guard position < end else { return .malformed(.noColon) }
      guard self[position] == UInt8(ascii: "=") else {
        // A parameter without a value says nothing.
        guard self[position] == UInt8(ascii: ";") || self[position] == UInt8(ascii: ":") else {
          return .malformed(.noColon)
        }
        isCanonical = false
        continue
      }
      if name == position { isCanonical = false }
      let isZone = isEqual(name..<position, "TZID")
      var values = 0
      repeat {
        position += 1
        values += 1
        guard values <= limits.parameters else { return .malformed(.tooManyParameters) }
        guard readParameterValue(&position, end: end, isZone: isZone, &isCanonical) else {
          return .malformed(.openQuote)
        }
      } while position < end && self[position] == UInt8(ascii: ",")
      if values > 1, isSingleText(name, before: position) { isCanonical = false }
    }
    guard position < end, self[position] == UInt8(ascii: ":") else { return .malformed(.noColon) }
    guard isCanonical else { return .other }
    let known = PropertyName(self, range.lowerBound..<range.lowerBound + nameLength)
    let name = range.lowerBound + nameLength
    if count > 0, mayEndLater(known, name: name, colon: position, end: end, lastParameter: lastParameter) {
      return .other
    }
    return .canonical(
      LineLayout(
        known: known,
        nameLength: nameLength,
        valueOffset: position + 1 - range.lowerBound,
        start: range.lowerBound,
        length: range.count
      )
    )
  }

  /// Whether the parameter whose name begins there has one text, so that a comma belongs to it.
  private func isSingleText(_ name: Int, before end: Int) -> Bool {
    var octets: [UInt8] = []
    for position in name..<end {
      if self[position] == UInt8(ascii: "=") { break }
      octets.append(self[position].uppercasedASCII)
    }
    return ParameterDefinition.of(String(decoding: octets, as: UTF8.self))?.isSingleText ?? false
  }

  /// Steps over a value; false when its quote is not closed.
  private func readParameterValue(
    _ position: inout Int,
    end: Int,
    isZone: Bool,
    _ isCanonical: inout Bool
  ) -> Bool {
    let isQuoted = position < end && self[position] == UInt8(ascii: "\"")
    if isQuoted { position += 1 }
    let start = position
    var classes: OctetClass = []
    while position < end {
      let octet = self[position]
      if octet.isPlainInParameter {
        position += 1
        continue
      }
      let found = OctetClass.of(octet)
      if isQuoted ? octet == UInt8(ascii: "\"") : found.contains(.delimiter) { break }
      classes.formUnion(found)
      position += 1
    }
    let last = position
    if isQuoted {
      guard position < end else { return false }
      position += 1
      while position < end, !OctetClass.of(self[position]).contains(.delimiter) {
        isCanonical = false
        position += 1
      }
    }
    guard isCanonical else { return true }
    let needsQuotes =
      !classes.isDisjoint(with: [.delimiter, .backslash])
      || start < last && (mayBeSpace(first: start, end: last) || mayBeSpace(last: last - 1, start: start))
    isCanonical = isQuoted == needsQuotes && !classes.contains(.quote)
    // The escapes of TEXT, which a TZID never means as they stand.
    if isZone, classes.contains(.backslash) { isCanonical = false }
    if classes.contains(.caret) { isCanonical = isCanonical && hasCleanCarets(start..<last) }
    return true
  }

  private func mayBeSpace(first: Int, end: Int) -> Bool {
    let octet = self[first]
    return octet <= 0x20 || octet >= 0x80 && scalarIsSpace(first..<Swift.min(first + 3, end))
  }

  private func mayBeSpace(last: Int, start: Int) -> Bool {
    let octet = self[last]
    if octet < 0x80 { return octet <= 0x20 }
    var first = last
    while first > start, last - first < 3, self[first] & 0xC0 == 0x80 { first -= 1 }
    return scalarIsSpace(first..<last + 1)
  }

  /// Whether the range begins with one of the two or three octets of a space that is not ASCII.
  private func scalarIsSpace(_ range: Range<Int>) -> Bool {
    guard range.count >= 2 else { return false }
    let lead = self[range.lowerBound]
    guard lead == 0xC2 || (0xE1...0xE3).contains(lead) else { return false }
    var scalar: UInt32 = 0
    if lead == 0xC2 {
      scalar = UInt32(self[range.lowerBound + 1])
    } else {
      guard range.count >= 3 else { return false }
      scalar =
        UInt32(lead & 0x0F) << 12 | UInt32(self[range.lowerBound + 1] & 0x3F) << 6
        | UInt32(self[range.lowerBound + 2] & 0x3F)
    }
    return Unicode.Scalar(scalar)?.properties.isWhitespace ?? false
  }

  /// Whether every "^" begins one of the encodings of RFC 6868.
  private func hasCleanCarets(_ range: Range<Int>) -> Bool {
    var position = range.lowerBound
    while position < range.upperBound {
      if self[position] == UInt8(ascii: "^") {
        position += 1
        guard position < range.upperBound else { return false }
        switch self[position] {
        case UInt8(ascii: "^"), UInt8(ascii: "'"), UInt8(ascii: "n"): break
        default: return false
        }
      }
      position += 1
    }
    return true
  }
}

extension LineLayout {
  func moved(to start: Int) -> LineLayout {
    LineLayout(
      known: known,
      nameLength: Int(nameLength),
      valueOffset: Int(valueOffset),
      start: start,
      length: Int(length)
    )
  }
}

extension Span<UInt8> {
  /// The name of the component that a BEGIN or END names, in upper case.
  func componentName(_ layout: LineLayout) -> String {
    let value = layout.range.lowerBound + Int(layout.valueOffset)..<layout.range.upperBound
    // Most components are one of these, for which no text has to be made.
    if isEqual(value, "VEVENT") { return "VEVENT" }
    if isEqual(value, "VALARM") { return "VALARM" }
    return String(unsafeUninitializedCapacity: value.count) { name in
      var length = 0
      for position in value where self[position].isInName {
        name[length] = self[position].uppercasedASCII
        length += 1
      }
      return length
    }
  }
}
