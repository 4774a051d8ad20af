package import HTTPTypes
package import ProviderKit
import Synchronization

/// A network that a test plays itself.
package final class ScriptedTransport: HTTPTransport {
  package typealias Script =
    @Sendable (ProviderRequest, IPAddress?) async throws(TransportError) -> ProviderResponse

  private let script: Script
  private let seen = Mutex<[(request: ProviderRequest, address: IPAddress?)]>([])

  package init(_ script: @escaping Script) { self.script = script }

  /// The requests sent, in order, with their addresses.
  package var sent: [(request: ProviderRequest, address: IPAddress?)] { seen.withLock { $0 } }

  package func execute(
    _ request: ProviderRequest,
    address: IPAddress?
  ) async throws(TransportError) -> ProviderResponse {
    seen.withLock { $0.append((request, address)) }
    var response = try await script(request, address)
    response.url = request.url
    return response
  }
}

extension ProviderResponse {
  package init(_ status: Int, _ headers: HTTPFields = [:], _ body: String = "") {
    self.init(status: status, headers: headers, body: Array(body.utf8))
  }
}
