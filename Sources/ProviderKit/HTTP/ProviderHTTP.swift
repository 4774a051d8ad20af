package import CalendarCore
import HTTPTypes
package import Logging

/// HTTP as drivers use it: with a deadline, a limit on the answer, guarded addresses, and errors that say
/// what to do.
///
/// Any answer with a status is returned; what it means is the driver's business.
package struct ProviderHTTP: Sendable {
  private let transport: any HTTPTransport
  private let addressGuard: AddressGuard
  private let logger: Logger

  package init(
    transport: any HTTPTransport,
    addressGuard: AddressGuard = AddressGuard(allowsPrivateNetworks: false),
    logger: Logger = Logger(label: "phos.provider")
  ) {
    self.transport = transport
    self.addressGuard = addressGuard
    self.logger = logger
  }

  /// Returns a client with another guard.
  package func guarded(by addressGuard: AddressGuard) -> Self {
    Self(transport: transport, addressGuard: addressGuard, logger: logger)
  }

  package func send(_ request: ProviderRequest) async throws(ProviderError) -> ProviderResponse {
    let outcome = await withDeadline(request.timeout) { () async throws(ProviderError) in
      try await follow(request)
    }
    guard let outcome else { throw ProviderError(TransportError.lost(reason: "no answer in time")) }
    let response = try outcome.get()
    if response.status >= 400 {
      logger.debug(
        "provider refused",
        metadata: ["status": "\(response.status)", "answer": "\(RedactedResponse(response))"]
      )
    }
    return response
  }

  private func follow(_ original: ProviderRequest) async throws(ProviderError) -> ProviderResponse {
    guard var address = WebAddress(original.url) else {
      throw .rejected(reason: Messages.incompleteWebAddress)
    }
    var request = original
    var hopsLeft = original.redirects.limit
    while true {
      request.url = address.text
      let response = try await carry(request, to: address)
      guard original.redirects != .refuse, [301, 302, 307, 308].contains(response.status),
        let location = response.headers[values: .location].first
      else { return response }
      guard hopsLeft > 0 else { throw .rejected(reason: Messages.tooManyRedirects) }
      guard let next = address.resolving(location), next.isSecure || !address.isSecure else {
        throw .rejected(reason: Messages.insecureRedirect)
      }
      if case .followWithinOrigin = original.redirects, !next.hasSameOrigin(as: address) {
        throw .rejected(reason: Messages.foreignRedirect)
      }
      if !next.hasSameOrigin(as: address), !next.isSecure { request.headers[.authorization] = nil }
      hopsLeft -= 1
      address = next
    }
  }

  /// One hop.
  ///
  /// The guard is asked again on each, and its answer is where the connection goes.
  private func carry(
    _ request: ProviderRequest,
    to address: WebAddress
  ) async throws(ProviderError) -> ProviderResponse {
    guard request.origin == .user else { return try await execute(request, address: nil) }
    let candidates = try await addressGuard.addresses(of: address)
    var failure = ProviderError.unavailable(reason: Messages.unreachable)
    for candidate in candidates.prefix(3) {
      do throws(TransportError) {
        return try await transport.execute(request, address: candidate)
      } catch {
        failure = ProviderError(error)
        // Another address may be tried only if this one certainly did not see the request.
        guard case .notConnected = error else { throw failure }
      }
    }
    throw failure
  }

  private func execute(
    _ request: ProviderRequest,
    address: IPAddress?
  ) async throws(ProviderError) -> ProviderResponse {
    do throws(TransportError) { return try await transport.execute(request, address: address) } catch {
      throw ProviderError(error)
    }
  }
}
