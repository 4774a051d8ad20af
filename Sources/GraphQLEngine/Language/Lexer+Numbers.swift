extension Lexer {
  /// IntValue or FloatValue (GraphQL §2.10.1, §2.10.2); the token keeps the text, for no digit may be lost.
  mutating func number(at place: Position) throws(GraphQLError) -> Token {
    var isFloat = false
    if peek() == UInt8(ascii: "-") { index += 1 }
    if peek() == UInt8(ascii: "0") {
      index += 1
      if let byte = peek(), isDigit(byte) {
        throw error("Invalid number, unexpected digit after 0: \(printedCodePoint(at: index)).", at: index)
      }
    } else {
      try digits()
    }
    if peek() == UInt8(ascii: ".") {
      isFloat = true
      index += 1
      try digits()
    }
    if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
      isFloat = true
      index += 1
      if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { index += 1 }
      try digits()
    }
    // §2.10.1: a number must not run into a name or another dot.
    if let byte = peek(), byte == UInt8(ascii: ".") || Self.isNameStart(byte) { throw expectedDigit() }
    return Token(kind: isFloat ? .float : .int, position: place, value: text(place.offset..<index))
  }

  private mutating func digits() throws(GraphQLError) {
    guard let byte = peek(), isDigit(byte) else { throw expectedDigit() }
    while let byte = peek(), isDigit(byte) { index += 1 }
  }

  private mutating func expectedDigit() -> GraphQLError {
    error("Invalid number, expected digit but got: \(printedCodePoint(at: index)).", at: index)
  }
}
