/// Writes content lines as octets: folded at 75, ended by CRLF (RFC 5545 §3.1).
struct ContentLineWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ line: ContentLine, folding: Bool = true) {
    var text = line.name
    for parameter in line.parameters {
      text += ";\(parameter.name)=\(parameter.values.map(\.escapedParameter).joined(separator: ","))"
    }
    text += ":\(line.value)"
    if folding {
      write(unfolded: Array(text.utf8))
    } else {
      bytes += text.utf8
      bytes += Self.end
    }
  }

  mutating func write(_ component: Component) {
    write(unfolded: Array("BEGIN:\(component.name)".utf8))
    component.properties.forEach { write($0) }
    component.components.forEach { write($0) }
    write(unfolded: Array("END:\(component.name)".utf8))
  }

  private mutating func write(unfolded line: [UInt8]) {
    var start = 0
    var room = 75
    while line.count - start > room {
      var end = start + room
      // Never between the octets of one character.
      while end > start + 1, line[end] & 0b1100_0000 == 0b1000_0000 { end -= 1 }
      bytes += line[start..<end]
      bytes += Self.fold
      start = end
      room = 74  // the space of the fold takes one
    }
    bytes += line[start...]
    bytes += Self.end
  }

  private static let end: [UInt8] = [0x0D, 0x0A]
  private static let fold: [UInt8] = [0x0D, 0x0A, 0x20]
}
