/// The finished values of one field for many objects, before they are put together to an answer.
struct ResultColumn: Sendable {
  indirect enum Content: Sendable {
    case leaves([GraphQLValue])
    /// Objects of one type: a column for each of their fields.
    case objects(keys: [String], fields: [ResultColumn])
    /// Objects of several types: for each row, in which of the columns it is, and where.
    case choice([(column: Int, row: Int)], [ResultColumn])
    /// List `i` has the elements from `offsets[i]` to `offsets[i + 1]`.
    case lists(offsets: [Int], elements: ResultColumn)
    /// Where in the column within a row is; nil is null.
    case sparse([Int?], ResultColumn)
  }

  let content: Content
  /// Whether null must go further up (§6.4.4).
  let isNonNull: Bool
  /// The errors by row; the row's value is null then, or one further up.
  var failures: [Int: GraphQLError] = [:]

  /// Whether nothing went wrong in any row, here and below.
  var isFlawless: Bool {
    guard failures.isEmpty else { return false }
    switch content {
    case .leaves: return true
    case .objects(_, let fields): return fields.allSatisfy(\.isFlawless)
    case .choice(_, let columns): return columns.allSatisfy(\.isFlawless)
    case .lists(_, let elements): return elements.isFlawless
    case .sparse(_, let inner): return inner.isFlawless
    }
  }

  /// The column for missing values: null where it is allowed, still missing where not.
  func settled(_ value: GraphQLValue?) -> GraphQLValue? {
    if value == nil, !isNonNull { .some(.null) } else { value }
  }
}

/// Puts values together, row by row, and gathers the errors on the way in the order of the fields.
struct Assembly {
  private(set) var errors: [GraphQLError] = []

  /// A value; nil when null must go further up.
  mutating func value(_ column: ResultColumn, _ row: Int) -> GraphQLValue? {
    if !column.failures.isEmpty, let error = column.failures[row] {
      errors.append(error)
      return column.settled(nil)
    }
    let value: GraphQLValue?
    switch column.content {
    case .leaves(let leaves): return leaves[row]
    case .objects(let keys, let fields): value = object(keys, fields, row)
    case .lists(let offsets, let elements): value = list(offsets[row]..<offsets[row + 1], of: elements)
    case .choice(let places, let columns): value = self.value(columns[places[row].column], places[row].row)
    case .sparse(let rows, let inner):
      guard let row = rows[row] else { return .null }
      value = self.value(inner, row)
    }
    return column.settled(value)
  }

  private mutating func object(_ keys: [String], _ fields: [ResultColumn], _ row: Int) -> GraphQLValue? {
    var values: [GraphQLValue] = []
    values.reserveCapacity(fields.count)
    for field in fields {
      guard let value = value(field, row) else { return nil }
      values.append(value)
    }
    return .object(OrderedFields(names: keys, values: values))
  }

  private mutating func list(_ rows: Range<Int>, of elements: ResultColumn) -> GraphQLValue? {
    var values: [GraphQLValue] = []
    values.reserveCapacity(rows.count)
    for row in rows {
      guard let value = value(elements, row) else { return nil }
      values.append(value)
    }
    return .list(values)
  }
}
