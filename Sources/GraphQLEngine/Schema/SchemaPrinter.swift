import OrderedCollections

/// Writes a schema as SDL, as the reference implementation's `printSchema` does.
enum SchemaPrinter {
  static let defaultDeprecationReason = "No longer supported"
  /// The names of root types that need no schema definition (GraphQL §3.3.1).
  static let defaultRoots: [(operation: OperationType, name: String)] = [
    (.query, "Query"), (.mutation, "Mutation"), (.subscription, "Subscription"),
  ]

  static func print(_ schema: Schema) -> String {
    var parts: [String] = []
    if let definition = schemaDefinition(schema) { parts.append(definition) }
    let own = schema.directives.values.filter { !DirectiveDefinition.specified.contains($0.name) }
    parts += own.map(directive)
    parts += schema.types.values.filter { !$0.isIntrospection && !$0.isBuiltInScalar }.map(type)
    return parts.joined(separator: "\n\n")
  }

  private static func schemaDefinition(_ schema: Schema) -> String? {
    // GraphQL §3.3.1: without a definition the types with the default names would be the roots.
    let areDefault = defaultRoots.allSatisfy { schema.rootType($0.operation) === schema.types[$0.name] }
    if schema.description == nil, areDefault { return nil }
    let roots = defaultRoots.compactMap { operation, _ in
      schema.rootType(operation).map { "  \(operation.rawValue): \($0.name)" }
    }
    return description(schema.description) + "schema" + block(roots)
  }

  private static func type(_ type: NamedType) -> String {
    let head = description(type.description)
    switch type.kind {
    case .scalar:
      let url = type.specifiedByURL.map { " @specifiedBy(url: \(ValueNode.quoted($0)))" } ?? ""
      return head + "scalar \(type.name)" + url
    case .object, .interface:
      let keyword = type.kind == .object ? "type" : "interface"
      let interfaces =
        type.interfaces.isEmpty ? "" : " implements " + type.interfaces.joined(separator: " & ")
      return head + "\(keyword) \(type.name)\(interfaces)" + block(type.fields.values.enumerated().map(field))
    case .union:
      return head + "union \(type.name) = " + type.members.joined(separator: " | ")
    case .enum:
      return head + "enum \(type.name)"
        + block(
          type.values.values.enumerated().map { index, value in
            description(value.description, indent: "  ", isFirst: index == 0)
              + "  \(value.name)\(deprecated(value.deprecationReason))"
          }
        )
    case .inputObject:
      return head + "input \(type.name)\(type.isOneOf ? " @oneOf" : "")"
        + block(
          type.inputFields.values.enumerated().map { index, value in
            description(value.description, indent: "  ", isFirst: index == 0) + "  " + input(value)
          }
        )
    }
  }

  private static func field(_ index: Int, _ field: FieldDefinition) -> String {
    description(field.description, indent: "  ", isFirst: index == 0)
      + "  \(field.name)\(arguments(field.arguments, indent: "  ")): \(field.type)"
      + deprecated(field.deprecationReason)
  }

  private static func directive(_ directive: DirectiveDefinition) -> String {
    description(directive.description) + "directive @\(directive.name)"
      + arguments(directive.arguments, indent: "") + (directive.isRepeatable ? " repeatable" : "") + " on "
      + directive.locations.map(\.rawValue).joined(separator: " | ")
  }

  private static func arguments(_ list: NamedList<InputValueDefinition>, indent: String) -> String {
    if list.isEmpty { return "" }
    if list.values.allSatisfy({ $0.description?.isEmpty ?? true }) {
      return "(" + list.values.map(input).joined(separator: ", ") + ")"
    }
    let lines = list.values.enumerated().map { index, argument in
      description(argument.description, indent: "  " + indent, isFirst: index == 0) + "  " + indent
        + input(argument)
    }
    return "(\n" + lines.joined(separator: "\n") + "\n\(indent))"
  }

  private static func input(_ value: InputValueDefinition) -> String {
    "\(value.name): \(value.type)" + (value.defaultValue.map { " = \($0.printed)" } ?? "")
      + deprecated(value.deprecationReason)
  }

  private static func block(_ lines: [String]) -> String {
    lines.isEmpty ? "" : " {\n" + lines.joined(separator: "\n") + "\n}"
  }

  private static func deprecated(_ reason: String?) -> String {
    guard let reason else { return "" }
    if reason == defaultDeprecationReason { return " @deprecated" }
    return " @deprecated(reason: \(ValueNode.quoted(reason)))"
  }

  private static func description(_ text: String?, indent: String = "", isFirst: Bool = true) -> String {
    guard let text else { return "" }
    let printed = BlockString.canPrint(text) ? BlockString.printed(text) : ValueNode.quoted(text)
    let prefix = indent.isEmpty || isFirst ? indent : "\n" + indent
    let lines = printed.split(separator: "\n", omittingEmptySubsequences: false)
    return prefix + lines.joined(separator: "\n" + indent) + "\n"
  }
}

extension Schema {
  /// The schema as SDL, without the built-in scalars and directives and without introspection.
  public func printed() -> String { SchemaPrinter.print(self) }
}
