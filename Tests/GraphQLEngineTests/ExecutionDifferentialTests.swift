import Foundation
import OrderedCollections
import Testing

@testable import GraphQLEngine

/// Executed beside graphql-core: the same documents, hand-written and generated, in the same made-up fixture, must give
/// the same data and the same errors at the same places.
@Suite(.timeLimit(.minutes(5))) struct ExecutionDifferentialTests {
  @Test(arguments: ["contract", "wide"])
  func `every valid document gets the reference implementation's answer`(_ name: String) async throws {
    let sdl = try Fixture.text("\(name).graphql")
    let documents = try Fixture.documents("\(name).documents").map(GraphQLValue.string)
    let oracle = try Oracle.run(
      "execution_oracle.py",
      task: ["schema": .string(sdl), "documents": .list(documents), "generated": 400]
    )
    let schema = try Schema(sdl: sdl)
    let executor = try GraphQLExecutor(
      schema: schema,
      resolvers: MadeUpFixture(schema: schema).table,
      limits: DocumentLimits(
        maxBytes: .max,
        maxTokens: .max,
        maxDepth: 64,
        maxFields: .max,
        maxAliases: .max,
        maxCost: .max,
        maxValues: .max
      )
    )
    var withErrors = 0
    var withoutErrors = 0
    for entry in oracle.listValue ?? [] {
      let document = try #require(entry["document"]?.stringValue)
      let response = await executor.execute(GraphQLRequest(query: document), context: ())
      let errors = response.errors.map { error -> GraphQLValue in
        [
          "message": .string(error.message), "locations": error.value["locations"] ?? [],
          "path": error.value["path"] ?? .null,
        ]
      }
      let theirs = try #require(entry["answer"])
      #expect((response.data ?? .null).jsonText == theirs["data"]?.jsonText, "\(name): \(document)")
      #expect(Self.sorted(errors) == Self.sorted(theirs["errors"]?.listValue ?? []), "\(name): \(document)")
      if response.errors.isEmpty { withoutErrors += 1 } else { withErrors += 1 }
    }
    // So that a fixture in which nothing fails, or everything, cannot go unnoticed.
    #expect(withErrors > 50 && withoutErrors > 50, "\(withErrors) with errors, \(withoutErrors) without")
  }

  /// graphql-core puts errors in the order of their places in the document, we in that of the answer.
  private static func sorted(_ errors: [GraphQLValue]) -> [String] {
    errors.map(\.jsonText.inJavaScriptStyle).sorted()
  }
}

/// A fixture in which a field's path determines its value, as in Fixtures/execution_oracle.py.
private struct MadeUpFixture {
  struct Object: GraphQLObject {
    let seed: String
    let graphQLTypeName: String?
  }

  struct Broken: GraphQLCodedError {
    let message: String
    let code = "BROKEN"
  }

  let schema: Schema

  private static func checksum(_ text: String) -> Int {
    text.utf8.reduce(7) { ($0 * 31 + Int($1)) % 1_000_003 }
  }

  var table: ResolverTable<Void> {
    var table = ResolverTable<Void>()
    let subscription = schema.rootType(.subscription)
    for type in schema.types.values where type.kind == .object && !type.isIntrospection {
      if type.name == subscription?.name {
        table.subscription { streams in
          for field in type.fields.values {
            streams.stream(field.name) { _ in
              AsyncThrowingStream<SourceEvent<String>, any Error> { $0.finish() }
            }
          }
        }
      } else if type.name == schema.rootType(.query)?.name {
        table.query { add(type, to: &$0) { "root" } }
      } else if type.name == schema.rootType(.mutation)?.name {
        table.mutation { add(type, to: &$0) { "root" } }
      } else {
        table.type(type.name, of: Object.self) { add(type, to: &$0, seed: \.seed) }
      }
    }
    return table
  }

  private func add<Source>(
    _ type: NamedType,
    to fields: inout FieldTable<Source, Void>,
    seed: @escaping @Sendable (Source) -> String
  ) {
    for (index, field) in type.fields.values.enumerated() {
      let resolve: @Sendable (Source, FieldRequest<Void>) throws -> ResolvedValue = { source, request in
        let arguments = request.arguments.fields.isEmpty ? "" : Self.shape(.object(request.arguments.fields))
        return try madeUp(field.type, "\(seed(source)).\(field.name)\(arguments)")
      }
      // Every manner in which a field can be resolved takes its turn.
      switch index % 3 {
      case 0: fields.field(field.name, resolve)
      case 1: fields.field(field.name) { source, request async throws in try resolve(source, request) }
      default: fields.field(field.name) { source, request throws in try resolve(source, request) }
      }
    }
  }

  private static func shape(_ value: GraphQLValue) -> String {
    switch value {
    case .null: "0"
    case .list(let items): "[" + items.map(shape).joined(separator: ",") + "]"
    case .object(let fields):
      "{"
        + fields.sorted { $0.key < $1.key }.map { "\($0.key):\(shape($0.value))" }.joined(separator: ",")
        + "}"
    default: "1"
    }
  }

  private func madeUp(_ type: TypeReference, _ seed: String) throws -> ResolvedValue {
    let number = Self.checksum(seed)
    if case .nonNull(let inner) = type {
      return number % 41 == 0 ? .null : try madeUp(inner, seed)
    }
    if number % 23 == 0 { throw Broken(message: "Broken at \(seed)") }
    if number % 7 == 0 { return .null }
    if case .list(let element) = type {
      return .list((0..<number % 4).map { (try? madeUp(element, "\(seed).\($0)")) ?? .null })
    }
    guard let named = schema.type(of: type) else { return .null }
    switch named.kind {
    case .enum:
      return .leaf(.enumValue(named.values.keys.sorted()[number % named.values.count]))
    case .scalar: return .leaf(leaf(of: named.name, number, seed))
    default:
      let possible = schema.possibleTypes(of: named).sorted()
      return .object(Object(seed: seed, graphQLTypeName: possible[number % possible.count]))
    }
  }

  private func leaf(of scalar: String, _ number: Int, _ seed: String) -> GraphQLValue {
    switch scalar {
    case "Int": .int(number)
    case "Float": .float(Double(number) + 0.5)
    case "Boolean": .bool(number % 2 == 0)
    case "ID": .string("id\(number)")
    default: .string(seed)
    }
  }
}
