import Foundation
import Testing

@testable import GraphQLEngine

/// Compared with the reference implementation by its own test cases, which `reference.py` gathers.
@Suite(.timeLimit(.minutes(5))) struct ReferenceTests {
  /// Gathered once for all tests here.
  private static let reference = Result { try Oracle.run("reference.py") }

  private func list(_ name: String) throws -> [GraphQLValue] {
    try #require(Self.reference.get()[name]?.listValue)
  }

  /// Errors as one text, but those of rules that the other side does not have.
  private func compared(_ errors: GraphQLValue?) -> String {
    var told = errors?.listValue ?? []
    told = told.filter { !Differences.isOfNewRule($0["message"]?.stringValue ?? "") }
    // §5.1.1: what else is wrong around definitions that are not executable does not matter.
    let notExecutable = told.filter {
      $0["message"]?.stringValue?.hasSuffix("definition is not executable.") ?? false
    }
    return GraphQLValue.list(notExecutable.isEmpty ? told : notExecutable).jsonText.inJavaScriptStyle
  }

  @Test func `every document of its tests gets the same errors, messages and places`() throws {
    let documents = try list("documents")
    #expect(documents.count > 1_000)
    var differing: Set<String> = []
    let schemas = try list("schemas").map { try? Schema(sdl: $0["text"]?.stringValue ?? "") }
    for document in documents {
      let text = try #require(document["text"]?.stringValue)
      guard case .int(let number)? = document["schema"], let schema = schemas[number] else { continue }
      let (ours, theirs) = (compared(verdict(text, schema)), compared(document["errors"]))
      let name = text.trimmingCharacters(in: .whitespacesAndNewlines)
      if Differences.referenceDocuments[name] == nil {
        #expect(ours == theirs, "Schema \(number): \(text)")
      } else if ours != theirs {
        differing.insert(name)
      }
    }
    #expect(differing == Set(Differences.referenceDocuments.keys))
  }

  @Test func `every type system of its tests is accepted, refused and printed alike`() throws {
    let schemas = try list("schemas")
    #expect(schemas.count > 500)
    var differing: Set<String> = []
    for schema in schemas {
      let text = try #require(schema["text"]?.stringValue)
      let (problems, printed) = built(text)
      let (ours, theirs) = (compared(.list(problems)), compared(schema["errors"]))
      let name = text.trimmingCharacters(in: .whitespacesAndNewlines)
      if Differences.referenceSchemas[name] != nil {
        if ours != theirs || printed != schema["printed"]?.stringValue { differing.insert(name) }
        continue
      }
      #expect(ours == theirs, "\(text)")
      guard let printed, let expected = schema["printed"]?.stringValue else { continue }
      #expect(printed == expected, "\(text)")
      #expect(built(printed).printed == printed, "\(text)")
    }
    #expect(differing == Set(Differences.referenceSchemas.keys))
  }

  private func built(_ text: String) -> (problems: [GraphQLValue], printed: String?) {
    do throws(SchemaError) {
      return ([], try Schema(sdl: text).printed())
    } catch {
      return (error.problems.map { told($0.message, $0.locations) }, nil)
    }
  }
}
