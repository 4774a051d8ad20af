/// One run of a plan (GraphQL §6.2 – §6.4).
///
/// Level by level: a field is resolved for all objects of its level at once, in however many lists they are, and then
/// its own fields for all it gave. So a resolver that reads a database is asked once a field, and the types of values
/// are looked at once a column.
struct Execution<Context: Sendable>: Sendable {
  let schema: Schema
  let typeNames: [ObjectIdentifier: [String]]
  let scalars: [String: ScalarCodec]
  let context: Context
  let budget: ExecutionBudget
  /// Measures how long it takes; nil lets it take as long as it needs.
  let clock: (any Clock<Duration>)?
  let report: @Sendable (any Error, [PathElement]) -> Void

  /// The whole answer of an operation.
  func run(_ plan: SelectionPlan<Context>, isSerial: Bool) async -> GraphQLResponse {
    await watched(isWaiting: plan.asynchronousCount > 0) {
      let root = TypedObjects<Void>(values: [()])
      guard isSerial else { return GraphQLResponse(try await execute(plan, on: root, at: .root)) }
      var assembly = Assembly()
      try budget.take(plan.fields.count)
      var fields = OrderedFields()
      for field in plan.fields {
        let column = try await execute(field, on: root, at: .root)
        guard let value = assembly.value(column, 0) else {
          return GraphQLResponse(data: .null, errors: assembly.errors)
        }
        fields.append(field.key, value)
      }
      return GraphQLResponse(data: .object(fields), errors: assembly.errors)
    }
  }

  /// The answer for one event of a subscription (GraphQL §6.2.3.2).
  func run(_ field: FieldPlan<Context>, on event: ResolvedColumn) async -> GraphQLResponse {
    await watched(isWaiting: field.isAsynchronousBelow) {
      try budget.take(1)
      let places = Places.root.field(field.key)
      let column = try await complete(event, 1, as: field.definition.type, field, at: places)
      return GraphQLResponse(
        ResultColumn(content: .objects(keys: [field.key], fields: [column]), isNonNull: true)
      )
    }
  }

  /// Does work that ends when the budget does; what still runs is cancelled then, and one error answers.
  private func watched(
    isWaiting: Bool,
    _ work: @escaping @Sendable () async throws -> GraphQLResponse
  ) async -> GraphQLResponse {
    let response: GraphQLResponse?
    if isWaiting {
      response = await withTaskGroup(of: GraphQLResponse?.self) { group in
        group.addTask { try? await work() }
        group.addTask {
          await budget.exceeded()
          return nil
        }
        if let clock {
          group.addTask {
            await budget.expire(after: clock)
            return nil
          }
        }
        let first = await group.next() ?? nil
        group.cancelAll()
        return first
      }
    } else {
      response = try? await work()
    }
    guard let response, !budget.isExceeded else {
      return GraphQLResponse(data: .null, errors: [budget.error])
    }
    return response
  }

  /// All fields of objects of one type; siblings that wait do so together.
  func execute(
    _ plan: SelectionPlan<Context>,
    on objects: any ObjectList,
    at places: Places,
    isNonNull: Bool = false
  ) async throws -> ResultColumn {
    try budget.take(plan.fields.count * objects.count)
    var columns: [ResultColumn] = []
    if plan.asynchronousCount > 1 {
      columns = try await budget.together(plan.fields) {
        !$0.isAsynchronous
      } work: { field in
        try await execute(field, on: objects, at: places)
      }
    } else {
      columns.reserveCapacity(plan.fields.count)
      for field in plan.fields { columns.append(try await execute(field, on: objects, at: places)) }
    }
    return ResultColumn(content: .objects(keys: plan.keys, fields: columns), isNonNull: isNonNull)
  }

  private func execute(
    _ field: FieldPlan<Context>,
    on objects: any ObjectList,
    at parent: Places
  ) async throws -> ResultColumn {
    let type = field.definition.type
    let places = parent.field(field.key)
    if case .typeName = field.resolver {
      let name = GraphQLValue.string(field.parent.name)
      return ResultColumn(
        content: .leaves([GraphQLValue](repeating: name, count: objects.count)),
        isNonNull: true
      )
    }
    let resolution = try await resolve(field, on: objects, at: places)
    guard let rows = resolution.rows else {
      return try await complete(
        resolution.column,
        objects.count,
        as: type,
        field,
        at: places,
        isCounted: resolution.isCounted
      )
    }
    let inner = try await complete(
      resolution.column,
      rows.count,
      as: type,
      field,
      at: places.picked(rows),
      isCounted: resolution.isCounted
    )
    var column = ResultColumn(sparse: rows, of: objects.count, inner)
    for (row, error) in resolution.failures.sorted(by: { $0.key < $1.key }) {
      // One reason for all of them is one line in the log.
      let isNews = resolution.reason == nil || row == 0
      column.failures[row] = failure(error, field, places.path(row), isNews: isNews)
    }
    return column
  }

  private func resolve(
    _ field: FieldPlan<Context>,
    on objects: any ObjectList,
    at places: Places
  ) async throws(ExecutionStop) -> Resolution {
    do {
      if case .property(let get) = field.resolver { return Resolution(try get(objects)) }
      let request = ColumnRequest(
        arguments: try field.arguments.get(),
        context: context,
        places: places,
        budget: budget
      )
      switch field.resolver {
      case .property, .typeName, .stream: return Resolution(failing: objects.count, ExecutionStop())
      case .method(let resolve): return try resolve(objects, request)
      case .asynchronous(let resolve): return try await resolve(objects, request)
      }
    } catch {
      if error is ExecutionStop || budget.isExceeded { throw ExecutionStop() }
      return Resolution(failing: objects.count, error)
    }
  }

  /// An error of a resolver as the caller may see it; what callers must not see is reported.
  func failure(
    _ error: any Error,
    _ field: FieldPlan<Context>,
    _ path: [PathElement],
    isNews: Bool = true
  ) -> GraphQLError {
    guard let coded = error as? any GraphQLCodedError else {
      if isNews { report(error, path) }
      return .internalError(at: field.locations, path: path)
    }
    let given = (error as? GraphQLError)?.locations ?? []
    return GraphQLError(
      coded.message,
      code: coded.code,
      locations: given.isEmpty ? field.locations : given,
      path: path,
      extensions: coded.extensions
    )
  }
}

extension ResultColumn {
  /// The rows of a column that are there; the others are null.
  init(sparse rows: [Int], of count: Int, _ inner: ResultColumn) {
    var places = [Int?](repeating: nil, count: count)
    for (index, row) in rows.enumerated() { places[row] = index }
    self.init(content: .sparse(places, inner), isNonNull: inner.isNonNull)
  }
}
