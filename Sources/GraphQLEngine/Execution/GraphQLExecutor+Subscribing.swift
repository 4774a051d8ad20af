extension GraphQLExecutor {
  /// Starts a subscription (GraphQL §6.2.3).
  ///
  /// Throws `GraphQLRefusal` when it cannot be started. A query or a mutation gives its answer as the only event, for
  /// clients that ask for everything in this way.
  ///
  /// Each event is answered in a context of its own, which `renewing` makes: what was loaded for one is old for the next.
  public func subscribe(
    _ request: GraphQLRequest,
    context: Context,
    renewing: @escaping @Sendable (Context) -> Context = { $0 }
  ) async throws(GraphQLRefusal) -> GraphQLEventStream {
    let operation: PreparedOperation<Context>
    do throws(ExecutionRefusal) { operation = try prepare(request) } catch {
      throw GraphQLRefusal(response: GraphQLResponse(data: nil, errors: error.errors))
    }
    guard operation.type == .subscription else {
      let response = await execution(in: context, of: operation.type)
        .run(operation.plan, isSerial: operation.type == .mutation)
      return GraphQLEventStream(single: response)
    }
    guard let field = operation.plan.fields.first, let stream = streams[field.definition.name] else {
      throw GraphQLRefusal(
        response: GraphQLResponse(
          data: nil,
          errors: [
            GraphQLError(
              "The subscription selects no field.",
              code: GraphQLErrorCode.operationResolutionFailure,
              at: [operation.position]
            )
          ]
        )
      )
    }
    let places = Places.root.field(field.key)
    do {
      let arguments = try field.arguments.get()
      let source = try await stream.open(
        FieldRequest(arguments: arguments, context: context, places: places, row: 0)
      )
      return GraphQLEventStream(source) { event in
        await execution(in: renewing(context), of: .subscription).run(field, on: event)
      } failure: { error in
        failure(error, field, places, in: context)
      }
    } catch {
      // §6.2.3.1: what goes wrong here is an answer without data.
      throw GraphQLRefusal(
        response: GraphQLResponse(data: nil, errors: failure(error, field, places, in: context).errors)
      )
    }
  }

  private func failure(
    _ error: any Error,
    _ field: FieldPlan<Context>,
    _ places: Places,
    in context: Context
  ) -> GraphQLResponse {
    let error = execution(in: context, of: .subscription).failure(error, field, places.path(0))
    return GraphQLResponse(data: .null, errors: [error])
  }
}

/// One event of a subscription.
public struct GraphQLEvent: Sendable {
  /// The answer; nil when only the place to go on from has moved.
  public let response: GraphQLResponse?
  /// From where a client may go on after it has got this one; nil when the stream cannot say.
  public let id: String?
}

/// The answers of a subscription, one after another.
///
/// Pulled: the next event is asked for when the last was taken, so a slow client holds up nobody but itself. An error
/// of the source is the last answer.
public struct GraphQLEventStream: AsyncSequence, Sendable {
  private let source: EventSource
  private let execute: @Sendable (ResolvedColumn) async -> GraphQLResponse
  private let failure: @Sendable (any Error) -> GraphQLResponse
  private let single: GraphQLResponse?

  init(
    _ source: EventSource,
    execute: @escaping @Sendable (ResolvedColumn) async -> GraphQLResponse,
    failure: @escaping @Sendable (any Error) -> GraphQLResponse
  ) {
    self.source = source
    self.execute = execute
    self.failure = failure
    single = nil
  }

  /// The answer of an operation that is no subscription.
  init(single: GraphQLResponse) {
    source = AsyncThrowingStream<ErasedEvent, any Error> { $0.finish() }
    execute = { _ in single }
    failure = { _ in single }
    self.single = single
  }

  /// Takes one answer after another.
  public struct AsyncIterator: AsyncIteratorProtocol {
    private let stream: GraphQLEventStream
    private var source: any AsyncIteratorProtocol<ErasedEvent, any Error>
    private var single: GraphQLResponse?
    private var isOver = false

    init(_ stream: GraphQLEventStream) {
      self.stream = stream
      source = stream.source.makeAsyncIterator()
      single = stream.single
    }

    /// The next answer; nil at the end, and when the task is cancelled.
    public mutating func next() async -> GraphQLEvent? {
      if let response = single {
        single = nil
        return GraphQLEvent(response: response, id: nil)
      }
      if isOver || Task.isCancelled { return nil }
      do {
        guard let event = try await source.next(isolation: nil) else {
          isOver = true
          return nil
        }
        switch event.content {
        case .nothing: return GraphQLEvent(response: nil, id: event.id)
        case .value(let column): return GraphQLEvent(response: await stream.execute(column), id: event.id)
        case .failure(let error): return GraphQLEvent(response: stream.failure(error), id: event.id)
        }
      } catch {
        isOver = true
        return Task.isCancelled ? nil : GraphQLEvent(response: stream.failure(error), id: nil)
      }
    }
  }

  /// An iterator; a stream can be taken once.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(self) }
}
