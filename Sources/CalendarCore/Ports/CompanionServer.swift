/// A mail server that a form names beside the account.
///
/// Printing it shows nothing of its login.
package struct CompanionServer: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
  package enum Purpose: Sendable, Hashable {
    /// It takes the account's outgoing mail.
    case outgoingMail
    /// The account's mail arrives there.
    case inbox
  }

  /// The field that names it, for messages.
  package let field: String
  package let purpose: Purpose
  package let address: String
  /// Used where the address has no login.
  package let username: String
  package let password: String

  package init(field: String, purpose: Purpose, address: String, username: String, password: String) {
    self.field = field
    self.purpose = purpose
    self.address = address
    self.username = username
    self.password = password
  }

  package var description: String { "CompanionServer(\(field))" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
