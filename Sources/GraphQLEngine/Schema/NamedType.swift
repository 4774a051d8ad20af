/// A type of a schema; what does not belong to its kind is empty.
final class NamedType: Named {
  let name: String
  let kind: TypeKind
  let description: String?
  let fields: NamedList<FieldDefinition>
  let inputFields: NamedList<InputValueDefinition>
  let values: NamedList<EnumValueDefinition>
  let interfaces: [String]
  let members: [String]
  let isOneOf: Bool
  let specifiedByURL: String?
  let position: Position?

  init(
    name: String,
    kind: TypeKind,
    description: String?,
    fields: NamedList<FieldDefinition>,
    inputFields: NamedList<InputValueDefinition>,
    values: NamedList<EnumValueDefinition>,
    interfaces: [String],
    members: [String],
    isOneOf: Bool,
    specifiedByURL: String?,
    position: Position?
  ) {
    self.name = name
    self.kind = kind
    self.description = description
    self.fields = fields
    self.inputFields = inputFields
    self.values = values
    self.interfaces = interfaces
    self.members = members
    self.isOneOf = isOneOf
    self.specifiedByURL = specifiedByURL
    self.position = position
  }

  /// Names that begin with two underscores belong to introspection (GraphQL §4.1.1).
  var isIntrospection: Bool { name.hasPrefix("__") }

  var isBuiltInScalar: Bool { kind == .scalar && BuiltInScalar(rawValue: name) != nil }
}

struct FieldDefinition: Named {
  let name: String
  let description: String?
  let arguments: NamedList<InputValueDefinition>
  let type: TypeReference
  let deprecationReason: String?
  var listSize: ListSize?
}

/// An argument or a field of an input object.
struct InputValueDefinition: Named {
  let name: String
  let description: String?
  let type: TypeReference
  let defaultValue: ValueNode?
  let deprecationReason: String?

  var isRequired: Bool { type.isNonNull && defaultValue == nil }
}

struct DirectiveDefinition: Named {
  let name: String
  let description: String?
  let arguments: NamedList<InputValueDefinition>
  let isRepeatable: Bool
  let locations: [DirectiveLocation]

  /// The directives that every schema has (GraphQL §3.13).
  static let specified: Set<String> = ["include", "skip", "deprecated", "specifiedBy", "oneOf"]
}

enum BuiltInScalar: String, CaseIterable, Sendable {
  case string = "String"
  case int = "Int"
  case float = "Float"
  case boolean = "Boolean"
  case id = "ID"
}
