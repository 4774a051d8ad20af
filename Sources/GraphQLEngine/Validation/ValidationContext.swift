/// The state that the rules share: the document's fragments, their uses, and the reported errors.
final class ValidationContext {
  /// A variable where it is used.
  struct VariableUsage {
    let name: String
    let position: Position
    let type: TypeReference?
    let hasDefault: Bool
    /// The OneOf Input Object that it is given to within a fragment; `ValuesOfCorrectType` sees the others.
    let oneOf: String?
  }

  let schema: Schema
  let coercion: InputCoercion
  let document: DocumentNode
  private let fragments: [String: FragmentNode]
  private(set) var errors: [GraphQLError] = []
  private var usages: [Int: [VariableUsage]] = [:]

  init(_ document: DocumentNode, schema: Schema, coercion: InputCoercion) {
    self.document = document
    self.schema = schema
    self.coercion = coercion
    fragments = Dictionary(document.fragments.map { ($0.name.text, $0) }) { _, last in last }
  }

  func report(_ message: String, _ positions: Position...) { report(message, positions) }

  func report(_ message: String, _ positions: [Position]) {
    report(GraphQLError(message, code: GraphQLErrorCode.validationFailed, at: positions))
  }

  func report(_ error: GraphQLError) {
    if errors.count < Validator.maxErrors {
      errors.append(error)
    } else if errors.count == Validator.maxErrors {
      errors.append(
        GraphQLError(
          "Too many validation errors, error limit reached. Validation aborted.",
          code: GraphQLErrorCode.validationFailed
        )
      )
    }
  }

  var isFull: Bool { errors.count > Validator.maxErrors }

  func fragment(_ name: String) -> FragmentNode? { fragments[name] }

  /// The fragments spread anywhere within a selection, in the reference implementation's order.
  func spreads(in set: SelectionSetNode) -> [FragmentSpreadNode] {
    var spreads: [FragmentSpreadNode] = []
    var open = [set]
    while let set = open.popLast() {
      for selection in set.selections {
        switch selection {
        case .spread(let node): spreads.append(node)
        case .field(let node): if let inner = node.selections { open.append(inner) }
        case .inline(let node): open.append(node.selections)
        }
      }
    }
    return spreads
  }

  /// The fragments that an operation uses, through other fragments too.
  func fragments(usedBy operation: OperationNode) -> [FragmentNode] {
    var used: [FragmentNode] = []
    var seen: Set<String> = []
    var open = [operation.selections]
    while let set = open.popLast() {
      for spread in spreads(in: set) where seen.insert(spread.name.text).inserted {
        guard let fragment = fragment(spread.name.text) else { continue }
        used.append(fragment)
        open.append(fragment.selections)
      }
    }
    return used
  }

  /// The variables that an operation uses, through fragments too.
  func variables(usedBy operation: OperationNode) -> [VariableUsage] {
    variables(in: .operation(operation))
      + fragments(usedBy: operation).flatMap { variables(in: .fragment($0)) }
  }

  private func variables(in definition: DefinitionNode) -> [VariableUsage] {
    if let known = usages[definition.position.offset] { return known }
    var found: [VariableUsage] = []
    var isInFragment = false
    if case .fragment = definition { isInFragment = true }
    var fieldOfOneOf: (position: Position, type: String)?
    var walk = DocumentWalk(
      schema,
      enter: { [schema] node, scope in
        if isInFragment, case .objectField(let field) = node,
          let type = scope.outerInput.flatMap(schema.type(of:)), type.isOneOf
        {
          fieldOfOneOf = (field.value.position, type.name)
        }
        guard case .value(let value) = node, let name = value.variableName else { return }
        found.append(
          VariableUsage(
            name: name,
            position: value.position,
            type: scope.input,
            hasDefault: scope.hasDefault,
            oneOf: fieldOfOneOf.flatMap { $0.position == value.position ? $0.type : nil }
          )
        )
      }
    )
    walk.walk(definition)
    usages[definition.position.offset] = found
    return found
  }
}
