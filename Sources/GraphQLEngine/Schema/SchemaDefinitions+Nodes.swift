// What a schema has of each definition in its SDL.

extension NamedType {
  convenience init(_ node: TypeDefinitionNode, values: [EnumValueDefinition]?) {
    self.init(
      name: node.name.text,
      kind: node.kind,
      description: node.description,
      fields: NamedList(node.fields.map { FieldDefinition($0) }),
      inputFields: NamedList(node.inputFields.map { InputValueDefinition($0) }),
      values: NamedList(values ?? node.values.map { EnumValueDefinition($0) }),
      interfaces: node.interfaces.map(\.text),
      members: node.members.map(\.text),
      isOneOf: node.directives.contains { $0.name.text == "oneOf" },
      specifiedByURL: node.directives.text(of: "url", in: "specifiedBy"),
      position: node.position
    )
  }
}

extension FieldDefinition {
  init(_ node: FieldDefinitionNode) {
    self.init(
      name: node.name.text,
      description: node.description,
      arguments: NamedList(node.arguments.map { InputValueDefinition($0) }),
      type: node.type.reference,
      deprecationReason: node.directives.deprecationReason,
      listSize: node.directives.listSize
    )
  }
}

extension InputValueDefinition {
  init(_ node: InputValueNode) {
    self.init(
      name: node.name.text,
      description: node.description,
      type: node.type.reference,
      defaultValue: node.defaultValue,
      deprecationReason: node.directives.deprecationReason
    )
  }
}

extension EnumValueDefinition {
  init(_ node: EnumValueNode) {
    self.init(
      node.name.text,
      description: node.description,
      deprecationReason: node.directives.deprecationReason
    )
  }
}

extension DirectiveDefinition {
  init(_ node: DirectiveDefinitionNode) {
    self.init(
      name: node.name.text,
      description: node.description,
      arguments: NamedList(node.arguments.map { InputValueDefinition($0) }),
      isRepeatable: node.isRepeatable,
      locations: node.locations
    )
  }
}

extension [DirectiveNode] {
  fileprivate func text(of argument: String, in directive: String) -> String? {
    guard let node = first(where: { $0.name.text == directive }),
      case .string(let text, _)? = node.arguments.first(where: { $0.name.text == argument })?.value.kind
    else { return nil }
    return text
  }

  fileprivate var listSize: ListSize? {
    guard let node = first(where: { $0.name.text == "listSize" }) else { return nil }
    var size = ListSize()
    for argument in node.arguments {
      switch (argument.name.text, argument.value.kind) {
      case ("assumedSize", .int(let text)): size.assumedSize = Int(text)
      case ("slicingArguments", .list(let names)): size.slicingArguments = names.compactMap(\.stringValue)
      case ("sizedFields", .list(let names)): size.sizedFields = names.compactMap(\.stringValue)
      default: break
      }
    }
    return size
  }

  fileprivate var deprecationReason: String? {
    guard contains(where: { $0.name.text == "deprecated" }) else { return nil }
    return text(of: "reason", in: "deprecated") ?? SchemaPrinter.defaultDeprecationReason
  }
}
