/// Turns parsed SDL into a schema: merges extensions, adds what every schema has, checks the whole.
struct SchemaBuilder {
  private(set) var problems: [SchemaError.Problem] = []
  private var order: [String] = []
  /// How many of the types and directives are the document's own; the others every schema has.
  private var ownTypes = 0
  private var ownDirectives = 0
  private var types: [String: TypeDefinitionNode] = [:]
  private var directives: [DirectiveDefinitionNode] = []
  private var roots: [OperationType: NameNode] = [:]
  private var hasSchemaDefinition = false
  private var description: String?
  private var replacedValues: [String: [EnumValueDefinition]] = [:]

  init(_ document: DocumentNode) throws(SchemaError) {
    let prelude: DocumentNode
    do {
      prelude = try Parser.parse(IntrospectionSource.sdl, limits: .schemaSource)
    } catch {
      throw SchemaError(error)
    }
    for definition in document.definitions { collect(definition) }
    ownTypes = order.count
    ownDirectives = directives.count
    for definition in prelude.definitions { collect(definition) }
    for definition in document.definitions { extend(definition) }
  }

  mutating func report(_ message: String, _ positions: [Position] = []) {
    problems.append(SchemaError.Problem(message: message, locations: positions.map(\.location)))
  }

  private mutating func collect(_ definition: DefinitionNode) {
    switch definition {
    case .operation, .fragment:
      report("The definition is not a type system definition.", [definition.position])
    case .schema(let node) where !node.isExtension:
      if hasSchemaDefinition { report("Must provide only one schema definition.", [node.position]) }
      hasSchemaDefinition = true
      description = node.description
      addRoots(node)
    case .type(let node) where !node.isExtension:
      if let known = types[node.name.text] {
        report(
          "There can be only one type named \"\(node.name.text)\".",
          [known.name.position, node.name.position]
        )
      } else {
        order.append(node.name.text)
        types[node.name.text] = node
      }
    case .directive(let node):
      if let known = directives.first(where: { $0.name.text == node.name.text }) {
        // A schema may spell out the specified directives for itself; the first definition, its own, stays.
        if !DirectiveDefinition.specified.contains(node.name.text) {
          report(
            "There can be only one directive named \"@\(node.name.text)\".",
            [known.name.position, node.name.position]
          )
        }
      } else {
        directives.append(node)
      }
    case .schema, .type: break
    }
  }

  private mutating func addRoots(_ node: SchemaNode) {
    for root in node.operationTypes {
      if roots[root.operation] != nil {
        report("There can be only one \(root.operation.rawValue) type in schema.", [root.position])
      }
      roots[root.operation] = root.type
    }
  }

  private mutating func extend(_ definition: DefinitionNode) {
    switch definition {
    case .schema(let node) where node.isExtension: addRoots(node)
    case .type(let node) where node.isExtension:
      let name = node.name.text
      guard var type = types[name] else {
        let hint = Suggestion.didYouMean(Suggestion.list(name, order))
        return report(
          "Cannot extend type \"\(name)\" because it is not defined." + hint,
          [node.name.position]
        )
      }
      guard type.kind == node.kind else {
        return report(
          "Cannot extend non-\(node.kind.noun) type \"\(name)\".",
          [type.position, node.position]
        )
      }
      type.interfaces += node.interfaces
      type.directives += node.directives
      type.fields += node.fields
      type.inputFields += node.inputFields
      type.values += node.values
      type.members += node.members
      types[name] = type
    default: break
    }
  }

  mutating func replaceEnumValues(_ values: [String: [EnumValueDefinition]]) {
    for (name, list) in values.sorted(by: { $0.key < $1.key }) {
      guard types[name]?.kind == .enum else {
        report("Values were given for \"\(name)\", which is no enum of the schema.")
        continue
      }
      for value in list where !Self.isName(value.name) {
        report("\"\(value.name)\" cannot be the name of a value of enum \"\(name)\".")
      }
      replacedValues[name] = list
    }
  }

  private static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, Lexer.isNameStart(first) else { return false }
    return text.utf8.allSatisfy { Lexer.isNameStart($0) || isDigit($0) }
      && !["true", "false", "null"].contains(text)
  }

  mutating func build() throws(SchemaError) -> Schema {
    if !hasSchemaDefinition {
      // GraphQL §3.3.1: without a schema definition the default names are the roots.
      for (operation, name) in [
        (OperationType.query, "Query"), (.mutation, "Mutation"), (.subscription, "Subscription"),
      ]
      where roots[operation] == nil {
        if let type = types[name], type.kind == .object { roots[operation] = type.name }
      }
    }
    let named = order.compactMap { types[$0] }.map(namedType)
    let referenced = Set(
      named.flatMap(Self.references) + directives.flatMap { $0.arguments.map(\.type.name.text) }
    )
    let schema = Schema(
      description: description,
      // GraphQL §3.5: a built-in scalar that nothing refers to is no part of the schema.
      types: NamedList(named.filter { !$0.isBuiltInScalar || referenced.contains($0.name) }),
      directives: NamedList(directives.map(directive)),
      roots: roots.mapValues(\.text)
    )
    check(
      schema,
      definitions: order.prefix(ownTypes).compactMap { types[$0] },
      directives: Array(directives.prefix(ownDirectives)),
      roots: roots
    )
    guard problems.isEmpty else { throw SchemaError(problems) }
    return schema
  }

  private static func references(_ type: NamedType) -> [String] {
    type.fields.flatMap { [$0.type.name] + $0.arguments.map(\.type.name) } + type.inputFields.map(\.type.name)
      + type.members
  }

  private func namedType(_ node: TypeDefinitionNode) -> NamedType {
    let values = node.values.map {
      EnumValueDefinition(
        $0.name.text,
        description: $0.description,
        deprecationReason: $0.directives.deprecationReason
      )
    }
    return NamedType(
      name: node.name.text,
      kind: node.kind,
      description: node.description,
      fields: NamedList(node.fields.map(field)),
      inputFields: NamedList(node.inputFields.map(input)),
      values: NamedList(replacedValues[node.name.text] ?? values),
      interfaces: node.interfaces.map(\.text),
      members: node.members.map(\.text),
      isOneOf: node.directives.contains { $0.name.text == "oneOf" },
      specifiedByURL: node.directives.text(of: "url", in: "specifiedBy"),
      position: node.position
    )
  }

  private func field(_ node: FieldDefinitionNode) -> FieldDefinition {
    FieldDefinition(
      name: node.name.text,
      description: node.description,
      arguments: NamedList(node.arguments.map(input)),
      type: node.type.reference,
      deprecationReason: node.directives.deprecationReason,
      listSize: node.directives.listSize
    )
  }

  private func input(_ node: InputValueNode) -> InputValueDefinition {
    InputValueDefinition(
      name: node.name.text,
      description: node.description,
      type: node.type.reference,
      defaultValue: node.defaultValue,
      deprecationReason: node.directives.deprecationReason
    )
  }

  private func directive(_ node: DirectiveDefinitionNode) -> DirectiveDefinition {
    DirectiveDefinition(
      name: node.name.text,
      description: node.description,
      arguments: NamedList(node.arguments.map(input)),
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

extension TypeKind {
  /// The kind as messages name it.
  var noun: String {
    switch self {
    case .scalar: "scalar"
    case .object: "object"
    case .interface: "interface"
    case .union: "union"
    case .enum: "enum"
    case .inputObject: "input object"
    }
  }
}
