/// The rules that type system definitions keep as they are written, before they are put together (GraphQL §3).
///
/// Problems come in the reference implementation's order: by place, and at one place by rule.
struct DefinitionCheck {
  private(set) var problems: [SchemaError.Problem] = []
  private let types: [String: TypeDefinitionNode]
  /// The names of those types and of the types that every schema has.
  private let known: Set<String>
  let directives: [String: DirectiveDefinitionNode]
  private var hasSchemaDefinition = false
  private var operationTypes: [OperationType: OperationTypeNode] = [:]
  private var typeNames: [String: Position] = [:]
  private var directiveNames: [String: Position] = [:]
  /// By type, for extensions add to what its definition has.
  private var fieldNames: [String: [String: Position]] = [:]
  private var valueNames: [String: [String: Position]] = [:]
  private var typeDirectives: [String: [String: Position]] = [:]
  private var schemaDirectives: [String: Position] = [:]

  /// All problems of a document; `prelude` defines what every schema has.
  static func problems(in document: DocumentNode, prelude: DocumentNode) -> [SchemaError.Problem] {
    var check = DefinitionCheck(document, prelude)
    for definition in document.definitions { check.walk(definition) }
    return check.problems
  }

  private init(_ document: DocumentNode, _ prelude: DocumentNode) {
    var types: [String: TypeDefinitionNode] = [:]
    var directives: [String: DirectiveDefinitionNode] = [:]
    for definition in prelude.definitions + document.definitions {
      if case .directive(let node) = definition { directives[node.name.text] = node }
    }
    for case .type(let node) in document.definitions where !node.isExtension { types[node.name.text] = node }
    self.types = types
    known = Set(prelude.types.map(\.name.text)).union(types.keys)
    self.directives = directives
  }

  mutating func report(_ message: String, _ positions: [Position]) {
    problems.append(SchemaError.Problem(message: message, locations: positions.map(\.location)))
  }

  private mutating func walk(_ definition: DefinitionNode) {
    switch definition {
    case .operation, .fragment:
      report("The definition is not a type system definition.", [definition.position])
    case .schema(let node): walk(node)
    case .type(let node): walk(node)
    case .directive(let node):
      checkUnique(node.arguments, of: "@\(node.name.text)")
      if let first = Self.first(node.name, in: &directiveNames) {
        report("There can be only one directive named \"@\(node.name.text)\".", [first, node.name.position])
      }
      for argument in node.arguments { walk(argument, .argumentDefinition) }
    }
  }

  private mutating func walk(_ node: SchemaNode) {
    if !node.isExtension {
      if hasSchemaDefinition { report("Must provide only one schema definition.", [node.position]) }
      hasSchemaDefinition = true
    }
    for root in node.operationTypes {
      if let first = operationTypes[root.operation] {
        let message = "There can be only one \(root.operation.rawValue) type in schema."
        report(message, [first.position, root.position])
      } else {
        operationTypes[root.operation] = root
      }
    }
    var seen = schemaDirectives
    checkUnique(node.directives, seen: &seen)
    schemaDirectives = seen
    walk(node.directives, .schema)
    for root in node.operationTypes { checkKnown(root.type) }
  }

  private mutating func walk(_ node: TypeDefinitionNode) {
    let name = node.name.text
    if !node.isExtension, let first = Self.first(node.name, in: &typeNames) {
      report("There can be only one type named \"\(name)\".", [first, node.name.position])
    }
    for value in node.values.map(\.name) {
      guard let first = Self.first(value, in: &valueNames[name, default: [:]]) else { continue }
      report("Enum value \"\(name).\(value.text)\" can only be defined once.", [first, value.position])
    }
    for field in node.fields.map(\.name) + node.inputFields.map(\.name) {
      guard let first = Self.first(field, in: &fieldNames[name, default: [:]]) else { continue }
      report("Field \"\(name).\(field.text)\" can only be defined once.", [first, field.position])
    }
    for field in node.fields { checkUnique(field.arguments, of: "\(name).\(field.name.text)") }
    var seen = typeDirectives[name] ?? [:]
    checkUnique(node.directives, seen: &seen)
    typeDirectives[name] = seen
    if node.isExtension { checkExtension(node) }
    for interface in node.interfaces { checkKnown(interface) }
    walk(node.directives, DirectiveLocation(node.kind))
    for field in node.fields { walk(field) }
    for field in node.inputFields { walk(field, .inputFieldDefinition) }
    for value in node.values {
      checkUnique(value.directives)
      walk(value.directives, .enumValue)
    }
    for member in node.members { checkKnown(member) }
  }

  private mutating func walk(_ field: FieldDefinitionNode) {
    checkUnique(field.directives)
    for argument in field.arguments { walk(argument, .argumentDefinition) }
    checkKnown(field.type.name)
    walk(field.directives, .fieldDefinition)
  }

  private mutating func walk(_ input: InputValueNode, _ location: DirectiveLocation) {
    checkUnique(input.directives)
    checkKnown(input.type.name)
    if let value = input.defaultValue { walk(value) }
    walk(input.directives, location)
  }

  /// Where a name stood first, unless it does here.
  private static func first(_ name: NameNode, in known: inout [String: Position]) -> Position? {
    if let first = known[name.text] { return first }
    known[name.text] = name.position
    return nil
  }

  private mutating func checkUnique(_ arguments: [InputValueNode], of owner: String) {
    for names in arguments.map(\.name).groupedByText where names.count > 1 {
      report("Argument \"\(owner)(\(names[0].text):)\" can only be defined once.", names.map(\.position))
    }
  }

  private mutating func checkKnown(_ name: NameNode) {
    if known.contains(name.text) { return }
    let hint = Suggestion.didYouMean(Suggestion.list(name.text, Array(known)))
    report("Unknown type \"\(name.text)\"." + hint, [name.position])
  }

  private mutating func checkExtension(_ node: TypeDefinitionNode) {
    let name = node.name.text
    guard let type = types[name] else {
      let hint = Suggestion.didYouMean(Suggestion.list(name, Array(types.keys)))
      return report("Cannot extend type \"\(name)\" because it is not defined." + hint, [node.name.position])
    }
    if type.kind != node.kind {
      report("Cannot extend non-\(node.kind.noun) type \"\(name)\".", [type.position, node.position])
    }
    // GraphQL §3.10.2: fields that were written for any input object may not fit a OneOf one.
    if let oneOf = node.directives.first(where: { $0.name.text == "oneOf" }) {
      report("Extension of \"\(name)\" may not make it a OneOf Input Object.", [oneOf.position])
    }
  }
}

extension DirectiveLocation {
  /// Where the directives of a type's definition or extension stand.
  init(_ kind: TypeKind) {
    switch kind {
    case .scalar: self = .scalar
    case .object: self = .object
    case .interface: self = .interface
    case .union: self = .union
    case .enum: self = .enum
    case .inputObject: self = .inputObject
    }
  }
}
