/// Walks an executable document in the order of its text, keeping track of the types.
struct DocumentWalk {
  private(set) var scope: TypeScope
  private let enter: (ValidationNode, TypeScope) -> Void
  private let leave: (ValidationNode, TypeScope) -> Void

  init(
    _ schema: Schema,
    enter: @escaping (ValidationNode, TypeScope) -> Void,
    leave: @escaping (ValidationNode, TypeScope) -> Void = { _, _ in }
  ) {
    scope = TypeScope(schema)
    self.enter = enter
    self.leave = leave
  }

  private mutating func visit(_ node: ValidationNode, _ children: (inout DocumentWalk) -> Void = { _ in }) {
    scope.enter(node)
    enter(node, scope)
    children(&self)
    leave(node, scope)
    scope.leave(node)
  }

  mutating func walk(_ document: DocumentNode) {
    visit(.document(document)) { walk in
      for definition in document.definitions { walk.walk(definition) }
    }
  }

  mutating func walk(_ definition: DefinitionNode) {
    switch definition {
    case .operation(let node):
      visit(.operation(node)) { walk in
        for variable in node.variables { walk.walk(variable) }
        walk.walk(node.directives, .init(node.type))
        walk.walk(node.selections)
      }
    case .fragment(let node):
      visit(.fragment(node)) { walk in
        walk.visit(.typeName(node.typeCondition))
        walk.walk(node.directives, .fragmentDefinition)
        walk.walk(node.selections)
      }
    case .schema, .type, .directive: visit(.typeSystem(definition))
    }
  }

  private mutating func walk(_ node: VariableDefinitionNode) {
    visit(.variableDefinition(node)) { walk in
      walk.visit(.typeName(node.type.name))
      if let value = node.defaultValue { walk.walk(value) }
      walk.walk(node.directives, .variableDefinition)
    }
  }

  private mutating func walk(_ set: SelectionSetNode) {
    visit(.selectionSet(set)) { walk in
      for selection in set.selections { walk.walk(selection) }
    }
  }

  private mutating func walk(_ selection: SelectionNode) {
    switch selection {
    case .field(let node):
      visit(.field(node)) { walk in
        for argument in node.arguments { walk.walk(argument) }
        walk.walk(node.directives, .field)
        if let selections = node.selections { walk.walk(selections) }
      }
    case .spread(let node):
      visit(.spread(node)) { walk in walk.walk(node.directives, .fragmentSpread) }
    case .inline(let node):
      visit(.inline(node)) { walk in
        if let name = node.typeCondition { walk.visit(.typeName(name)) }
        walk.walk(node.directives, .inlineFragment)
        walk.walk(node.selections)
      }
    }
  }

  private mutating func walk(_ directives: [DirectiveNode], _ location: DirectiveLocation) {
    for node in directives {
      visit(.directive(node, location)) { walk in
        for argument in node.arguments { walk.walk(argument) }
      }
    }
  }

  private mutating func walk(_ argument: ArgumentNode) {
    visit(.argument(argument)) { walk in walk.walk(argument.value) }
  }

  private mutating func walk(_ value: ValueNode) {
    visit(.value(value)) { walk in
      switch value.kind {
      case .list(let items): for item in items { walk.walk(item) }
      case .object(let fields):
        for field in fields { walk.visit(.objectField(field)) { $0.walk(field.value) } }
      default: break
      }
    }
  }
}

extension DirectiveLocation {
  init(_ operation: OperationType) {
    switch operation {
    case .query: self = .query
    case .mutation: self = .mutation
    case .subscription: self = .subscription
    }
  }
}
