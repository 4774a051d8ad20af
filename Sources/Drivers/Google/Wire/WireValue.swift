import Foundation

/// A JSON value as Google sent it, or as a PATCH says it: null takes a field away (RFC 7396).
///
/// What has no field of ours in it goes back as it came.
enum WireValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([WireValue])
  case object([String: WireValue])

  init?(_ octets: [UInt8]) {
    guard let value = try? JSONDecoder().decode(Self.self, from: Data(octets)) else { return nil }
    self = value
  }

  subscript(key: String) -> WireValue? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  var string: String? { if case .string(let text) = self { text } else { nil } }
  var array: [WireValue]? { if case .array(let values) = self { values } else { nil } }
}

extension WireValue: Codable {
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([WireValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: WireValue].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .array(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }
}
