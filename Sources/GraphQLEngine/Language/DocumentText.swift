/// The bytes of a document.
struct DocumentText: Sendable {
  /// The document, and zeros behind it, so that loops need not look for the end at every byte, nor who reads eight
  /// bytes at once.
  private let bytes: [UInt8]
  let end: Int

  init(_ source: String) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(source.utf8.count + 8)
    bytes.append(contentsOf: source.utf8)
    end = bytes.count
    for _ in 0..<8 { bytes.append(0) }
    self.bytes = bytes
  }

  @inline(__always)
  subscript(offset: Int) -> UInt8 { bytes[offset] }

  subscript(range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The text of a name; most are short, and those need no memory of their own.
  func name(_ range: Range<Int>) -> String {
    if range.count > 15 { return self[range] }
    precondition(range.lowerBound >= 0 && range.upperBound <= end)
    return String(unsafeUninitializedCapacity: range.count) { name in
      bytes.withUnsafeBytes {
        UnsafeMutableRawBufferPointer(name).copyMemory(from: .init(rebasing: $0[range]))
      }
      return range.count
    }
  }

  @inline(__always)
  func eightBytes(at offset: Int) -> EightBytes {
    precondition(offset >= 0 && offset <= end)
    let bits = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
    return EightBytes(bits: UInt64(littleEndian: bits))
  }
}
