/// Writes values as JSON (RFC 8259), without spaces.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ value: GraphQLValue) {
    switch value {
    case .null: literal("null")
    case .bool(let truth): literal(truth ? "true" : "false")
    case .int(let number): write(whole: number)
    // JSON has no NaN and no infinity (RFC 8259 §6); the Float scalar refuses them before they come here.
    case .float(let number): if number.isFinite { bytes += "\(number)".utf8 } else { literal("null") }
    case .string(let text), .enumValue(let text): write(quoting: text)
    case .list(let elements):
      bytes.append(UInt8(ascii: "["))
      for index in elements.indices {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        write(elements[index])
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let fields):
      bytes.append(UInt8(ascii: "{"))
      for index in 0..<fields.count {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        let (key, value) = fields[index]
        write(quoting: key)
        bytes.append(UInt8(ascii: ":"))
        write(value)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  private mutating func literal(_ text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private mutating func write(whole number: Int) {
    if (0...9).contains(number) {
      bytes.append(UInt8(ascii: "0") + UInt8(number))
    } else {
      bytes += String(number).utf8
    }
  }

  private mutating func write(quoting text: String) {
    bytes.append(UInt8(ascii: "\""))
    let isWritten: Void? = text.utf8.withContiguousStorageIfAvailable { write(escaping: $0) }
    if isWritten == nil { Array(text.utf8).withUnsafeBufferPointer { write(escaping: $0) } }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Stretches without anything to escape are copied as they are.
  private mutating func write(escaping text: UnsafeBufferPointer<UInt8>) {
    var start = 0
    for index in text.indices {
      let byte = text[index]
      if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { continue }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
      start = index + 1
      switch byte {
      case UInt8(ascii: "\""): literal("\\\"")
      case UInt8(ascii: "\\"): literal("\\\\")
      case 0x0A: literal("\\n")
      case 0x0D: literal("\\r")
      case 0x09: literal("\\t")
      default: bytes += ((byte < 0x10 ? "\\u000" : "\\u00") + String(byte, radix: 16)).utf8
      }
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
  }
}

/// Columns without failures, written without being put together first.
extension JSONWriter {
  mutating func write(answer column: ResultColumn) {
    literal("{\"data\":")
    write(column, 0)
    bytes.append(UInt8(ascii: "}"))
  }

  private mutating func write(_ column: ResultColumn, _ row: Int) {
    switch column.content {
    case .leaves(let leaves): write(leaves[row])
    case .sparse(let rows, let inner):
      if let row = rows[row] { write(inner, row) } else { literal("null") }
    case .choice(let places, let columns): write(columns[places[row].column], places[row].row)
    case .lists(let offsets, let elements):
      bytes.append(UInt8(ascii: "["))
      let rows = offsets[row]..<offsets[row + 1]
      for row in rows {
        if row > rows.lowerBound { bytes.append(UInt8(ascii: ",")) }
        write(elements, row)
      }
      bytes.append(UInt8(ascii: "]"))
    case .objects(let keys, let fields):
      bytes.append(UInt8(ascii: "{"))
      for index in fields.indices {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        // A name has nothing to escape (§2.1.9).
        bytes.append(UInt8(ascii: "\""))
        bytes += keys[index].utf8
        literal("\":")
        write(fields[index], row)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }
}
