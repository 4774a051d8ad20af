/// The rules that a type system must keep (GraphQL §3, "Type Validation").
extension SchemaBuilder {
  mutating func check(
    _ schema: Schema,
    definitions: [TypeDefinitionNode],
    directives: [DirectiveDefinitionNode],
    roots: [OperationType: NameNode]
  ) {
    if roots[.query] == nil { report("Query root type must be provided.") }
    for (operation, name) in roots.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      checkKnown(name, in: schema)
      if let type = schema.types[name.text], type.kind != .object {
        let word = operation.rawValue.prefix(1).uppercased() + operation.rawValue.dropFirst()
        let suffix = operation == .query ? "" : " if provided"
        report("\(word) root type must be Object type\(suffix), it cannot be \(name.text).", [name.position])
      }
    }
    for directive in directives {
      checkArguments(directive.arguments, of: "@\(directive.name.text)", in: schema)
    }
    for node in definitions { checkType(node, in: schema) }
    checkInputCycles(definitions)
  }

  private mutating func checkKnown(_ name: NameNode, in schema: Schema) {
    if schema.types[name.text] == nil, BuiltInScalar(rawValue: name.text) == nil {
      let known = Set(schema.types.names + BuiltInScalar.allCases.map(\.rawValue))
      let hint = Suggestion.didYouMean(Suggestion.list(name.text, Array(known)))
      report("Unknown type \"\(name.text)\"." + hint, [name.position])
    }
  }

  private mutating func checkName(_ name: NameNode) {
    if name.text.hasPrefix("__") {
      report(
        "Name \"\(name.text)\" must not begin with \"__\", which is reserved by GraphQL introspection.",
        [name.position]
      )
    }
  }

  private mutating func checkDirectives(_ nodes: [DirectiveNode], in schema: Schema) {
    for node in nodes where schema.directives[node.name.text] == nil {
      report("Unknown directive \"@\(node.name.text)\".", [node.position])
    }
  }

  private mutating func checkUnique(_ names: [NameNode], _ message: (String) -> String) {
    var seen: [String: NameNode] = [:]
    for name in names {
      if let first = seen[name.text] {
        report(message(name.text), [first.position, name.position])
      } else {
        seen[name.text] = name
      }
    }
  }

  private mutating func checkType(_ node: TypeDefinitionNode, in schema: Schema) {
    let name = node.name.text
    checkName(node.name)
    checkDirectives(node.directives, in: schema)
    checkUnique((node.fields.map(\.name) + node.inputFields.map(\.name))) {
      "Field \"\(name).\($0)\" can only be defined once."
    }
    checkUnique(node.values.map(\.name)) { "Enum value \"\(name).\($0)\" can only be defined once." }
    switch node.kind {
    case .scalar: break
    case .object, .interface:
      if node.fields.isEmpty { report("Type \(name) must define one or more fields.", [node.position]) }
      for field in node.fields { checkField(field, of: name, in: schema) }
      checkInterfaces(of: node, in: schema)
    case .union:
      if node.members.isEmpty {
        report("Union type \(name) must define one or more member types.", [node.position])
      }
      checkUnique(node.members) { "Union type \(name) can only include type \($0) once." }
      for member in node.members {
        checkKnown(member, in: schema)
        if let type = schema.types[member.text], type.kind != .object {
          report(
            "Union type \(name) can only include Object types, it cannot include \(member.text).",
            [member.position]
          )
        }
      }
    case .enum:
      if schema.types[name]?.values.isEmpty ?? true {
        report("Enum type \(name) must define one or more values.", [node.position])
      }
      for value in node.values {
        checkName(value.name)
        checkDirectives(value.directives, in: schema)
      }
    case .inputObject:
      if node.inputFields.isEmpty {
        report("Input Object type \(name) must define one or more fields.", [node.position])
      }
      for field in node.inputFields { checkInputField(field, of: node, in: schema) }
    }
  }

  private mutating func checkField(_ field: FieldDefinitionNode, of type: String, in schema: Schema) {
    checkName(field.name)
    checkDirectives(field.directives, in: schema)
    checkKnown(field.type.name, in: schema)
    if let kind = schema.types[field.type.name.text]?.kind, !kind.isOutput {
      report(
        "The type of \(type).\(field.name.text) must be Output Type but got: \(field.type.reference).",
        [field.type.position]
      )
    }
    checkArguments(field.arguments, of: "\(type).\(field.name.text)", in: schema)
  }

  private mutating func checkArguments(_ arguments: [InputValueNode], of owner: String, in schema: Schema) {
    checkUnique(arguments.map(\.name)) { "Argument \"\(owner)(\($0):)\" can only be defined once." }
    for argument in arguments {
      checkName(argument.name)
      checkDirectives(argument.directives, in: schema)
      checkKnown(argument.type.name, in: schema)
      let place = "\(owner)(\(argument.name.text):)"
      if let kind = schema.types[argument.type.name.text]?.kind, !kind.isInput {
        report(
          "The type of \(place) must be Input Type but got: \(argument.type.reference).",
          [argument.type.position]
        )
      }
      if argument.isRequired, argument.directives.contains(where: { $0.name.text == "deprecated" }) {
        report("Required argument \(place) cannot be deprecated.", [argument.position])
      }
    }
  }

  private mutating func checkInputField(
    _ field: InputValueNode,
    of node: TypeDefinitionNode,
    in schema: Schema
  ) {
    let place = "\(node.name.text).\(field.name.text)"
    checkName(field.name)
    checkDirectives(field.directives, in: schema)
    checkKnown(field.type.name, in: schema)
    if let kind = schema.types[field.type.name.text]?.kind, !kind.isInput {
      report(
        "The type of \(place) must be Input Type but got: \(field.type.reference).",
        [field.type.position]
      )
    }
    if field.isRequired, field.directives.contains(where: { $0.name.text == "deprecated" }) {
      report("Required input field \(place) cannot be deprecated.", [field.position])
    }
    guard node.directives.contains(where: { $0.name.text == "oneOf" }) else { return }
    if field.type.reference.isNonNull {
      report("OneOf input field \(place) must be nullable.", [field.type.position])
    }
    if field.defaultValue != nil {
      report("OneOf input field \(place) cannot have a default value.", [field.position])
    }
  }
}

extension InputValueNode {
  fileprivate var isRequired: Bool { type.reference.isNonNull && defaultValue == nil }
}
