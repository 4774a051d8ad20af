/// Why a value is none of a scalar's.
///
/// The reason ends up in a message that the caller reads.
public struct ScalarCoercionError: Error, Sendable, Hashable {
  /// A sentence such as: A time needs an offset.
  public let reason: String

  /// A reason.
  public init(_ reason: String) { self.reason = reason }
}

/// How a custom scalar is checked and converted on its way in and out (GraphQL §3.5.6).
///
/// Both closures throw `ScalarCoercionError`.
public struct ScalarCodec: Sendable {
  /// Converts a resolver's value to the answer's.
  public let serialize: @Sendable (GraphQLValue) throws -> GraphQLValue
  /// Converts the caller's value to the one that resolvers receive.
  public let parse: @Sendable (GraphQLValue) throws -> GraphQLValue

  /// A codec; without `serialize`, resolvers' values go out as they are.
  public init(
    serialize: @escaping @Sendable (GraphQLValue) throws -> GraphQLValue = { $0 },
    parse: @escaping @Sendable (GraphQLValue) throws -> GraphQLValue
  ) {
    self.serialize = serialize
    self.parse = parse
  }

  /// Anything goes, as for a scalar of which nothing is known.
  public static let anything = ScalarCodec(parse: { $0 })
}
