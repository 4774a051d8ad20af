import CalendarCore
package import ProviderKit
import Synchronization

/// The real network, with faults on request.
package final class FaultyTransport: HTTPTransport {
  package enum Fault: Sendable {
    /// The request does not arrive.
    case notConnected
    /// The request is carried out, and the connection breaks before the answer.
    case lostAnswer
    /// The request does not arrive; the driver receives this response instead.
    case answer(ProviderResponse)
    /// The request is carried out; only this percentage of the answer's body arrives.
    case truncated(percent: Int)
    /// The request is never answered.
    case silence
  }

  private struct State {
    var fault: Fault?
    var left = 0
    var isMeant: @Sendable (ProviderRequest) -> Bool = { _ in true }
    var sent: [(method: String, url: String, prefer: String?)] = []
  }

  private let live: any HTTPTransport
  private let state = Mutex(State())
  /// Yields whenever a request goes unanswered.
  package let silences: AsyncStream<Void>
  private let announceSilence: AsyncStream<Void>.Continuation

  package init(_ live: any HTTPTransport) {
    self.live = live
    (silences, announceSilence) = AsyncStream.makeStream(of: Void.self)
  }

  /// The requests that were sent, faulty or not.
  package var sent: [(method: String, url: String)] { state.withLock { $0.sent.map { ($0.method, $0.url) } } }
  /// The requests, each with its `Prefer` header (RFC 7240).
  package var headers: [(url: String, prefer: String?)] {
    state.withLock { $0.sent.map { ($0.url, $0.prefer) } }
  }

  /// Applies a fault to the next `times` requests that match.
  package func set(
    _ fault: Fault?,
    times: Int = .max,
    where isMeant: @escaping @Sendable (ProviderRequest) -> Bool = { _ in true }
  ) {
    state.withLock { ($0.fault, $0.left, $0.isMeant) = (fault, times, isMeant) }
  }

  package func execute(
    _ request: ProviderRequest,
    address: IPAddress?
  ) async throws(TransportError) -> ProviderResponse {
    let fault = state.withLock { state -> Fault? in
      state.sent.append((request.method, request.url, request.headers[named: "Prefer"]))
      guard state.left > 0, state.isMeant(request), let fault = state.fault else { return nil }
      state.left -= 1
      return fault
    }
    switch fault {
    case nil: return try await live.execute(request, address: address)
    case .notConnected: throw .notConnected(reason: "refused on purpose")
    case .lostAnswer:
      _ = try await live.execute(request, address: address)
      throw .lost(reason: "lost on purpose")
    case .answer(var response):
      response.url = request.url
      return response
    case .truncated(let percent):
      var response = try await live.execute(request, address: address)
      response.body = Array(response.body.prefix(response.body.count * percent / 100))
      return response
    case .silence:
      announceSilence.yield()
      let never = AsyncStream<Void> { _ in }
      for await _ in never {}
      throw .lost(reason: "cancelled")
    }
  }
}
