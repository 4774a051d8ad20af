import Foundation
import Hummingbird
import Logging
import NIOCore

/// An emulator listening on this machine.
package struct EmulatorServer: Sendable {
  package let host: String
  package let port: Int
  private let task: Task<Void, any Error>

  package var url: String { "http://\(host):\(port)" }

  /// Listens on `port` (0: any free one) and returns once requests are accepted.
  static func start(_ endpoint: EmulatorEndpoint, host: String, port: Int) async throws -> EmulatorServer {
    try await start(host: host, port: port) { request, context in
      try await endpoint.respond(to: request, context: context)
    }
  }

  /// Listens in the same way, with `respond` in place of an endpoint.
  static func start(
    host: String,
    port: Int,
    respond: @escaping @Sendable (Request, EmulatorContext) async throws -> Response
  ) async throws -> EmulatorServer {
    let (bound, announce) = AsyncThrowingStream<Int, any Error>.makeStream()
    var logger = Logger(label: "emulator")
    // Stopping closes clients' connections on purpose, so that is no error to log.
    logger.logLevel = .critical
    let application = Application(
      responder: CallbackResponder<EmulatorContext>(callback: respond),
      configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
      onServerRunning: { channel in
        announce.yield(channel.localAddress?.port ?? port)
        announce.finish()
      },
      logger: logger
    )
    let task = Task {
      do {
        try await application.run()
      } catch {
        announce.finish(throwing: error)
        throw error
      }
    }
    for try await port in bound {
      return EmulatorServer(host: host, port: port, task: task)
    }
    throw CancellationError()
  }

  /// Closes every connection, including those that hang, and returns when the port is free.
  package func stop() async {
    task.cancel()
    _ = await task.result
  }
}

/// A request's context with its connection, so that a fault can close it.
struct EmulatorContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    channel = source.channel
  }
}
