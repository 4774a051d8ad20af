/// Cuts a document into tokens (GraphQL §2.1), one at a time.
struct Lexer {
  let bytes: [UInt8]
  var index = 0
  private var line = 1
  /// Columns are counted forward from the last place that was asked for, so that long lines stay linear.
  private var columnOffset = 0
  private var column = 1

  init(_ source: String) {
    bytes = [UInt8](source.utf8)
  }

  /// The byte at an offset from the current one.
  func peek(_ distance: Int = 0) -> UInt8? {
    let offset = index + distance
    return offset < bytes.count ? bytes[offset] : nil
  }

  func follows(_ text: StaticString, at distance: Int = 0) -> Bool {
    for position in 0..<text.utf8CodeUnitCount
    where peek(distance + position) != (text.utf8Start + position).pointee { return false }
    return true
  }

  /// The place of a byte that is on the current line and not before the last place asked for.
  mutating func position(at offset: Int) -> Position {
    while columnOffset < offset {
      // A UTF-16 unit for every scalar, two for those of four bytes.
      switch bytes[columnOffset] {
      case 0x80...0xBF: break
      case 0xF0...: column += 2
      default: column += 1
      }
      columnOffset += 1
    }
    return Position(offset: offset, line: line, column: column)
  }

  /// Notes that a new line begins at an offset.
  mutating func startLine(at offset: Int) {
    line += 1
    columnOffset = offset
    column = 1
  }

  mutating func error(_ message: String, at offset: Int) -> GraphQLError {
    .syntax(message, at: position(at: offset))
  }

  mutating func next() throws(GraphQLError) -> Token {
    skipIgnored()
    let start = index
    let place = position(at: start)
    guard let byte = peek() else { return Token(kind: .endOfFile, position: place, value: nil) }
    if let kind = Self.punctuator(byte) {
      index += 1
      return Token(kind: kind, position: place, value: nil)
    }
    switch byte {
    case UInt8(ascii: "."):
      guard follows("...") else { throw unexpected(at: start) }
      index += 3
      return Token(kind: .spread, position: place, value: nil)
    case UInt8(ascii: "\""):
      return follows("\"\"\"") ? try blockString(at: place) : try string(at: place)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return try number(at: place)
    case _ where Self.isNameStart(byte):
      while let byte = peek(), Self.isNameStart(byte) || isDigit(byte) { index += 1 }
      return Token(kind: .name, position: place, value: text(start..<index))
    default:
      throw unexpected(at: start)
    }
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// White space, line ends, commas, comments and byte order marks (GraphQL §2.1.1 – §2.1.4).
  private mutating func skipIgnored() {
    while let byte = peek() {
      switch byte {
      case 0x20, 0x09, UInt8(ascii: ","): index += 1
      case 0x0A:
        index += 1
        startLine(at: index)
      case 0x0D:
        index += peek(1) == 0x0A ? 2 : 1
        startLine(at: index)
      case 0xEF where peek(1) == 0xBB && peek(2) == 0xBF: index += 3
      case UInt8(ascii: "#"):
        while let byte = peek(), byte != 0x0A, byte != 0x0D { index += 1 }
      default: return
      }
    }
  }

  private mutating func unexpected(at offset: Int) -> GraphQLError {
    if bytes[offset] == UInt8(ascii: "'") {
      return error(
        "Unexpected single quote character ('), did you mean to use a double quote (\")?",
        at: offset
      )
    }
    return error("Unexpected character: \(printedCodePoint(at: offset)).", at: offset)
  }

  /// How messages show a code point: printable ASCII quoted, others as U+1234.
  func printedCodePoint(at offset: Int) -> String {
    guard offset < bytes.count else { return Token.Kind.endOfFile.rawValue }
    let scalar = String(decoding: bytes[offset..<min(offset + 4, bytes.count)], as: UTF8.self).unicodeScalars
      .first
    guard let scalar else { return Token.Kind.endOfFile.rawValue }
    if scalar == "\"" { return "'\"'" }
    if (0x20...0x7E).contains(scalar.value) { return "\"\(scalar)\"" }
    let hex = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
  }

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

  static func isNameStart(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "_")
  }
}
