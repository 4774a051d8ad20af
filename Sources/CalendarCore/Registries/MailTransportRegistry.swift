/// The mail transports of this program, in the order they were registered.
package struct MailTransportRegistry: Sendable {
  package private(set) var transports: [any MailTransport] = []

  package init(_ transports: [any MailTransport] = []) { self.transports = transports }

  package mutating func register(_ transport: any MailTransport) { transports.append(transport) }

  /// The first that handles the account.
  package func transport(for account: ConnectedAccount) -> (any MailTransport)? {
    transports.first { $0.handles(account) }
  }

  /// The one that signs in at servers which members name.
  package var serverChecking: (any ChecksMailServer)? {
    transports.lazy.compactMap { $0 as? any ChecksMailServer }.first
  }
}
