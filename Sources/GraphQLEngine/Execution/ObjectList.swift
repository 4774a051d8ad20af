/// Objects whose fields are resolved together, their Swift type erased once for all of them.
protocol ObjectList: Sendable {
  var count: Int { get }
  func picked(_ rows: [Int]) -> any ObjectList
  /// The object of a row, erased; only for objects of abstract types.
  func object(_ row: Int) -> any Sendable
}

struct TypedObjects<Source: Sendable>: ObjectList {
  let values: [Source]

  var count: Int { values.count }

  func picked(_ rows: [Int]) -> any ObjectList { TypedObjects(values: rows.map { values[$0] }) }

  func object(_ row: Int) -> any Sendable { values[row] }
}

extension ObjectList {
  /// The objects as the resolvers of a field know them.
  ///
  /// Throws `ResolverMismatch`.
  func sources<Source: Sendable>(of field: String) throws -> [Source] {
    if let typed = self as? TypedObjects<Source> { return typed.values }
    return try (0..<count).map { row in
      let value = object(row)
      guard let source = value as? Source else {
        throw ResolverMismatch(
          description: "The resolver of \"\(field)\" expects \(Source.self), got \(type(of: value))."
        )
      }
      return source
    }
  }
}

/// A resolver was given an object of another Swift type than its table is for: a mistake in the program.
struct ResolverMismatch: Error, CustomStringConvertible {
  let description: String
}
