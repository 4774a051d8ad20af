/// The zone rules in a compiled tzdata file (TZif versions 1 to 4, RFC 8536 §3).
struct TZifFile {
  let rules: ZoneRules

  init?(_ bytes: [UInt8], identifier: String) {
    var reader = ByteReader(bytes: bytes)
    guard var header = Header(&reader) else { return nil }
    let hasLongBlock = header.version >= 2
    if hasLongBlock {
      // The first block is for readers of 32-bit times; the same follows in 64 bits.
      guard reader.skip(header.dataLength(timeWidth: 4)), let second = Header(&reader) else { return nil }
      header = second
    }
    let width = hasLongBlock ? 8 : 4
    guard header.typeCount > 0, header.dataLength(timeWidth: width) <= bytes.count else { return nil }
    var times: [Int] = []
    for _ in 0..<header.timeCount {
      guard let time = reader.signed(width) else { return nil }
      times.append(time)
    }
    guard let indices = reader.bytes(header.timeCount), let types = reader.bytes(header.typeCount * 6),
      let names = reader.bytes(header.nameLength), reader.skip(header.restLength(timeWidth: width))
    else { return nil }
    let kinds = (0..<header.typeCount).compactMap { Self.kind($0, types: types, names: names) }
    guard kinds.count == header.typeCount, indices.allSatisfy({ Int($0) < kinds.count }) else { return nil }
    var table: [ZoneTransition] = []
    var current = kinds[0]
    for (time, index) in zip(times, indices) {
      let next = kinds[Int(index)]
      // Changes of the name only move no clock.
      if next.offset != current.offset {
        table.append(
          ZoneTransition(
            second: time,
            offsetBefore: current.offset,
            offsetAfter: next.offset,
            isDaylight: next.isDaylight != current.isDaylight
              ? next.offset > current.offset : next.isDaylight,
            abbreviation: next.abbreviation
          )
        )
      }
      current = next
    }
    let footer = hasLongBlock ? reader.footer().flatMap { PosixZone($0) } : nil
    rules = ZoneRules(identifier: identifier, initial: kinds[0], table: table, rule: footer?.rule)
  }

  private static func kind(_ index: Int, types: [UInt8], names: [UInt8]) -> ZoneRules.Kind? {
    var reader = ByteReader(bytes: types)
    guard reader.skip(index * 6), let offset = reader.signed(4), let isDaylight = reader.signed(1),
      let name = reader.signed(1), abs(offset) < 26 * 3600, name >= 0, name < names.count
    else { return nil }
    let abbreviation = String(decoding: names[name...].prefix { $0 != 0 }, as: UTF8.self)
    return ZoneRules.Kind(offset: offset, isDaylight: isDaylight != 0, abbreviation: abbreviation)
  }

  private struct Header {
    let version: Int
    let counts: [Int]  // isutcnt, isstdcnt, leapcnt, timecnt, typecnt, charcnt

    var timeCount: Int { counts[3] }
    var typeCount: Int { counts[4] }
    var nameLength: Int { counts[5] }

    init?(_ reader: inout ByteReader) {
      guard reader.bytes(4) == Array("TZif".utf8), let version = reader.bytes(1)?.first, reader.skip(15)
      else { return nil }
      self.version = version == 0 ? 1 : Int(version) - 0x30
      let counts = (0..<6).compactMap { _ in reader.signed(4) }
      // No zone has more than a few hundred changes.
      guard counts.count == 6, counts.allSatisfy({ (0...100_000).contains($0) }) else { return nil }
      self.counts = counts
    }

    func dataLength(timeWidth: Int) -> Int {
      timeCount * (timeWidth + 1) + typeCount * 6 + nameLength + restLength(timeWidth: timeWidth)
    }

    func restLength(timeWidth: Int) -> Int {
      counts[2] * (timeWidth + 4) + counts[1] + counts[0]
    }
  }
}

/// Reads big-endian numbers from bytes, and stops at their end.
private struct ByteReader {
  let bytes: [UInt8]
  var position = 0

  mutating func skip(_ count: Int) -> Bool {
    guard count <= bytes.count - position else { return false }
    position += count
    return true
  }

  mutating func bytes(_ count: Int) -> [UInt8]? {
    let start = position
    return skip(count) ? Array(bytes[start..<position]) : nil
  }

  mutating func signed(_ width: Int) -> Int? {
    guard let part = bytes(width) else { return nil }
    let value = part.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let shift = 64 - 8 * width
    return Int(Int64(bitPattern: value << shift) >> shift)
  }

  /// The POSIX TZ string between two newlines.
  func footer() -> String? {
    guard position < bytes.count, bytes[position] == 0x0A else { return nil }
    return String(decoding: bytes[(position + 1)...].prefix { $0 != 0x0A }, as: UTF8.self)
  }
}
