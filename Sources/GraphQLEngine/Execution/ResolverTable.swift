/// What a resolver is told besides the object whose field it resolves.
public struct FieldRequest<Context: Sendable>: Sendable {
  /// The field's arguments, coerced.
  public let arguments: Arguments
  /// What the caller of `execute` handed over for this request.
  public let context: Context
  let place: ResponsePath

  /// The field's place in the answer.
  public var path: [PathElement] { place.elements }
}

/// How one field gets its value.
///
/// The object comes type-erased; the tables below know its type.
enum FieldResolver<Context: Sendable>: Sendable {
  case property(@Sendable (any Sendable) throws -> ResolvedValue)
  case method(@Sendable (any Sendable, FieldRequest<Context>) throws -> ResolvedValue)
  case asynchronous(@Sendable (any Sendable, FieldRequest<Context>) async throws -> ResolvedValue)
  case typeName

  var isAsynchronous: Bool { if case .asynchronous = self { true } else { false } }
}

/// The resolvers of one object type whose values are of the Swift type `Source`.
public struct FieldTable<Source: Sendable, Context: Sendable> {
  private(set) var resolvers: [String: FieldResolver<Context>] = [:]
  private(set) var repeated: [String] = []

  /// A field that is at hand: resolved in place, without a task of its own.
  public mutating func field<Value: ResolvedConvertible>(
    _ name: String,
    _ get: @escaping @Sendable (Source) -> Value
  ) {
    add(name, .property { try get(Self.source($0, name)).resolved })
  }

  /// A field that needs arguments, the context or time.
  ///
  /// Siblings of a query are resolved concurrently.
  public mutating func field<Value: ResolvedConvertible>(
    _ name: String,
    _ resolve: @escaping @Sendable (Source, FieldRequest<Context>) async throws -> Value
  ) {
    add(name, .asynchronous { try await resolve(Self.source($0, name), $1).resolved })
  }

  /// A field that needs its arguments but no time; introspection's.
  mutating func method<Value: ResolvedConvertible>(
    _ name: String,
    _ resolve: @escaping @Sendable (Source, FieldRequest<Context>) throws -> Value
  ) {
    add(name, .method { try resolve(Self.source($0, name), $1).resolved })
  }

  private mutating func add(_ name: String, _ resolver: FieldResolver<Context>) {
    if resolvers.updateValue(resolver, forKey: name) != nil { repeated.append(name) }
  }

  private static func source(_ value: any Sendable, _ field: String) throws -> Source {
    guard let source = value as? Source else {
      throw ResolverMismatch(
        description: "The resolver of \"\(field)\" expects \(Source.self), got \(type(of: value))."
      )
    }
    return source
  }
}

/// A resolver was given an object of another Swift type than its table is for: a mistake in the program.
struct ResolverMismatch: Error, CustomStringConvertible {
  let description: String
}

/// The resolvers for a schema, by type and field.
public struct ResolverTable<Context: Sendable>: Sendable {
  private(set) var types: [String: [String: FieldResolver<Context>]] = [:]
  private(set) var roots: [OperationType: [String: FieldResolver<Context>]] = [:]
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

  private mutating func merged(
    _ known: [String: FieldResolver<Context>],
    _ new: [String: FieldResolver<Context>],
    _ repeatedNames: [String],
    of owner: String
  ) -> [String: FieldResolver<Context>] {
    repeated += (repeatedNames + new.keys.filter { known[$0] != nil }).map { "\(owner).\($0)" }
    return known.merging(new) { first, _ in first }
  }

  mutating func merge(_ other: ResolverTable) {
    types.merge(other.types) { first, _ in first }
    typeNames.merge(other.typeNames) { first, _ in first }
  }
}
