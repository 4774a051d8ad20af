/// A statement of a migration, in which what engines name differently are placeholders: `title \(.text) NOT NULL`.
///
/// No values can be interpolated.
struct SQLDefinition: Sendable, ExpressibleByStringInterpolation {
  enum Placeholder: Sendable {
    /// Text that is compared byte by byte; PostgreSQL would compare as its operating system's language does.
    case text
    /// Integers of 64 bits.
    case long
    /// The clause that makes a table refuse values of other types; PostgreSQL's tables always do.
    case strict
  }

  private let pieces: [@Sendable (SQLDialect) -> String]

  init(stringLiteral value: StaticString) { pieces = [{ _ in "\(value)" }] }
  init(stringInterpolation: StringInterpolation) { pieces = stringInterpolation.pieces }

  /// The statement as the engine takes it.
  func sql(for dialect: SQLDialect) -> String { pieces.map { $0(dialect) }.joined() }

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var pieces: [@Sendable (SQLDialect) -> String] = []

    init(literalCapacity: Int, interpolationCount: Int) {}

    mutating func appendLiteral(_ literal: StaticString) { pieces.append { _ in "\(literal)" } }
    mutating func appendInterpolation(_ placeholder: Placeholder) {
      pieces.append { $0.name(of: placeholder) }
    }
    mutating func appendInterpolation(_ part: SQLDefinition) { pieces += part.pieces }
    mutating func appendInterpolation(name: StaticString) { pieces.append { _ in "\(name)" } }
  }
}
