/// What resolvers gave for one field of many objects: a value a row.
///
/// Values of one type lie together, so that what holds for all of them is looked at once. Types of the domain need not
/// know it; they are `GraphQLObject`s.
public struct ResolvedColumn: Sendable {
  indirect enum Content: Sendable {
    /// Scalars, enums, and null.
    case leaves([GraphQLValue])
    case objects(any ObjectList)
    /// Null where it says so; the column within has the other rows only.
    case optional(isPresent: [Bool], ResolvedColumn)
    /// Lists of so many elements; the column within has all elements.
    case lists(counts: [Int], ResolvedColumn)
    /// Anything.
    case mixed([ResolvedValue])
  }

  let content: Content

  init(_ content: Content) { self.content = content }

  /// A column of values of any kind.
  public init(_ values: [ResolvedValue]) { content = .mixed(values) }

  /// A column of leaves.
  public init(leaves: [GraphQLValue]) { content = .leaves(leaves) }

  static func objects<Source: Sendable>(_ values: [Source]) -> ResolvedColumn {
    ResolvedColumn(.objects(TypedObjects(values: values)))
  }

  /// Rows that are there with nulls between them.
  static func optional<Wrapped: ResolvedConvertible>(_ values: [Wrapped?]) -> ResolvedColumn {
    let present = values.compactMap(\.self)
    let column = Wrapped.column(of: present)
    if present.count == values.count { return column }
    if case .leaves(let leaves) = column.content {
      var rest = leaves.makeIterator()
      return ResolvedColumn(leaves: values.map { $0 == nil ? .null : rest.next() ?? .null })
    }
    return ResolvedColumn(.optional(isPresent: values.map { $0 != nil }, column))
  }
}
