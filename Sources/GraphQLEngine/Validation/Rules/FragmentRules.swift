import OrderedCollections

/// GraphQL §5.5.1.1 (Fragment Name Uniqueness).
struct UniqueFragmentNames: ValidationRule {
  private var known: [String: NameNode] = [:]

  mutating func enter(_ node: ValidationNode, _ scope: TypeScope, _ context: ValidationContext) -> Bool {
    if case .document = node { return true }
    guard case .fragment(let fragment) = node else { return false }
    let name = fragment.name
    if let first = known[name.text] {
      context.report(
        "There can be only one fragment named \"\(name.text)\".",
        first.position,
        name.position
      )
    } else {
      known[name.text] = name
    }
    return false
  }
}

/// GraphQL §5.5.2.1 (Fragment Spread Target Defined).
struct KnownFragmentNames: ValidationRule {
  mutating func enter(_ node: ValidationNode, _ scope: TypeScope, _ context: ValidationContext) -> Bool {
    if case .spread(let node) = node, context.fragment(node.name.text) == nil {
      context.report("Unknown fragment \"\(node.name.text)\".", node.name.position)
    }
    return true
  }
}

/// GraphQL §5.5.1.4 (Fragments Must Be Used).
struct NoUnusedFragments: ValidationRule {
  mutating func leave(_ node: ValidationNode, _ scope: TypeScope, _ context: ValidationContext) {
    guard case .document(let document) = node else { return }
    let used = Set(document.operations.flatMap { context.fragments(usedBy: $0) }.map(\.name.text))
    for fragment in document.fragments where !used.contains(fragment.name.text) {
      context.report("Fragment \"\(fragment.name.text)\" is never used.", fragment.position)
    }
  }
}

/// GraphQL §5.5.2.3 (Fragment Spread Is Possible).
struct PossibleFragmentSpreads: ValidationRule {
  mutating func enter(_ node: ValidationNode, _ scope: TypeScope, _ context: ValidationContext) -> Bool {
    switch node {
    case .inline(let node):
      if let type = scope.type.flatMap(context.schema.type(of:)), type.kind.isComposite,
        let parent = scope.parent, !context.schema.overlap(type, parent)
      {
        context.report(
          "Fragment cannot be spread here as objects of type \"\(parent.name)\" "
            + "can never be of type \"\(type.name)\".",
          node.position
        )
      }
    case .spread(let node):
      if let fragment = context.fragment(node.name.text),
        let type = context.schema.types[fragment.typeCondition.text], type.kind.isComposite,
        let parent = scope.parent, !context.schema.overlap(type, parent)
      {
        context.report(
          "Fragment \"\(node.name.text)\" cannot be spread here as objects of type \"\(parent.name)\" "
            + "can never be of type \"\(type.name)\".",
          node.position
        )
      }
    default: break
    }
    return true
  }
}

/// GraphQL §5.5.2.2 (Fragment Spreads Must Not Form Cycles).
struct NoFragmentCycles: ValidationRule {
  private var visited: Set<String> = []
  private var path: [FragmentSpreadNode] = []
  private var indexByName: [String: Int] = [:]

  mutating func enter(_ node: ValidationNode, _ scope: TypeScope, _ context: ValidationContext) -> Bool {
    if case .document = node { return true }
    if case .fragment(let fragment) = node { follow(fragment, context) }
    return false
  }

  /// No deeper than fragments nest, which `DocumentMeasure` limits.
  private mutating func follow(_ fragment: FragmentNode, _ context: ValidationContext) {
    let name = fragment.name.text
    guard visited.insert(name).inserted else { return }
    indexByName[name] = path.count
    for spread in context.spreads(in: fragment.selections) {
      let target = spread.name.text
      path.append(spread)
      if let start = indexByName[target] {
        let cycle = path[start...]
        let via = cycle.dropLast().map { "\"\($0.name.text)\"" }.joined(separator: ", ")
        context.report(
          "Cannot spread fragment \"\(target)\" within itself" + (via.isEmpty ? "." : " via \(via)."),
          cycle.map(\.position)
        )
      } else if let next = context.fragment(target) {
        follow(next, context)
      }
      path.removeLast()
    }
    indexByName[name] = nil
  }
}
