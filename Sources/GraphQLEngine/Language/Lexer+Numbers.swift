extension Lexer {
  /// IntValue or FloatValue (GraphQL §2.10.1, §2.10.2).
  mutating func number() throws(GraphQLError) -> Token.Kind {
    var kind = Token.Kind.int
    if peek() == UInt8(ascii: "-") { index += 1 }
    if peek() == UInt8(ascii: "0") {
      index += 1
      if isDigit(peek()) {
        throw error("Invalid number, unexpected digit after 0: \(printedCodePoint(at: index)).", at: index)
      }
    } else {
      try digits()
    }
    if peek() == UInt8(ascii: ".") {
      kind = .float
      index += 1
      try digits()
    }
    if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
      kind = .float
      index += 1
      if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { index += 1 }
      try digits()
    }
    // §2.10.1: a number must not run into a name or another dot.
    if peek() == UInt8(ascii: ".") || Self.isNameStart(peek()) { throw expectedDigit() }
    return kind
  }

  private mutating func digits() throws(GraphQLError) {
    guard isDigit(peek()) else { throw expectedDigit() }
    while isDigit(peek()) { index += 1 }
  }

  private func expectedDigit() -> GraphQLError {
    error("Invalid number, expected digit but got: \(printedCodePoint(at: index)).", at: index)
  }
}
