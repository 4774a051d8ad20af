extension ContentLine {
  /// Reads one unfolded line; nil when it is none, so that a bad line costs no more than itself.
  ///
  /// Takes any octets: what is no UTF-8 is replaced, control characters are left out.
  static func read(_ line: [UInt8], limits: ReadingLimits) throws(ICalendarError) -> ContentLine? {
    if line.span.textForm(0..<line.count) == .clean {
      switch line.span.readLine(0..<line.count, limits: limits) {
      case .canonical(let shape): return ContentLine(octets: line, shape: shape)
      case .malformed(.tooManyParameters): throw .exceeds(.parameters)
      case .malformed: return nil
      case .other: break
      }
    }
    return try readUntidy(line, limits: limits)
  }

  /// Reads a line of another form than the one that is written.
  static func readUntidy(_ line: [UInt8], limits: ReadingLimits) throws(ICalendarError) -> ContentLine? {
    var cursor = Cursor(octets: line.filter { $0 != 0 })
    let name = cursor.take { $0.isInName }
    guard !name.isEmpty, name.count <= Int(UInt16.max) else { return nil }
    var parameters: [Parameter] = []
    var count = 0
    while cursor.skip(UInt8(ascii: ";")) {
      let name = cursor.take { $0.isInName }
      count += 1
      guard count <= limits.parameters else { throw .exceeds(.parameters) }
      guard cursor.skip(UInt8(ascii: "=")) else {
        guard cursor.isAt(UInt8(ascii: ";")) || cursor.isAt(UInt8(ascii: ":")) else { return nil }
        continue
      }
      var values: [String] = []
      repeat {
        guard values.count < limits.parameters else { throw .exceeds(.parameters) }
        guard let value = cursor.parameterValue() else { return nil }
        values.append(value)
      } while cursor.skip(UInt8(ascii: ","))
      if !name.isEmpty { parameters.append(Parameter(String(decoding: name, as: UTF8.self), values)) }
    }
    guard cursor.skip(UInt8(ascii: ":")) else { return nil }
    return ContentLine(
      String(decoding: name, as: UTF8.self),
      parameters: parameters,
      value: String(decoding: cursor.rest, as: UTF8.self)
    )
  }

  private struct Cursor {
    let octets: [UInt8]
    var position = 0

    init(octets: [UInt8]) {
      self.octets = octets
    }

    var rest: ArraySlice<UInt8> { octets[position...] }

    func isAt(_ octet: UInt8) -> Bool { position < octets.count && octets[position] == octet }

    mutating func skip(_ octet: UInt8) -> Bool {
      guard isAt(octet) else { return false }
      position += 1
      return true
    }

    mutating func take(while matches: (UInt8) -> Bool) -> ArraySlice<UInt8> {
      let start = position
      while position < octets.count, matches(octets[position]) { position += 1 }
      return octets[start..<position]
    }

    /// Up to the next delimiter outside quotes; nil when a quote is not closed.
    mutating func parameterValue() -> String? {
      var value: [UInt8] = []
      if skip(UInt8(ascii: "\"")) {
        value += take { $0 != UInt8(ascii: "\"") }
        guard skip(UInt8(ascii: "\"")) else { return nil }
      }
      value += take { !OctetClass.of($0).contains(.delimiter) }
      let clean =
        value.span.textForm(0..<value.count) == .invalid
        ? Array(String(decoding: value, as: UTF8.self).utf8) : value
      return clean.withUnsafeBufferPointer { $0.unescapedParameter }
    }
  }
}
