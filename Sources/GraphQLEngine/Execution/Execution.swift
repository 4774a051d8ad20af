/// One run of a plan (GraphQL §6.2 – §6.4).
struct Execution<Context: Sendable>: Sendable {
  /// A value with the errors on the way to it; no value means that null must go further up (§6.4.4).
  struct Completion: Sendable {
    var value: GraphQLValue?
    var errors: [GraphQLError] = []
  }

  let schema: Schema
  let typeNames: [ObjectIdentifier: [String]]
  let scalars: [String: ScalarCodec]
  let context: Context
  let budget: ExecutionBudget
  let report: @Sendable (any Error, [PathElement]) -> Void

  /// The whole answer; when it would exceed the budget, what runs is cancelled and one error answers.
  func run(_ plan: SelectionPlan<Context>, isSerial: Bool) async -> Completion {
    let completion = await withTaskGroup(of: Completion?.self) { group in
      group.addTask { await execute(plan, on: (), at: nil, isSerial: isSerial) }
      group.addTask {
        await budget.exceeded()
        return nil
      }
      let first = await group.next() ?? nil
      group.cancelAll()
      return first
    }
    guard let completion, !budget.isExceeded else { return Completion(value: nil, errors: [budget.error]) }
    return completion
  }

  /// The fields of one object.
  ///
  /// Siblings that wait do so together, unless they have to run in their order.
  func execute(
    _ plan: SelectionPlan<Context>,
    on source: any Sendable,
    at place: ResponsePath?,
    isSerial: Bool = false
  ) async -> Completion {
    guard budget.take(plan.fields.count) else { return Completion(value: nil) }
    if plan.asynchronousCount > 1, !isSerial {
      let completions = await concurrently(plan.fields) {
        $0.isAsynchronous
      } complete: { field in
        await execute(field, on: source, at: ResponsePath(.field(field.key), in: place))
      }
      return Self.object(plan, completions)
    }
    var completions: [Completion] = []
    for field in plan.fields {
      let completion = await execute(field, on: source, at: ResponsePath(.field(field.key), in: place))
      completions.append(completion)
      if completion.value == nil { break }
    }
    return Self.object(plan, completions)
  }

  private static func object(_ plan: SelectionPlan<Context>, _ completions: [Completion]) -> Completion {
    var fields = OrderedFields()
    fields.reserveCapacity(completions.count)
    var errors: [GraphQLError] = []
    for (field, completion) in zip(plan.fields, completions) {
      errors += completion.errors
      guard let value = completion.value else { return Completion(value: nil, errors: errors) }
      fields.append(field.key, value)
    }
    return Completion(value: .object(fields), errors: errors)
  }

  /// Completes items in tasks of their own where they wait and the budget has one, here where not.
  ///
  /// Answers in their order.
  private func concurrently<Item: Sendable>(
    _ items: [Item],
    waits: (Item) -> Bool,
    complete: @escaping @Sendable (Item) async -> Completion
  ) async -> [Completion] {
    await withTaskGroup(of: (Int, Completion).self) { group in
      var completions = [Completion](repeating: Completion(value: .null), count: items.count)
      for (index, item) in items.enumerated() where waits(item) && !budget.isExceeded {
        guard budget.startTask() else {
          completions[index] = await complete(item)
          continue
        }
        group.addTask {
          defer { budget.endTask() }
          return (index, await complete(item))
        }
      }
      for (index, item) in items.enumerated() where !waits(item) { completions[index] = await complete(item) }
      for await (index, completion) in group { completions[index] = completion }
      return completions
    }
  }

  private func execute(
    _ field: FieldPlan<Context>,
    on source: any Sendable,
    at place: ResponsePath
  ) async -> Completion {
    guard !budget.isExceeded else { return Completion(value: nil) }
    do {
      let value = try await resolve(field, on: source, at: place)
      return Self.settle(
        await complete(value, as: field.definition.type, field, place),
        field.definition.type
      )
    } catch {
      // Most likely it failed because it was cancelled, which is not worth a report.
      guard !budget.isExceeded else { return Completion(value: nil) }
      return Self.settle(failure(error, field, place), field.definition.type)
    }
  }

  private func resolve(
    _ field: FieldPlan<Context>,
    on source: any Sendable,
    at place: ResponsePath
  ) async throws -> ResolvedValue {
    let arguments = try field.arguments.get()
    switch field.resolver {
    case .typeName: return .leaf(.string(field.parent.name))
    case .property(let get): return try get(source)
    case .method(let resolve):
      return try resolve(source, FieldRequest(arguments: arguments, context: context, place: place))
    case .asynchronous(let resolve):
      return try await resolve(source, FieldRequest(arguments: arguments, context: context, place: place))
    }
  }

  /// Null stays here where it is allowed and goes further up where not.
  private static func settle(_ completion: Completion, _ type: TypeReference) -> Completion {
    guard completion.value == nil, !type.isNonNull else { return completion }
    return Completion(value: .null, errors: completion.errors)
  }

