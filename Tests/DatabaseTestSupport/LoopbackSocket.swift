import Foundation

/// A TCP socket on this machine, for tests that stand between a client and a server.
struct LoopbackSocket: Sendable {
  struct Failed: Error { let code: Int32 }

  let descriptor: Int32

  /// Listens on a port that was free.
  static func listening() throws -> (LoopbackSocket, port: Int) {
    let own = try LoopbackSocket()
    try own.withAddress(port: 0) { bind(own.descriptor, $0, $1) }
    guard listen(own.descriptor, 16) == 0 else { throw Failed(code: errno) }
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let found = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(own.descriptor, $0, &length) }
    }
    guard found == 0 else { throw Failed(code: errno) }
    return (own, Int(UInt16(bigEndian: address.sin_port)))
  }

  /// A port that nobody listens on, below those that the kernel hands out.
  static func freePort() throws -> Int {
    for _ in 0..<50 {
      let (port, probe) = (Int.random(in: 20000..<30000), try LoopbackSocket())
      defer { probe.close() }
      if (try? probe.withAddress(port: port) { bind(probe.descriptor, $0, $1) }) != nil { return port }
    }
    throw Failed(code: EADDRINUSE)
  }

  static func connected(to port: Int) throws -> LoopbackSocket {
    let own = try LoopbackSocket()
    try own.withAddress(port: port) { connect(own.descriptor, $0, $1) }
    return own
  }

  /// The next client; nil once the socket was shut down.
  func accepted() -> LoopbackSocket? {
    let client = accept(descriptor, nil, nil)
    return client < 0 ? nil : LoopbackSocket(descriptor: client)
  }

  /// The bytes received next; empty at the end.
  func received() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 65536)
    let count = recv(descriptor, &bytes, bytes.count, 0)
    return Array(bytes.prefix(max(0, count)))
  }

  func send(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// Ends both directions, which wakes threads that wait for the socket.
  func end() { shutdown(descriptor, Int32(SHUT_RDWR)) }

  func close() { _ = Foundation.close(descriptor) }

  private init(descriptor: Int32) { self.descriptor = descriptor }

  private init() throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw Failed(code: errno) }
  }

  private func withAddress(port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) throws {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw Failed(code: errno) }
  }
}
