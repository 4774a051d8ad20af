extension Lexer {
  /// A StringValue in single quotes (GraphQL §2.10.4).
  mutating func string(at place: Position) throws(GraphQLError) -> Token {
    index += 1
    var decoded: [UInt8] = []
    while let byte = peek(), byte != 0x0A, byte != 0x0D {
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        return Token(kind: .string, position: place, value: String(decoding: decoded, as: UTF8.self))
      case UInt8(ascii: "\\"):
        if peek(1) != UInt8(ascii: "u") {
          decoded.append(try simpleEscape())
        } else {
          let scalar = peek(2) == UInt8(ascii: "{") ? try bracedEscape() : try fixedEscape()
          decoded.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
        }
      default:
        decoded.append(byte)
        index += 1
      }
    }
    throw error("Unterminated string.", at: index)
  }

  private mutating func simpleEscape() throws(GraphQLError) -> UInt8 {
    let byte: UInt8
    switch peek(1) {
    case UInt8(ascii: "\""): byte = UInt8(ascii: "\"")
    case UInt8(ascii: "\\"): byte = UInt8(ascii: "\\")
    case UInt8(ascii: "/"): byte = UInt8(ascii: "/")
    case UInt8(ascii: "b"): byte = 0x08
    case UInt8(ascii: "f"): byte = 0x0C
    case UInt8(ascii: "n"): byte = 0x0A
    case UInt8(ascii: "r"): byte = 0x0D
    case UInt8(ascii: "t"): byte = 0x09
    default: throw invalidEscape("character escape", length: 2)
    }
    index += 2
    return byte
  }

  /// `\u{1F600}`: any Unicode scalar.
  private mutating func bracedEscape() throws(GraphQLError) -> Unicode.Scalar {
    var code: UInt32 = 0
    var size = 3
    while size < 12, let byte = peek(size) {
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
      guard let digit = peek(position).flatMap(hexDigit) else { return nil }
      code = code << 4 | digit
    }
    return code
  }

  private mutating func invalidEscape(_ kind: String, length: Int) -> GraphQLError {
    let shown = text(index..<min(index + length, bytes.count))
    return error("Invalid \(kind) sequence: \"\(shown)\".", at: index)
  }

  /// A StringValue in triple quotes (GraphQL §2.10.4, "Block Strings").
  mutating func blockString(at place: Position) throws(GraphQLError) -> Token {
    index += 3
    var lines: [String] = []
    var current: [UInt8] = []
    while let byte = peek() {
      if follows("\"\"\"") {
        index += 3
        lines.append(String(decoding: current, as: UTF8.self))
        let value = BlockString.dedented(lines).joined(separator: "\n")
        return Token(kind: .blockString, position: place, value: value)
      }
      if follows("\\\"\"\"") {
        current += "\"\"\"".utf8
        index += 4
      } else if byte == 0x0A || byte == 0x0D {
        lines.append(String(decoding: current, as: UTF8.self))
        current = []
        index += byte == 0x0D && peek(1) == 0x0A ? 2 : 1
        startLine(at: index)
      } else {
        current.append(byte)
        index += 1
      }
    }
    throw error("Unterminated string.", at: index)
  }
}
