extension String {
  /// Two digits for each byte.
  init(hexadecimal bytes: [UInt8]) {
    let digits = Array("0123456789abcdef".utf8)
    self.init(unsafeUninitializedCapacity: 2 * bytes.count) { buffer in
      for (index, byte) in bytes.enumerated() {
        buffer[2 * index] = digits[Int(byte >> 4)]
        buffer[2 * index + 1] = digits[Int(byte & 0xF)]
      }
      return 2 * bytes.count
    }
  }
}

extension [UInt8] {
  /// The bytes that these digits stand for, two for each; nil when they are none.
  init?(hexadecimal digits: some Collection<UInt8>) {
    func value(_ digit: UInt8) -> UInt8? {
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
      default: nil
      }
    }
    guard digits.count.isMultiple(of: 2) else { return nil }
    self = []
    reserveCapacity(digits.count / 2)
    var rest = digits.makeIterator()
    while let high = rest.next(), let low = rest.next() {
      guard let high = value(high), let low = value(low) else { return nil }
      append(high << 4 | low)
    }
  }
}
