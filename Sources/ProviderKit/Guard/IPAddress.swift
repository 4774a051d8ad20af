import Foundation

/// An IPv4 or IPv6 address.
package struct IPAddress: Sendable, Hashable, CustomStringConvertible {
  /// Four octets or sixteen, in network order.
  package let octets: [UInt8]

  /// Nil unless there are four octets or sixteen.
  package init?(octets: [UInt8]) {
    guard [4, 16].contains(octets.count) else { return nil }
    self.octets = octets
  }

  /// Reads the usual text forms only, not `0x7f.1` and its like.
  package init?(_ text: String) {
    var v4 = in_addr()
    var v6 = in6_addr()
    if inet_pton(AF_INET, text, &v4) == 1 {
      octets = withUnsafeBytes(of: v4) { Array($0) }
    } else if inet_pton(AF_INET6, text, &v6) == 1 {
      octets = withUnsafeBytes(of: v6) { Array($0) }
    } else {
      return nil
    }
  }

  package var description: String {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let family = octets.count == 4 ? AF_INET : AF_INET6
    guard inet_ntop(family, octets, &text, socklen_t(text.count)) != nil else { return "?" }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Whether the address belongs to the public Internet, by IANA's special-purpose registries (RFC 6890).
  package var isPublic: Bool {
    octets.count == 4
      ? !Self.specialIPv4.contains { $0.contains(octets) }
      : isPublicIPv6
  }

  private var isPublicIPv6: Bool {
    // What carries an IPv4 address inside is as public as that one.
    for (prefix, embedded) in Self.carriers where prefix.contains(octets) {
      return IPAddress(octets: Array(octets[embedded]))?.isPublic ?? false
    }
    return Self.globalUnicast.contains(octets) && !Self.specialIPv6.contains { $0.contains(octets) }
  }

  private static let specialIPv4 = [
    Prefix("0.0.0.0", 8), Prefix("10.0.0.0", 8), Prefix("100.64.0.0", 10), Prefix("127.0.0.0", 8),
    Prefix("169.254.0.0", 16), Prefix("172.16.0.0", 12), Prefix("192.0.0.0", 24), Prefix("192.0.2.0", 24),
    Prefix("192.88.99.0", 24), Prefix("192.168.0.0", 16), Prefix("198.18.0.0", 15),
    Prefix("198.51.100.0", 24), Prefix("203.0.113.0", 24), Prefix("224.0.0.0", 4), Prefix("240.0.0.0", 4),
  ]
  private static let globalUnicast = Prefix("2000::", 3)
  private static let specialIPv6 = [Prefix("2001::", 23), Prefix("2001:db8::", 32), Prefix("3fff::", 20)]
  /// IPv4-mapped, NAT64 (RFC 6052) and 6to4 (RFC 3056), with the place of the IPv4 address in each.
  private static let carriers = [
    (Prefix("::ffff:0:0", 96), 12..<16), (Prefix("64:ff9b::", 96), 12..<16), (Prefix("2002::", 16), 2..<6),
  ]

  private struct Prefix: Sendable {
    let octets: [UInt8]
    let length: Int

    init(_ text: String, _ length: Int) {
      octets = IPAddress(text)?.octets ?? []
      self.length = length
    }

    func contains(_ address: [UInt8]) -> Bool {
      guard address.count == octets.count else { return false }
      return (0..<length).allSatisfy { bit in
        let mask = UInt8(0x80) >> UInt8(bit % 8)
        return address[bit / 8] & mask == octets[bit / 8] & mask
      }
    }
  }
}
