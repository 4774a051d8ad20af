import CalendarCore
import Foundation

/// A row of an answer.
///
/// A value that cannot be read is `StoreError.corrupt` with the column, never with the value.
struct SQLRow: Sendable, Hashable {
  private let columns: [String: Int]
  private let values: [SQLValue]

  init(columns: [String: Int], values: [SQLValue]) {
    self.columns = columns
    self.values = values
  }

  /// The names of the columns, in no order.
  var names: [String] { Array(columns.keys) }

  /// The value of a column; null when the answer has no such column.
  subscript(column: String) -> SQLValue {
    guard let index = columns[column], values.indices.contains(index) else { return .null }
    return values[index]
  }

  /// Reads the column with `read`, which returns nil for a value that makes no sense.
  private func required<T>(_ column: String, _ read: (SQLValue) -> T?) throws -> T {
    guard let result = read(self[column]) else { throw StoreError.corrupt(column: column) }
    return result
  }

  private func optional<T>(_ column: String, _ read: (SQLValue) -> T?) throws -> T? {
    self[column] == .null ? nil : try required(column, read)
  }
}

extension SQLRow {
  func text(_ column: String) throws -> String { try required(column, \.textual) }
  func optionalText(_ column: String) throws -> String? { try optional(column, \.textual) }
  func optionalBytes(_ column: String) throws -> [UInt8]? { try optional(column, \.binary) }
  func count(_ column: String) throws -> Int { try required(column) { $0.integral.map(Int.init) } }

  /// A number of a closed set.
  func code<Code: RawRepresentable<Int>>(_ column: String) throws -> Code {
    try required(column) { $0.integral.flatMap { Code(rawValue: Int($0)) } }
  }

  func optionalNumber(_ column: String) throws -> Double? { try optional(column, \.numeric) }
  func instant(_ column: String) throws -> Date { try required(column, \.instantaneous) }
  func optionalInstant(_ column: String) throws -> Date? { try optional(column, \.instantaneous) }

  func bool(_ column: String) throws -> Bool {
    try required(column) { $0 == .integer(1) ? true : $0 == .integer(0) ? false : nil }
  }

  func id<Entity>(_ column: String) throws -> Identifier<Entity> {
    try required(column) { $0.textual.flatMap(Identifier.init) }
  }

  func optionalID<Entity>(_ column: String) throws -> Identifier<Entity>? {
    try optional(column) { $0.textual.flatMap(Identifier.init) }
  }

  func address(_ column: String) throws -> EmailAddress {
    try required(column) { $0.textual.flatMap(EmailAddress.init) }
  }

  /// A name of a closed set.
  func name<Name: RawRepresentable<String>>(_ column: String) throws -> Name {
    try required(column) { $0.textual.flatMap(Name.init(rawValue:)) }
  }

  func parsed<T>(_ column: String, _ parse: (String) -> T?) throws -> T {
    try required(column) { $0.textual.flatMap(parse) }
  }

  func optionalParsed<T>(_ column: String, _ parse: (String) -> T?) throws -> T? {
    try optional(column) { $0.textual.flatMap(parse) }
  }

  func json<T: Decodable>(_ column: String) throws -> T {
    try required(column) { value in
      value.textual.flatMap { try? JSONDecoder().decode(T.self, from: Data($0.utf8)) }
    }
  }
}

extension SQLValue {
  fileprivate var textual: String? { if case .text(let text) = self { text } else { nil } }
  fileprivate var binary: [UInt8]? { if case .blob(let bytes) = self { bytes } else { nil } }
  fileprivate var integral: Int64? { if case .integer(let number) = self { number } else { nil } }
  fileprivate var instantaneous: Date? { integral.map { Date(timeIntervalSince1970: Double($0) / 1000) } }

  fileprivate var numeric: Double? {
    switch self {
    case .real(let number): number
    case .integer(let number): Double(number)
    case .null, .text, .blob: nil
    }
  }
}
