import CalendarCore
import Foundation

/// A value as both engines hold it.
///
/// Instants are whole milliseconds since 1970 in UTC and booleans are 0 and 1, both in integer columns: every
/// engine compares and indexes integers alike, whereas date and boolean types differ in text form and in literals.
enum SQLValue: Sendable, Hashable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])
}

extension SQLValue {
  /// Text without NUL, which PostgreSQL cannot hold and which ends a text early in SQLite's C interface.
  static func string(_ text: String?) -> SQLValue {
    guard let text else { return .null }
    return .text(text.utf8.contains(0) ? text.replacing("\0", with: "") : text)
  }

  static func count(_ number: Int) -> SQLValue { .integer(Int64(number)) }
  static func bool(_ flag: Bool) -> SQLValue { .integer(flag ? 1 : 0) }
  static func number(_ number: Double?) -> SQLValue { number.map(SQLValue.real) ?? .null }
  static func id<Entity>(_ id: Identifier<Entity>?) -> SQLValue { id.map { .text($0.description) } ?? .null }
  static func name<Name: RawRepresentable<String>>(_ name: Name?) -> SQLValue { .string(name?.rawValue) }

  /// Milliseconds since 1970.
  ///
  /// Instants that no number of them can name are held at the edge.
  static func instant(_ date: Date?) -> SQLValue {
    guard let date else { return .null }
    return .integer(milliseconds(of: date))
  }

  static func milliseconds(of date: Date) -> Int64 {
    let edge = 9_007_199_254_740_991.0  // 2^53 − 1: beyond it, doubles skip milliseconds
    let milliseconds = (date.timeIntervalSince1970 * 1000).rounded()
    return Int64(milliseconds.isNaN ? 0 : min(max(milliseconds, -edge), edge))
  }

  /// A list or a dictionary that is only ever read whole, as JSON text.
  static func json(_ value: some Encodable) throws -> SQLValue {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return .string(String(decoding: try encoder.encode(value), as: UTF8.self))
  }
}
