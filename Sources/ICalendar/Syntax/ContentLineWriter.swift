/// Writes content lines as octets: folded at 75, ended by CRLF (RFC 5545 §3.1).
struct ContentLineWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ line: ContentLine) {
    line.octets.withUnsafeBufferPointer { write(unfolded: UnsafeBufferPointer(rebasing: $0[line.range])) }
  }

  /// Writes a component that is all there is to write.
  mutating func write(_ component: Component) {
    reserve(component.writtenSize)
    append(component)
  }

  /// Writes a component that others follow.
  mutating func append(_ component: Component) {
    begin(component.name)
    component.lines.forEach { write($0) }
    for part in component.components { append(part) }
    end(component.name)
  }

  mutating func begin(_ name: String) { write(unfolded: "BEGIN:\(name)") }

  mutating func end(_ name: String) { write(unfolded: "END:\(name)") }

  /// Makes room for so many octets.
  mutating func reserve(_ size: Int) { bytes.reserveCapacity(size) }

  private mutating func write(unfolded text: String) {
    var text = text
    text.withUTF8 { write(unfolded: $0) }
  }

  private mutating func write(unfolded line: UnsafeBufferPointer<UInt8>) {
    var start = 0
    var room = 75
    while line.count - start > room {
      var end = start + room
      // Never between the octets of one character.
      while end > start + 1, line[end] & 0b1100_0000 == 0b1000_0000 { end -= 1 }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: line[start..<end]))
      bytes.append(0x0D)
      bytes.append(0x0A)
      bytes.append(0x20)
      start = end
      room = 74  // the space of the fold takes one
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: line[start...]))
    bytes.append(0x0D)
    bytes.append(0x0A)
  }
}

extension Component {
  /// How many octets it takes, or a few more where characters of several octets move a fold.
  ///
  /// Asked for beforehand, so that a large calendar is not copied again and again while it grows.
  fileprivate var writtenSize: Int {
    var size = 2 * name.utf8.count + 14
    lines.forEach { line in
      let length = line.range.count
      size += length + 2 + (length <= 75 ? 0 : length / 71 * 3)
    }
    return size + components.reduce(0) { $0 + $1.writtenSize }
  }
}
