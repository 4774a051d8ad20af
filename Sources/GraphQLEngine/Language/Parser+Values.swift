extension Parser {
  /// `name: value`, an argument or a field of an object literal.
  mutating func argument(isConstant: Bool) throws(GraphQLError) -> ArgumentNode {
    let name = try name()
    try expect(.colon)
    return ArgumentNode(name: name, value: try value(isConstant: isConstant))
  }

  @inline(__always)
  mutating func directives(isConstant: Bool) throws(GraphQLError) -> [DirectiveNode] {
    token.kind == .at ? try manyDirectives(isConstant: isConstant) : []
  }

  private mutating func manyDirectives(isConstant: Bool) throws(GraphQLError) -> [DirectiveNode] {
    var nodes: [DirectiveNode] = []
    while token.kind == .at {
      let position = token.position
      try advance()
      let name = try name()
      let arguments = try optionalMany(.parenLeft, .parenRight) { (parser) throws(GraphQLError) in
        try parser.argument(isConstant: isConstant)
      }
      nodes.append(DirectiveNode(name: name, arguments: arguments[...], position: position))
    }
    return nodes
  }

  mutating func value(isConstant: Bool) throws(GraphQLError) -> ValueNode {
    let start = token
    let kind: ValueNode.Kind
    switch start.kind {
    case .bracketLeft:
      kind = .list(
        try nested { (parser) throws(GraphQLError) in
          try parser.any(.bracketLeft, .bracketRight) { (parser) throws(GraphQLError) in
            try parser.value(isConstant: isConstant)
          }
        }
      )
    case .braceLeft:
      kind = .object(
        try nested { (parser) throws(GraphQLError) in
          try parser.any(.braceLeft, .braceRight) { (parser) throws(GraphQLError) in
            try parser.argument(isConstant: isConstant)
          }
        }
      )
    case .dollar: kind = .variable(try variable(isConstant: isConstant))
    case .int: kind = .int(try text())
    case .float: kind = .float(try text())
    case .string: kind = .string(try text(), isBlock: false)
    case .blockString: kind = .string(try text(), isBlock: true)
    case .name: kind = try namedValue()
    default: throw unexpected()
    }
    return ValueNode(kind: kind, position: start.position)
  }

  /// Returns the token's text and advances to the next.
  private mutating func text() throws(GraphQLError) -> String {
    let text = value(of: token)
    try advance()
    return text
  }

  private mutating func namedValue() throws(GraphQLError) -> ValueNode.Kind {
    if try takeKeyword("true") { return .bool(true) }
    if try takeKeyword("false") { return .bool(false) }
    return try takeKeyword("null") ? .null : .enumValue(try text())
  }

  private mutating func variable(isConstant: Bool) throws(GraphQLError) -> NameNode {
    let dollar = token
    try expect(.dollar)
    guard isConstant else { return try name() }
    guard token.kind == .name else { throw unexpected(dollar) }
    let name = value(of: token)
    throw .syntax("Unexpected variable \"$\(name)\" in constant value.", at: dollar.position)
  }

  mutating func typeReference() throws(GraphQLError) -> TypeNode {
    let position = token.position
    if try take(.bracketLeft) {
      let inner = try nested { (parser) throws(GraphQLError) in try parser.typeReference() }
      try expect(.bracketRight)
      return .list(inner, position, isNonNull: try take(.bang))
    }
    return .named(try name(), isNonNull: try take(.bang))
  }
}
