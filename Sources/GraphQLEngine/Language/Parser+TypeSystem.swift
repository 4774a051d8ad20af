extension Parser {
  /// A definition that begins with one of the type system's words; nil for any other word.
  mutating func typeSystemDefinition(_ word: String) throws(GraphQLError) -> DefinitionNode? {
    switch word {
    case "schema": .schema(try schemaDefinition())
    case "directive": .directive(try directiveDefinition())
    default:
      if let kind = TypeKind(keyword: word) {
        .type(try typeDefinition(kind))
      } else {
        nil
      }
    }
  }

  mutating func typeSystemExtension() throws(GraphQLError) -> DefinitionNode {
    let keyword = try lookahead()
    guard keyword.kind == .name else { throw unexpected(keyword) }
    let word = value(of: keyword)
    if word == "schema" { return .schema(try schemaExtension()) }
    guard let kind = TypeKind(keyword: word) else { throw unexpected(keyword) }
    return .type(try typeExtension(kind))
  }

  mutating func description() throws(GraphQLError) -> String? {
    guard token.kind == .string || token.kind == .blockString else { return nil }
    let text = value(of: token)
    try advance()
    return text
  }

  private mutating func schemaDefinition() throws(GraphQLError) -> SchemaNode {
    let position = token.position
    let description = try description()
    try expectKeyword("schema")
    return SchemaNode(
      isExtension: false,
      description: description,
      directives: try directives(isConstant: true),
      operationTypes: try many(.braceLeft, .braceRight) { (parser) throws(GraphQLError) in
        try parser.rootOperationType()
      },
      position: position
    )
  }

  private mutating func schemaExtension() throws(GraphQLError) -> SchemaNode {
    let position = token.position
    try expectKeyword("extend")
    try expectKeyword("schema")
    let node = SchemaNode(
      isExtension: true,
      description: nil,
      directives: try directives(isConstant: true),
      operationTypes: try optionalMany(.braceLeft, .braceRight) { (parser) throws(GraphQLError) in
        try parser.rootOperationType()
      },
      position: position
    )
    if node.directives.isEmpty && node.operationTypes.isEmpty { throw unexpected() }
    return node
  }

  private mutating func rootOperationType() throws(GraphQLError) -> OperationTypeNode {
    let position = token.position
    let operation = try operationType()
    try expect(.colon)
    return OperationTypeNode(operation: operation, type: try name(), position: position)
  }

  private mutating func typeDefinition(_ kind: TypeKind) throws(GraphQLError) -> TypeDefinitionNode {
    let position = token.position
    let description = try description()
    try advance()
    let name = try name()
    var node = TypeDefinitionNode(
      kind: kind,
      isExtension: false,
      description: description,
      name: name,
      position: position
    )
    try readBody(of: &node)
    return node
  }

  private mutating func typeExtension(_ kind: TypeKind) throws(GraphQLError) -> TypeDefinitionNode {
    let position = token.position
    try expectKeyword("extend")
    try advance()
    let name = try name()
    var node = TypeDefinitionNode(
      kind: kind,
      isExtension: true,
      description: nil,
      name: name,
      position: position
    )
    try readBody(of: &node)
    let addsNothing =
      node.interfaces.isEmpty && node.directives.isEmpty && node.fields.isEmpty && node.inputFields.isEmpty
      && node.values.isEmpty && node.members.isEmpty
    if addsNothing { throw unexpected() }
    return node
  }

  private mutating func readBody(of node: inout TypeDefinitionNode) throws(GraphQLError) {
    if node.kind == .object || node.kind == .interface, try takeKeyword("implements") {
      node.interfaces = try delimited(by: .ampersand) { (parser) throws(GraphQLError) in try parser.name() }
    }
    node.directives = try directives(isConstant: true)
    switch node.kind {
    case .scalar: break
    case .object, .interface:
      node.fields = try optionalMany(.braceLeft, .braceRight) { (parser) throws(GraphQLError) in
        try parser.fieldDefinition()
      }
    case .union:
      if try take(.equals) {
        node.members = try delimited(by: .pipe) { (parser) throws(GraphQLError) in try parser.name() }
      }
    case .enum:
      node.values = try optionalMany(.braceLeft, .braceRight) { (parser) throws(GraphQLError) in
        try parser.enumValue()
      }
    case .inputObject:
      node.inputFields = try optionalMany(.braceLeft, .braceRight) { (parser) throws(GraphQLError) in
        try parser.inputValue()
      }
    }
  }

  private mutating func fieldDefinition() throws(GraphQLError) -> FieldDefinitionNode {
    let position = token.position
    let description = try description()
    let name = try name()
    let arguments = try argumentDefinitions()
    try expect(.colon)
    return FieldDefinitionNode(
      description: description,
      name: name,
      arguments: arguments,
      type: try typeReference(),
      directives: try directives(isConstant: true),
      position: position
    )
  }

  private mutating func argumentDefinitions() throws(GraphQLError) -> [InputValueNode] {
    try optionalMany(.parenLeft, .parenRight) { (parser) throws(GraphQLError) in try parser.inputValue() }
  }

  private mutating func inputValue() throws(GraphQLError) -> InputValueNode {
    let position = token.position
    let description = try description()
    let name = try name()
    try expect(.colon)
    return InputValueNode(
      description: description,
      name: name,
      type: try typeReference(),
      defaultValue: try take(.equals) ? try value(isConstant: true) : nil,
      directives: try directives(isConstant: true),
      position: position
    )
  }

  private mutating func enumValue() throws(GraphQLError) -> EnumValueNode {
    let position = token.position
    let description = try description()
    if isKeyword("true") || isKeyword("false") || isKeyword("null") {
      throw .syntax(
        "\(described(token)) is reserved and cannot be used for an enum value.",
        at: token.position
      )
    }
    return EnumValueNode(
      description: description,
      name: try name(),
      directives: try directives(isConstant: true),
      position: position
    )
  }

  private mutating func directiveDefinition() throws(GraphQLError) -> DirectiveDefinitionNode {
    let position = token.position
    let description = try description()
    try expectKeyword("directive")
    try expect(.at)
    let name = try name()
    let arguments = try argumentDefinitions()
    let isRepeatable = try takeKeyword("repeatable")
    try expectKeyword("on")
    return DirectiveDefinitionNode(
      description: description,
      name: name,
      arguments: arguments,
      isRepeatable: isRepeatable,
      locations: try delimited(by: .pipe) { (parser) throws(GraphQLError) in
        let token = parser.token
        guard let location = DirectiveLocation(rawValue: try parser.name().text) else {
          throw parser.unexpected(token)
        }
        return location
      },
      position: position
    )
  }
}
