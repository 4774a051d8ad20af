import AsyncHTTPClient
import CalendarCore
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOPosix

/// The network, through AsyncHTTPClient.
package struct LiveTransport: HTTPTransport {
  private let client: HTTPClient
  private let connectTimeout: Duration

  package init(connectTimeout: Duration = .seconds(5)) {
    self.connectTimeout = connectTimeout
    client = HTTPClient(configuration: Self.configuration(connectTimeout))
  }

  /// Closes the connections; nothing may be sent afterwards.
  package func shutdown() async {
    // Fails only if it was shut down before, which is what we want.
    try? await client.shutdown()
  }

  /// Shuts down for a program that does not start, and waits until it is done.
  package func shutdownAtOnce() { try? client.syncShutdown() }

  package func execute(
    _ request: ProviderRequest,
    address: IPAddress?
  ) async throws(TransportError) -> ProviderResponse {
    guard let address else { return try await execute(request, with: client) }
    guard let url = WebAddress(request.url) else { throw .invalidAddress }
    // The override is a matter of the whole client, so a pinned request has one of its own. That costs a
    // handshake a request, and leaves no pooled connection to an address that was checked long ago.
    var configuration = Self.configuration(connectTimeout)
    configuration.dnsOverride = [url.host: address.description, "[\(url.host)]": address.description]
    let pinned = HTTPClient(configuration: configuration)
    do throws(TransportError) {
      let response = try await execute(request, with: pinned)
      try? await pinned.shutdown()
      return response
    } catch {
      try? await pinned.shutdown()
      throw error
    }
  }

  private static func configuration(_ connectTimeout: Duration) -> HTTPClient.Configuration {
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    configuration.timeout.connect = .init(connectTimeout)
    // A refused connection is told at once: jobs know better when to try again.
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.connectionPool.idleTimeout = .seconds(30)
    return configuration
  }

  private func execute(
    _ request: ProviderRequest,
    with client: HTTPClient
  ) async throws(TransportError) -> ProviderResponse {
    var outgoing = HTTPClientRequest(url: request.url)
    outgoing.method = HTTPMethod(rawValue: request.method)
    for field in request.headers { outgoing.headers.add(name: field.name.rawName, value: field.value) }
    if !request.body.isEmpty { outgoing.body = .bytes(ByteBuffer(bytes: request.body)) }
    do {
      let answer = try await client.execute(outgoing, timeout: .init(request.timeout))
      let body = try await answer.body.collect(upTo: request.answerLimit)
      var response = ProviderResponse(
        status: Int(answer.status.code),
        body: Array(body.readableBytesView),
        url: request.url
      )
      for (name, value) in answer.headers {
        if let name = HTTPField.Name(name) { response.headers.append(HTTPField(name: name, value: value)) }
      }
      return response
    } catch {
      throw Self.transportError(error)
    }
  }

  private static func transportError(_ error: any Error) -> TransportError {
    switch error {
    case is NIOTooManyBytesError: .answerTooLong
    case is NIOConnectionError: .notConnected(reason: "no connection")
    case let error as IOError where [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH].contains(error.errnoCode):
      .notConnected(reason: "no connection")
    case let error as HTTPClientError: transportError(error)
    case is CancellationError: .lost(reason: "cancelled")
    // The type's name only: descriptions of TLS and socket errors may show addresses.
    default: .lost(reason: "\(type(of: error))")
    }
  }

  private static func transportError(_ error: HTTPClientError) -> TransportError {
    switch error {
    case .connectTimeout, .tlsHandshakeTimeout: .notConnected(reason: error.shortDescription)
    case .invalidURL, .emptyHost, .emptyScheme: .invalidAddress
    default: .lost(reason: error.shortDescription)
    }
  }
}
