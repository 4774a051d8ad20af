/// A literal in a document (GraphQL §2.10).
struct ValueNode: Sendable {
  enum Kind: Sendable {
    case variable(NameNode)
    case int(String)
    case float(String)
    case string(String, isBlock: Bool)
    case bool(Bool)
    case null
    case enumValue(String)
    case list([ValueNode])
    case object([ArgumentNode])
  }

  let kind: Kind
  let position: Position

  var isNull: Bool { if case .null = kind { true } else { false } }

  var stringValue: String? { if case .string(let text, _) = kind { text } else { nil } }

  var variableName: String? { if case .variable(let name) = kind { name.text } else { nil } }
}

extension ValueNode {
  /// The literal as messages and SDL show it.
  var printed: String {
    switch kind {
    case .variable(let name): "$" + name.text
    case .int(let text), .float(let text), .enumValue(let text): text
    case .string(let text, let isBlock): isBlock ? BlockString.printed(text) : Self.quoted(text)
    case .bool(let truth): truth ? "true" : "false"
    case .null: "null"
    case .list(let values): "[" + values.map(\.printed).joined(separator: ", ") + "]"
    case .object(let fields):
      "{" + fields.map { "\($0.name.text): \($0.value.printed)" }.joined(separator: ", ") + "}"
    }
  }

  /// The literal with every object's fields in the order of their names, to compare two of them.
  var canonical: String {
    switch kind {
    case .list(let values): "[" + values.map(\.canonical).joined(separator: ", ") + "]"
    case .object(let fields):
      "{"
        + fields.sorted { $0.name.text < $1.name.text }.map { "\($0.name.text): \($0.value.canonical)" }
        .joined(separator: ", ") + "}"
    default: printed
    }
  }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{8}": result += "\\b"
      case "\u{C}": result += "\\f"
      case ..."\u{1F}", "\u{7F}"..."\u{9F}":
        let hex = String(scalar.value, radix: 16, uppercase: true)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

/// A reference to a type as it is written (GraphQL §2.12).
enum TypeNode: Sendable {
  case named(NameNode, isNonNull: Bool)
  indirect case list(TypeNode, Position, isNonNull: Bool)

  var position: Position {
    switch self {
    case .named(let name, _): name.position
    case .list(_, let position, _): position
    }
  }

  /// The name within all lists and non-nulls.
  var name: NameNode {
    switch self {
    case .named(let name, _): name
    case .list(let inner, _, _): inner.name
    }
  }

  var reference: TypeReference {
    switch self {
    case .named(let name, let isNonNull): isNonNull ? .nonNull(.named(name.text)) : .named(name.text)
    case .list(let inner, _, let isNonNull):
      isNonNull ? .nonNull(.list(inner.reference)) : .list(inner.reference)
    }
  }
}
