import OrderedCollections

extension InputCoercion {
  /// A literal as its type wants it, variables put in; nil when it does not fit.
  func coerce(
    _ literal: ValueNode,
    to type: TypeReference,
    variables: [String: GraphQLValue]
  ) -> GraphQLValue? {
    if case .variable(let name) = literal.kind {
      guard let value = variables[name.text] else { return nil }
      return value.isNull && type.isNonNull ? nil : value
    }
    switch type {
    case .nonNull(let inner): return literal.isNull ? nil : coerce(literal, to: inner, variables: variables)
    case .list(let element):
      if literal.isNull { return .null }
      guard case .list(let items) = literal.kind else {
        return coerce(literal, to: element, variables: variables).map { .list([$0]) }
      }
      var coerced: [GraphQLValue] = []
      for item in items {
        if isMissing(item, variables), !element.isNonNull {
          coerced.append(.null)
        } else if let value = coerce(item, to: element, variables: variables) {
          coerced.append(value)
        } else {
          return nil
        }
      }
      return .list(coerced)
    case .named(let name):
      if literal.isNull { return .null }
      guard let named = schema.types[name] else { return nil }
      if named.kind == .inputObject { return object(literal, named, variables) }
      return try? parse(literal, named, variables: variables)
    }
  }

  private func isMissing(_ literal: ValueNode, _ variables: [String: GraphQLValue]) -> Bool {
    literal.variableName.map { variables[$0] == nil } ?? false
  }

  private func object(
    _ literal: ValueNode,
    _ type: NamedType,
    _ variables: [String: GraphQLValue]
  ) -> GraphQLValue? {
    guard case .object(let given) = literal.kind else { return nil }
    let nodes = Dictionary(given.map { ($0.name.text, $0.value) }) { _, last in last }
    guard nodes.keys.allSatisfy({ type.inputFields[$0] != nil }) else { return nil }
    var coerced = OrderedFields()
    for field in type.inputFields.values {
      if let node = nodes[field.name], !isMissing(node, variables) {
        guard let value = coerce(node, to: field.type, variables: variables) else { return nil }
        coerced.append(field.name, value)
      } else if let value = defaultValue(of: field) {
        coerced.append(field.name, value)
      } else if field.type.isNonNull {
        return nil
      }
    }
    if type.isOneOf, coerced.count != 1 || coerced[0].value.isNull { return nil }
    return .object(coerced)
  }

  /// A literal of a scalar or an enum.
  ///
  /// The reason of the error is the whole message for types of this engine's own, and an addition for custom
  /// scalars; `ValuesOfCorrectType` words them.
  func parse(
    _ literal: ValueNode,
    _ type: NamedType,
    variables: [String: GraphQLValue]
  ) throws -> GraphQLValue {
    if type.kind == .enum {
      guard case .enumValue(let name) = literal.kind else {
        let shown = literal.printed
        throw ScalarCoercionError(
          "Enum \"\(type.name)\" cannot represent non-enum value: \(shown)." + hint(shown, type)
        )
      }
      guard type.values[name] != nil else {
        throw ScalarCoercionError(
          "Value \"\(name)\" does not exist in \"\(type.name)\" enum." + hint(name, type)
        )
      }
      return .enumValue(name)
    }
    if let codec = scalars[type.name] { return try codec.parse(literal.untyped(variables)) }
    if let scalar = BuiltInScalar(rawValue: type.name) { return try scalar.parse(literal) }
    return literal.untyped(variables)
  }
}

extension ValueNode {
  /// The literal's value when no type tells what it should be: for custom scalars.
  ///
  /// An absent variable is null.
  func untyped(_ variables: [String: GraphQLValue]) -> GraphQLValue {
    switch kind {
    case .variable(let name): variables[name.text] ?? .null
    case .int(let text): Int(text).map(GraphQLValue.int) ?? .float(Double(text) ?? .infinity)
    case .float(let text): .float(Double(text) ?? .infinity)
    case .string(let text, _): .string(text)
    case .bool(let truth): .bool(truth)
    case .null: .null
    case .enumValue(let name): .enumValue(name)
    case .list(let items): .list(items.map { $0.untyped(variables) })
    case .object(let fields):
      .object(OrderedFields(fields.map { ($0.name.text, $0.value.untyped(variables)) }))
    }
  }
}
