package import CalendarCore

/// A receiver of notifications on this machine, which acknowledges every request.
package final class WebhookListener: Sendable {
  private let server: RawServer
  /// The requests that arrive, in order, without their bodies.
  package let requests: AsyncStream<WebhookRequest>

  package init() async throws {
    let server = try await RawServer(.answer("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"))
    let (requests, announce) = AsyncStream.makeStream(of: WebhookRequest.self)
    let forwarding = Task {
      for await text in server.arrivals { announce.yield(WebhookRequest(head: text)) }
    }
    announce.onTermination = { _ in forwarding.cancel() }
    self.server = server
    self.requests = requests
  }

  package var url: String { server.url }

  package func stop() async throws { try await server.stop() }
}

extension WebhookRequest {
  /// A request as its octets arrived, without query and body.
  package init(head: String) {
    let lines = head.split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
    self.init(
      lines.first.map { String($0.prefix { $0 != " " }) } ?? "",
      headers: lines.dropFirst().prefix { !$0.isEmpty }.compactMap { line in
        let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        return Field(parts[0], String(parts[1].drop { $0 == " " }))
      }
    )
  }
}
