extension ContentLine {
  /// Reads one unfolded line; nil when it is none, so that a bad line costs no more than itself.
  static func read(_ line: [UInt8], limits: ReadingLimits) throws(ICalendarError) -> ContentLine? {
    var cursor = Cursor(bytes: line)
    let name = cursor.take { $0.isInName }
    guard !name.isEmpty else { return nil }
    var parameters: [Parameter] = []
    while cursor.skip(UInt8(ascii: ";")) {
      let name = cursor.take { $0.isInName }
      guard parameters.count < limits.parameters else { throw .exceeds(.parameters) }
      guard cursor.skip(UInt8(ascii: "=")) else {
        // A parameter without a value says nothing.
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
    let bytes: [UInt8]
    var position = 0

    var rest: ArraySlice<UInt8> { bytes[position...] }

    func isAt(_ byte: UInt8) -> Bool { position < bytes.count && bytes[position] == byte }

    mutating func skip(_ byte: UInt8) -> Bool {
      guard isAt(byte) else { return false }
      position += 1
      return true
    }

    mutating func take(while matches: (UInt8) -> Bool) -> ArraySlice<UInt8> {
      let start = position
      while position < bytes.count, matches(bytes[position]) { position += 1 }
      return bytes[start..<position]
    }

    /// Up to the next delimiter outside quotes; nil when a quote is not closed.
    mutating func parameterValue() -> String? {
      var value: [UInt8] = []
      if skip(UInt8(ascii: "\"")) {
        value += take { $0 != UInt8(ascii: "\"") }
        guard skip(UInt8(ascii: "\"")) else { return nil }
      }
      value += take { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: ":") }
      return String(decoding: value, as: UTF8.self).unescapedParameter
    }
  }
}
