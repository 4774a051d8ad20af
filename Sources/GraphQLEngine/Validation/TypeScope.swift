import OrderedCollections

/// Which types hold at the place that the walk has reached.
struct TypeScope {
  private let schema: Schema
  private var types: [TypeReference?] = []
  private var parents: [NamedType?] = []
  private var inputs: [TypeReference?] = []
  private var defaults: [Bool] = []
  private var fields: [FieldDefinition?] = []
  private(set) var directive: DirectiveDefinition?
  private(set) var argument: InputValueDefinition?

  init(_ schema: Schema) { self.schema = schema }

  /// The output type at this place.
  var type: TypeReference? { types.last ?? nil }
  /// The type whose fields are selected.
  var parent: NamedType? { parents.last ?? nil }
  /// The type that a literal here must have.
  var input: TypeReference? { inputs.last ?? nil }
  /// The type of the literal around this one.
  var outerInput: TypeReference? { inputs.count > 1 ? inputs[inputs.count - 2] : nil }
  /// Whether the argument or input field here has a default.
  var hasDefault: Bool { defaults.last ?? false }
  /// The field at this place.
  var field: FieldDefinition? { fields.last ?? nil }

  mutating func enter(_ node: ValidationNode) {
    switch node {
    case .document, .spread, .typeName, .typeSystem: break
    case .operation(let node): types.append(schema.rootType(node.type).map { .named($0.name) })
    case .fragment(let node): types.append(output(node.typeCondition))
    case .inline(let node):
      types.append(node.typeCondition.map(output) ?? type.map { .named($0.name) })
    case .variableDefinition(let node): pushInput(known(node.type.reference), hasDefault: false)
    case .selectionSet:
      let named = type.flatMap(schema.type(of:))
      parents.append(named?.kind.isComposite == true ? named : nil)
    case .field(let node):
      let definition = parent.flatMap { schema.field(node.name.text, of: $0) }
      fields.append(definition)
      types.append(definition?.type)
    case .directive(let node, _): directive = schema.directives[node.name.text]
    case .argument(let node):
      argument = (directive?.arguments ?? (directive == nil ? field?.arguments : nil))?[node.name.text]
      pushInput(argument.flatMap { known($0.type) }, hasDefault: argument?.defaultValue != nil)
    case .value(let node):
      guard case .list = node.kind else { break }
      pushInput(input?.element ?? input?.nullable, hasDefault: false)
    case .objectField(let node):
      let object = input.flatMap(schema.type(of:))
      let definition = object?.kind == .inputObject ? object?.inputFields[node.name.text] : nil
      pushInput(definition.flatMap { known($0.type) }, hasDefault: definition?.defaultValue != nil)
    }
  }

  mutating func leave(_ node: ValidationNode) {
    switch node {
    case .document, .spread, .typeName, .typeSystem: break
    case .operation, .fragment, .inline: types.removeLast()
    case .variableDefinition, .objectField: popInput()
    case .selectionSet: parents.removeLast()
    case .field:
      fields.removeLast()
      types.removeLast()
    case .directive: directive = nil
    case .argument:
      argument = nil
      popInput()
    case .value(let node): if case .list = node.kind { popInput() }
    }
  }

  private mutating func pushInput(_ type: TypeReference?, hasDefault: Bool) {
    inputs.append(type)
    defaults.append(hasDefault)
  }

  private mutating func popInput() {
    inputs.removeLast()
    defaults.removeLast()
  }

  private func output(_ name: NameNode) -> TypeReference? {
    schema.types[name.text]?.kind.isOutput == true ? .named(name.text) : nil
  }

  private func known(_ reference: TypeReference) -> TypeReference? {
    schema.type(of: reference)?.kind.isInput == true ? reference : nil
  }
}
