/// A transport that carries one request to a server and its answer back; no redirects, no policy.
package protocol HTTPTransport: Sendable {
  /// Connects to `address` when one is given, whatever the name in the URL resolves to now.
  func execute(_ request: ProviderRequest, address: IPAddress?) async throws(TransportError)
    -> ProviderResponse
}

/// Why there is no answer.
///
/// Descriptions hold no address and no content.
package enum TransportError: Error, Sendable, Hashable {
  /// No connection came about, so the request was certainly not carried out.
  case notConnected(reason: String)
  /// The connection broke or the time was up: whether the request was carried out is unknown.
  case lost(reason: String)
  case answerTooLong
  case invalidAddress
}
