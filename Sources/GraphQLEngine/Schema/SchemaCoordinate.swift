/// The unique name of one element of a schema: `User`, `User.name`, `Query.user(id:)`, `@skip`, `@skip(if:)`
/// (GraphQL §2.14).
public enum SchemaCoordinate: Sendable, Hashable, CustomStringConvertible {
  /// A named type.
  case type(String)
  /// A field, a field of an input object, or a value of an enum.
  case member(type: String, name: String)
  /// An argument of a field.
  case argument(type: String, field: String, name: String)
  /// A directive.
  case directive(String)
  /// An argument of a directive.
  case directiveArgument(directive: String, name: String)

  /// Reads a coordinate.
  ///
  /// Nothing is ignored in one, no space either; throws a syntax error.
  public init(_ text: String) throws(GraphQLError) {
    var reader = CoordinateReader(text)
    if reader.take("@") {
      let directive = try reader.name()
      self =
        try reader.argument().map { .directiveArgument(directive: directive, name: $0) }
        ?? .directive(directive)
    } else {
      let type = try reader.name()
      if reader.take(".") {
        let member = try reader.name()
        self =
          try reader.argument().map { .argument(type: type, field: member, name: $0) }
          ?? .member(type: type, name: member)
      } else {
        self = .type(type)
      }
    }
    try reader.end()
  }

  /// The coordinate as it is written.
  public var description: String {
    switch self {
    case .type(let type): type
    case .member(let type, let name): "\(type).\(name)"
    case .argument(let type, let field, let name): "\(type).\(field)(\(name):)"
    case .directive(let directive): "@\(directive)"
    case .directiveArgument(let directive, let name): "@\(directive)(\(name):)"
    }
  }
}

/// Coordinates have a grammar of their own, without ignored tokens (GraphQL §C.5).
private struct CoordinateReader {
  private let bytes: [UInt8]
  private var index = 0

  init(_ text: String) { bytes = [UInt8](text.utf8) }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  mutating func name() throws(GraphQLError) -> String {
    let start = index
    while index < bytes.count, Lexer.isNameStart(bytes[index]) || index > start && isDigit(bytes[index]) {
      index += 1
    }
    if index == start { throw unexpected("Name") }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  /// `(name:)`, where there is one.
  mutating func argument() throws(GraphQLError) -> String? {
    guard take("(") else { return nil }
    let name = try name()
    for character in [":", ")"] as [Unicode.Scalar] where !take(character) {
      throw unexpected("\"\(character)\"")
    }
    return name
  }

  func end() throws(GraphQLError) {
    if index < bytes.count { throw unexpected(Token.Kind.endOfFile.described) }
  }

  private func unexpected(_ expected: String) -> GraphQLError {
    let rest = String(decoding: bytes[index...], as: UTF8.self)
    let found = rest.unicodeScalars.first.map { "\"\($0)\"" } ?? Token.Kind.endOfFile.described
    let column = String(decoding: bytes[..<index], as: UTF8.self).utf16.count + 1
    return GraphQLError(
      "Syntax Error: Expected \(expected), found \(found).",
      code: GraphQLErrorCode.parseFailed,
      locations: [SourceLocation(line: 1, column: column)]
    )
  }
}
