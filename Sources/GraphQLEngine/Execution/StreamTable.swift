/// An element of a subscription's stream: a value of the subscribed field, or an error in its place, or only a place to
/// go on from.
public struct SourceEvent<Value: ResolvedConvertible>: Sendable {
  fileprivate enum Content: Sendable {
    case value(Value)
    case failure(any Error)
    case nothing
  }

  fileprivate let content: Content
  /// From where a client may go on after it has got this one; nil when the stream cannot say.
  public let id: String?

  /// A value.
  public init(_ value: Value, id: String? = nil) { self.init(.value(value), id: id) }

  private init(_ content: Content, id: String?) {
    self.content = content
    self.id = id
  }

  /// An error, told like a resolver's; the stream goes on.
  public static func failure(_ error: any Error, id: String? = nil) -> SourceEvent {
    SourceEvent(.failure(error), id: id)
  }

  /// No value: a client that has got as far as here may go on from there.
  public static func position(_ id: String) -> SourceEvent { SourceEvent(.nothing, id: id) }
}

/// A source event whose type is known no more.
struct ErasedEvent: Sendable {
  enum Content: Sendable {
    case value(ResolvedColumn)
    case failure(any Error)
    case nothing
  }

  let content: Content
  let id: String?

  init<Value>(_ event: SourceEvent<Value>) {
    id = event.id
    content =
      switch event.content {
      case .value(let value): .value(Value.column(of: [value]))
      case .failure(let error): .failure(error)
      case .nothing: .nothing
      }
  }
}

typealias EventSource = any AsyncSequence<ErasedEvent, any Error> & Sendable

/// Opens the stream of one field of the subscription root (GraphQL §6.2.3.1, CreateSourceEventStream).
struct StreamResolver<Context: Sendable>: Sendable {
  let open: @Sendable (FieldRequest<Context>) async throws -> EventSource
}

/// The streams of the subscription root.
public struct StreamTable<Context: Sendable> {
  private(set) var resolvers: [String: StreamResolver<Context>] = [:]
  private(set) var repeated: [String] = []

  /// A field whose values come one after another.
  ///
  /// The stream is pulled: the next value is asked for when the last has been taken. An error that it throws ends it
  /// and is told like a resolver's. It is canceled when its last listener has left.
  public mutating func stream<Value: ResolvedConvertible>(
    _ name: String,
    _ open:
      @escaping @Sendable (FieldRequest<Context>) async throws -> AsyncThrowingStream<
        SourceEvent<Value>, any Error
      >
  ) {
    let resolver = StreamResolver<Context> { request in
      try await open(request).map { ErasedEvent($0) }
    }
    if resolvers.updateValue(resolver, forKey: name) != nil { repeated.append(name) }
  }
}
