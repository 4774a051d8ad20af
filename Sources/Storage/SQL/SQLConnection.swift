import CalendarCore

/// One transaction's access to an engine: all that the stores know of it.
///
/// The SQL is written once for every engine: the standard's, parameters `$1`…, `ON CONFLICT` and `RETURNING`.
protocol SQLConnection {
  /// Runs a statement that answers with rows. A broken reference between rows is `StoreError.missing`.
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
    into table: StaticString, _ values: KeyValuePairs<StaticString, SQLValue>, unlessTaken unique: StaticString? = nil
  ) throws -> Int {
    let columns = values.map { "\($0.key)" }.joined(separator: ", ")
    let parameters = (1...values.count).map { "$\($0)" }.joined(separator: ", ")
    let conflict = unique.map { " ON CONFLICT (\($0)) DO NOTHING" } ?? ""
    return try execute(
      "INSERT INTO \(table) (\(columns)) VALUES (\(parameters))\(conflict)", values.map(\.value))
  }

  /// Replaces columns of the row of a workspace; throws `StoreError.missing` when it is not there.
  func update(
    _ table: StaticString,
    workspace: SQLValue,
    id: SQLValue,
    _ values: KeyValuePairs<StaticString, SQLValue>
  ) throws {
    let columns = values.enumerated().map { "\($1.key) = $\($0 + 1)" }.joined(separator: ", ")
    let changed = try execute(
      "UPDATE \(table) SET \(columns) WHERE workspace_id = $\(values.count + 1) AND id = $\(values.count + 2)",
      values.map(\.value) + [workspace, id])
    guard changed == 1 else { throw StoreError.missing }
  }

  /// Runs a query for a list of any length, in slices that every engine takes.
  func rows<Element>(
    inSlicesOf elements: [Element], _ query: ([Element]) -> SQLQuery
  ) throws -> [SQLRow] {
    let slice = 512
    return try stride(from: 0, to: elements.count, by: slice).flatMap { start in
      try rows(query(Array(elements[start..<min(start + slice, elements.count)])))
    }
  }
}
