/// Introspection's lists may not be nested three deep: the answer would grow with every level.
///
/// Not in the specification, but a recommended rule of the reference implementation.
struct MaxIntrospectionDepth: ValidationRule {
  private static let lists: Set<String> = ["fields", "interfaces", "possibleTypes", "inputFields"]
  private static let maxDepth = 3

  mutating func enter(_ node: ValidationNode, _ scope: TypeScope, _ context: ValidationContext) -> Bool {
    guard case .field(let node) = node, node.name.text == "__schema" || node.name.text == "__type"
    else { return true }
    var open: Set<String> = []
    guard isTooDeep(.field(node), depth: 0, open: &open, context) else { return true }
    context.report("Maximum introspection depth exceeded", node.position)
    return false
  }

  private func isTooDeep(
    _ selection: SelectionNode,
    depth: Int,
    open: inout Set<String>,
    _ context: ValidationContext
  ) -> Bool {
    var depth = depth
    let set: SelectionSetNode?
    switch selection {
    case .spread(let node):
      let name = node.name.text
      guard let fragment = context.fragment(name), open.insert(name).inserted else { return false }
      defer { open.remove(name) }
      return fragment.selections.selections.contains { isTooDeep($0, depth: depth, open: &open, context) }
    case .inline(let node): set = node.selections
    case .field(let node):
      if Self.lists.contains(node.name.text) { depth += 1 }
      if depth >= Self.maxDepth { return true }
      set = node.selections
    }
    return set?.selections.contains { isTooDeep($0, depth: depth, open: &open, context) } ?? false
  }
}
