import OrderedCollections

/// The rules that a type system must keep once its definitions are put together (GraphQL §3, "Type
/// Validation"), in the reference implementation's order and words.
extension SchemaBuilder {
  mutating func check(
    _ schema: Schema,
    definitions: [TypeDefinitionNode],
    directives: [DirectiveDefinitionNode]
  ) {
    checkRoots(schema)
    for directive in directives {
      let place = "@\(directive.name.text)"
      checkName(directive.name, at: directive.position)
      for argument in directive.arguments { checkArgument(argument, of: place, in: schema) }
    }
    checkDirectiveCycles(directives, definitions)
    let interfaces = InterfaceCheck(schema, definitions, extensions)
    var cycles = InputCycleCheck(definitions)
    for node in definitions {
      checkName(node.name, at: node.position)
      switch node.kind {
      case .scalar: break
      case .object, .interface:
        checkFields(of: node, in: schema)
        problems += interfaces.problems(of: node)
      case .union: checkMembers(of: node, in: schema)
      case .enum: checkValues(of: node, in: schema)
      case .inputObject:
        checkInputFields(of: node, in: schema)
        problems += cycles.problems(of: node)
      }
    }
  }

  private mutating func checkRoots(_ schema: Schema) {
    if roots[.query] == nil {
      report("Query root type must be provided.", schemaDefinition.map { [$0.position] } ?? [])
    }
    for (operation, name) in SchemaPrinter.defaultRoots {
      guard let root = roots[operation], let type = schema.types[root.name], type.kind != .object
      else { continue }
      let suffix = operation == .query ? "" : " if provided"
      report("\(name) root type must be Object type\(suffix), it cannot be \(type.name).", [root.position])
    }
  }

  /// Names that begin with two underscores belong to introspection (GraphQL §4, "Reserved Names").
  private mutating func checkName(_ name: NameNode, at position: Position) {
    if name.text.hasPrefix("__") {
      let reason = "which is reserved by GraphQL introspection"
      report("Name \"\(name.text)\" must not begin with \"__\", \(reason).", [position])
    }
  }

  /// Where a definition and its extensions stand.
  private func places(of node: TypeDefinitionNode) -> [Position] {
    [node.position] + (extensions[node.name.text] ?? [])
  }

  private mutating func checkFields(of node: TypeDefinitionNode, in schema: Schema) {
    let type = node.name.text
    if node.fields.isEmpty { report("Type \(type) must define one or more fields.", places(of: node)) }
    for field in node.fields {
      let place = "\(type).\(field.name.text)"
      checkName(field.name, at: field.position)
      if let kind = schema.types[field.type.name.text]?.kind, !kind.isOutput {
        report(
          "The type of \(place) must be Output Type but got: \(field.type.reference).",
          [field.type.position]
        )
      }
      for argument in field.arguments { checkArgument(argument, of: place, in: schema) }
    }
  }

  private mutating func checkArgument(_ node: InputValueNode, of owner: String, in schema: Schema) {
    checkInput(node, "\(owner)(\(node.name.text):)", "argument", in: schema)
  }

  private mutating func checkInputFields(of node: TypeDefinitionNode, in schema: Schema) {
    let type = node.name.text
    if node.inputFields.isEmpty {
      report("Input Object type \(type) must define one or more fields.", places(of: node))
    }
    let isOneOf = node.directives.contains { $0.name.text == "oneOf" }
    for field in node.inputFields {
      let place = "\(type).\(field.name.text)"
      checkInput(field, place, "input field", in: schema)
      guard isOneOf else { continue }
      // GraphQL §3.10.1: exactly one field is given, so none may be needed and none may be there by itself.
      if field.type.reference.isNonNull {
        report("OneOf input field \(place) must be nullable.", [field.type.position])
      }
      if field.defaultValue != nil {
        report("OneOf input field \(place) cannot have a default value.", [field.position])
      }
    }
  }

  private mutating func checkInput(
    _ node: InputValueNode,
    _ place: String,
    _ noun: String,
    in schema: Schema
  ) {
    checkName(node.name, at: node.position)
    if let kind = schema.types[node.type.name.text]?.kind, !kind.isInput {
      report("The type of \(place) must be Input Type but got: \(node.type.reference).", [node.type.position])
    }
    // GraphQL §3.13.3: who is told not to give it could not but give it.
    if node.isRequired, let deprecated = node.directives.first(where: { $0.name.text == "deprecated" }) {
      report("Required \(noun) \(place) cannot be deprecated.", [deprecated.position, node.type.position])
    }
    checkDefault(of: node, place, in: schema)
  }

  private mutating func checkMembers(of node: TypeDefinitionNode, in schema: Schema) {
    let union = node.name.text
    if node.members.isEmpty {
      report("Union type \(union) must define one or more member types.", places(of: node))
    }
    var seen: Set<String> = []
    for name in node.members.map(\.text) {
      let positions = node.members.filter { $0.text == name }.map(\.position)
      if let type = schema.types[name], type.kind == .object {
        if seen.insert(name).inserted { continue }
        report("Union type \(union) can only include type \(name) once.", positions)
      } else {
        report("Union type \(union) can only include Object types, it cannot include \(name).", positions)
      }
    }
  }

  private mutating func checkValues(of node: TypeDefinitionNode, in schema: Schema) {
    if schema.types[node.name.text]?.values.isEmpty ?? true {
      report("Enum type \(node.name.text) must define one or more values.", places(of: node))
    }
    for value in node.values { checkName(value.name, at: value.position) }
  }
}
