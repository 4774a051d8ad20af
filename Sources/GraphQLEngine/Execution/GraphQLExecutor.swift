/// A schema with its resolvers: answers requests (GraphQL §6).
public struct GraphQLExecutor<Context: Sendable>: Sendable {
  /// The schema that requests are checked against.
  public let schema: Schema
  private let resolvers: [String: [String: FieldResolver<Context>]]
  private let typeNames: [ObjectIdentifier: [String]]
  private let coercion: InputCoercion
  private let limits: DocumentLimits
  private let report: @Sendable (any Error, [PathElement]) -> Void

  /// Puts a schema and its resolvers together.
  ///
  /// Throws `SchemaError`, naming every field without a resolver and every resolver without a field; fields
  /// of the subscription root need none.
  ///
  /// `report` receives what resolvers threw and callers must not see, with the field's place in the answer.
  public init(
    schema: Schema,
    resolvers: ResolverTable<Context>,
    scalars: [String: ScalarCodec] = [:],
    limits: DocumentLimits = .default,
    report: @escaping @Sendable (any Error, [PathElement]) -> Void = { _, _ in }
  ) throws(SchemaError) {
    self.schema = schema
    self.limits = limits
    self.report = report
    coercion = InputCoercion(schema: schema, scalars: scalars)
    try ResolverCheck(schema: schema, table: resolvers, coercion: coercion).run()
    var table = resolvers
    table.merge(Introspection.resolvers(schema))
    var all = table.types
    for (operation, fields) in table.roots {
      guard let root = schema.rootType(operation) else { continue }
      all[root.name, default: [:]].merge(fields) { first, _ in first }
    }
    if let query = schema.rootType(.query) {
      all[query.name, default: [:]].merge(Introspection.rootResolvers(schema)) { first, _ in first }
    }
    self.resolvers = all
    typeNames = table.typeNames
  }

  /// Answers a request.
  ///
  /// Never throws: whatever goes wrong is in the answer's `errors`.
  public func execute(_ request: GraphQLRequest, context: Context) async -> GraphQLResponse {
    let prepared: (plan: SelectionPlan<Context>, operation: OperationType)
    do {
      prepared = try prepare(request)
    } catch {
      return GraphQLResponse(data: nil, errors: error.errors)
    }
    let execution = Execution(
      schema: schema,
      typeNames: typeNames,
      scalars: coercion.scalars,
      context: context,
      budget: ExecutionBudget(maxValues: limits.maxValues),
      report: report
    )
    let result = await execution.run(prepared.plan, isSerial: prepared.operation == .mutation)
    return GraphQLResponse(data: result.value ?? .null, errors: result.errors)
  }

  private func prepare(
    _ request: GraphQLRequest
  ) throws(ExecutionRefusal) -> (plan: SelectionPlan<Context>, operation: OperationType) {
    do {
      let document = try Parser.parse(request.query, limits: limits)
      try DocumentMeasure.check(document, limits: limits)
      let errors = Validator.validate(document, schema: schema, coercion: coercion)
      guard errors.isEmpty else { throw ExecutionRefusal(errors: errors) }
      let operation = try Self.operation(named: request.operationName, in: document)
      guard let root = schema.rootType(operation.type), operation.type != .subscription else {
        throw GraphQLError(
          "Schema is not configured to execute \(operation.type.rawValue) operation.",
          code: GraphQLErrorCode.operationResolutionFailure,
          at: [operation.position]
        )
      }
      let variables = try coercion.variables(operation.variables, request.variables)
      var planner = Planner(
        schema: schema,
        resolvers: resolvers,
        coercion: coercion,
        document: document,
        variables: variables
      )
      return (try planner.plan([operation.selections], on: root), operation.type)
    } catch let error as GraphQLError {
      throw ExecutionRefusal(errors: [error])
    } catch let refusal as ExecutionRefusal {
      throw refusal
    } catch {
      report(error, [])
      throw ExecutionRefusal(errors: [.internalError(at: [], path: nil)])
    }
  }

  /// GetOperation (GraphQL §6.1).
  private static func operation(
    named name: String?,
    in document: DocumentNode
  ) throws(GraphQLError) -> OperationNode {
    let operations = document.operations
    let code = GraphQLErrorCode.operationResolutionFailure
    guard let name else {
      guard let operation = operations.first else {
        throw GraphQLError("Must provide an operation.", code: code)
      }
      guard operations.count == 1 else {
        throw GraphQLError(
          "Must provide operation name if query contains multiple operations.",
          code: code
        )
      }
      return operation
    }
    guard let operation = operations.first(where: { $0.name?.text == name }) else {
      throw GraphQLError("Unknown operation named \"\(name)\".", code: code)
    }
    return operation
  }
}

extension GraphQLError {
  static func internalError(at locations: [SourceLocation], path: [PathElement]?) -> GraphQLError {
    GraphQLError(
      "Internal server error",
      code: GraphQLErrorCode.internalServerError,
      locations: locations,
      path: path
    )
  }
}
