import Foundation
import Synchronization

/// Stands between a client and a PostgreSQL server, and breaks their connection at a COMMIT when told to.
package final class CommitProxy: Sendable {
  package enum Breakage: Sendable {
    /// The server does it; its answer never arrives.
    case answerLost
    /// The server never hears of it.
    case requestLost
  }

  package let port: Int
  private let listener: LoopbackSocket
  private let next = Mutex<Breakage?>(nil)
  private let action = Mutex<(@Sendable () -> Void)?>(nil)

  package init(to server: OwnPostgreSQL) throws {
    let (listener, port) = try LoopbackSocket.listening()
    self.listener = listener
    self.port = port
    let serverPort = server.port
    Thread { [self] in
      while let client = listener.accepted() {
        guard let server = try? LoopbackSocket.connected(to: serverPort) else {
          client.close()
          continue
        }
        self.connect(client, server)
      }
    }.start()
  }

  /// Breaks the connection at the next COMMIT.
  package func breakNextCommit(_ breakage: Breakage) { next.withLock { $0 = breakage } }

  /// Runs an action before the connection breaks, and so before the client learns of it.
  package func beforeBreaking(_ action: @escaping @Sendable () -> Void) {
    self.action.withLock { $0 = action }
  }

  package func close() { listener.end() }

  private func connect(_ client: LoopbackSocket, _ server: LoopbackSocket) {
    let isBreaking = Flag()
    Thread { [self] in
      while case let bytes = client.received(), !bytes.isEmpty {
        if let breakage = breakage(for: bytes) {
          isBreaking.set()
          action.withLock { $0?() }
          guard case .answerLost = breakage else { break }
        }
        server.send(bytes)
      }
      client.end()
      server.end()
    }.start()
    Thread {
      while case let bytes = server.received(), !bytes.isEmpty, !isBreaking.isSet { client.send(bytes) }
      client.end()
      server.end()
    }.start()
  }

  private func breakage(for bytes: [UInt8]) -> Breakage? {
    // A simple query: Q, its length, its text, and a zero.
    guard bytes.first == UInt8(ascii: "Q"), bytes.dropFirst(5).elementsEqual(Array("COMMIT\0".utf8)) else {
      return nil
    }
    return next.withLock { next in
      defer { next = nil }
      return next
    }
  }
}

private final class Flag: Sendable {
  private let state = Mutex(false)
  var isSet: Bool { state.withLock { $0 } }
  func set() { state.withLock { $0 = true } }
}
