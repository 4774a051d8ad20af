/// GraphQL §5.8.1 (Variable Uniqueness).
struct UniqueVariableNames: ValidationRule {
  mutating func enter(_ node: ValidationNode, _ scope: TypeScope, _ context: ValidationContext) -> Bool {
    guard case .operation(let operation) = node else { return true }
    for names in operation.variables.map(\.name).groupedByText where names.count > 1 {
      context.report("There can be only one variable named \"$\(names[0].text)\".", names.map(\.position))
    }
    return false
  }
}

/// GraphQL §5.8.3 (All Variable Uses Defined).
struct NoUndefinedVariables: ValidationRule {
  mutating func leave(_ node: ValidationNode, _ scope: TypeScope, _ context: ValidationContext) {
    guard case .operation(let operation) = node else { return }
    let defined = Set(operation.variables.map(\.name.text))
    for usage in context.variables(usedBy: operation) where !defined.contains(usage.name) {
      let suffix = operation.name.map { " by operation \"\($0.text)\"" } ?? ""
      context.report(
        "Variable \"$\(usage.name)\" is not defined\(suffix).",
        usage.position,
        operation.position
      )
    }
  }
}

/// GraphQL §5.8.4 (All Variables Used).
struct NoUnusedVariables: ValidationRule {
  mutating func leave(_ node: ValidationNode, _ scope: TypeScope, _ context: ValidationContext) {
    guard case .operation(let operation) = node else { return }
    let used = Set(context.variables(usedBy: operation).map(\.name))
    for variable in operation.variables where !used.contains(variable.name.text) {
      let suffix = operation.name.map { " in operation \"\($0.text)\"" } ?? ""
      context.report("Variable \"$\(variable.name.text)\" is never used\(suffix).", variable.position)
    }
  }
}

/// GraphQL §5.8.5 (All Variable Usages Are Allowed).
struct VariablesInAllowedPosition: ValidationRule {
  mutating func leave(_ node: ValidationNode, _ scope: TypeScope, _ context: ValidationContext) {
    guard case .operation(let operation) = node else { return }
    let definitions = Dictionary(operation.variables.map { ($0.name.text, $0) }) { _, last in last }
    for usage in context.variables(usedBy: operation) {
      if let type = usage.oneOf, let definition = definitions[usage.name],
        !definition.type.reference.isNonNull
      {
        context.report(Self.nullable(usage.name, oneOf: type), usage.position)
      }
      guard let definition = definitions[usage.name], let expected = usage.type,
        context.schema.type(of: definition.type.reference) != nil,
        !isAllowed(definition, for: expected, hasDefault: usage.hasDefault, context.schema)
      else { continue }
      context.report(
        "Variable \"$\(usage.name)\" of type \"\(definition.type.reference)\" "
          + "used in position expecting type \"\(expected)\".",
        definition.position,
        usage.position
      )
    }
  }

  static func nullable(_ variable: String, oneOf type: String) -> String {
    "Variable \"\(variable)\" must be non-nullable to be used for OneOf Input Object \"\(type)\"."
  }

  private func isAllowed(
    _ definition: VariableDefinitionNode,
    for expected: TypeReference,
    hasDefault: Bool,
    _ schema: Schema
  ) -> Bool {
    let type = definition.type.reference
    guard expected.isNonNull, !type.isNonNull else { return schema.isSubtype(type, of: expected) }
    let hasOwnDefault = definition.defaultValue.map { !$0.isNull } ?? false
    return (hasOwnDefault || hasDefault) && schema.isSubtype(type, of: expected.nullable)
  }
}

extension [NameNode] {
  /// Groups of equal names, in the order of their first.
  var groupedByText: [[NameNode]] {
    var order: [String] = []
    var groups: [String: [NameNode]] = [:]
    for name in self {
      if groups[name.text] == nil { order.append(name.text) }
      groups[name.text, default: []].append(name)
    }
    return order.compactMap { groups[$0] }
  }
}
