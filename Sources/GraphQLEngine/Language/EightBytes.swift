/// Eight bytes of a document, looked at in one go, as names and indentations are read.
///
/// A loop that looks byte by byte stalls at the end of every run, which no processor predicts.
struct EightBytes {
  /// The first byte is the lowest.
  let bits: UInt64

  @inline(__always)
  private static func each(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }

  /// How many, from the first on, are this one.
  @inline(__always)
  func run(of byte: UInt8) -> Int { (bits ^ Self.each(UInt64(byte))).trailingZeroBitCount >> 3 }

  /// How many, from the first on, may stand in a name (GraphQL §2.1.9): letters, digits, underscores.
  @inline(__always)
  var nameRun: Int {
    let ascii = bits & Self.each(0x7F)
    let letters = Self.within(ascii | Self.each(0x20), 0x61, 0x7A)
    let digits = Self.within(ascii, 0x30, 0x39)
    let underscores = Self.within(ascii, 0x5F, 0x5F)
    let others = ~((letters | digits | underscores) & ~bits) & Self.each(0x80)
    return others.trailingZeroBitCount >> 3
  }

  /// Sets the top bit of the bytes between two bounds; none may have its top bit set before.
  @inline(__always)
  private static func within(_ bytes: UInt64, _ low: UInt64, _ high: UInt64) -> UInt64 {
    // One sum reaches the top bit from `low` on, the other from behind `high` on; neither goes beyond.
    (bytes &+ each(0x80 &- low)) & ~(bytes &+ each(0x7F &- high))
  }
}
