import CalendarCore

/// A statement and its arguments, written as one string literal.
///
/// Values can only be interpolated as arguments, numbered in the order they appear, so that nothing that came from
/// outside can become part of the SQL.
struct SQLQuery: Sendable, ExpressibleByStringInterpolation {
  fileprivate enum Piece: Sendable {
    case text(String)
    case value(SQLValue)
  }

  private var pieces: [Piece]

  init(stringLiteral value: StaticString) { pieces = [.text(String(describing: value))] }
  init(stringInterpolation: StringInterpolation) { pieces = stringInterpolation.pieces }

  /// The text, with numbered parameters in place of the values.
  var sql: String {
    var number = 0
    return pieces.reduce(into: "") { sql, piece in
      switch piece {
      case .text(let text): sql += text
      case .value:
        number += 1
        sql += "$\(number)"
      }
    }
  }

  var arguments: [SQLValue] {
    pieces.compactMap { if case .value(let value) = $0 { value } else { nil } }
  }

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var pieces: [Piece] = []

    init(literalCapacity: Int, interpolationCount: Int) {
      pieces.reserveCapacity(2 * interpolationCount + 1)
    }

    mutating func appendLiteral(_ literal: StaticString) { pieces.append(.text(String(describing: literal))) }
    mutating func appendInterpolation(_ value: SQLValue) { pieces.append(.value(value)) }
    mutating func appendInterpolation<Entity>(_ id: Identifier<Entity>) { pieces.append(.value(.id(id))) }
    mutating func appendInterpolation(_ part: SQLQuery) { pieces += part.pieces }

    /// The members of `IN (…)`; must not be empty.
    ///
    /// Padded with its last member to a power of two, so that lists of any length need few prepared statements.
    mutating func appendInterpolation(list values: [SQLValue]) {
      guard let last = values.last else { return }
      var size = 1
      while size < values.count { size *= 2 }
      let padded = values + Array(repeating: last, count: size - values.count)
      for (index, value) in padded.enumerated() {
        if index > 0 { pieces.append(.text(", ")) }
        pieces.append(.value(value))
      }
    }

    /// A number of rows, not below 0, as part of the text: PostgreSQL plans a statement once for all its arguments,
    /// and only with the number in view reads no more than that.
    mutating func appendInterpolation(literal number: Int) { pieces.append(.text(String(max(0, number)))) }

    /// Names of tables and columns, which are constants of this module.
    mutating func appendInterpolation(name: StaticString) { pieces.append(.text(String(describing: name))) }
  }
}
