/// A schema with its resolvers: answers requests (GraphQL §6).
public struct GraphQLExecutor<Context: Sendable>: Sendable {
  /// The schema that requests are checked against.
  public let schema: Schema
  let streams: [String: StreamResolver<Context>]
  private let resolvers: [String: [String: FieldResolver<Context>]]
  private let typeNames: [ObjectIdentifier: [String]]
  private let coercion: InputCoercion
  private let limits: DocumentLimits
  private let allowsIntrospection: Bool
  private let clock: any Clock<Duration>
  private let cache = DocumentCache()
  let report: @Sendable (any Error, [PathElement]) -> Void

  /// Puts a schema and its resolvers together.
  ///
  /// Throws `SchemaError`, naming every field without a resolver and every resolver without a field.
  ///
  /// `clock` measures `DocumentLimits.maxDuration`. `report` receives what resolvers threw and callers must not see,
  /// with the field's place in the answer.
  public init(
    schema: Schema,
    resolvers: ResolverTable<Context>,
    scalars: [String: ScalarCodec] = [:],
    limits: DocumentLimits = .default,
    allowsIntrospection: Bool = true,
    clock: any Clock<Duration> = ContinuousClock(),
    report: @escaping @Sendable (any Error, [PathElement]) -> Void = { _, _ in }
  ) throws(SchemaError) {
    self.schema = schema
    self.limits = limits
    self.allowsIntrospection = allowsIntrospection
    self.clock = clock
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
    if let root = schema.rootType(.subscription) {
      all[root.name, default: [:]].merge(table.streams.mapValues { _ in .stream }) { first, _ in first }
    }
    self.resolvers = all
    streams = table.streams
    typeNames = table.typeNames
  }

  /// Answers a query or a mutation.
  ///
  /// Never throws: whatever goes wrong is in the answer's `errors`.
  public func execute(_ request: GraphQLRequest, context: Context) async -> GraphQLResponse {
    do throws(ExecutionRefusal) {
      let operation = try prepare(request)
      guard operation.type != .subscription else {
        throw ExecutionRefusal(
          "A subscription is answered by a stream, not by one answer.",
          at: [operation.position]
        )
      }
      return await execution(in: context, of: operation.type)
        .run(operation.plan, isSerial: operation.type == .mutation)
    } catch {
      return GraphQLResponse(data: nil, errors: error.errors)
    }
  }

  /// Returns the operation type of a request without executing it; throws the errors that `execute` would report.
  ///
  /// Throws `GraphQLRefusal`.
  public func operationType(of request: GraphQLRequest) throws(GraphQLRefusal) -> OperationType {
    do throws(ExecutionRefusal) {
      let prepared = try document(of: request.query)
      return try Self.operation(named: request.operationName, in: prepared.document).type
    } catch {
      throw GraphQLRefusal(response: GraphQLResponse(data: nil, errors: error.errors))
    }
  }

  func execution(in context: Context, of type: OperationType) -> Execution<Context> {
    Execution(
      schema: schema,
      typeNames: typeNames,
      scalars: coercion.scalars,
      context: context,
      budget: ExecutionBudget(limits),
      clock: type == .mutation ? nil : clock,
      report: report
    )
  }

  /// An operation that may be executed.
  func prepare(_ request: GraphQLRequest) throws(ExecutionRefusal) -> PreparedOperation<Context> {
    let document = try document(of: request.query).document
    let operation = try Self.operation(named: request.operationName, in: document)
    guard let root = schema.rootType(operation.type) else {
      throw ExecutionRefusal(
        "Schema is not configured to execute \(operation.type.rawValue) operation.",
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
    do throws(GraphQLError) {
      let plan = try planner.plan([operation.selections], on: root)
      try CostMeasure.check(plan, maxCost: limits.maxCost, at: operation.position)
      return PreparedOperation(type: operation.type, plan: plan, position: operation.position)
    } catch {
      throw ExecutionRefusal(errors: [error])
    }
  }

  private func document(of text: String) throws(ExecutionRefusal) -> PreparedDocument {
    if let known = cache.document(text) { return known }
    let prepared: PreparedDocument
    do throws(GraphQLError) {
      let document = try Parser.parse(text, limits: limits)
      try DocumentMeasure.check(document, limits: limits)
      prepared = PreparedDocument(document)
    } catch {
      throw ExecutionRefusal(errors: [error])
    }
    var errors = Validator.validate(prepared.document, schema: schema, coercion: coercion)
    if !allowsIntrospection { errors += IntrospectionRefusal.errors(in: prepared.document, schema: schema) }
    guard errors.isEmpty else { throw ExecutionRefusal(errors: errors) }
    cache.add(prepared, for: text)
    return prepared
  }

  /// GetOperation (GraphQL §6.1).
  private static func operation(
    named name: String?,
    in document: DocumentNode
  ) throws(ExecutionRefusal) -> OperationNode {
    let operations = document.operations
    guard let name else {
      guard let operation = operations.first else { throw ExecutionRefusal("Must provide an operation.") }
      guard operations.count == 1 else {
        throw ExecutionRefusal("Must provide operation name if query contains multiple operations.")
      }
      return operation
    }
    guard let operation = operations.first(where: { $0.name?.text == name }) else {
      throw ExecutionRefusal("Unknown operation named \"\(name)\".")
    }
    return operation
  }
}

/// An operation whose variables are known and which is within the limits.
struct PreparedOperation<Context: Sendable>: Sendable {
  let type: OperationType
  let plan: SelectionPlan<Context>
  let position: Position
}

/// Why nothing was executed.
public struct GraphQLRefusal: Error, Sendable {
  /// The answer to give: errors without data.
  public let response: GraphQLResponse
}

/// Errors for which nothing is executed.
struct ExecutionRefusal: Error {
  let errors: [GraphQLError]

  init(errors: [GraphQLError]) { self.errors = errors }

  /// The request names no operation that can be executed.
  init(_ message: String, at positions: [Position] = []) {
    errors = [GraphQLError(message, code: GraphQLErrorCode.operationResolutionFailure, at: positions)]
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
