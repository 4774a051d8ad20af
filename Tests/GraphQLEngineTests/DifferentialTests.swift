import Foundation
import OrderedCollections
import Testing

@testable import GraphQLEngine

/// Compared with graphql-core, the Python port of graphql-js 16, by the same documents.
@Suite(.timeLimit(.minutes(5))) struct DifferentialTests {
  @Test(arguments: ["contract", "wide"])
  func `every document gets the reference implementation's errors, messages and places`(
    _ name: String
  ) throws {
    let sdl = try Fixture.text("\(name).graphql")
    let documents = try Fixture.documents("\(name).documents")
    let oracle = try Oracle(schema: sdl, documents: documents)
    let schema = try Schema(sdl: sdl)
    var valid = 0
    for (index, document) in documents.enumerated() {
      let expected = try #require(oracle.verdict(index))
      if expected.listValue?.isEmpty == true { valid += 1 }
      let ours = verdict(document, schema).jsonText.inJavaScriptStyle
      if Differences.documents[document.trimmingCharacters(in: .whitespacesAndNewlines)] != nil {
        #expect(ours != expected.jsonText.inJavaScriptStyle, "No longer a difference: \(document)")
        continue
      }
      #expect(ours == expected.jsonText.inJavaScriptStyle, "\(name) document \(index + 1): \(document)")
    }
    // So that an oracle that calls everything the same cannot go unnoticed.
    #expect(valid > 10 && documents.count - valid > 50)
  }

  @Test(arguments: ["contract", "wide"])
  func `a schema prints as the reference implementation prints it`(_ name: String) throws {
    let sdl = try Fixture.text("\(name).graphql")
    let oracle = try Oracle(schema: sdl, documents: [])
    let schema = try Schema(sdl: sdl)
    let expected = oracle.answer["printed"]?.stringValue?.components(separatedBy: "\n\n") ?? []
    for (ours, theirs) in zip(schema.printed().components(separatedBy: "\n\n"), expected) {
      #expect(ours == theirs)
    }
    #expect(schema.printed() == expected.joined(separator: "\n\n"))
    #expect(try Schema(sdl: schema.printed()).printed() == schema.printed())
  }

  @Test(arguments: ["contract", "wide"])
  func `the full introspection query gets the reference implementation's answer`(_ name: String) async throws
  {
    let sdl = try Fixture.text("\(name).graphql")
    let oracle = try Oracle(schema: sdl, documents: [])
    let query = try #require(oracle.answer["introspectionQuery"]?.stringValue)
    let executor = try GraphQLExecutor(schema: Schema(sdl: sdl), resolvers: .empty(for: Schema(sdl: sdl)))
    let response = await executor.execute(GraphQLRequest(query: query), context: ())
    #expect(response.errors.isEmpty)
    // Enums are strings once they are JSON.
    let ours = try GraphQLValue(json: response.jsonData())["data"]?["__schema"]?.sorted
    let theirs = oracle.answer["introspection"]?["__schema"]?.sorted
    for list in ["types", "directives"] {
      #expect(ours?[list]?.listValue?.count == theirs?[list]?.listValue?.count)
      for (one, other) in zip(ours?[list]?.listValue ?? [], theirs?[list]?.listValue ?? []) {
        #expect(one.jsonText == other.jsonText)
      }
    }
    #expect(ours?.jsonText == theirs?.jsonText)
  }
}

extension ResolverTable where Context == Void {
  /// A table with a resolver for every field, none of which is asked.
  static func empty(for schema: Schema) -> ResolverTable {
    var table = ResolverTable()
    let subscription = schema.rootType(.subscription)?.name
    for type in schema.types.values where type.kind == .object && !type.isIntrospection {
      if type.name == subscription {
        table.subscription { streams in
          for field in type.fields.values {
            streams.stream(field.name) { _ in
              AsyncThrowingStream<SourceEvent<String>, any Error> { $0.finish() }
            }
          }
        }
        continue
      }
      table.type(type.name, of: Int.self) { fields in
        for field in type.fields.values { fields.field(field.name) { _ in GraphQLValue.null } }
      }
    }
    return table
  }
}
