public import struct Foundation.Data

extension GraphQLValue {
  /// Reads strict JSON (RFC 8259).
  ///
  /// Throws `JSONError`; lists and objects may nest 64 deep.
  public init(json: [UInt8], maxDepth: Int = 64) throws(JSONError) {
    self = try JSONReader.read(json, maxDepth: maxDepth)
  }

  /// Reads strict JSON (RFC 8259).
  ///
  /// Throws `JSONError`; lists and objects may nest 64 deep.
  public init(json: Data, maxDepth: Int = 64) throws(JSONError) {
    self = try JSONReader.read([UInt8](json), maxDepth: maxDepth)
  }

  /// The value as JSON, fields in their order, without spaces.
  public func jsonData() -> Data {
    var bytes: [UInt8] = []
    writeJSON(into: &bytes)
    return Data(bytes)
  }

  /// The value as JSON text.
  public var jsonText: String {
    var bytes: [UInt8] = []
    writeJSON(into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  func writeJSON(into bytes: inout [UInt8]) {
    switch self {
    case .null: bytes += "null".utf8
    case .bool(let truth): bytes += (truth ? "true" : "false").utf8
    case .int(let number): bytes += String(number).utf8
    // JSON has no NaN and no infinity (RFC 8259 §6); the Float scalar refuses them before they come here.
    case .float(let number): bytes += (number.isFinite ? "\(number)" : "null").utf8
    case .string(let text), .enumValue(let text): Self.writeJSON(text, into: &bytes)
    case .list(let elements):
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        element.writeJSON(into: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let fields):
      bytes.append(UInt8(ascii: "{"))
      for (index, field) in fields.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        Self.writeJSON(field.key, into: &bytes)
        bytes.append(UInt8(ascii: ":"))
        field.value.writeJSON(into: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  private static func writeJSON(_ text: String, into bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes += #"\""#.utf8
      case UInt8(ascii: "\\"): bytes += #"\\"#.utf8
      case 0x0A: bytes += #"\n"#.utf8
      case 0x0D: bytes += #"\r"#.utf8
      case 0x09: bytes += #"\t"#.utf8
      case 0..<0x20: bytes += ((byte < 0x10 ? "\\u000" : "\\u00") + String(byte, radix: 16)).utf8
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
