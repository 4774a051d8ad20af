/// Writes components as octets: lines folded at 75, ended by CRLF (RFC 5545 §3.1).
struct ContentLineWriter {
  /// Takes lines that are made here and now, which are written without a copy of them.
  var lines = LineAssembler.writing

  var bytes: [UInt8] { lines.octets }

  mutating func write(_ line: ContentLine) { lines.append(line) }

  /// Writes a component that is all there is to write.
  mutating func write(_ component: Component) {
    reserve(component.writtenSize)
    append(component)
  }

  /// Writes a component that others follow.
  mutating func append(_ component: Component) {
    begin(component.name)
    component.lines.forEach { lines.append($0) }
    for part in component.components { append(part) }
    end(component.name)
  }

  mutating func begin(_ name: String) { lines.write("BEGIN:", name) }

  mutating func end(_ name: String) { lines.write("END:", name) }

  /// Makes room for so many octets.
  mutating func reserve(_ size: Int) { lines.reserve(size) }
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
