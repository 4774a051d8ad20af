import OrderedCollections

/// CompleteValue (GraphQL §6.4.3), for a column of values.
extension Execution {
  /// `isCounted` is whether the budget knows of the elements already, if these are lists.
  func complete(
    _ column: ResolvedColumn,
    _ count: Int,
    as type: TypeReference,
    _ field: FieldPlan<Context>,
    at places: Places,
    isNonNull: Bool = false,
    isCounted: Bool = false
  ) async throws -> ResultColumn {
    if case .nonNull(let inner) = type {
      return try await complete(
        column,
        count,
        as: inner,
        field,
        at: places,
        isNonNull: true,
        isCounted: isCounted
      )
    }
    switch column.content {
    case .optional(let isPresent, let inner):
      let rows = isPresent.indices.filter { isPresent[$0] }
      let present = try await complete(
        inner,
        rows.count,
        as: type,
        field,
        at: places.picked(rows),
        isNonNull: isNonNull,
        isCounted: isCounted
      )
      var sparse = ResultColumn(sparse: rows, of: count, present)
      if isNonNull {
        for row in isPresent.indices where !isPresent[row] {
          sparse.failures[row] = nullFailure(field, places, row)
        }
      }
      return sparse
    case .leaves(let leaves):
      if case .named = type, field.type.kind.isLeaf {
        return serialize(leaves, field, at: places, isNonNull: isNonNull)
      }
      return try await mixed(
        leaves.map(\.resolved),
        type,
        field,
        at: places,
        isNonNull: isNonNull,
        isCounted: isCounted
      )
    case .mixed(let values):
      return try await mixed(
        values,
        type,
        field,
        at: places,
        isNonNull: isNonNull,
        isCounted: isCounted
      )
    case .lists(let counts, let elements):
      guard case .list(let element) = type else { break }
      if !isCounted { try budget.take(counts.reduce(0, +)) }
      var offsets = [0]
      offsets.reserveCapacity(count + 1)
      for count in counts { offsets.append(offsets[offsets.count - 1] + count) }
      let total = offsets[offsets.count - 1]
      let inner = try await complete(elements, total, as: element, field, at: places.elements(offsets))
      return ResultColumn(content: .lists(offsets: offsets, elements: inner), isNonNull: isNonNull)
    case .objects(let objects):
      guard case .named = type, field.type.kind.isComposite else { break }
      return try await self.objects(objects, field, at: places, isNonNull: isNonNull)
    }
    return mismatches(0..<count, type, field, at: places, isNonNull: isNonNull)
  }

  /// Values of which nothing is known in common: those that fit lie together from now on.
  private func mixed(
    _ values: [ResolvedValue],
    _ type: TypeReference,
    _ field: FieldPlan<Context>,
    at places: Places,
    isNonNull: Bool,
    isCounted: Bool
  ) async throws -> ResultColumn {
    var rows: [Int] = []
    var leaves: [GraphQLValue] = []
    var objects: [any Sendable] = []
    var counts: [Int] = []
    var elements: [ResolvedValue] = []
    var failures: [Int: GraphQLError] = [:]
    for (row, value) in values.enumerated() {
      switch (type, value) {
      case (_, .null), (_, .leaf(.null)):
        if isNonNull { failures[row] = nullFailure(field, places, row) }
        continue
      case (.list, .list(let items)):
        counts.append(items.count)
        elements += items
      case (.list, .leaf(.list(let items))):
        counts.append(items.count)
        elements += items.map(\.resolved)
      case (.named, .leaf(let leaf)) where field.type.kind.isLeaf: leaves.append(leaf)
      case (.named, .object(let object)) where field.type.kind.isComposite: objects.append(object)
      default:
        failures[row] = mismatch(type, field, at: places, row: row)
        continue
      }
      rows.append(row)
    }
    let fitting: ResolvedColumn.Content =
      if case .list = type {
        .lists(counts: counts, ResolvedColumn(elements))
      } else if field.type.kind.isLeaf {
        .leaves(leaves)
      } else {
        .objects(TypedObjects(values: objects))
      }
    let isWhole = rows.count == values.count
    let inner = try await complete(
      ResolvedColumn(fitting),
      rows.count,
      as: type,
      field,
      at: isWhole ? places : places.picked(rows),
      isNonNull: isNonNull,
      isCounted: isCounted
    )
    if isWhole { return inner }
    var sparse = ResultColumn(sparse: rows, of: values.count, inner)
    sparse.failures = failures
    return sparse
  }

