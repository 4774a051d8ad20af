/// A resolver's value for a field.
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
///
/// Types of the domain adopt `GraphQLObject`, or this one if they are enums of names; what is said here in static
/// members is the engine's manner of holding many values together.
public protocol ResolvedConvertible: Sendable {
  /// The value for the engine.
  var resolved: ResolvedValue { get }
  /// How many elements the value has if it is a list, otherwise 0: they count before they are looked at.
  var elementCount: Int { get }
  /// Whether all values are leaves.
  static var isLeaf: Bool { get }
  /// The value as a leaf, if all are.
  var leaf: GraphQLValue { get }
  /// So many values at once.
  static func column(_ count: Int, _ value: (Int) -> Self) -> ResolvedColumn
}

extension ResolvedConvertible {
  /// No list.
  @inlinable public var elementCount: Int { 0 }
  /// Nothing is known.
  @inlinable public static var isLeaf: Bool { false }
  /// The value of fields that are no leaves.
  @inlinable public var leaf: GraphQLValue { .null }
  /// Leaves, or one by one.
  @inlinable public static func column(_ count: Int, _ value: (Int) -> Self) -> ResolvedColumn {
    if isLeaf { return ResolvedColumn(leaves: (0..<count).map { value($0).leaf }) }
    return ResolvedColumn((0..<count).map { value($0).resolved })
  }
}

extension ResolvedConvertible {
  static func column(of values: [Self]) -> ResolvedColumn {
    values.withUnsafeBufferPointer { values in column(values.count) { values[$0] } }
  }
}

/// A type of the domain, or a view of one, that stands for an object type of the schema.
public protocol GraphQLObject: ResolvedConvertible {
  /// The object type that this value is of, where its Swift type stands for several; nil lets the engine find it.
  var graphQLTypeName: String? { get }
}

extension GraphQLObject {
  /// The value itself; its fields are resolved one by one.
  @inlinable public var resolved: ResolvedValue { .object(self) }
  /// Objects lie together under their Swift type.
  @inlinable public static func column(_ count: Int, _ value: (Int) -> Self) -> ResolvedColumn {
    ResolvedColumn(objects: (0..<count).map(value))
  }
  /// Found by the Swift type.
  public var graphQLTypeName: String? { nil }
}

extension ResolvedValue: ResolvedConvertible {
  /// The value itself.
  @inlinable public var resolved: ResolvedValue { self }
  /// The elements of a list.
  @inlinable public var elementCount: Int {
    switch self {
    case .list(let elements): elements.count
    case .leaf(.list(let elements)): elements.count
    default: 0
    }
  }
}

extension GraphQLValue: ResolvedConvertible {
  /// A leaf; null stays null.
  @inlinable public var resolved: ResolvedValue { isNull ? .null : .leaf(self) }
  /// Leaves, among them lists of leaves.
  @inlinable public static var isLeaf: Bool { true }
  /// The value itself.
  @inlinable public var leaf: GraphQLValue { self }
  /// The elements of a list.
  @inlinable public var elementCount: Int { listValue?.count ?? 0 }
}

extension String: ResolvedConvertible {
  /// A leaf.
  @inlinable public var resolved: ResolvedValue { .leaf(leaf) }
  /// Leaves.
  @inlinable public static var isLeaf: Bool { true }
  /// The text.
  @inlinable public var leaf: GraphQLValue { .string(self) }
}

extension Int: ResolvedConvertible {
  /// A leaf.
  @inlinable public var resolved: ResolvedValue { .leaf(leaf) }
  /// Leaves.
  @inlinable public static var isLeaf: Bool { true }
  /// The number.
  @inlinable public var leaf: GraphQLValue { .int(self) }
}

extension Double: ResolvedConvertible {
  /// A leaf.
  @inlinable public var resolved: ResolvedValue { .leaf(leaf) }
  /// Leaves.
  @inlinable public static var isLeaf: Bool { true }
  /// The number.
  @inlinable public var leaf: GraphQLValue { .float(self) }
}

extension Bool: ResolvedConvertible {
  /// A leaf.
  @inlinable public var resolved: ResolvedValue { .leaf(leaf) }
  /// Leaves.
  @inlinable public static var isLeaf: Bool { true }
  /// The truth value.
  @inlinable public var leaf: GraphQLValue { .bool(self) }
}

extension ResolvedConvertible where Self: RawRepresentable, RawValue == String {
  /// The raw value as the name of an enum's value: enums of the domain only have to adopt the protocol.
  @inlinable public var resolved: ResolvedValue { .leaf(leaf) }
  /// Leaves.
  @inlinable public static var isLeaf: Bool { true }
  /// The raw value.
  @inlinable public var leaf: GraphQLValue { .enumValue(rawValue) }
}

extension Optional: ResolvedConvertible where Wrapped: ResolvedConvertible {
  /// The wrapped value, or null.
  @inlinable public var resolved: ResolvedValue { self?.resolved ?? .null }
  /// The count of the wrapped value.
  @inlinable public var elementCount: Int { self?.elementCount ?? 0 }
  /// As for the wrapped type.
  @inlinable public static var isLeaf: Bool { Wrapped.isLeaf }
  /// The wrapped value, or null.
  @inlinable public var leaf: GraphQLValue { self?.leaf ?? .null }
  /// A column of the wrapped values, with nulls between.
  @inlinable public static func column(_ count: Int, _ value: (Int) -> Self) -> ResolvedColumn {
    isLeaf ? ResolvedColumn(leaves: (0..<count).map { value($0).leaf }) : sparseColumn(count, value)
  }

  @usableFromInline static func sparseColumn(_ count: Int, _ value: (Int) -> Self) -> ResolvedColumn {
    var present: [Wrapped] = []
    present.reserveCapacity(count)
    var isPresent = [Bool](repeating: true, count: count)
    for row in 0..<count {
      if let wrapped = value(row) { present.append(wrapped) } else { isPresent[row] = false }
    }
    let column = Wrapped.column(of: present)
    return present.count == count ? column : ResolvedColumn(.optional(isPresent: isPresent, column))
  }
}

extension Array: ResolvedConvertible where Element: ResolvedConvertible {
  /// A list.
  @inlinable public var resolved: ResolvedValue { .list(map(\.resolved)) }
  /// Its elements.
  @inlinable public var elementCount: Int { count }
  /// Lists, whose elements lie together.
  @inlinable public static func column(_ count: Int, _ value: (Int) -> Self) -> ResolvedColumn {
    var counts: [Int] = []
    counts.reserveCapacity(count)
    var elements: [Element] = []
    for row in 0..<count {
      let list = value(row)
      counts.append(list.count)
      elements += list
    }
    return ResolvedColumn(counts: counts, elements)
  }
}
