import Foundation
import NIOPosix

/// Names as this machine resolves them.
enum SystemResolver {
  /// `getaddrinfo` blocks, for as long as it likes: it gets a thread, and a caller who is cancelled does not wait.
  static func addresses(of host: String) async throws(TransportError) -> [IPAddress] {
    let (stream, continuation) = AsyncStream.makeStream(of: [IPAddress].self)
    NIOThreadPool.singleton.submit { state in
      continuation.yield(state == .active ? lookUp(host) : [])
      continuation.finish()
    }
    for await addresses in stream { return addresses }
    throw .lost(reason: "cancelled")
  }

  private static func lookUp(_ host: String) -> [IPAddress] {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_ADDRCONFIG
    var head: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, nil, &hints, &head) == 0 else { return [] }
    defer { freeaddrinfo(head) }
    return sequence(first: head) { $0?.pointee.ai_next }
      .prefix { $0 != nil }
      .compactMap { $0.flatMap { address($0.pointee) } }
  }

  private static func address(_ info: addrinfo) -> IPAddress? {
    guard let pointer = info.ai_addr else { return nil }
    let raw = UnsafeRawPointer(pointer)
    switch info.ai_family {
    case AF_INET:
      return IPAddress(
        octets: withUnsafeBytes(of: raw.loadUnaligned(as: sockaddr_in.self).sin_addr) { Array($0) }
      )
    case AF_INET6:
      return IPAddress(
        octets: withUnsafeBytes(of: raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr) { Array($0) }
      )
    default:
      return nil
    }
  }
}
