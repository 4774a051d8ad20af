extension BuiltInScalar {
  /// A variable's value (GraphQL §3.5.1 – §3.5.5, "Input Coercion").
  func parse(_ value: GraphQLValue) throws(ScalarCoercionError) -> GraphQLValue {
    switch (self, value) {
    case (.string, .string), (.boolean, .bool), (.id, .string): return value
    case (.int, .int(let number)): return try Self.int32(number, shown: value.inspected)
    case (.int, .float(let number)) where number == number.rounded():
      guard let whole = Int(exactly: number) else { break }
      return try Self.int32(whole, shown: value.inspected)
    case (.float, .int(let number)): return .float(Double(number))
    case (.float, .float(let number)) where number.isFinite: return value
    case (.id, .int(let number)): return .string(String(number))
    default: break
    }
    throw ScalarCoercionError(refusal(value.inspected))
  }

  private func refusal(_ shown: String) -> String {
    switch self {
    case .string: "String cannot represent a non string value: \(shown)"
    case .int: "Int cannot represent non-integer value: \(shown)"
    case .float: "Float cannot represent non numeric value: \(shown)"
    case .boolean: "Boolean cannot represent a non boolean value: \(shown)"
    case .id: "ID cannot represent value: \(shown)"
    }
  }

  private static func int32(_ number: Int, shown: String) throws(ScalarCoercionError) -> GraphQLValue {
    guard Int32(exactly: number) != nil else {
      throw ScalarCoercionError("Int cannot represent non 32-bit signed integer value: \(shown)")
    }
    return .int(number)
  }

  /// A literal in a document: stricter than a variable, for the kind of literal is known.
  func parse(_ literal: ValueNode) throws(ScalarCoercionError) -> GraphQLValue {
    switch (self, literal.kind) {
    case (.string, .string(let text, _)), (.id, .string(let text, _)), (.id, .int(let text)):
      return .string(text)
    case (.boolean, .bool(let truth)): return .bool(truth)
    case (.int, .int(let text)):
      return try Self.int32(Int(text) ?? .max, shown: text)
    case (.float, .int(let text)), (.float, .float(let text)):
      guard let number = Double(text), number.isFinite else { break }
      return .float(number)
    default: break
    }
    if self == .id {
      throw ScalarCoercionError(
        "ID cannot represent a non-string and non-integer value: \(literal.printed)"
      )
    }
    throw ScalarCoercionError(refusal(literal.printed))
  }

  /// A resolver's value on its way out ("Result Coercion"): no information may be lost.
  func serialize(_ value: GraphQLValue) throws(ScalarCoercionError) -> GraphQLValue {
    switch (self, value) {
    case (.string, .string), (.boolean, .bool), (.id, .string): return value
    case (.string, .enumValue(let text)), (.id, .enumValue(let text)): return .string(text)
    case (.string, .bool(let truth)): return .string(truth ? "true" : "false")
    case (.string, .int(let number)), (.id, .int(let number)): return .string(String(number))
    case (.int, .int), (.int, .float), (.float, .int), (.float, .float): return try parse(value)
    default: break
    }
    switch self {
    case .string: throw ScalarCoercionError("String cannot represent value: \(value.inspected)")
    default: throw ScalarCoercionError(refusal(value.inspected))
    }
  }
}
