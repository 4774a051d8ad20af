/// A carrier of mail: a vendor's interface, or a mail server.
///
/// A transport is asked once for each mail. It never tries again by itself: whether that would be a second mail is known
/// to nobody but who keeps the mail.
package protocol MailTransport: Sendable {
  /// Octets of the largest whole message that it takes, attachments encoded.
  var largestMessage: Int { get }

  /// Whether mail of this account goes this way.
  func handles(_ account: ConnectedAccount) -> Bool

  /// Why nothing can be sent with the account now, as a sentence for people; nil when it can.
  func unavailableReason(for account: ConnectedAccount) -> String?

  /// Hands the message over.
  ///
  /// `ProviderError.mayHaveBeenCarriedOut` of what it throws must be false only where it is certain that nobody gets it.
  func send(_ message: OutgoingMail, session: AccountSession) async throws(ProviderError)
}

/// A message as a transport gets it (RFC 5322), lines ended by CRLF.
///
/// Printing one shows nothing of it.
package struct OutgoingMail: Sendable, CustomStringConvertible, CustomReflectable {
  package let from: EmailAddress
  /// Everyone who gets it, also those whom the message does not name.
  package let recipients: [EmailAddress]
  /// The message as its readers see it.
  package let octets: [UInt8]
  /// The header field that names the hidden recipients, for services that find recipients nowhere else and take it off
  /// themselves; empty when there are none.
  package let hiddenRecipientsField: [UInt8]

  package init(
    from: EmailAddress,
    recipients: [EmailAddress],
    octets: [UInt8],
    hiddenRecipientsField: [UInt8] = []
  ) {
    self.from = from
    self.recipients = recipients
    self.octets = octets
    self.hiddenRecipientsField = hiddenRecipientsField
  }

  package var description: String { "OutgoingMail(\(octets.count) octets)" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
