package import Foundation

/// Reads mails.
package protocol EmailReading {
  func find(_ id: EmailMessage.ID) throws -> EmailMessage?
  /// The mail that was sent with this key, and the fingerprint of what was asked for.
  func find(idempotencyKey key: String) throws -> (email: EmailMessage, fingerprint: String)?
  /// The emails that members wrote, newest first, without the content of their attachments: those that went to a record's
  /// people, or were written for it.
  func list(of record: RecordReference, after: EmailCursor?, limit: Int) throws -> [EmailMessage]
  /// The emails that one member wrote, newest first, without the content of their attachments.
  func list(senderID: WorkspaceMember.ID, after: EmailCursor?, limit: Int) throws -> [EmailMessage]
  /// The mails about a meeting, oldest first, without the content of their attachments.
  func list(eventID: CalendarEvent.ID) throws -> [EmailMessage]
}

/// Writes mails.
package protocol EmailWriting: EmailReading {
  func insert(_ email: EmailMessage, idempotencyKey: String?, fingerprint: String?) throws
  /// Stores how far the mail got, except for its being handed over.
  func updateDelivery(of email: EmailMessage) throws
  /// Claims the email for delivery; false when another runner has it, or it must not be sent.
  func beginDelivery(_ id: EmailMessage.ID, at instant: Date) throws -> Bool
  /// Says that nobody has it.
  func abortDelivery(_ id: EmailMessage.ID) throws
  /// Deletes a waiting email with its job; false when a runner has it, or it is no longer waiting.
  func deleteWaiting(_ id: EmailMessage.ID) throws -> Bool
}

/// The place in a list of mails: everything older than this one.
package struct EmailCursor: Sendable, Hashable {
  package var createdAt: Date
  package var emailID: EmailMessage.ID

  package init(createdAt: Date, emailID: EmailMessage.ID) {
    self.createdAt = createdAt
    self.emailID = emailID
  }
}
