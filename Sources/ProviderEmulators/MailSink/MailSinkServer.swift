import Foundation
import Hummingbird
import JSONModel
import Logging
import NIOCore
import NIOPosix
import Synchronization

/// A mail sink listening on this machine.
package struct MailSinkServer: Sendable {
  package let host: String
  package let smtpPort: Int
  /// The server on which the emails can be read: the contract's `mailbox`.
  package let http: EmulatorServer
  private let smtp: Task<Void, any Error>
  private static let connectionLimit = 64

  /// Starts accepting email and showing it; port 0 takes any free port.
  static func start(_ sink: MailSink, host: String, smtpPort: Int, httpPort: Int) async throws
    -> MailSinkServer
  {
    let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .bind(host: host, port: smtpPort) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    let port = listener.channel.localAddress?.port ?? smtpPort
    let smtp = Task { try await accept(listener, sink) }
    do {
      let http = try await EmulatorServer.start(host: host, port: httpPort) { request, _ in
        guard request.uri.path.hasPrefix("/_emulator/") else { return Self.show(sink, request) }
        var incoming = EmulatorRequest(request)
        incoming.body = Data((try await request.body.collect(upTo: 1 << 10)).readableBytesView)
        return Response(Self.control(sink, incoming))
      }
      return MailSinkServer(host: host, smtpPort: port, http: http, smtp: smtp)
    } catch {
      smtp.cancel()
      throw error
    }
  }

  package func stop() async {
    smtp.cancel()
    _ = await smtp.result
    await http.stop()
  }

  private static func accept(
    _ listener: NIOAsyncChannel<NIOAsyncChannel<ByteBuffer, ByteBuffer>, Never>,
    _ sink: MailSink
  ) async throws {
    try await withThrowingDiscardingTaskGroup { group in
      try await listener.executeThenClose { connections in
        for try await connection in connections {
          let isWelcome = sink.connections.withLock { count in
            count += 1
            return count <= Self.connectionLimit
          }
          group.addTask {
            // A connection that breaks is its client's loss only.
            try? await converse(connection, isWelcome ? sink : nil)
            sink.connections.withLock { $0 -= 1 }
          }
        }
      }
    }
  }

  /// Handles one session; without a sink, it declines politely.
  private static func converse(
    _ connection: NIOAsyncChannel<ByteBuffer, ByteBuffer>,
    _ sink: MailSink?
  ) async throws {
    try await connection.executeThenClose { inbound, outbound in
      guard let sink else {
        return try await outbound.write(ByteBuffer(string: "421 4.3.2 Too many connections\r\n"))
      }
      var session = SMTPSession(messageLimit: sink.messageLimit, hasSMTPUTF8: sink.hasSMTPUTF8)
      try await outbound.write(ByteBuffer(string: SMTPSession.greeting))
      for try await bytes in inbound {
        let output = session.receive(bytes.readableBytesView)
        for message in output.delivered {
          sink.deliver(from: message.from, to: message.to, raw: message.raw)
        }
        if !output.replies.isEmpty { try await outbound.write(ByteBuffer(string: output.replies)) }
        if output.isOver { return }
      }
    }
  }

  /// Changes which extensions the server supports.
  private static func control(_ sink: MailSink, _ request: EmulatorRequest) -> EmulatorResponse {
    if let refusal = EmulatorEndpoint.refusal(ofOrigin: request) { return refusal }
    guard request.method == "POST", request.path.dropFirst() == ["smtputf8"] else {
      return EmulatorEndpoint.refusal(404, "no such control")
    }
    guard let isOffered = (try? JSON.parse(request.body))?["isOffered"]?.bool else {
      return EmulatorEndpoint.refusal(400, "isOffered must be true or false")
    }
    sink.hasSMTPUTF8 = isOffered
    return EmulatorResponse(status: 204)
  }

  private static func show(_ sink: MailSink, _ request: Request) -> Response {
    guard request.uri.path == "/", request.method == .get else { return Response(status: .notFound) }
    if MailPage.isPreferred(request.headers[.accept] ?? "") {
      return Response(.html(MailPage.page(sink.messages)))
    }
    let list = sink.messages.map { message -> JSON in
      [
        "from": .string(message.from), "to": .array(message.to.map { .string($0) }),
        "raw": .string(message.raw),
      ]
    }
    return Response(EmulatorResponse.json(.array(list)))
  }
}

extension MailSink {
  package func serve(
    host: String = "127.0.0.1",
    smtpPort: Int = 0,
    httpPort: Int = 0
  ) async throws -> MailSinkServer {
    try await MailSinkServer.start(self, host: host, smtpPort: smtpPort, httpPort: httpPort)
  }
}