  /// CompleteValue (§6.4.3).
  private func complete(
    _ value: ResolvedValue,
    as type: TypeReference,
    _ field: FieldPlan<Context>,
    _ place: ResponsePath
  ) async -> Completion {
    switch type {
    case .nonNull(let inner):
      let completion = await complete(value, as: inner, field, place)
      guard completion.value == .null else { return completion }
      let name = "\(field.parent.name).\(field.definition.name)"
      return internalFailure("Cannot return null for non-nullable field \(name).", field, place)
    case .list(let element):
      return await list(value, of: element, field, place)
    case .named:
      switch value {
      case .null, .leaf(.null): return Completion(value: .null)
      case .leaf(let leaf) where field.type.kind.isLeaf: return serialize(leaf, field, place)
      case .object(let object) where field.type.kind.isComposite:
        guard let name = objectType(of: object, field), let plan = field.selections[name] else {
          let message = "Abstract type \"\(field.type.name)\" must resolve to an Object type at runtime."
          return internalFailure(message, field, place)
        }
        return await execute(plan, on: object, at: place)
      default:
        let name = "\(field.parent.name).\(field.definition.name)"
        return internalFailure("The resolver of \"\(name)\" gave no \(field.type.name).", field, place)
      }
    }
  }

  private func list(
    _ value: ResolvedValue,
    of element: TypeReference,
    _ field: FieldPlan<Context>,
    _ place: ResponsePath
  ) async -> Completion {
    let items: [ResolvedValue]
    switch value {
    case .null, .leaf(.null): return Completion(value: .null)
    case .list(let values): items = values
    case .leaf(.list(let values)): items = values.map(\.resolved)
    default:
      let name = "\(field.parent.name).\(field.definition.name)"
      return internalFailure(
        "Expected Iterable, but did not find one for field \"\(name)\".",
        field,
        place
      )
    }
    guard budget.take(items.count) else { return Completion(value: nil) }
    let completions: [Completion]
    if field.isAsynchronousBelow, items.count > 1 {
      completions = await concurrently(Array(items.enumerated())) { _ in
        true
      } complete: { index, item in
        await complete(item, as: element, field, ResponsePath(.index(index), in: place))
      }
    } else {
      var inOrder: [Completion] = []
      for (index, item) in items.enumerated() {
        let completion = await complete(item, as: element, field, ResponsePath(.index(index), in: place))
        inOrder.append(completion)
        if budget.isExceeded || (completion.value == nil && element.isNonNull) { break }
      }
      completions = inOrder
    }
    var values: [GraphQLValue] = []
    var errors: [GraphQLError] = []
    for completion in completions.map({ Self.settle($0, element) }) {
      errors += completion.errors
      guard let value = completion.value else { return Completion(value: nil, errors: errors) }
      values.append(value)
    }
    return Completion(value: .list(values), errors: errors)
  }

  private func objectType(of object: any Sendable, _ field: FieldPlan<Context>) -> String? {
    if field.type.kind == .object { return field.type.name }
    if let name = (object as? any GraphQLObject)?.graphQLTypeName { return name }
    return typeNames[ObjectIdentifier(type(of: object))]?.first { field.selections[$0] != nil }
  }

  private func serialize(
    _ value: GraphQLValue,
    _ field: FieldPlan<Context>,
    _ place: ResponsePath
  ) -> Completion {
    do {
      if field.type.kind == .enum {
        guard let name = value.stringValue, field.type.values[name] != nil else {
          throw ScalarCoercionError("Enum \"\(field.type.name)\" cannot represent value: \(value.inspected)")
        }
        return Completion(value: .enumValue(name))
      }
      if let codec = scalars[field.type.name] { return Completion(value: try codec.serialize(value)) }
      return Completion(value: try BuiltInScalar(rawValue: field.type.name)?.serialize(value) ?? value)
    } catch let error as ScalarCoercionError {
      return internalFailure(error.reason, field, place)
    } catch {
      return failure(error, field, place)
    }
  }

  private func failure(_ error: any Error, _ field: FieldPlan<Context>, _ place: ResponsePath) -> Completion {
    let path = place.elements
    guard let coded = error as? any GraphQLCodedError else {
      report(error, path)
      return Completion(value: nil, errors: [.internalError(at: field.locations, path: path)])
    }
    let given = (error as? GraphQLError)?.locations ?? []
    let known = GraphQLError(
      coded.message,
      code: coded.code,
      locations: given.isEmpty ? field.locations : given,
      path: path,
      extensions: coded.extensions
    )
    return Completion(value: nil, errors: [known])
  }

  /// A mistake in the program that the standard gives a message.
  private func internalFailure(
    _ message: String,
    _ field: FieldPlan<Context>,
    _ place: ResponsePath
  ) -> Completion {
    let path = place.elements
    let error = GraphQLError(
      message,
      code: GraphQLErrorCode.internalServerError,
      locations: field.locations,
      path: path
    )
    report(error, path)
    return Completion(value: nil, errors: [error])
  }
}