  private func objects(
    _ objects: any ObjectList,
    _ field: FieldPlan<Context>,
    at places: Places,
    isNonNull: Bool
  ) async throws -> ResultColumn {
    if field.type.kind == .object, let plan = field.selections[field.type.name] {
      return try await execute(plan, on: objects, at: places, isNonNull: isNonNull)
    }
    var order: [String] = []
    var rows: [String: [Int]] = [:]
    var choice = [(column: Int, row: Int)](repeating: (0, 0), count: objects.count)
    var failures: [Int: GraphQLError] = [:]
    for row in 0..<objects.count {
      guard let name = objectType(of: objects.object(row), field) else {
        let message = "Abstract type \"\(field.type.name)\" must resolve to an Object type at runtime."
        failures[row] = internalFailure(message, field, places.path(row))
        continue
      }
      if rows[name] == nil { order.append(name) }
      choice[row] = (order.firstIndex(of: name) ?? 0, rows[name]?.count ?? 0)
      rows[name, default: []].append(row)
    }
    var columns: [ResultColumn] = []
    for name in order {
      guard let plan = field.selections[name], let rows = rows[name] else { continue }
      columns.append(
        try await execute(plan, on: objects.picked(rows), at: places.picked(rows), isNonNull: isNonNull)
      )
    }
    return ResultColumn(content: .choice(choice, columns), isNonNull: isNonNull, failures: failures)
  }

  /// ResolveAbstractType (§6.4.3): the object type that a value says it is of, or that its Swift type stands for.
  private func objectType(of object: any Sendable, _ field: FieldPlan<Context>) -> String? {
    if let name = (object as? any GraphQLObject)?.graphQLTypeName {
      return field.selections[name] == nil ? nil : name
    }
    return typeNames[ObjectIdentifier(type(of: object))]?.first { field.selections[$0] != nil }
  }

  private func serialize(
    _ leaves: [GraphQLValue],
    _ field: FieldPlan<Context>,
    at places: Places,
    isNonNull: Bool
  ) -> ResultColumn {
    let serialize = serializer(of: field.type)
    var values = leaves
    var failures: [Int: GraphQLError] = [:]
    for row in leaves.indices {
      if case .null = leaves[row] {
        if isNonNull { failures[row] = nullFailure(field, places, row) }
        continue
      }
      do {
        guard let value = try serialize(leaves[row]) else { continue }
        values[row] = value
        if isNonNull, value.isNull { failures[row] = nullFailure(field, places, row) }
      } catch let error as ScalarCoercionError {
        failures[row] = internalFailure(error.reason, field, places.path(row))
      } catch {
        failures[row] = failure(error, field, places.path(row))
      }
    }
    return ResultColumn(content: .leaves(values), isNonNull: isNonNull, failures: failures)
  }

  /// Returns the function that turns a resolver's value into the answer's; it returns nil where they are the same.
  private func serializer(of type: NamedType) -> (GraphQLValue) throws -> GraphQLValue? {
    if type.kind == .enum {
      return { value in
        guard let name = value.stringValue, type.values[name] != nil else {
          throw ScalarCoercionError("Enum \"\(type.name)\" cannot represent value: \(value.inspected)")
        }
        return .enumValue(name)
      }
    }
    if let codec = scalars[type.name] { return codec.serialize }
    guard let scalar = BuiltInScalar(rawValue: type.name) else { return { _ in nil } }
    return { value in
      switch (scalar, value) {
      case (.string, .string), (.id, .string), (.boolean, .bool): nil
      default: try scalar.serialize(value)
      }
    }
  }
}

/// Mistakes in the program that the standard gives a message.
extension Execution {
  private func nullFailure(_ field: FieldPlan<Context>, _ places: Places, _ row: Int) -> GraphQLError {
    let name = "\(field.parent.name).\(field.definition.name)"
    return internalFailure("Cannot return null for non-nullable field \(name).", field, places.path(row))
  }

  private func mismatch(
    _ type: TypeReference,
    _ field: FieldPlan<Context>,
    at places: Places,
    row: Int
  ) -> GraphQLError {
    let name = "\(field.parent.name).\(field.definition.name)"
    let message =
      if case .list = type {
        "Expected Iterable, but did not find one for field \"\(name)\"."
      } else {
        "The resolver of \"\(name)\" gave no \(field.type.name)."
      }
    return internalFailure(message, field, places.path(row))
  }

  private func mismatches(
    _ rows: Range<Int>,
    _ type: TypeReference,
    _ field: FieldPlan<Context>,
    at places: Places,
    isNonNull: Bool
  ) -> ResultColumn {
    var failures: [Int: GraphQLError] = [:]
    for row in rows { failures[row] = mismatch(type, field, at: places, row: row) }
    return ResultColumn(content: .leaves([]), isNonNull: isNonNull, failures: failures)
  }

  private func internalFailure(
    _ message: String,
    _ field: FieldPlan<Context>,
    _ path: [PathElement]
  ) -> GraphQLError {
    let error = GraphQLError(
      message,
      code: GraphQLErrorCode.internalServerError,
      locations: field.locations,
      path: path
    )
    report(error, path)
    return error
  }
}
