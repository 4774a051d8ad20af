/// The resolvers' values for one field of many objects: a value per row.
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

  @usableFromInline init<Source: Sendable>(objects: [Source]) {
    content = .objects(TypedObjects(values: objects))
  }

  @usableFromInline init<Element: ResolvedConvertible>(counts: [Int], _ elements: [Element]) {
    content = .lists(counts: counts, Element.column(of: elements))
  }
}
