import OrderedCollections

/// GraphQL §5.7.1 (Directives Are Defined), §5.7.2 (Directives Are in Valid Locations).
struct KnownDirectives: ValidationRule {
  mutating func enter(_ node: ValidationNode, _ scope: TypeScope, _ context: ValidationContext) -> Bool {
    guard case .directive(let node, let location) = node else { return true }
    let name = node.name.text
    if let definition = context.schema.directives[name] {
      if !definition.locations.contains(location) {
        context.report("Directive \"@\(name)\" may not be used on \(location.rawValue).", node.position)
      }
    } else {
      context.report("Unknown directive \"@\(name)\".", node.position)
    }
    return true
  }
}

/// GraphQL §5.7.3 (Directives Are Unique per Location).
struct UniqueDirectivesPerLocation: ValidationRule {
  mutating func enter(_ node: ValidationNode, _ scope: TypeScope, _ context: ValidationContext) -> Bool {
    var seen: [String: DirectiveNode] = [:]
    for directive in node.directives {
      let name = directive.name.text
      guard let definition = context.schema.directives[name], !definition.isRepeatable else { continue }
      if let first = seen[name] {
        context.report(
          "The directive \"@\(name)\" can only be used once at this location.",
          first.position,
          directive.position
        )
      } else {
        seen[name] = directive
      }
    }
    return true
  }
}
