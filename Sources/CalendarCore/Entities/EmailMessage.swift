package import Foundation

/// A mail that a member sends, or that goes out for a meeting of theirs: what it says, and how far it got.
package struct EmailMessage: Sendable, Hashable {
  package typealias ID = Identifier<EmailMessage>

  package var id: ID
  /// The account that it is sent with; its address is the sender's.
  package var accountID: ConnectedAccount.ID
  package var senderID: WorkspaceMember.ID
  package var purpose: EmailPurpose
  package var from: Mailbox
  package var to: [Mailbox]
  package var cc: [Mailbox]
  /// The recipients whom the others do not see.
  package var bcc: [Mailbox]
  package var subject: String
  package var text: String
  /// Only what `RichText` keeps; nil for plain text.
  package var html: String?
  package var attachments: [EmailAttachment]
  /// RFC 5322 §3.6.4, without its angle brackets; one for life, so that a mail that arrives twice is known as one.
  package var messageID: String
  /// The Message-IDs of the mails that this one continues, oldest first.
  package var references: [String]
  /// The meeting that it is about.
  package var eventID: CalendarEvent.ID?
  package var links: EventLinks
  package var delivery: EmailDelivery
  package var createdAt: Date

  package init(
    id: ID,
    accountID: ConnectedAccount.ID,
    senderID: WorkspaceMember.ID,
    purpose: EmailPurpose = .composed,
    from: Mailbox,
    to: [Mailbox],
    cc: [Mailbox] = [],
    bcc: [Mailbox] = [],
    subject: String,
    text: String,
    html: String? = nil,
    attachments: [EmailAttachment] = [],
    references: [String] = [],
    eventID: CalendarEvent.ID? = nil,
    links: EventLinks = .init(),
    delivery: EmailDelivery,
    createdAt: Date
  ) {
    self.id = id
    self.accountID = accountID
    self.senderID = senderID
    self.purpose = purpose
    self.from = from
    self.to = to
    self.cc = cc
    self.bcc = bcc
    self.subject = subject
    self.text = text
    self.html = html
    self.attachments = attachments
    messageID = "\(id)@\(from.address.domain)"
    self.references = references
    self.eventID = eventID
    self.links = links
    self.delivery = delivery
    self.createdAt = createdAt
  }

  /// Everyone who gets it, each once.
  package var recipients: [EmailAddress] {
    var seen: Set<EmailAddress> = []
    return (to + cc + bcc).map(\.address).filter { seen.insert($0).inserted }
  }
}

/// Why a mail is sent.
package enum EmailPurpose: String, Sendable, CaseIterable {
  /// A member wrote it in the composer.
  case composed = "COMPOSED"
  /// It tells a guest of a meeting whose calendar tells nobody.
  case invitation = "INVITATION"
}

/// A name and an address, as in a mail's From and To.
package struct Mailbox: Sendable, Hashable {
  package var address: EmailAddress
  package var displayName: String?

  package init(_ address: EmailAddress, displayName: String? = nil) {
    self.address = address
    self.displayName = displayName
  }
}

/// A file in a mail.
package struct EmailAttachment: Sendable, Hashable {
  package var name: String
  /// A media type with its parameters (RFC 2045 §5.1).
  package var type: String
  /// Octets of the content.
  package var size: Int
  /// Empty where it was not asked for.
  package var content: [UInt8]

  package init(name: String, type: String, size: Int? = nil, content: [UInt8]) {
    self.name = name
    self.type = type
    self.content = content
    self.size = size ?? content.count
  }
}

/// How far a mail got.
package struct EmailDelivery: Sendable, Hashable {
  package var status: EmailStatus
  /// A sentence for people: why it is not out yet, or will not be.
  package var error: String?
  /// Not before; until then it can be taken back.
  package var sendAt: Date
  /// Since when a transport has it and has not answered: nobody else may hand it over, or it would arrive twice.
  package var deliveryStartedAt: Date?
  package var sentAt: Date?

  package init(
    status: EmailStatus = .scheduled,
    error: String? = nil,
    sendAt: Date,
    deliveryStartedAt: Date? = nil,
    sentAt: Date? = nil
  ) {
    self.status = status
    self.error = error
    self.sendAt = sendAt
    self.deliveryStartedAt = deliveryStartedAt
    self.sentAt = sentAt
  }
}

/// Whether a mail is out.
package enum EmailStatus: String, Sendable, CaseIterable {
  /// It waits for its time, or for its transport.
  case scheduled = "SCHEDULED"
  case sent = "SENT"
  /// It was not sent, and will not be until a member retries it.
  case failed = "FAILED"
  /// The transport had it and never answered: it may have arrived.
  case uncertain = "UNCERTAIN"
}
