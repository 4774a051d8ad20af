extension Parser {
  mutating func definition() throws(GraphQLError) -> DefinitionNode {
    if token.kind == .braceLeft { return .operation(try operation()) }
    let isDescribed = token.kind == .string || token.kind == .blockString
    let keyword = isDescribed ? try lookahead() : token
    if isDescribed, keyword.kind == .braceLeft {
      throw .syntax(
        "Unexpected description, descriptions are not supported on shorthand queries.",
        at: token.position
      )
    }
    guard keyword.kind == .name else { throw unexpected(keyword) }
    if operationType(keyword) != nil { return .operation(try operation()) }
    if isKeyword("fragment", keyword) { return .fragment(try fragmentDefinition()) }
    if let definition = try typeSystemDefinition(value(of: keyword)) { return definition }
    // Extensions and what is no definition at all.
    if isDescribed {
      throw .syntax(
        "Unexpected description, only GraphQL definitions support descriptions.",
        at: token.position
      )
    }
    guard isKeyword("extend") else { throw unexpected(keyword) }
    return try typeSystemExtension()
  }

  private mutating func operation() throws(GraphQLError) -> OperationNode {
    let position = token.position
    if token.kind == .braceLeft {
      return OperationNode(
        description: nil,
        type: .query,
        name: nil,
        variables: [],
        directives: [],
        selections: try selectionSet(),
        position: position
      )
    }
    return OperationNode(
      description: try description(),
      type: try operationType(),
      name: token.kind == .name ? try name() : nil,
      variables: try optionalMany(.parenLeft, .parenRight) { (parser) throws(GraphQLError) in
        try parser.variableDefinition()
      },
      directives: try directives(isConstant: false),
      selections: try selectionSet(),
      position: position
    )
  }

  mutating func operationType() throws(GraphQLError) -> OperationType {
    guard let type = operationType(token) else {
      guard token.kind == .name else { throw expected(Token.Kind.name.described) }
      throw unexpected()
    }
    try advance()
    return type
  }

  private func operationType(_ token: Token) -> OperationType? {
    if isKeyword("query", token) { return .query }
    if isKeyword("mutation", token) { return .mutation }
    return isKeyword("subscription", token) ? .subscription : nil
  }

  private mutating func variableDefinition() throws(GraphQLError) -> VariableDefinitionNode {
    let position = token.position
    let description = try description()
    try expect(.dollar)
    let name = try name()
    try expect(.colon)
    return VariableDefinitionNode(
      description: description,
      name: name,
      type: try typeReference(),
      defaultValue: try take(.equals) ? try value(isConstant: true) : nil,
      directives: try directives(isConstant: true),
      position: position
    )
  }

  private mutating func fragmentName() throws(GraphQLError) -> NameNode {
    if isKeyword("on") { throw unexpected() }
    return try name()
  }

  private mutating func fragmentDefinition() throws(GraphQLError) -> FragmentNode {
    let position = token.position
    let description = try description()
    try expectKeyword("fragment")
    let name = try fragmentName()
    try expectKeyword("on")
    return FragmentNode(
      description: description,
      name: name,
      typeCondition: try self.name(),
      directives: try directives(isConstant: false),
      selections: try selectionSet(),
      position: position
    )
  }
}
