/// One value of an enum.
///
/// A literal string makes one without a description.
public struct EnumValueDefinition: Sendable, Hashable, Named, ExpressibleByStringLiteral {
  /// The name, as documents write it.
  public let name: String
  /// The description for people.
  public let description: String?
  /// The reason for its deprecation; nil if it is not deprecated.
  public let deprecationReason: String?

  /// A value.
  public init(_ name: String, description: String? = nil, deprecationReason: String? = nil) {
    self.name = name
    self.description = description
    self.deprecationReason = deprecationReason
  }

  /// A value without a description.
  public init(stringLiteral name: String) { self.init(name) }
}
