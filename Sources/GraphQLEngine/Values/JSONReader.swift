/// Strict JSON (RFC 8259) to `GraphQLValue`: keeps the order of fields, tells whole numbers from others,
/// and stops at a depth, so that hostile input cannot exhaust the stack.
struct JSONReader {
  private let bytes: [UInt8]
  private let maxDepth: Int
  private var position = 0
  private var depth = 0

  static func read(_ bytes: [UInt8], maxDepth: Int) throws(JSONError) -> GraphQLValue {
    var reader = JSONReader(bytes: bytes, maxDepth: maxDepth)
    let value = try reader.value()
    reader.skipSpace()
    guard reader.position == bytes.count else { throw reader.error(.unexpectedByte) }
    return value
  }

  private init(bytes: [UInt8], maxDepth: Int) {
    self.bytes = bytes
    self.maxDepth = maxDepth
  }

  private func error(_ reason: JSONError.Reason) -> JSONError {
    JSONError(
      reason: position < bytes.count || reason == .tooDeep ? reason : .unexpectedEnd,
      offset: position
    )
  }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  private mutating func take(_ byte: Character) -> Bool {
    skipSpace()
    guard current == byte.asciiValue else { return false }
    position += 1
    return true
  }

  private mutating func value() throws(JSONError) -> GraphQLValue {
    skipSpace()
    guard let byte = current else { throw error(.unexpectedEnd) }
    switch byte {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try list()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try literal("true", .bool(true))
    case UInt8(ascii: "f"): return try literal("false", .bool(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw error(.unexpectedByte)
    }
  }

  private mutating func literal(_ word: String, _ value: GraphQLValue) throws(JSONError) -> GraphQLValue {
    for byte in word.utf8 {
      guard current == byte else { throw error(.unexpectedByte) }
      position += 1
    }
    return value
  }

  private mutating func enter() throws(JSONError) {
    position += 1
    depth += 1
    if depth > maxDepth { throw error(.tooDeep) }
  }

  private mutating func list() throws(JSONError) -> GraphQLValue {
    try enter()
    defer { depth -= 1 }
    var elements: [GraphQLValue] = []
    if take("]") { return .list([]) }
    repeat { elements.append(try value()) } while take(",")
    guard take("]") else { throw error(.unexpectedByte) }
    return .list(elements)
  }

  private mutating func object() throws(JSONError) -> GraphQLValue {
    try enter()
    defer { depth -= 1 }
    var pairs: [(String, GraphQLValue)] = []
    if take("}") { return .object([:]) }
    repeat {
      skipSpace()
      guard current == UInt8(ascii: "\"") else { throw error(.unexpectedByte) }
      let name = try string()
      guard take(":") else { throw error(.unexpectedByte) }
      pairs.append((name, try value()))
    } while take(",")
    guard take("}") else { throw error(.unexpectedByte) }
    return .object(OrderedFields(pairs))
  }

  private mutating func digits() throws(JSONError) {
    guard let first = current, isDigit(first) else { throw error(.badNumber) }
    while let byte = current, isDigit(byte) { position += 1 }
  }

  private mutating func number() throws(JSONError) -> GraphQLValue {
    let start = position
    var isWhole = true
    if current == UInt8(ascii: "-") { position += 1 }
    if current == UInt8(ascii: "0") { position += 1 } else { try digits() }
    if current == UInt8(ascii: ".") {
      isWhole = false
      position += 1
      try digits()
    }
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
      isWhole = false
      position += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
      try digits()
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isWhole, let number = Int(text) { return .int(number) }
    guard let number = Double(text), number.isFinite else {
      throw JSONError(reason: .badNumber, offset: start)
    }
    return .float(number)
  }

  private mutating func string() throws(JSONError) -> String {
    position += 1
    let start = position
    var decoded: [UInt8] = []
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        guard let text = String(validating: decoded, as: UTF8.self) else {
          throw JSONError(reason: .badString, offset: start)
        }
        return text
      case UInt8(ascii: "\\"):
        position += 1
        try escape(into: &decoded)
      case 0..<0x20: throw error(.badString)
      default:
        decoded.append(byte)
        position += 1
      }
    }
    throw error(.unexpectedEnd)
  }

  private mutating func escape(into decoded: inout [UInt8]) throws(JSONError) {
    guard let byte = current else { throw error(.unexpectedEnd) }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(byte)
    case UInt8(ascii: "b"): decoded.append(0x08)
    case UInt8(ascii: "f"): decoded.append(0x0C)
    case UInt8(ascii: "n"): decoded.append(0x0A)
    case UInt8(ascii: "r"): decoded.append(0x0D)
    case UInt8(ascii: "t"): decoded.append(0x09)
    case UInt8(ascii: "u"):
      var code = try fourHexDigits()
      if (0xD800...0xDBFF).contains(code) {
        // RFC 8259 §7: outside the basic plane as a surrogate pair; half a pair is no character.
        guard current == UInt8(ascii: "\\"), position + 1 < bytes.count,
          bytes[position + 1] == UInt8(ascii: "u")
        else { throw error(.badString) }
        position += 2
        let low = try fourHexDigits()
        guard (0xDC00...0xDFFF).contains(low) else { throw error(.badString) }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw error(.badString) }
      decoded.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
    default: throw error(.badString)
    }
  }

  private mutating func fourHexDigits() throws(JSONError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = current, let digit = hexDigit(byte) else { throw error(.badString) }
      code = code << 4 | digit
      position += 1
    }
    return code
  }
}

func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

func hexDigit(_ byte: UInt8) -> UInt32? {
  switch byte {
  case 0x30...0x39: UInt32(byte) - 0x30
  case 0x41...0x46: UInt32(byte) - 0x41 + 10
  case 0x61...0x66: UInt32(byte) - 0x61 + 10
  default: nil
  }
}
