/// Writes a label of a domain in ASCII (RFC 3492).
enum Punycode {
  private static let (base, lowest, highest, skew, damp, firstBias, firstScalar) = (
    36, 1, 26, 38, 700, 72, 128
  )

  /// The label in ASCII, without "xn--"; nil when it is longer than any label is (RFC 1035 §2.3.4).
  static func encoded(_ label: some StringProtocol) -> String? {
    let input = label.unicodeScalars.map { Int($0.value) }
    // No longer label fits in 63 octets, and the time grows with the square.
    guard input.count <= 63 else { return nil }
    var output = input.filter { $0 < firstScalar }.map { UInt8($0) }
    let plain = output.count
    if plain > 0 { output.append(UInt8(ascii: "-")) }
    var (next, delta, bias, handled) = (firstScalar, 0, firstBias, plain)
    while handled < input.count {
      guard let least = input.filter({ $0 >= next }).min() else { break }
      delta += (least - next) * (handled + 1)
      next = least
      for scalar in input {
        if scalar < next { delta += 1 }
        guard scalar == next else { continue }
        output.append(contentsOf: digits(of: delta, bias: bias))
        bias = adapted(delta, points: handled + 1, isFirst: handled == plain)
        delta = 0
        handled += 1
      }
      delta += 1
      next += 1
    }
    return output.count <= 59 ? String(decoding: output, as: UTF8.self) : nil
  }

  /// A number of variable length (RFC 3492 §3.3).
  private static func digits(of delta: Int, bias: Int) -> [UInt8] {
    var digits: [UInt8] = []
    var rest = delta
    var position = base
    while true {
      let threshold = min(max(position - bias, lowest), highest)
      guard rest >= threshold else { break }
      digits.append(digit(threshold + (rest - threshold) % (base - threshold)))
      rest = (rest - threshold) / (base - threshold)
      position += base
    }
    digits.append(digit(rest))
    return digits
  }

  private static func digit(_ value: Int) -> UInt8 { UInt8(value < 26 ? 0x61 + value : 0x30 + value - 26) }

  /// How many digits the next number is likely to have (RFC 3492 §3.4).
  private static func adapted(_ delta: Int, points: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / damp : delta / 2
    delta += delta / points
    var position = 0
    while delta > (base - lowest) * highest / 2 {
      delta /= base - lowest
      position += base
    }
    return position + (base - lowest + 1) * delta / (delta + skew)
  }
}
