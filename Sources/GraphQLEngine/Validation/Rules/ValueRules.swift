import OrderedCollections

/// GraphQL §5.6.1 (Values of Correct Type), §5.6.2 (Input Object Field Names), §5.6.4 (Required Fields), OneOf.
struct ValuesOfCorrectType: ValidationRule {
  private var variables: [String: VariableDefinitionNode] = [:]

  mutating func enter(_ node: ValidationNode, _ scope: TypeScope, _ context: ValidationContext) -> Bool {
    switch node {
    case .operation, .fragment: variables = [:]
    case .variableDefinition(let node): variables[node.name.text] = node
    case .objectField(let node):
      guard scope.input == nil, let object = scope.outerInput.flatMap(context.schema.type(of:)),
        object.kind == .inputObject
      else { return true }
      let hint = Suggestion.didYouMean(Suggestion.list(node.name.text, object.inputFields.keys))
      context.report(
        "Field \"\(node.name.text)\" is not defined by type \"\(object.name)\"." + hint,
        node.position
      )
    case .value(let value): return check(value, scope, context)
    default: break
    }
    return true
  }

  private func check(_ value: ValueNode, _ scope: TypeScope, _ context: ValidationContext) -> Bool {
    switch value.kind {
    case .variable: return true
    case .null:
      if let type = scope.input, type.isNonNull { mismatch(value, type, context) }
      return true
    case .list:
      // Within a list the scope already is at its elements.
      if let list = scope.outerInput, list.element != nil { return true }
      leaf(value, scope.input, context)
      return false
    case .object(let fields):
      guard let type = scope.input.flatMap(context.schema.type(of:)), type.kind == .inputObject else {
        leaf(value, scope.input, context)
        return false
      }
      object(value, fields: fields, type, context)
      return true
    case .int, .float, .string, .bool, .enumValue:
      leaf(value, scope.input, context)
      return true
    }
  }

  private func mismatch(_ value: ValueNode, _ type: TypeReference, _ context: ValidationContext) {
    context.report("Expected value of type \"\(type)\", found \(value.printed).", value.position)
  }

  private func leaf(_ value: ValueNode, _ type: TypeReference?, _ context: ValidationContext) {
    guard let type, let named = context.schema.type(of: type) else { return }
    guard named.kind.isLeaf else { return mismatch(value, type, context) }
    do {
      _ = try context.coercion.parse(value, named, variables: [:])
    } catch {
      if named.kind == .scalar, context.coercion.scalars[named.name] != nil {
        let reason = InputCoercion.reason(error, after: "; ")
        context.report(
          "Expected value of type \"\(type)\", found \(value.printed)" + (reason.isEmpty ? "." : reason),
          value.position
        )
      } else if let error = error as? ScalarCoercionError {
        context.report(error.reason, value.position)
      }
    }
  }

  private func object(
    _ value: ValueNode,
    fields: [ArgumentNode],
    _ type: NamedType,
    _ context: ValidationContext
  ) {
    let given = Dictionary(fields.map { ($0.name.text, $0.value) }) { _, last in last }
    for field in type.inputFields.values where field.isRequired && given[field.name] == nil {
      context.report(
        "Field \"\(type.name).\(field.name)\" of required type \"\(field.type)\" was not provided.",
        value.position
      )
    }
    guard type.isOneOf else { return }
    guard given.count == 1, let (name, only) = given.first else {
      return context.report(
        "OneOf Input Object \"\(type.name)\" must specify exactly one key.",
        value.position
      )
    }
    if only.isNull {
      context.report("Field \"\(type.name).\(name)\" must be non-null.", value.position)
    } else if let variable = only.variableName, let definition = variables[variable],
      !definition.type.reference.isNonNull
    {
      context.report(VariablesInAllowedPosition.nullable(variable, oneOf: type.name), value.position)
    }
  }
}

/// GraphQL §5.6.3 (Input Object Field Uniqueness).
struct UniqueInputFieldNames: ValidationRule {
  private var known: [[String: NameNode]] = []

  mutating func enter(_ node: ValidationNode, _ scope: TypeScope, _ context: ValidationContext) -> Bool {
    switch node {
    case .value(let value):
      if case .object = value.kind { known.append([:]) }
    case .objectField(let node):
      guard var names = known.popLast() else { break }
      if let first = names[node.name.text] {
        context.report(
          "There can be only one input field named \"\(node.name.text)\".",
          first.position,
          node.position
        )
      } else {
        names[node.name.text] = node.name
      }
      known.append(names)
    default: break
    }
    return true
  }

  mutating func leave(_ node: ValidationNode, _ scope: TypeScope, _ context: ValidationContext) {
    if case .value(let value) = node, case .object = value.kind { known.removeLast() }
  }
}
