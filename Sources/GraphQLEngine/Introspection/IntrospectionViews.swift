import OrderedCollections

/// A schema as introspection shows it (GraphQL §4.2): thin views over its definitions.
struct SchemaView: GraphQLObject {
  let schema: Schema

  var types: [TypeView] { schema.types.values.map { TypeView(.named($0.name), schema) } }

  func root(_ operation: OperationType) -> TypeView? {
    schema.rootType(operation).map { TypeView(.named($0.name), schema) }
  }
}

struct TypeView: GraphQLObject {
  let reference: TypeReference
  let schema: Schema

  init(_ reference: TypeReference, _ schema: Schema) {
    self.reference = reference
    self.schema = schema
  }

  /// The definition, unless this is a list or a non-null.
  var named: NamedType? {
    guard case .named(let name) = reference else { return nil }
    return schema.types[name]
  }

  var kind: GraphQLValue {
    switch reference {
    case .named: .enumValue(named?.kind.rawValue ?? "")
    case .list: .enumValue("LIST")
    case .nonNull: .enumValue("NON_NULL")
    }
  }

  var wrapped: TypeView? {
    switch reference {
    case .named: nil
    case .list(let inner), .nonNull(let inner): TypeView(inner, schema)
    }
  }

  func fields(deprecated: Bool) -> [FieldView]? {
    guard let named, named.kind == .object || named.kind == .interface else { return nil }
    return named.fields.values.filter { deprecated || $0.deprecationReason == nil }.map {
      FieldView(field: $0, schema: schema)
    }
  }

  var interfaces: [TypeView]? {
    guard let named, named.kind == .object || named.kind == .interface else { return nil }
    return named.interfaces.map { TypeView(.named($0), schema) }
  }

  var possibleTypes: [TypeView]? {
    guard let named, named.kind.isAbstract else { return nil }
    return schema.possibleTypes(of: named).map { TypeView(.named($0), schema) }
  }

  func values(deprecated: Bool) -> [EnumValueDefinition]? {
    guard let named, named.kind == .enum else { return nil }
    return named.values.values.filter { deprecated || $0.deprecationReason == nil }
  }

  func inputFields(deprecated: Bool) -> [InputValueView]? {
    guard let named, named.kind == .inputObject else { return nil }
    return InputValueView.list(named.inputFields, schema, deprecated: deprecated)
  }

  var isOneOf: Bool? {
    guard let named, named.kind == .inputObject else { return nil }
    return named.isOneOf
  }
}

struct FieldView: GraphQLObject {
  let field: FieldDefinition
  let schema: Schema
}

struct InputValueView: GraphQLObject {
  let input: InputValueDefinition
  let schema: Schema

  static func list(
    _ inputs: NamedList<InputValueDefinition>,
    _ schema: Schema,
    deprecated: Bool
  ) -> [InputValueView] {
    inputs.values.filter { deprecated || $0.deprecationReason == nil }.map {
      InputValueView(input: $0, schema: schema)
    }
  }
}

struct DirectiveView: GraphQLObject {
  let directive: DirectiveDefinition
  let schema: Schema
}

extension EnumValueDefinition: GraphQLObject {}
