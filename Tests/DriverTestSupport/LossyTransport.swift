package import ProviderKit
import Synchronization

/// The real network, on which the answers to some requests get lost after the server did the work.
package final class LossyTransport: HTTPTransport {
  private let live: any HTTPTransport
  private let pending: Mutex<[String: Int]>
  private let count = Mutex<[String: Int]>([:])

  /// `losses` says how many answers to lose, by method.
  package init(_ live: any HTTPTransport = LiveTransport(), losing losses: [String: Int] = [:]) {
    self.live = live
    pending = Mutex(losses)
  }

  /// How many requests of a method the server saw.
  package func sent(_ method: String) -> Int { count.withLock { $0[method, default: 0] } }

  package func execute(
    _ request: ProviderRequest,
    address: IPAddress?
  ) async throws(TransportError) -> ProviderResponse {
    let response = try await live.execute(request, address: address)
    count.withLock { $0[request.method, default: 0] += 1 }
    let isLost = pending.withLock { pending in
      guard let left = pending[request.method], left > 0 else { return false }
      pending[request.method] = left - 1
      return true
    }
    if isLost { throw .lost(reason: "lost on purpose") }
    return response
  }
}
