import Foundation
import HTTPTypes
import ProviderKit

/// Whose attempts are counted together.
enum ClientAddress {
  private static let forwardedFor = HTTPField.Name("X-Forwarded-For")

  /// A text for the network that asks; nil when it cannot be told.
  ///
  /// A peer on a private network may be our proxy: then the last address of `X-Forwarded-For` is the one that the
  /// proxy itself saw, and those before it are anyone's word. A proxy on this machine that names nobody stands
  /// for everyone, so that it is not counted: one guesser would close the door for all.
  static func key(peer: String?, headers: HTTPFields) -> String? {
    guard let peer = peer.flatMap({ IPAddress($0) }).map(Self.unmapped) else { return nil }
    guard !peer.isPublic else { return network(of: peer) }
    let last = forwardedFor.flatMap { headers[values: $0].last }?.split(separator: ",").last?
      .trimmingCharacters(in: .whitespaces)
    if let client = last.flatMap({ IPAddress($0) }) { return network(of: unmapped(client)) }
    return isLoopback(peer) ? nil : network(of: peer)
  }

  /// One household or machine has a whole /64 of IPv6 (RFC 6177).
  private static func network(of address: IPAddress) -> String {
    address.octets.prefix(address.octets.count == 4 ? 4 : 8).map(String.init).joined(separator: ".")
  }

  /// An IPv4 address as a socket for both families shows it (RFC 4291 §2.5.5.2).
  private static func unmapped(_ address: IPAddress) -> IPAddress {
    let prefix = [UInt8](repeating: 0, count: 10) + [255, 255]
    guard address.octets.starts(with: prefix) else { return address }
    return IPAddress(octets: Array(address.octets.dropFirst(12))) ?? address
  }

  private static func isLoopback(_ address: IPAddress) -> Bool {
    address.octets.count == 4
      ? address.octets.first == 127 : address.octets == [UInt8](repeating: 0, count: 15) + [1]
  }
}
