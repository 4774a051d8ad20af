/// The kinds of inboxes that this program looks into, in the order they were registered.
package struct MailInboxRegistry: Sendable {
  package private(set) var inboxes: [any MailInbox] = []

  package init(_ inboxes: [any MailInbox] = []) { self.inboxes = inboxes }

  package mutating func register(_ inbox: any MailInbox) { inboxes.append(inbox) }

  /// The first that handles the account.
  package func inbox(for account: ConnectedAccount) -> (any MailInbox)? {
    inboxes.first { $0.handles(account) }
  }

  /// The one that signs in at a server which a member names; where none knows the address, the first, which says what
  /// an address looks like.
  package func checker(of address: String) -> (any VerifiesMailServer)? {
    let checkers = inboxes.compactMap { $0 as? any VerifiesMailServer }
    return checkers.first { $0.recognizes(server: address) } ?? checkers.first
  }
}
