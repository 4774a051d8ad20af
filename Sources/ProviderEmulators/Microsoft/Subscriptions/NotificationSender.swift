import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Delivers notifications to subscribers, one after another, without delaying writes.
final class NotificationSender: Sendable {
  private struct Delivery: Sendable {
    var url: String
    var body: Data
  }

  private let queue: AsyncStream<Delivery>.Continuation
  private let task: Task<Void, Never>

  init() {
    // A subscriber that does not fetch notifications loses the oldest, as with the real service.
    let (stream, queue) = AsyncStream<Delivery>.makeStream(bufferingPolicy: .bufferingNewest(1000))
    self.queue = queue
    task = Task {
      for await delivery in stream {
        var request = HTTPClientRequest(url: delivery.url)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json; charset=utf-8")
        request.body = .bytes(ByteBuffer(bytes: delivery.body))
        // A notification may be lost; clients have to poll as well.
        _ = try? await HTTPClient.shared.execute(request, timeout: .seconds(3))
      }
    }
  }

  deinit {
    queue.finish()
    task.cancel()
  }

  func send(_ body: Data, to url: String) {
    queue.yield(Delivery(url: url, body: body))
  }

  /// The handshake: whether the address answers with the token, as text, within ten seconds.
  ///
  /// The token is sent form-encoded, and must come back decoded.
  func validates(_ url: String, token: String) async -> Bool {
    let mark = url.contains("?") ? "&" : "?"
    var request = HTTPClientRequest(url: "\(url)\(mark)validationToken=\(token)")
    request.method = .POST
    request.headers.add(name: "Content-Type", value: "text/plain; charset=utf-8")
    guard let answer = try? await HTTPClient.shared.execute(request, timeout: .seconds(10)),
      answer.status.code == 200,
      answer.headers.first(name: "Content-Type")?.lowercased().hasPrefix("text/plain") == true,
      let body = try? await answer.body.collect(upTo: 4096)
    else { return false }
    return String(buffer: body) == EmulatorRequest.items("token=\(token)").first?.value
  }
}
