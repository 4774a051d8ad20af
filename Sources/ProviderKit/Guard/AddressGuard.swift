package import CalendarCore

/// Decides where a request to an address that a user typed may go.
///
/// The name is resolved here and the connection is made to the address that was checked, so that a name
/// cannot point elsewhere a moment later.
package struct AddressGuard: Sendable {
  /// Every address of a name.
  package typealias Resolver = @Sendable (_ host: String) async throws(TransportError) -> [IPAddress]

  private let allowsPrivateNetworks: Bool
  private let resolve: Resolver

  package init(
    allowsPrivateNetworks: Bool,
    resolve: @escaping Resolver = { host async throws(TransportError) in
      try await SystemResolver.addresses(of: host)
    }
  ) {
    self.allowsPrivateNetworks = allowsPrivateNetworks
    self.resolve = resolve
  }

  /// The addresses that may be connected to, best first.
  ///
  /// One private address refuses the whole name.
  package func addresses(of address: WebAddress) async throws(ProviderError) -> [IPAddress] {
    let found: [IPAddress]
    do throws(TransportError) { found = try await resolve(address.host) } catch { throw ProviderError(error) }
    guard !found.isEmpty else {
      throw .unavailable(reason: Messages.nameUnresolved)
    }
    let isPrivate = !found.allSatisfy(\.isPublic)
    if isPrivate, !allowsPrivateNetworks {
      throw .rejected(reason: Messages.privateNetwork)
    }
    // Within a private network plain http is common and its owner's choice; beyond it, it shows the password.
    if !address.isSecure, found.contains(where: \.isPublic) {
      throw .rejected(reason: Messages.notSecure)
    }
    return found
  }
}
