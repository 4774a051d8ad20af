import OrderedCollections

extension InputCoercion {
  /// The variables of an operation (GraphQL §6.1.2): coerced, defaults applied, or every problem at once.
  func variables(
    _ definitions: [VariableDefinitionNode],
    _ inputs: OrderedFields
  ) throws(ExecutionRefusal) -> [String: GraphQLValue] {
    var values: [String: GraphQLValue] = [:]
    var errors: [GraphQLError] = []
    for definition in definitions {
      let name = definition.name.text
      let type = definition.type.reference
      func report(_ message: String) {
        errors.append(GraphQLError(message, code: GraphQLErrorCode.badUserInput, at: [definition.position]))
      }
      guard let input = inputs[name] else {
        if let literal = definition.defaultValue {
          values[name] = coerce(literal, to: type, variables: [:])
        } else if type.isNonNull {
          report("Variable \"$\(name)\" of required type \"\(type)\" was not provided.")
        }
        continue
      }
      if input.isNull, type.isNonNull {
        report("Variable \"$\(name)\" of non-null type \"\(type)\" must not be null.")
        continue
      }
      var problems: [Problem] = []
      values[name] = coerce(input, to: type, problems: &problems)
      for problem in problems {
        var message = "Variable \"$\(name)\" got invalid value \(problem.value.inspected)"
        if !problem.path.isEmpty { message += " at \"\(name)\(Self.printed(problem.path))\"" }
        report(message + "; " + problem.message)
      }
    }
    if errors.count > Self.maxErrors {
      errors.removeLast(errors.count - Self.maxErrors)
      errors.append(
        GraphQLError(
          "Too many errors processing variables, error limit reached. Execution aborted.",
          code: GraphQLErrorCode.badUserInput
        )
      )
    }
    guard errors.isEmpty else { throw ExecutionRefusal(errors: errors) }
    return values
  }

  static let maxErrors = 50

  private static func printed(_ path: [PathElement]) -> String {
    path.map { element in
      switch element {
      case .field(let name): ".\(name)"
      case .index(let index): "[\(index)]"
      }
    }.joined()
  }

  /// The arguments of a field or directive (GraphQL §6.4.1): absent ones stay absent, defaults are applied.
  func arguments(
    _ definitions: NamedList<InputValueDefinition>,
    _ nodes: ArraySlice<ArgumentNode>,
    at position: Position,
    variables: [String: GraphQLValue]
  ) throws(GraphQLError) -> OrderedFields {
    var values = OrderedFields()
    for definition in definitions.values {
      let name = definition.name
      let type = definition.type
      let literal = nodes.first { $0.name.text == name }?.value
      let variable = literal?.variableName
      if literal == nil || variable.map({ variables[$0] == nil }) ?? false {
        if let value = defaultValue(of: definition) {
          values.append(name, value)
        } else if type.isNonNull {
          let reason =
            variable.map { "provided the variable \"$\($0)\" which was not provided a runtime value." }
            ?? "not provided."
          throw GraphQLError(
            "Argument \"\(name)\" of required type \"\(type)\" was \(reason)",
            code: GraphQLErrorCode.badUserInput,
            at: [literal?.position ?? position]
          )
        }
        continue
      }
      guard let literal else { continue }
      if type.isNonNull, literal.isNull || variable.map({ variables[$0]?.isNull ?? true }) ?? false {
        throw GraphQLError(
          "Argument \"\(name)\" of non-null type \"\(type)\" must not be null.",
          code: GraphQLErrorCode.badUserInput,
          at: [literal.position]
        )
      }
      guard let value = coerce(literal, to: type, variables: variables) else {
        throw GraphQLError(
          "Argument \"\(name)\" has invalid value \(literal.printed).",
          code: GraphQLErrorCode.badUserInput,
          at: [literal.position]
        )
      }
      values.append(name, value)
    }
    return values
  }
}
