/// How one field gets its values.
///
/// The objects come type-erased; the tables below know their type.
enum FieldResolver<Context: Sendable>: Sendable {
  case property(@Sendable (any ObjectList) throws -> ResolvedColumn)
  case method(@Sendable (any ObjectList, ColumnRequest<Context>) throws -> Resolution)
  case asynchronous(@Sendable (any ObjectList, ColumnRequest<Context>) async throws -> Resolution)
  case typeName
  /// A field of the subscription root: its stream is opened, its values come from there.
  case stream

  var isAsynchronous: Bool { if case .asynchronous = self { true } else { false } }
}

/// The resolvers of one object type whose values are of the Swift type `Source`.
public struct FieldTable<Source: Sendable, Context: Sendable> {
  private(set) var resolvers: [String: FieldResolver<Context>] = [:]
  private(set) var repeated: [String] = []

  /// A field that is at hand.
  @inlinable public mutating func field<Value: ResolvedConvertible>(
    _ name: String,
    _ get: @escaping @Sendable (Source) -> Value
  ) {
    // Inlined, so that the compiler knows the types: an object is looked at where it lies, for a copy counts each of
    // its references.
    addProperty(name) { sources in Value.column(sources.count) { get(sources[$0]) } }
  }

  @usableFromInline mutating func addProperty(
    _ name: String,
    _ column: @escaping @Sendable (UnsafeBufferPointer<Source>) -> ResolvedColumn
  ) {
    add(name, .property { try ($0.sources(of: name) as [Source]).withUnsafeBufferPointer(column) })
  }

  /// A field that needs arguments or the context, but no time: resolved for one object after another.
  public mutating func field<Value: ResolvedConvertible>(
    _ name: String,
    _ resolve: @escaping @Sendable (Source, FieldRequest<Context>) throws -> Value
  ) {
    add(name, .method { objects, request in try request.each(objects.sources(of: name), resolve) })
  }

  /// A field that needs time: resolved for all objects of a list together, and together with its siblings in a query.
  ///
  /// A resolver that reads a database is better a `batch`.
  public mutating func field<Value: ResolvedConvertible>(
    _ name: String,
    _ resolve: @escaping @Sendable (Source, FieldRequest<Context>) async throws -> Value
  ) {
    add(
      name,
      .asynchronous { objects, request in
        try await request.together(objects.sources(of: name), resolve)
      }
    )
  }

  /// A field that is asked once for all objects of its type on one level of the answer, however many lists they are in.
  ///
  /// The closure answers with as many values as it gets objects, in their order.
  public mutating func batch<Value: ResolvedConvertible>(
    _ name: String,
    _ resolve: @escaping @Sendable ([Source], FieldRequest<Context>) async throws -> [Value]
  ) {
    add(
      name,
      .asynchronous { objects, request in
        let sources: [Source] = try objects.sources(of: name)
        let values = try await resolve(sources, request.row(0))
        guard values.count == sources.count else {
          throw ResolverMismatch(
            description: "The batch of \"\(name)\" gave \(values.count) values for \(sources.count) objects."
          )
        }
        return try request.counted(values)
      }
    )
  }

  private mutating func add(_ name: String, _ resolver: FieldResolver<Context>) {
    if resolvers.updateValue(resolver, forKey: name) != nil { repeated.append(name) }
  }
}

/// The resolvers for a schema, by type and field.
public struct ResolverTable<Context: Sendable>: Sendable {
  private(set) var types: [String: [String: FieldResolver<Context>]] = [:]
  private(set) var roots: [OperationType: [String: FieldResolver<Context>]] = [:]
  private(set) var streams: [String: StreamResolver<Context>] = [:]
  /// The object types that a Swift type stands for, to tell what a value of an abstract type is.
  private(set) var typeNames: [ObjectIdentifier: [String]] = [:]
  private(set) var repeated: [String] = []

  /// No resolvers.
  public init() {}

  /// Resolvers of an object type whose values are of a Swift type.
  ///
  /// May be called again to add fields.
  public mutating func type<Source: Sendable>(
    _ name: String,
    of source: Source.Type,
    _ fields: (inout FieldTable<Source, Context>) -> Void
  ) {
    var table = FieldTable<Source, Context>()
    fields(&table)
    types[name] = merged(types[name] ?? [:], table.resolvers, table.repeated, of: name)
    if !typeNames[ObjectIdentifier(source), default: []].contains(name) {
      typeNames[ObjectIdentifier(source), default: []].append(name)
    }
  }

  /// Resolvers of the query root.
  ///
  /// May be called again to add fields.
  public mutating func query(_ fields: (inout FieldTable<Void, Context>) -> Void) {
    root(.query, fields)
  }

  /// Resolvers of the mutation root; they run one after another.
  ///
  /// May be called again to add fields.
  public mutating func mutation(_ fields: (inout FieldTable<Void, Context>) -> Void) {
    root(.mutation, fields)
  }

  /// The streams of the subscription root.
  ///
  /// May be called again to add fields.
  public mutating func subscription(_ fields: (inout StreamTable<Context>) -> Void) {
    var table = StreamTable<Context>()
    fields(&table)
    streams = merged(streams, table.resolvers, table.repeated, of: OperationType.subscription.rawValue)
  }

  private mutating func root(_ operation: OperationType, _ fields: (inout FieldTable<Void, Context>) -> Void)
  {
    var table = FieldTable<Void, Context>()
    fields(&table)
    roots[operation] = merged(
      roots[operation] ?? [:],
      table.resolvers,
      table.repeated,
      of: operation.rawValue
    )
  }

  private mutating func merged<Resolver>(
    _ known: [String: Resolver],
    _ new: [String: Resolver],
    _ repeatedNames: [String],
    of owner: String
  ) -> [String: Resolver] {
    repeated += (repeatedNames + new.keys.filter { known[$0] != nil }).map { "\(owner).\($0)" }
    return known.merging(new) { first, _ in first }
  }

  mutating func merge(_ other: ResolverTable) {
    types.merge(other.types) { first, _ in first }
    typeNames.merge(other.typeNames) { first, _ in first }
  }
}
