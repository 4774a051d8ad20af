extension Lexer {
  /// Returns the text of a token: the word or the digits as they are written, a string without its quotes and escapes.
  func value(of token: Token) throws(GraphQLError) -> String? {
    switch token.kind {
    case .name, .int, .float: return text(token.range)
    case .string, .blockString:
      var reader = self
      reader.index = token.range.lowerBound
      return token.kind == .string
        ? try reader.stringValue(to: token.range.upperBound)
        : reader.blockStringValue(to: token.range.upperBound)
    default: return nil
    }
  }

  /// Passes a StringValue in single quotes (GraphQL §2.10.4).
  mutating func passString() throws(GraphQLError) {
    index += 1
    while !isAtEnd {
      let byte = peek()
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        return
      case UInt8(ascii: "\\"): _ = try escape()
      case 0x0A, 0x0D: throw error("Unterminated string.", at: index)
      default: pass(byte)
      }
    }
    throw error("Unterminated string.", at: index)
  }

  private mutating func stringValue(to end: Int) throws(GraphQLError) -> String {
    index += 1
    var decoded = ""
    var plain = index
    while index < end - 1 {
      if peek() == UInt8(ascii: "\\") {
        decoded += text(plain..<index)
        decoded.unicodeScalars.append(try escape())
        plain = index
      } else {
        index += 1
      }
    }
    return plain == index ? decoded : decoded + text(plain..<index)
  }

  /// Passes an escape: what it stands for.
  private mutating func escape() throws(GraphQLError) -> Unicode.Scalar {
    if peek(1) != UInt8(ascii: "u") { return try simpleEscape() }
    return peek(2) == UInt8(ascii: "{") ? try bracedEscape() : try fixedEscape()
  }

  private mutating func simpleEscape() throws(GraphQLError) -> Unicode.Scalar {
    let scalar: Unicode.Scalar
    switch peek(1) {
    case UInt8(ascii: "\""): scalar = "\""
    case UInt8(ascii: "\\"): scalar = "\\"
    case UInt8(ascii: "/"): scalar = "/"
    case UInt8(ascii: "b"): scalar = "\u{8}"
    case UInt8(ascii: "f"): scalar = "\u{C}"
    case UInt8(ascii: "n"): scalar = "\n"
    case UInt8(ascii: "r"): scalar = "\r"
    case UInt8(ascii: "t"): scalar = "\t"
    default: throw invalidEscape("character escape", length: 2)
    }
    index += 2
    return scalar
  }

  /// `\u{1F600}`: any Unicode scalar.
  private mutating func bracedEscape() throws(GraphQLError) -> Unicode.Scalar {
    var code: UInt32 = 0
    var size = 3
    while size < 12 {
      let byte = peek(size)
      size += 1
      if byte == UInt8(ascii: "}") {
        guard size >= 5, let scalar = Unicode.Scalar(code) else { break }
        index += size
        return scalar
      }
      guard let digit = hexDigit(byte), code <= 0x0FFF_FFFF else { break }
      code = code << 4 | digit
    }
    throw invalidEscape("Unicode escape", length: size)
  }

  /// `\u00E9`, or a surrogate pair as JSON writes it.
  private mutating func fixedEscape() throws(GraphQLError) -> Unicode.Scalar {
    guard let code = fourHexDigits(at: 2) else { throw invalidEscape("Unicode escape", length: 6) }
    if let scalar = Unicode.Scalar(code) {
      index += 6
      return scalar
    }
    if code <= 0xDBFF, follows("\\u", at: 6), let low = fourHexDigits(at: 8), (0xDC00...0xDFFF).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (code - 0xD800) << 10 + (low - 0xDC00))
    {
      index += 12
      return scalar
    }
    throw invalidEscape("Unicode escape", length: 6)
  }

  private func fourHexDigits(at distance: Int) -> UInt32? {
    var code: UInt32 = 0
    for position in distance..<distance + 4 {
      guard let digit = hexDigit(peek(position)) else { return nil }
      code = code << 4 | digit
    }
    return code
  }

  private func invalidEscape(_ kind: String, length: Int) -> GraphQLError {
    let shown = text(index..<min(index + length, end))
    return error("Invalid \(kind) sequence: \"\(shown)\".", at: index)
  }

  /// Passes a StringValue in triple quotes (GraphQL §2.10.4, "Block Strings").
  mutating func passBlockString() throws(GraphQLError) {
    index += 3
    while !isAtEnd {
      let byte = peek()
      switch byte {
      case UInt8(ascii: "\"") where follows("\"\"\""):
        index += 3
        return
      case UInt8(ascii: "\\") where follows("\\\"\"\""): index += 4
      case 0x0A, 0x0D: passLineEnd()
      default: pass(byte)
      }
    }
    throw error("Unterminated string.", at: index)
  }

  private mutating func blockStringValue(to end: Int) -> String {
    index += 3
    var lines: [String] = []
    var line = ""
    var plain = index
    while index < end - 3 {
      switch peek() {
      case UInt8(ascii: "\\") where follows("\\\"\"\""):
        line += text(plain..<index) + "\"\"\""
        index += 4
        plain = index
      case 0x0A, 0x0D:
        lines.append(line + text(plain..<index))
        line = ""
        passLineEnd()
        plain = index
      default: index += 1
      }
    }
    lines.append(line + text(plain..<index))
    return BlockString.dedented(lines).joined(separator: "\n")
  }
}
