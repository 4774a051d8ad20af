/// What a resolver gives for a field.
public enum ResolvedValue: Sendable {
  /// Nothing.
  case null
  /// A scalar's or an enum's value.
  case leaf(GraphQLValue)
  /// An object whose fields have resolvers of their own.
  case object(any Sendable)
  /// Several of these.
  case list([ResolvedValue])
}

/// A type whose values resolvers may return as they are.
public protocol ResolvedConvertible: Sendable {
  /// The value for the engine.
  var resolved: ResolvedValue { get }
  /// Many values at once.
  ///
  /// Only the engine's own types have a manner of their own.
  static func column(of values: [Self]) -> ResolvedColumn
  /// How many elements the value has if it is a list, otherwise 0: they count before they are looked at.
  var elementCount: Int { get }
}

extension ResolvedConvertible {
  /// One by one.
  public static func column(of values: [Self]) -> ResolvedColumn { ResolvedColumn(values.map(\.resolved)) }
  /// No list.
  public var elementCount: Int { 0 }
}

/// A type of the domain, or a view of one, that stands for an object type of the schema.
public protocol GraphQLObject: ResolvedConvertible {
  /// The object type that this value is of, where its Swift type stands for several; nil lets the engine find it.
  var graphQLTypeName: String? { get }
}

extension GraphQLObject {
  /// The value itself; its fields are resolved one by one.
  public var resolved: ResolvedValue { .object(self) }
  /// Objects lie together under their Swift type.
  public static func column(of values: [Self]) -> ResolvedColumn { .objects(values) }
  /// Found by the Swift type.
  public var graphQLTypeName: String? { nil }
}

extension ResolvedValue: ResolvedConvertible {
  /// The value itself.
  public var resolved: ResolvedValue { self }
  /// The elements of a list.
  public var elementCount: Int {
    switch self {
    case .list(let elements): elements.count
    case .leaf(.list(let elements)): elements.count
    default: 0
    }
  }
}

extension GraphQLValue: ResolvedConvertible {
  /// A leaf; null stays null.
  public var resolved: ResolvedValue { isNull ? .null : .leaf(self) }
  /// Leaves as they are.
  public static func column(of values: [Self]) -> ResolvedColumn { ResolvedColumn(leaves: values) }
  /// The elements of a list.
  public var elementCount: Int { listValue?.count ?? 0 }
}

extension String: ResolvedConvertible {
  /// A leaf.
  public var resolved: ResolvedValue { .leaf(.string(self)) }
  /// Leaves.
  public static func column(of values: [Self]) -> ResolvedColumn {
    ResolvedColumn(leaves: values.map(GraphQLValue.string))
  }
}

extension Int: ResolvedConvertible {
  /// A leaf.
  public var resolved: ResolvedValue { .leaf(.int(self)) }
  /// Leaves.
  public static func column(of values: [Self]) -> ResolvedColumn {
    ResolvedColumn(leaves: values.map(GraphQLValue.int))
  }
}

extension Double: ResolvedConvertible {
  /// A leaf.
  public var resolved: ResolvedValue { .leaf(.float(self)) }
  /// Leaves.
  public static func column(of values: [Self]) -> ResolvedColumn {
    ResolvedColumn(leaves: values.map(GraphQLValue.float))
  }
}

extension Bool: ResolvedConvertible {
  /// A leaf.
  public var resolved: ResolvedValue { .leaf(.bool(self)) }
  /// Leaves.
  public static func column(of values: [Self]) -> ResolvedColumn {
    ResolvedColumn(leaves: values.map(GraphQLValue.bool))
  }
}

extension Optional: ResolvedConvertible where Wrapped: ResolvedConvertible {
  /// What is within, or null.
  public var resolved: ResolvedValue { self?.resolved ?? .null }
  /// What is within, with nulls between.
  public static func column(of values: [Self]) -> ResolvedColumn { .optional(values) }
  /// That of what is within.
  public var elementCount: Int { self?.elementCount ?? 0 }
}

extension Array: ResolvedConvertible where Element: ResolvedConvertible {
  /// A list.
  public var resolved: ResolvedValue { .list(map(\.resolved)) }
  /// Lists, whose elements lie together.
  public static func column(of values: [Self]) -> ResolvedColumn {
    ResolvedColumn(.lists(counts: values.map(\.count), Element.column(of: Array(values.joined()))))
  }
  /// Its elements.
  public var elementCount: Int { count }
}

extension ResolvedConvertible where Self: RawRepresentable, RawValue == String {
  /// The raw value as the name of an enum's value: enums of the domain only have to adopt the protocol.
  public var resolved: ResolvedValue { .leaf(.enumValue(rawValue)) }
  /// Leaves.
  public static func column(of values: [Self]) -> ResolvedColumn {
    ResolvedColumn(leaves: values.map { .enumValue($0.rawValue) })
  }
}
