import OrderedCollections

/// Whether schema, resolvers and scalars belong together: looked at once, when the program starts.
struct ResolverCheck<Context: Sendable> {
  let schema: Schema
  let table: ResolverTable<Context>
  let coercion: InputCoercion

  func run() throws(SchemaError) {
    var problems: [String] = table.repeated.sorted().map { "Two resolvers for the field \"\($0)\"." }
    var given = table.types
    for (operation, fields) in table.roots {
      guard let root = schema.rootType(operation) else {
        problems.append("Resolvers for \(operation.rawValue), which the schema has not.")
        continue
      }
      given[root.name, default: [:]].merge(fields) { first, _ in first }
    }
    if schema.rootType(.subscription) == nil, !table.streams.isEmpty {
      problems.append("Streams for subscription, which the schema has not.")
    }
    for type in schema.types.values where type.kind == .object && !type.isIntrospection {
      let fields = given.removeValue(forKey: type.name) ?? [:]
      let isSubscription = type.name == schema.rootType(.subscription)?.name
      let names = isSubscription ? Set(table.streams.keys) : Set(fields.keys)
      problems += type.fields.keys.filter { !names.contains($0) }.map {
        "No resolver for the field \"\(type.name).\($0)\"."
      }
      problems += names.sorted().filter { type.fields[$0] == nil }.map {
        "A resolver for the unknown field \"\(type.name).\($0)\"."
      }
    }
    problems += given.keys.sorted().map { "Resolvers for \"\($0)\", which is no object type of the schema." }
    problems += coercion.scalars.keys.sorted().filter { schema.types[$0]?.kind != .scalar }.map {
      "A codec for \"\($0)\", which is no scalar of the schema."
    }
    problems += defaults()
    guard problems.isEmpty else {
      throw SchemaError(problems.map { SchemaError.Problem(message: $0, locations: []) })
    }
  }

  /// Defaults must fit their types; only now are the scalars known.
  private func defaults() -> [String] {
    var problems: [String] = []
    func check(_ inputs: NamedList<InputValueDefinition>, _ place: (String) -> String) {
      for input in inputs.values {
        guard let literal = input.defaultValue, coercion.defaultValue(of: input) == nil else { continue }
        problems.append("\(place(input.name)) has invalid default value: \(literal.printed).")
      }
    }
    for type in schema.types.values {
      check(type.inputFields) { "\(type.name).\($0)" }
      for field in type.fields.values { check(field.arguments) { "\(type.name).\(field.name)(\($0):)" } }
    }
    for directive in schema.directives.values { check(directive.arguments) { "@\(directive.name)(\($0):)" } }
    return problems
  }
}
