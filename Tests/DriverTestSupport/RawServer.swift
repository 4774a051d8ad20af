import NIOCore
import NIOPosix

/// A server on this machine that answers every request with the same octets, or misbehaves.
package final class RawServer: Sendable {
  package enum Behaviour: Sendable {
    /// Sends this text, and closes.
    case answer(String)
    /// Tells the client what it sent, as the body of a good answer.
    case echo
    /// Says nothing, for ever.
    case hang
    /// Closes without an answer.
    case close
  }

  private let channel: any Channel
  package let port: Int
  /// Yields each time a request has arrived.
  package let arrivals: AsyncStream<String>

  package init(_ behaviour: Behaviour) async throws {
    let (arrivals, announce) = AsyncStream.makeStream(of: String.self)
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Handler(behaviour) { announce.yield($0) })
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    port = channel.localAddress?.port ?? 0
    self.arrivals = arrivals
  }

  package var url: String { "http://127.0.0.1:\(port)" }

  package func stop() async throws { try await channel.close() }

  /// A port on which nobody listens.
  package static func freePort() async throws -> Int {
    let server = try await RawServer(.close)
    try await server.stop()
    return server.port
  }

  private final class Handler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let behaviour: Behaviour
    private let announce: (String) -> Void
    private var received = ""

    init(_ behaviour: Behaviour, announce: @escaping (String) -> Void) {
      self.behaviour = behaviour
      self.announce = announce
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      received += String(buffer: unwrapInboundIn(data))
      guard received.contains("\r\n\r\n") else { return }
      announce(received)
      switch behaviour {
      case .hang: break
      case .close: context.close(promise: nil)
      case .answer(let text): send(text, context: context)
      case .echo:
        send("HTTP/1.1 200 OK\r\nContent-Length: \(received.utf8.count)\r\n\r\n\(received)", context: context)
      }
    }

    private func send(_ text: String, context: ChannelHandlerContext) {
      let isClosed = context.eventLoop.makePromise(of: Void.self)
      isClosed.futureResult.whenComplete { [channel = context.channel] _ in channel.close(promise: nil) }
      context.writeAndFlush(
        wrapOutboundOut(context.channel.allocator.buffer(string: text)),
        promise: isClosed
      )
    }
  }
}
