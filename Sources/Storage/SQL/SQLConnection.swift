import CalendarCore

/// One transaction's access to an engine: all that the stores know of it.
///
/// The SQL is written once for every engine: the standard's, parameters `$1`…, `ON CONFLICT` and `RETURNING`.
protocol SQLConnection {
  var dialect: SQLDialect { get }

  /// Runs a statement that answers with rows. Throws `StoreError.brokenReference` for a reference to no row.
  func rows(_ sql: String, _ arguments: [SQLValue]) throws -> [SQLRow]

  /// Runs a statement that answers with none; how many rows it inserted, changed or deleted.
  @discardableResult
  func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int
}

extension SQLConnection {
  func rows(_ query: SQLQuery) throws -> [SQLRow] { try rows(query.sql, query.arguments) }

  @discardableResult
  func execute(_ query: SQLQuery) throws -> Int { try execute(query.sql, query.arguments) }

  /// Inserts a row; the number of rows inserted, 0 when the value of the `unique` columns is taken.
  @discardableResult
  func insert(
    into table: StaticString,
    _ values: SQLColumns,
    unlessTaken unique: StaticString? = nil
  ) throws -> Int {
    let conflict = unique.map { " ON CONFLICT (\($0)) DO NOTHING" } ?? ""
    return try insertAtOnce(into: table, [values], conflict)
  }

  /// Inserts rows of the same columns.
  ///
  /// As many at once as a power of two says, so that lists of any length need few prepared statements.
  func insert(into table: StaticString, rows: [SQLColumns]) throws {
    var rest = rows[...]
    while !rest.isEmpty {
      let slice = rest.prefix(min(512, 1 << (Int.bitWidth - 1 - rest.count.leadingZeroBitCount)))
      rest = rest.dropFirst(slice.count)
      try insertAtOnce(into: table, Array(slice))
    }
  }

  /// Inserts rows of the same columns by one statement, which `conflict` ends.
  @discardableResult
  private func insertAtOnce(
    into table: StaticString,
    _ rows: [SQLColumns],
    _ conflict: String = ""
  ) throws -> Int {
    guard let first = rows.first else { return 0 }
    let columns = first.pairs.map { "\($0.name)" }.joined(separator: ", ")
    let parameters = rows.indices.map { row in
      let start = row * first.pairs.count
      return "(" + first.pairs.indices.map { "$\(start + $0 + 1)" }.joined(separator: ", ") + ")"
    }
    return try execute(
      "INSERT INTO \(table) (\(columns)) VALUES \(parameters.joined(separator: ", "))\(conflict)",
      rows.flatMap { $0.pairs.map(\.value) }
    )
  }

  /// Replaces columns of the row of a workspace; throws `StoreError.notFound` when it is not there.
  func update(
    _ table: StaticString,
    workspace: SQLValue,
    id: SQLValue,
    _ values: SQLColumns
  ) throws {
    let columns = values.pairs.enumerated().map { "\($1.name) = $\($0 + 1)" }.joined(separator: ", ")
    let changed = try execute(
      "UPDATE \(table) SET \(columns) WHERE workspace_id = $\(values.pairs.count + 1) AND id = $\(values.pairs.count + 2)",
      values.pairs.map(\.value) + [workspace, id]
    )
    guard changed == 1 else { throw StoreError.notFound }
  }

  /// Runs a query for a list of any length, in slices that every engine takes.
  func rows<Element>(
    inSlicesOf elements: [Element],
    _ query: ([Element]) -> SQLQuery
  ) throws -> [SQLRow] {
    let slice = 512
    return try stride(from: 0, to: elements.count, by: slice).flatMap { start in
      try rows(query(Array(elements[start..<min(start + slice, elements.count)])))
    }
  }
}

/// Columns and their values, in order.
///
/// Names are constants of this module.
struct SQLColumns: ExpressibleByDictionaryLiteral {
  private(set) var pairs: [(name: StaticString, value: SQLValue)]

  init(dictionaryLiteral elements: (StaticString, SQLValue)...) {
    pairs = elements.map { (name: $0, value: $1) }
  }

  static func + (left: SQLColumns, right: SQLColumns) -> SQLColumns {
    var sum = left
    sum.pairs += right.pairs
    return sum
  }
}
