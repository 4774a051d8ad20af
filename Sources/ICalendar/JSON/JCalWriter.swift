/// Writes components as jCal (RFC 7265 §3).
///
/// A line without a colon has no form there and is left out; a value that is not of its type is of the type "unknown",
/// as it stands in the line.
struct JCalWriter {
  private(set) var text = ""

  mutating func write(_ component: Component) {
    text += "["
    write(string: component.name.lowercased())
    text += ",["
    var isFirst = true
    for line in component.properties where line.valueRange.lowerBound > line.nameRange.upperBound {
      if !isFirst { text += "," }
      isFirst = false
      write(line)
    }
    text += "],["
    for (index, part) in component.components.enumerated() {
      if index > 0 { text += "," }
      write(part)
    }
    text += "]]"
  }

  private mutating func write(_ line: ContentLine) {
    text += "["
    write(string: line.name.lowercased())
    text += ",{"
    var names: Set<String> = ["value"]
    for parameter in line.parameters where names.insert(parameter.name.lowercased()).inserted {
      if names.count > 2 { text += "," }
      write(string: parameter.name.lowercased())
      text += ":"
      write(list: parameter.values) { $0.write(string: $1) }
    }
    text += "},"
    let (type, values) = line.jCalValues
    write(string: type)
    for value in values {
      text += ","
      write(value)
    }
    text += "]"
  }

  private mutating func write(_ value: JCalValue) {
    switch value {
    case .text(let text): write(string: text)
    case .number(let number): text += number
    case .boolean(let isTrue): text += isTrue ? "true" : "false"
    case .list(let values):
      text += "["
      for (index, value) in values.enumerated() {
        if index > 0 { text += "," }
        write(value)
      }
      text += "]"
    case .object(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { text += "," }
        write(string: member.name)
        text += ":"
        write(member.value)
      }
      text += "}"
    }
  }

  /// One value as itself, several as an array (RFC 7265 §3.4).
  private mutating func write(list: [String], _ one: (inout JCalWriter, String) -> Void) {
    if list.count == 1 { return one(&self, list[0]) }
    text += "["
    for (index, value) in list.enumerated() {
      if index > 0 { text += "," }
      one(&self, value)
    }
    text += "]"
  }

  /// RFC 8259 §7.
  private mutating func write(string: String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      // Foundation's reader drops it otherwise.
      case "\u{FEFF}": text += "\\ufeff"
      case "\u{0}"..<" ": text += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}

extension Component {
  /// The component as jCal (RFC 7265), in UTF-8.
  ///
  /// A line without a colon has no form there and is left out.
  public func jCal() -> [UInt8] {
    var writer = JCalWriter()
    writer.write(self)
    return Array(writer.text.utf8)
  }
}
