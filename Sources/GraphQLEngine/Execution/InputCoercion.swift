import OrderedCollections

/// Turns literals and variables into the values that resolvers receive (GraphQL §3, "Input Coercion").
struct InputCoercion: Sendable {
  /// A problem with a part of a value.
  struct Problem {
    let path: [PathElement]
    let value: GraphQLValue
    let message: String
  }

  let schema: Schema
  let scalars: [String: ScalarCodec]

  /// A variable's value as its type wants it; defaults of input fields applied.
  ///
  /// Adds every problem found.
  func coerce(
    _ value: GraphQLValue,
    to type: TypeReference,
    path: [PathElement] = [],
    problems: inout [Problem]
  ) -> GraphQLValue {
    // More would not be told: a hostile list need not be looked at to its end.
    guard problems.count <= Self.maxErrors else { return .null }
    switch type {
    case .nonNull(let inner):
      if value.isNull {
        problems.append(
          Problem(path: path, value: value, message: "Expected non-nullable type \"\(type)\" not to be null.")
        )
        return .null
      }
      return coerce(value, to: inner, path: path, problems: &problems)
    case .list(let element):
      if value.isNull { return .null }
      guard case .list(let values) = value else {
        // §3.11: a single value stands for a list of one.
        return .list([coerce(value, to: element, path: path, problems: &problems)])
      }
      var coerced: [GraphQLValue] = []
      for (index, item) in values.enumerated() {
        coerced.append(coerce(item, to: element, path: path + [.index(index)], problems: &problems))
      }
      return .list(coerced)
    case .named(let name):
      if value.isNull { return .null }
      guard let named = schema.types[name] else { return .null }
      if named.kind == .inputObject { return object(value, named, at: path, noting: &problems) }
      do {
        return try leaf(value, named)
      } catch {
        problems.append(Problem(path: path, value: value, message: error.reason))
        return .null
      }
    }
  }

  private func object(
    _ value: GraphQLValue,
    _ type: NamedType,
    at path: [PathElement],
    noting problems: inout [Problem]
  ) -> GraphQLValue {
    guard case .object(let given) = value else {
      problems.append(
        Problem(path: path, value: value, message: "Expected type \"\(type.name)\" to be an object.")
      )
      return .null
    }
    var coerced = OrderedFields()
    for field in type.inputFields.values {
      if let item = given[field.name] {
        let inner = path + [.field(field.name)]
        coerced.append(field.name, coerce(item, to: field.type, path: inner, problems: &problems))
      } else if let value = defaultValue(of: field) {
        coerced.append(field.name, value)
      } else if field.type.isNonNull {
        let message = "Field \"\(field.name)\" of required type \"\(field.type)\" was not provided."
        problems.append(Problem(path: path, value: value, message: message))
      }
    }
    for name in given.keys where type.inputFields[name] == nil {
      let hint = Suggestion.didYouMean(Suggestion.list(name, type.inputFields.keys))
      let message = "Field \"\(name)\" is not defined by type \"\(type.name)\"."
      problems.append(Problem(path: path, value: value, message: message + hint))
    }
    if type.isOneOf {
      if coerced.count != 1 {
        let message = "Exactly one key must be specified for OneOf type \"\(type.name)\"."
        problems.append(Problem(path: path, value: value, message: message))
      } else if coerced[0].value.isNull {
        let name = coerced[0].key
        let message = "Field \"\(name)\" must be non-null."
        problems.append(Problem(path: path + [.field(name)], value: .null, message: message))
      }
    }
    return .object(coerced)
  }

  private func leaf(_ value: GraphQLValue, _ type: NamedType) throws(ScalarCoercionError) -> GraphQLValue {
    if type.kind == .enum {
      guard case .string(let name) = value else {
        let shown = value.inspected
        throw ScalarCoercionError(
          "Enum \"\(type.name)\" cannot represent non-string value: \(shown)." + hint(shown, type)
        )
      }
      guard type.values[name] != nil else {
        throw ScalarCoercionError(
          "Value \"\(name)\" does not exist in \"\(type.name)\" enum." + hint(name, type)
        )
      }
      return .enumValue(name)
    }
    if let codec = scalars[type.name] {
      do {
        return try codec.parse(value)
      } catch {
        throw ScalarCoercionError("Expected type \"\(type.name)\"." + Self.reason(error, after: " "))
      }
    }
    return try BuiltInScalar(rawValue: type.name)?.parse(value) ?? value
  }

  func hint(_ name: String, _ type: NamedType) -> String {
    Suggestion.didYouMean(Suggestion.list(name, type.values.keys), "the enum value")
  }

  /// The reason that the scalar's author wrote for the caller; other errors may say too much.
  static func reason(_ error: any Error, after separator: String) -> String {
    (error as? ScalarCoercionError).map { separator + $0.reason } ?? ""
  }

  /// The default of an argument or input field, coerced; nil when it has none.
  func defaultValue(of input: InputValueDefinition) -> GraphQLValue? {
    input.defaultValue.flatMap { coerce($0, to: input.type, variables: [:]) }
  }
}
