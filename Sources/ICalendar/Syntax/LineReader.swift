/// Takes unfolded lines, as octets, off the data (RFC 5545 §3.1).
///
/// Unfolding comes before decoding, since others fold inside a character. Reads CRLF and bare LF, and drops
/// a byte order mark, NULs, blank lines and a missing last line end.
struct LineReader {
  private let bytes: [UInt8]
  private let limits: ReadingLimits
  private var position: Int
  private var count = 0

  init(_ bytes: [UInt8], limits: ReadingLimits) throws(ICalendarError) {
    guard bytes.count <= limits.bytes else { throw .exceeds(.bytes) }
    self.bytes = bytes
    self.limits = limits
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  mutating func next() throws(ICalendarError) -> [UInt8]? {
    while position < bytes.count {
      var line: [UInt8] = []
      repeat {
        let end = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
        var part = bytes[position..<end]
        while part.last == 0x0D { part = part.dropLast() }
        guard line.count + part.count <= limits.lineBytes else { throw .exceeds(.lineBytes) }
        line += part
        position = end + 1
      } while skipFold()
      if line.contains(0) { line.removeAll { $0 == 0 } }
      guard !line.isEmpty else { continue }
      count += 1
      guard count <= limits.lines else { throw .exceeds(.lines) }
      return line
    }
    return nil
  }

  private mutating func skipFold() -> Bool {
    guard position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 else { return false }
    position += 1
    return position < bytes.count
  }
}
