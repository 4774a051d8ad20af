/// The engine's internal functions that the benchmark measures.
public struct Measured {
  private let schema: Schema
  private let coercion: InputCoercion

  /// The engine with a schema to validate against.
  public init(sdl: String) throws {
    schema = try Schema(sdl: sdl)
    coercion = InputCoercion(schema: schema, scalars: [:])
  }

  /// Parses a document, and gives back how many definitions it has.
  public static func parse(_ text: String) throws -> Int {
    try Parser.parse(text, limits: .schemaSource).definitions.count
  }

  /// Something that validates one document, and gives back how many errors there are.
  public func validation(of text: String) throws -> () -> Int {
    let document = try Parser.parse(text, limits: .schemaSource)
    return { Validator.validate(document, schema: schema, coercion: coercion).count }
  }
}
