/// The fields of an object value, in the order in which they were given.
///
/// GraphQL answers keep the order of the selection (GraphQL §6.4.3), which a dictionary would lose.
public struct OrderedFields: Sendable, Hashable, ExpressibleByDictionaryLiteral, RandomAccessCollection {
  /// One name with its value.
  public typealias Element = (key: String, value: GraphQLValue)

  private var names: [String] = []
  private var values: [GraphQLValue] = []

  /// No fields.
  public init() {}

  /// Fields from a literal; the last of two equal names wins.
  public init(dictionaryLiteral elements: (String, GraphQLValue)...) {
    self.init(elements)
  }

  /// Fields from pairs; the last of two equal names wins.
  public init(_ pairs: some Sequence<(String, GraphQLValue)>) {
    var positions: [String: Int] = [:]
    for (name, value) in pairs {
      if let position = positions[name] {
        values[position] = value
      } else {
        positions[name] = names.count
        append(name, value)
      }
    }
  }

  /// Fields whose names the caller knows to be different, as many as there are values.
  init(names: [String], values: [GraphQLValue]) {
    self.names = names
    self.values = values
  }

  /// The value of a field; nil when there is no such field.
  public subscript(name: String) -> GraphQLValue? {
    get { names.firstIndex(of: name).map { values[$0] } }
    set {
      switch (names.firstIndex(of: name), newValue) {
      case (let position?, let value?): values[position] = value
      case (let position?, nil):
        names.remove(at: position)
        values.remove(at: position)
      case (nil, let value?): append(name, value)
      case (nil, nil): break
      }
    }
  }

  /// The names, in order.
  public var keys: [String] { names }

  /// The first position.
  public var startIndex: Int { 0 }

  /// The position behind the last field.
  public var endIndex: Int { names.count }

  /// The field at a position.
  public subscript(position: Int) -> Element { (names[position], values[position]) }

  /// Adds a field whose name the caller knows to be new: no search.
  mutating func append(_ name: String, _ value: GraphQLValue) {
    names.append(name)
    values.append(value)
  }

  mutating func reserveCapacity(_ count: Int) {
    names.reserveCapacity(count)
    values.reserveCapacity(count)
  }
}
