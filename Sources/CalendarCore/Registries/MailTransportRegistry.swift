/// The mail transports of this program, in the order they were registered.
package struct MailTransportRegistry: Sendable {
  package private(set) var transports: [any MailTransport] = []

  package init(_ transports: [any MailTransport] = []) { self.transports = transports }

  package mutating func register(_ transport: any MailTransport) { transports.append(transport) }

  /// The first that handles the account.
  package func transport(for account: ConnectedAccount) -> (any MailTransport)? {
    transports.first { $0.handles(account) }
  }

  /// The one that signs in at a server which a member names; where none knows the address, the first, which says what
  /// an address looks like.
  package func checker(of address: String) -> (any VerifiesMailServer)? {
    let checkers = transports.compactMap { $0 as? any VerifiesMailServer }
    return checkers.first { $0.recognizes(server: address) } ?? checkers.first
  }
}
