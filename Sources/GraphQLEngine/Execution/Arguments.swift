/// A resolver asked for an argument that the schema does not promise: a mistake in the program, not the caller's.
public struct ArgumentError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The argument's name and the type that was asked for.
  public let description: String
}

/// The arguments of a field, or the fields of an input object: coerced as the schema says, defaults applied.
public struct Arguments: Sendable, Hashable {
  /// All that are present, in the schema's order.
  public let fields: OrderedFields

  /// Arguments from values.
  public init(_ fields: OrderedFields) { self.fields = fields }

  /// An argument's value: nil when it is absent, `.null` when the caller wrote null.
  public subscript(name: String) -> GraphQLValue? { fields[name] }

  /// Text, or the name of an enum's value.
  ///
  /// Throws `ArgumentError` when there is none.
  public func string(_ name: String) throws(ArgumentError) -> String {
    try require(name, "a string", optionalString(name))
  }

  /// Text, or the name of an enum's value; nil when absent or null.
  public func optionalString(_ name: String) -> String? { self[name]?.stringValue }

  /// A whole number.
  ///
  /// Throws `ArgumentError` when there is none.
  public func int(_ name: String) throws(ArgumentError) -> Int {
    try require(name, "an int", optionalInt(name))
  }

  /// A whole number; nil when absent or null.
  public func optionalInt(_ name: String) -> Int? { self[name]?.intValue }

  /// A number.
  ///
  /// Throws `ArgumentError` when there is none.
  public func double(_ name: String) throws(ArgumentError) -> Double {
    try require(name, "a number", optionalDouble(name))
  }

  /// A number; nil when absent or null.
  public func optionalDouble(_ name: String) -> Double? { self[name]?.doubleValue }

  /// A truth value.
  ///
  /// Throws `ArgumentError` when there is none.
  public func bool(_ name: String) throws(ArgumentError) -> Bool {
    try require(name, "a boolean", optionalBool(name))
  }

  /// A truth value; nil when absent or null.
  public func optionalBool(_ name: String) -> Bool? { self[name]?.boolValue }

  /// The elements of a list.
  ///
  /// Throws `ArgumentError` when there is none.
  public func list(_ name: String) throws(ArgumentError) -> [GraphQLValue] {
    try require(name, "a list", optionalList(name))
  }

  /// The elements of a list; nil when absent or null.
  public func optionalList(_ name: String) -> [GraphQLValue]? { self[name]?.listValue }

  /// The texts of a list; nil when absent or null.
  ///
  /// Elements that are null are left out.
  public func optionalStrings(_ name: String) -> [String]? {
    optionalList(name)?.compactMap(\.stringValue)
  }

  /// An input object.
  ///
  /// Throws `ArgumentError` when there is none.
  public func object(_ name: String) throws(ArgumentError) -> Arguments {
    try require(name, "an object", optionalObject(name))
  }

  /// An input object; nil when absent or null.
  public func optionalObject(_ name: String) -> Arguments? { self[name]?.objectValue.map(Arguments.init) }

  /// The input objects of a list; nil when absent or null.
  public func optionalObjects(_ name: String) -> [Arguments]? {
    optionalList(name)?.compactMap { $0.objectValue.map(Arguments.init) }
  }

  private func require<Value>(
    _ name: String,
    _ kind: String,
    _ value: Value?
  ) throws(ArgumentError) -> Value {
    guard let value else { throw ArgumentError(description: "The argument \"\(name)\" is not \(kind).") }
    return value
  }
}
