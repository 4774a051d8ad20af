/// The engine's promises about any text, with access to its internals: the fuzzer compiles this file into the engine.
public struct Promises: Sendable {
  private let schema: Schema
  private let coercion: InputCoercion

  /// Promises about documents for a schema, and about everything else.
  public init(sdl: String) throws {
    schema = try Schema(sdl: sdl)
    coercion = InputCoercion(schema: schema, scalars: [:])
  }

  /// The first promise that a text breaks.
  public func broken(by text: String) -> String? {
    brokenDocument(text) ?? Self.brokenSchema(text) ?? brokenCoordinate(text)
  }

  private func brokenDocument(_ text: String) -> String? {
    let document: DocumentNode
    do {
      document = try Parser.parse(text, limits: .default)
      try DocumentMeasure.check(document, limits: .default)
    } catch {
      return Self.isWithin(text, [error]) ? nil : "errors are within the document"
    }
    let errors = Validator.validate(document, schema: schema, coercion: coercion)
    if errors.count > Validator.maxErrors + 1 { return "errors are counted" }
    if !Self.isWithin(text, errors) { return "errors are within the document" }
    if Validator.validate(document, schema: schema, coercion: coercion) != errors {
      return "the same document has the same errors"
    }
    var broken: String?
    var walk = DocumentWalk(
      schema,
      enter: { node, _ in
        if case .value(let value) = node, !Self.readsBack(value) {
          broken = "a literal is printed as it reads"
        }
      }
    )
    walk.walk(document)
    return broken
  }

  private static func isWithin(_ text: String, _ errors: [GraphQLError]) -> Bool {
    let lines = text.utf8.reduce(1) { $1 == 0x0A || $1 == 0x0D ? $0 + 1 : $0 }
    let width = text.utf16.count + 1
    return errors.allSatisfy { error in
      error.locations.allSatisfy { (1...lines).contains($0.line) && (1...width).contains($0.column) }
    }
  }

  private static func readsBack(_ value: ValueNode) -> Bool {
    let again = try? Parser.parse("{ f(a: \(value.printed)) }", limits: .schemaSource)
    guard case .field(let field)? = again?.operations.first?.selections.selections.first else { return false }
    return field.arguments.first?.value.canonical == value.canonical
  }

  private static func brokenSchema(_ text: String) -> String? {
    let printed: String
    do throws(SchemaError) {
      printed = try Schema(sdl: text).printed()
    } catch {
      return error.problems.isEmpty ? "a refused schema has a problem" : nil
    }
    let again = try? Schema(sdl: printed).printed()
    return again == printed ? nil : "a printed schema reads back"
  }

  private func brokenCoordinate(_ text: String) -> String? {
    guard let coordinate = try? SchemaCoordinate(text) else { return nil }
    _ = try? schema.element(at: coordinate)
    return coordinate.description == text ? nil : "a coordinate is printed as it was read"
  }
}
