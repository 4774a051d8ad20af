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
public protocol ResolvedConvertible: SendableMetatype {
  /// The value for the engine.
  var resolved: ResolvedValue { get }
}

/// A type of the domain, or a view of one, that stands for an object type of the schema.
public protocol GraphQLObject: Sendable, ResolvedConvertible {
  /// The object type that this value is of, where its Swift type stands for several; nil lets the engine find it.
  var graphQLTypeName: String? { get }
}

extension GraphQLObject {
  /// The value itself; its fields are resolved one by one.
  public var resolved: ResolvedValue { .object(self) }
  /// Found by the Swift type.
  public var graphQLTypeName: String? { nil }
}

extension ResolvedValue: ResolvedConvertible {
  /// The value itself.
  public var resolved: ResolvedValue { self }
}

extension GraphQLValue: ResolvedConvertible {
  /// A leaf; null stays null.
  public var resolved: ResolvedValue { isNull ? .null : .leaf(self) }
}

extension String: ResolvedConvertible {
  /// A leaf.
  public var resolved: ResolvedValue { .leaf(.string(self)) }
}

extension Int: ResolvedConvertible {
  /// A leaf.
  public var resolved: ResolvedValue { .leaf(.int(self)) }
}

extension Double: ResolvedConvertible {
  /// A leaf.
  public var resolved: ResolvedValue { .leaf(.float(self)) }
}

extension Bool: ResolvedConvertible {
  /// A leaf.
  public var resolved: ResolvedValue { .leaf(.bool(self)) }
}

extension Optional: ResolvedConvertible where Wrapped: ResolvedConvertible {
  /// What is within, or null.
  public var resolved: ResolvedValue { self?.resolved ?? .null }
}

extension Array: ResolvedConvertible where Element: ResolvedConvertible {
  /// A list.
  public var resolved: ResolvedValue { .list(map(\.resolved)) }
}

extension ResolvedConvertible where Self: RawRepresentable, RawValue == String {
  /// The raw value as the name of an enum's value: enums of the domain only have to adopt the protocol.
  public var resolved: ResolvedValue { .leaf(.enumValue(rawValue)) }
}
