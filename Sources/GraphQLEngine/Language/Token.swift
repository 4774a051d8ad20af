/// The smallest meaningful piece of a document (GraphQL §2.1.5).
struct Token: Sendable {
  /// The raw value is how messages name the kind.
  enum Kind: String, Sendable {
    case startOfFile = "<SOF>"
    case endOfFile = "<EOF>"
    case bang = "!"
    case dollar = "$"
    case ampersand = "&"
    case parenLeft = "("
    case parenRight = ")"
    case spread = "..."
    case colon = ":"
    case equals = "="
    case at = "@"
    case bracketLeft = "["
    case bracketRight = "]"
    case braceLeft = "{"
    case pipe = "|"
    case braceRight = "}"
    case name = "Name"
    case int = "Int"
    case float = "Float"
    case string = "String"
    case blockString = "BlockString"

    var isPunctuator: Bool {
      switch self {
      case .startOfFile, .endOfFile, .name, .int, .float, .string, .blockString: false
      default: true
      }
    }

    var hasValue: Bool { !isPunctuator && self != .startOfFile && self != .endOfFile }

    var described: String { isPunctuator ? "\"\(rawValue)\"" : rawValue }
  }

  let kind: Kind
  let position: Position
  /// The place where it ends; its text is read from the document on demand.
  let end: UInt32

  init(kind: Kind, position: Position, end: Int) {
    self.kind = kind
    self.position = position
    self.end = UInt32(truncatingIfNeeded: end)
  }

  var range: Range<Int> { position.offset..<Int(end) }
}
