/// Cuts a document into tokens (GraphQL §2.1), one at a time.
struct Lexer {
  let source: DocumentText
  var index = 0
  private var line = 1
  /// The number to subtract from an offset to get its column: where the line begins, and more for every byte since that
  /// is no UTF-16 unit of its own.
  private var columnBase = -1

  init(_ source: String) { self.source = DocumentText(source) }

  var end: Int { source.end }

  /// The byte at an offset from the current one; zero behind the end.
  func peek(_ distance: Int = 0) -> UInt8 {
    let offset = index + distance
    return offset < end ? source[offset] : 0
  }

  var isAtEnd: Bool { index >= end }

  func follows(_ text: StaticString, at distance: Int = 0) -> Bool {
    for position in 0..<text.utf8CodeUnitCount
    where peek(distance + position) != (text.utf8Start + position).pointee { return false }
    return true
  }

  /// The place of a byte; nothing between it and the current one may be more than ASCII or end a line.
  @inline(__always)
  func position(at offset: Int) -> Position {
    Position(offset: offset, line: line, column: offset &- columnBase)
  }

  /// Passes a byte of a string or a comment.
  mutating func pass(_ byte: UInt8) {
    index += 1
    if byte < 0x80 { return }
    // A UTF-16 unit for every scalar, two for those of four bytes.
    if byte < 0xC0 { columnBase += 1 } else if byte >= 0xF0 { columnBase -= 1 }
  }

  /// Passes the end of a line.
  mutating func passLineEnd() {
    index += source[index] == 0x0D && source[index + 1] == 0x0A ? 2 : 1
    line += 1
    columnBase = index - 1
  }

  func error(_ message: String, at offset: Int) -> GraphQLError {
    .syntax(message, at: position(at: offset))
  }

  @inline(__always)
  mutating func next() throws(GraphQLError) -> Token {
    // Most tokens stand right behind the one before or after a single space.
    if source[index] == 0x20 { index &+= 1 }
    if Self.mayBeIgnored(source[index]) { skipIgnored() }
    let start = index
    let byte = source[start]
    let place = position(at: start)
    if Self.isNameStart(byte) {
      passName()
      return Token(kind: .name, position: place, end: index)
    }
    if let kind = Self.punctuator(byte) {
      index = start &+ 1
      return Token(kind: kind, position: place, end: index)
    }
    return Token(kind: try other(byte), position: place, end: index)
  }

  /// Passes a token that is neither a name nor a single character.
  private mutating func other(_ byte: UInt8) throws(GraphQLError) -> Token.Kind {
    let kind: Token.Kind
    switch byte {
    case UInt8(ascii: "."):
      guard follows("...") else { throw unexpected(at: index) }
      index += 3
      kind = .spread
    case UInt8(ascii: "\""):
      if follows("\"\"\"") {
        try passBlockString()
        kind = .blockString
      } else {
        try passString()
        kind = .string
      }
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): kind = try number()
    case 0 where isAtEnd: kind = .endOfFile
    default: throw unexpected(at: index)
    }
    return kind
  }

  @inline(__always)
  private mutating func passName() {
    var run = 0
    repeat {
      run = source.eightBytes(at: index).nameRun
      index &+= run
    } while run == 8
  }

  func text(_ range: Range<Int>) -> String { source[range] }

  /// Whether a token is this word.
  @inline(__always)
  func isWord(_ token: Token, _ word: StaticString) -> Bool {
    guard token.kind == .name, token.range.count == word.utf8CodeUnitCount else { return false }
    var letter = word.utf8Start
    for offset in token.range {
      if source[offset] != letter.pointee { return false }
      letter += 1
    }
    return true
  }

  /// White space, line ends, commas, comments and byte order marks (GraphQL §2.1.1 – §2.1.4).
  private mutating func skipIgnored() {
    while true {
      switch source[index] {
      case 0x20: index &+= source.eightBytes(at: index).run(of: 0x20)
      case 0x09, UInt8(ascii: ","): index &+= 1
      case 0x0A, 0x0D: passLineEnd()
      case 0xEF where follows("\u{FEFF}"): for _ in 0..<3 { pass(source[index]) }
      case UInt8(ascii: "#"):
        while !isAtEnd, source[index] != 0x0A, source[index] != 0x0D { pass(source[index]) }
      default: return
      }
    }
  }

  private func unexpected(at offset: Int) -> GraphQLError {
    if source[offset] == UInt8(ascii: "'") {
      return error(
        "Unexpected single quote character ('), did you mean to use a double quote (\")?",
        at: offset
      )
    }
    return error("Unexpected character: \(printedCodePoint(at: offset)).", at: offset)
  }

  /// How messages show a code point: printable ASCII quoted, others as U+1234.
  func printedCodePoint(at offset: Int) -> String {
    let scalar = text(min(offset, end)..<min(offset + 4, end)).unicodeScalars.first
    guard let scalar else { return Token.Kind.endOfFile.rawValue }
    if scalar == "\"" { return "'\"'" }
    if (0x20...0x7E).contains(scalar.value) { return "\"\(scalar)\"" }
    let hex = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
  }

  @inline(__always)
  private static func punctuator(_ byte: UInt8) -> Token.Kind? {
    switch byte {
    case UInt8(ascii: "!"): .bang
    case UInt8(ascii: "$"): .dollar
    case UInt8(ascii: "&"): .ampersand
    case UInt8(ascii: "("): .parenLeft
    case UInt8(ascii: ")"): .parenRight
    case UInt8(ascii: ":"): .colon
    case UInt8(ascii: "="): .equals
    case UInt8(ascii: "@"): .at
    case UInt8(ascii: "["): .bracketLeft
    case UInt8(ascii: "]"): .bracketRight
    case UInt8(ascii: "{"): .braceLeft
    case UInt8(ascii: "|"): .pipe
    case UInt8(ascii: "}"): .braceRight
    default: nil
    }
  }

  /// Whether white space, a line end, a comma, a comment or a byte order mark may begin with a byte.
  @inline(__always)
  private static func mayBeIgnored(_ byte: UInt8) -> Bool {
    byte <= UInt8(ascii: "#") || byte == UInt8(ascii: ",") || byte == 0xEF
  }

  @inline(__always)
  static func isNameStart(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: "_") }
}
