/// The rules for directives within type system definitions, and for the literals given to them (GraphQL §5.7).
extension DefinitionCheck {
  mutating func checkUnique(_ nodes: [DirectiveNode]) {
    if nodes.count < 2 { return }
    var seen: [String: Position] = [:]
    checkUnique(nodes, seen: &seen)
  }

  mutating func checkUnique(_ nodes: [DirectiveNode], seen: inout [String: Position]) {
    for node in nodes {
      let name = node.name.text
      guard let definition = directives[name], !definition.isRepeatable else { continue }
      if let first = seen[name] {
        report("The directive \"@\(name)\" can only be used once at this location.", [first, node.position])
      } else {
        seen[name] = node.position
      }
    }
  }

  mutating func walk(_ nodes: [DirectiveNode], _ location: DirectiveLocation) {
    for node in nodes { walk(node, location) }
  }

  private mutating func walk(_ node: DirectiveNode, _ location: DirectiveLocation) {
    let name = node.name.text
    let definition = directives[name]
    if let definition {
      if !definition.locations.contains(location) {
        report("Directive \"@\(name)\" may not be used on \(location.rawValue).", [node.position])
      }
      let known = definition.arguments.map(\.name.text)
      for argument in node.arguments where !known.contains(argument.name.text) {
        let hint = Suggestion.didYouMean(Suggestion.list(argument.name.text, known))
        report(
          "Unknown argument \"\(argument.name.text)\" on directive \"@\(name)\"." + hint,
          [argument.position]
        )
      }
    } else {
      report("Unknown directive \"@\(name)\".", [node.position])
    }
    for names in node.arguments.map(\.name).groupedByText where names.count > 1 {
      report("There can be only one argument named \"\(names[0].text)\".", names.map(\.position))
    }
    for argument in node.arguments { walk(argument.value) }
    let given = Set(node.arguments.map(\.name.text))
    for argument in definition?.arguments ?? []
    where argument.isRequired && !given.contains(argument.name.text) {
      report(
        "Directive \"@\(name)\" argument \"\(argument.name.text)\" of type "
          + "\"\(argument.type.reference)\" is required, but it was not provided.",
        [node.position]
      )
    }
  }

  mutating func walk(_ value: ValueNode) {
    switch value.kind {
    case .list(let items): for item in items { walk(item) }
    case .object(let fields):
      var known: [String: Position] = [:]
      for field in fields {
        if let first = known[field.name.text] {
          report("There can be only one input field named \"\(field.name.text)\".", [first, field.position])
        } else {
          known[field.name.text] = field.position
        }
        walk(field.value)
      }
    default: break
    }
  }
}

extension InputValueNode {
  var isRequired: Bool { type.reference.isNonNull && defaultValue == nil }
}
