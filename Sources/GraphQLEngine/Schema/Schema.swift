import OrderedCollections

/// A type system: what can be asked for (GraphQL §3).
///
/// Made from SDL, checked when it is made.
public struct Schema: Sendable {
  let description: String?
  let types: NamedList<NamedType>
  let directives: NamedList<DirectiveDefinition>
  private let roots: [OperationType: String]
  /// The object types that an interface or a union may turn out to be, in the schema's order.
  private let possibleTypes: [String: [String]]
  /// Each name with the names of the interfaces it implements and the unions it belongs to.
  private let supertypes: [String: Set<String>]

  /// Reads SDL (GraphQL §3), extensions included.
  ///
  /// `enumValues` replaces the values of enums by name: for those that a program composes when it starts.
  public init(sdl: String, enumValues: [String: [EnumValueDefinition]] = [:]) throws(SchemaError) {
    let document: DocumentNode
    do {
      document = try Parser.parse(sdl, limits: .schemaSource)
    } catch {
      throw SchemaError(error)
    }
    var builder = try SchemaBuilder(document)
    builder.replaceEnumValues(enumValues)
    self = try builder.build()
  }

  init(
    description: String?,
    types: NamedList<NamedType>,
    directives: NamedList<DirectiveDefinition>,
    roots: [OperationType: String]
  ) {
    self.description = description
    self.types = types
    self.directives = directives
    self.roots = roots
    var possible: [String: [String]] = [:]
    var supertypes: [String: Set<String>] = [:]
    for type in types.values {
      switch type.kind {
      case .object, .interface:
        for interface in type.interfaces {
          supertypes[type.name, default: []].insert(interface)
          if type.kind == .object { possible[interface, default: []].append(type.name) }
        }
      case .union:
        possible[type.name] = type.members
        for member in type.members { supertypes[member, default: []].insert(type.name) }
      default: break
      }
    }
    possibleTypes = possible
    self.supertypes = supertypes
  }

  func rootType(_ operation: OperationType) -> NamedType? { roots[operation].flatMap { types[$0] } }

  func type(of reference: TypeReference) -> NamedType? { types[reference.name] }

  /// The object types that a value of this type may be.
  func possibleTypes(of type: NamedType) -> [String] {
    type.kind.isAbstract ? possibleTypes[type.name] ?? [] : [type.name]
  }

  func isSubtype(_ name: String, of abstract: String) -> Bool {
    supertypes[name]?.contains(abstract) ?? false
  }

  /// Whether some object can be of both types.
  func overlap(_ first: NamedType, _ second: NamedType) -> Bool {
    first.name == second.name
      || !Set(possibleTypes(of: first)).isDisjoint(with: possibleTypes(of: second))
  }

  /// Whether every value of the first type is one of the second.
  func isSubtype(_ first: TypeReference, of second: TypeReference) -> Bool {
    switch (first, second) {
    case (.nonNull(let first), .nonNull(let second)): isSubtype(first, of: second)
    case (_, .nonNull): false
    case (.nonNull(let first), _): isSubtype(first, of: second)
    case (.list(let first), .list(let second)): isSubtype(first, of: second)
    case (.named(let first), .named(let second)): first == second || isSubtype(first, of: second)
    default: false
    }
  }

  /// The definition of a field, introspection's own fields included (GraphQL §4).
  func field(_ name: String, of type: NamedType) -> FieldDefinition? {
    if name == "__typename", type.kind.isComposite { return MetaField.typeName }
    if type.name == roots[.query] {
      if name == "__schema" { return MetaField.schema }
      if name == "__type" { return MetaField.type }
    }
    return type.fields[name]
  }
}

/// The fields that no schema declares (GraphQL §4.1, §4.2).
enum MetaField {
  static let typeName = FieldDefinition(
    name: "__typename",
    description: "The name of the current Object type at runtime.",
    arguments: [:],
    type: .nonNull(.named("String")),
    deprecationReason: nil
  )
  static let schema = FieldDefinition(
    name: "__schema",
    description: "Access the current type schema of this server.",
    arguments: [:],
    type: .nonNull(.named("__Schema")),
    deprecationReason: nil
  )
  static let type = FieldDefinition(
    name: "__type",
    description: "Request the type information of a single type.",
    arguments: NamedList([
      InputValueDefinition(
        name: "name",
        description: nil,
        type: .nonNull(.named("String")),
        defaultValue: nil,
        deprecationReason: nil
      )
    ]),
    type: .named("__Type"),
    deprecationReason: nil
  )
}
