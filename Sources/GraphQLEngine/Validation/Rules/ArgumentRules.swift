import OrderedCollections

/// GraphQL §5.4.1 (Argument Names).
struct KnownArgumentNames: ValidationRule {
  mutating func enter(_ node: ValidationNode, _ scope: TypeScope, _ context: ValidationContext) -> Bool {
    switch node {
    case .argument(let node):
      guard scope.argument == nil, let field = scope.field, let parent = scope.parent else { return true }
      let hint = Suggestion.didYouMean(Suggestion.list(node.name.text, field.arguments.keys))
      context.report(
        "Unknown argument \"\(node.name.text)\" on field \"\(parent.name).\(field.name)\"." + hint,
        node.position
      )
      return true
    case .directive(let node, _):
      guard let definition = context.schema.directives[node.name.text] else { return false }
      for argument in node.arguments where definition.arguments[argument.name.text] == nil {
        let hint = Suggestion.didYouMean(Suggestion.list(argument.name.text, definition.arguments.keys))
        context.report(
          "Unknown argument \"\(argument.name.text)\" on directive \"@\(definition.name)\"." + hint,
          argument.position
        )
      }
      return false
    default: return true
    }
  }
}

/// GraphQL §5.4.2 (Argument Uniqueness).
struct UniqueArgumentNames: ValidationRule {
  mutating func enter(_ node: ValidationNode, _ scope: TypeScope, _ context: ValidationContext) -> Bool {
    let arguments: ArraySlice<ArgumentNode>
    switch node {
    case .field(let node): arguments = node.arguments
    case .directive(let node, _): arguments = node.arguments
    default: return true
    }
    for names in arguments.map(\.name).groupedByText where names.count > 1 {
      context.report("There can be only one argument named \"\(names[0].text)\".", names.map(\.position))
    }
    return true
  }
}

/// GraphQL §5.4.3 (Required Arguments).
struct ProvidedRequiredArguments: ValidationRule {
  mutating func leave(_ node: ValidationNode, _ scope: TypeScope, _ context: ValidationContext) {
    switch node {
    case .field(let node):
      guard let field = scope.field else { return }
      check(field.arguments, node.arguments, of: "Field \"\(field.name)\"", at: node.position, context)
    case .directive(let node, _):
      guard let definition = context.schema.directives[node.name.text] else { return }
      let subject = "Directive \"@\(definition.name)\""
      check(definition.arguments, node.arguments, of: subject, at: node.position, context)
    default: break
    }
  }

  private func check(
    _ definitions: NamedList<InputValueDefinition>,
    _ nodes: ArraySlice<ArgumentNode>,
    of subject: String,
    at position: Position,
    _ context: ValidationContext
  ) {
    let given = Set(nodes.map(\.name.text))
    for argument in definitions.values where argument.isRequired && !given.contains(argument.name) {
      context.report(
        "\(subject) argument \"\(argument.name)\" of type \"\(argument.type)\" is required, "
          + "but it was not provided.",
        position
      )
    }
  }
}
