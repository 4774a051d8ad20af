/// Documents to execute define only operations and fragments (GraphQL §5.1.1).
struct ExecutableDefinitions: ValidationRule {
  mutating func enter(_ node: ValidationNode, _ scope: TypeScope, _ context: ValidationContext) -> Bool {
    guard case .document(let document) = node else { return false }
    for definition in document.definitions {
      switch definition {
      case .operation, .fragment: break
      case .schema: context.report("The schema definition is not executable.", definition.position)
      case .type(let node): report(node.name, definition, context)
      case .directive(let node): report(node.name, definition, context)
      }
    }
    return false
  }

  private func report(_ name: NameNode, _ definition: DefinitionNode, _ context: ValidationContext) {
    context.report("The \"\(name.text)\" definition is not executable.", definition.position)
  }
}

/// GraphQL §5.2.1.1 (Operation Type Existence).
struct KnownOperationTypes: ValidationRule {
  mutating func enter(_ node: ValidationNode, _ scope: TypeScope, _ context: ValidationContext) -> Bool {
    guard case .operation(let operation) = node else { return true }
    if context.schema.rootType(operation.type) == nil {
      context.report(
        "The \(operation.type.rawValue) operation is not supported by the schema.",
        operation.position
      )
    }
    return false
  }
}

/// GraphQL §5.2.2.1 (Operation Name Uniqueness).
struct UniqueOperationNames: ValidationRule {
  private var known: [String: NameNode] = [:]

  mutating func enter(_ node: ValidationNode, _ scope: TypeScope, _ context: ValidationContext) -> Bool {
    guard case .operation(let operation) = node else { return true }
    if let name = operation.name {
      if let first = known[name.text] {
        context.report(
          "There can be only one operation named \"\(name.text)\".",
          first.position,
          name.position
        )
      } else {
        known[name.text] = name
      }
    }
    return false
  }
}

/// GraphQL §5.2.3.1 (Lone Anonymous Operation).
struct LoneAnonymousOperation: ValidationRule {
  mutating func enter(_ node: ValidationNode, _ scope: TypeScope, _ context: ValidationContext) -> Bool {
    guard case .operation(let operation) = node else { return true }
    if operation.name == nil, context.document.operations.count > 1 {
      context.report("This anonymous operation must be the only defined operation.", operation.position)
    }
    return false
  }
}

/// GraphQL §5.2.4.1 (Single Root Field).
struct SingleFieldSubscriptions: ValidationRule {
  mutating func enter(_ node: ValidationNode, _ scope: TypeScope, _ context: ValidationContext) -> Bool {
    guard case .operation(let operation) = node else { return true }
    guard operation.type == .subscription, context.schema.rootType(.subscription) != nil else { return false }
    let subject = operation.name.map { "Subscription \"\($0.text)\"" } ?? "Anonymous Subscription"
    var groups: [[FieldNode]] = []
    var conditions: [Position] = []
    var visited: Set<String> = []
    collect(operation.selections, groups: &groups, conditions: &conditions, visited: &visited, context)
    // Which field there is must not depend on a variable.
    guard conditions.isEmpty else {
      context.report(
        "\(subject) must not use `@skip` or `@include` directives in the top level selection.",
        conditions
      )
      return false
    }
    if groups.count > 1 {
      context.report(
        "\(subject) must select only one top level field.",
        groups.dropFirst().flatMap { $0 }.map(\.position)
      )
    }
    for fields in groups where fields.first?.name.text.hasPrefix("__") == true {
      context.report(
        "\(subject) must not select an introspection top level field.",
        fields.map(\.position)
      )
    }
    return false
  }

  private func collect(
    _ set: SelectionSetNode,
    groups: inout [[FieldNode]],
    conditions: inout [Position],
    visited: inout Set<String>,
    _ context: ValidationContext
  ) {
    for selection in set.selections {
      conditions += selection.directives.filter { $0.name.text == "skip" || $0.name.text == "include" }
        .map(\.position)
      switch selection {
      case .field(let node):
        if let index = groups.firstIndex(where: { $0.first?.responseKey == node.responseKey }) {
          groups[index].append(node)
        } else {
          groups.append([node])
        }
      case .inline(let node):
        collect(node.selections, groups: &groups, conditions: &conditions, visited: &visited, context)
      case .spread(let node):
        guard visited.insert(node.name.text).inserted, let fragment = context.fragment(node.name.text)
        else { continue }
        collect(fragment.selections, groups: &groups, conditions: &conditions, visited: &visited, context)
      }
    }
  }
}
