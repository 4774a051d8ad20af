import OrderedCollections

/// GraphQL §5.5.1.2 (Fragment Spread Type Existence) and the types of variables.
struct KnownTypeNames: ValidationRule {
  mutating func enter(_ node: ValidationNode, _ scope: TypeScope, _ context: ValidationContext) -> Bool {
    guard case .typeName(let name) = node, context.schema.types[name.text] == nil else { return true }
    let hint = Suggestion.didYouMean(Suggestion.list(name.text, context.schema.types.keys))
    context.report("Unknown type \"\(name.text)\"." + hint, name.position)
    return true
  }
}

/// GraphQL §5.5.1.3 (Fragments on Object, Interface or Union Types).
struct FragmentsOnCompositeTypes: ValidationRule {
  mutating func enter(_ node: ValidationNode, _ scope: TypeScope, _ context: ValidationContext) -> Bool {
    switch node {
    case .inline(let node):
      if let name = node.typeCondition, isKnownLeaf(name, context) {
        context.report("Fragment cannot condition on non composite type \"\(name.text)\".", name.position)
      }
    case .fragment(let node):
      let name = node.typeCondition
      if isKnownLeaf(name, context) {
        context.report(
          "Fragment \"\(node.name.text)\" cannot condition on non composite type \"\(name.text)\".",
          name.position
        )
      }
    default: break
    }
    return true
  }

  private func isKnownLeaf(_ name: NameNode, _ context: ValidationContext) -> Bool {
    context.schema.types[name.text].map { !$0.kind.isComposite } ?? false
  }
}

/// GraphQL §5.8.2 (Variables Are Input Types).
struct VariablesAreInputTypes: ValidationRule {
  mutating func enter(_ node: ValidationNode, _ scope: TypeScope, _ context: ValidationContext) -> Bool {
    guard case .variableDefinition(let node) = node else { return true }
    let type = node.type.reference
    if let named = context.schema.type(of: type), !named.kind.isInput {
      context.report(
        "Variable \"$\(node.name.text)\" cannot be non-input type \"\(type)\".",
        node.type.position
      )
    }
    return false
  }
}

/// GraphQL §5.3.3 (Leaf Field Selections).
struct ScalarLeafs: ValidationRule {
  mutating func enter(_ node: ValidationNode, _ scope: TypeScope, _ context: ValidationContext) -> Bool {
    guard case .field(let node) = node, let type = scope.type, let named = context.schema.type(of: type)
    else { return true }
    let name = node.name.text
    if named.kind.isLeaf {
      if let selections = node.selections {
        context.report(
          "Field \"\(name)\" must not have a selection since type \"\(type)\" has no subfields.",
          selections.position
        )
      }
    } else if node.selections == nil {
      context.report(
        "Field \"\(name)\" of type \"\(type)\" must have a selection of subfields. "
          + "Did you mean \"\(name) { ... }\"?",
        node.position
      )
    }
    return true
  }
}

/// GraphQL §5.3.1 (Field Selections).
struct FieldsOnCorrectType: ValidationRule {
  mutating func enter(_ node: ValidationNode, _ scope: TypeScope, _ context: ValidationContext) -> Bool {
    guard case .field(let node) = node, let parent = scope.parent, scope.field == nil else { return true }
    let name = node.name.text
    var hint = Suggestion.didYouMean(
      typesThatHave(name, parent, context.schema),
      "to use an inline fragment on"
    )
    if hint.isEmpty { hint = Suggestion.didYouMean(Suggestion.list(name, parent.fields.keys)) }
    context.report("Cannot query field \"\(name)\" on type \"\(parent.name)\"." + hint, node.position)
    return true
  }

  /// Of an abstract type's possible types and their interfaces those with the field, the most common first.
  private func typesThatHave(_ field: String, _ parent: NamedType, _ schema: Schema) -> [String] {
    guard parent.kind.isAbstract else { return [] }
    var counts = OrderedCounts()
    for possible in schema.possibleTypes(of: parent).compactMap({ schema.types[$0] })
    where possible.fields[field] != nil {
      counts.add(possible.name)
      for interface in possible.interfaces where schema.types[interface]?.fields[field] != nil {
        counts.add(interface)
      }
    }
    // The rules may go in a circle: inserting one after another makes the same order of it every time.
    var sorted: [String] = []
    for name in counts.names {
      var (low, high) = (0, sorted.count)
      while low < high {
        let middle = (low + high) / 2
        if precedes(name, sorted[middle], by: counts, schema) { high = middle } else { low = middle + 1 }
      }
      sorted.insert(name, at: low)
    }
    return sorted
  }

  private func precedes(
    _ first: String,
    _ second: String,
    by counts: OrderedCounts,
    _ schema: Schema
  ) -> Bool {
    let (one, other) = (counts[first], counts[second])
    if one != other { return one > other }
    if schema.isSubtype(second, of: first) { return true }
    if schema.isSubtype(first, of: second) { return false }
    return Suggestion.naturallyPrecedes(first, second)
  }
}

/// How often names were seen, in the order in which they first were.
private struct OrderedCounts {
  private(set) var names: [String] = []
  private var counts: [String: Int] = [:]

  subscript(name: String) -> Int { counts[name] ?? 0 }

  mutating func add(_ name: String) {
    if counts[name] == nil { names.append(name) }
    counts[name, default: 0] += 1
  }
}
