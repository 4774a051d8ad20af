package import CalendarCore

/// The email that a caller requests; nothing in it has been checked.
package struct SendEmailInput: Sendable, Hashable {
  /// A file as the caller gave it.
  package struct Attachment: Sendable, Hashable {
    package var name: String
    package var type: String
    package var contentBase64: String

    package init(name: String, type: String, contentBase64: String) {
      self.name = name
      self.type = type
      self.contentBase64 = contentBase64
    }
  }

  package var connectedAccountID: ConnectedAccount.ID
  /// Addresses, or names with addresses: `Ada <ada@example.com>`.
  package var to: [String]
  package var cc: [String] = []
  package var bcc: [String] = []
  package var subject: String
  /// Plain text, or HTML if it has one of the elements that are kept.
  package var body: String
  package var attachments: [Attachment] = []
  package var idempotencyKey: String?
  /// Seconds for which the mail can be taken back.
  package var undoWindow = 0
  /// The meeting that the mail invites to.
  package var calendarEventID: EventReference?
  package var linkedPersonIDs: [Person.ID] = []
  package var linkedCompanyID: Company.ID?
  package var linkedOpportunityID: Opportunity.ID?
  /// The Message-ID of the mail that this one answers.
  package var inReplyTo: String?

  package init(connectedAccountID: ConnectedAccount.ID, to: [String], subject: String, body: String) {
    self.connectedAccountID = connectedAccountID
    self.to = to
    self.subject = subject
    self.body = body
  }
}

/// How much one mail may hold.
enum EmailLimits {
  static let recipients = 100
  static let subjectCharacters = 500
  static let bodyCharacters = 200_000
  static let attachments = 20
  static let attachmentNameCharacters = 200
  /// Octets of all attachments.
  static let attachmentOctets = 10 << 20
  static let maximumUndo = 30
}
