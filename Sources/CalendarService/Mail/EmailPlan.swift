import CalendarCore
import Foundation
import ICalendar

/// The email that a caller requests, checked as far as that needs no database.
struct EmailPlan: Sendable {
  let to: [Mailbox]
  let cc: [Mailbox]
  let bcc: [Mailbox]
  let subject: String
  let text: String
  let html: String?
  let attachments: [EmailAttachment]
  let references: [String]

  init(_ input: SendEmailInput) throws(InvalidInput) {
    var seen: Set<EmailAddress> = []
    // Who stands in several fields gets one mail, by the most open of them.
    to = try Self.mailboxes(input.to, field: "to", seen: &seen)
    cc = try Self.mailboxes(input.cc, field: "cc", seen: &seen)
    bcc = try Self.mailboxes(input.bcc, field: "bcc", seen: &seen)
    guard !seen.isEmpty else { throw InvalidInput("to", Messages.Mail.noRecipient) }
    guard seen.count <= EmailLimits.recipients else {
      throw InvalidInput("to", Messages.Mail.tooManyRecipients)
    }
    subject =
      try EventText.line(
        input.subject,
        field: "subject",
        name: Messages.Fields.subject,
        limit: EmailLimits.subjectCharacters
      ) ?? ""
    let body =
      try EventText.block(
        input.body,
        field: "body",
        name: Messages.Fields.body,
        limit: EmailLimits.bodyCharacters
      ) ?? ""
    let rich = RichText(html: body)
    (text, html) = rich.hasElements ? (rich.text, rich.html) : (body, nil)
    attachments = try Self.attachments(input.attachments)
    references = try Self.messageID(input.inReplyTo).map { [$0] } ?? []
    guard (0...EmailLimits.maximumUndo).contains(input.undoWindow) else {
      throw InvalidInput(
        "undoWindow",
        Messages.Mail.undoWindow(EmailLimits.maximumUndo)
      )
    }
  }

  var body: EmailBody { EmailBody(text: text, html: html, attachments: attachments) }

  /// The calendar object among the attachments that makes the mail an invitation.
  func invitation() throws(InvalidInput) -> SchedulingMessage? {
    let found = attachments.filter { $0.calendarMethod != nil }
    guard let attachment = found.first else { return nil }
    func invalid(_ message: String) -> InvalidInput { InvalidInput("attachments", message) }
    guard found.count == 1 else { throw invalid(Messages.Mail.severalInvitations) }
    guard let message = try? SchedulingMessage.parse(attachment.content) else {
      throw invalid(Messages.Mail.notAnInvitation(attachment.name))
    }
    // RFC 6047 §2.4: readers refuse the mail otherwise.
    guard message.method.rawValue == attachment.calendarMethod else {
      throw invalid(Messages.Mail.methodMismatch(attachment.name))
    }
    return message
  }

  private static func mailboxes(
    _ texts: [String],
    field: String,
    seen: inout Set<EmailAddress>
  ) throws(InvalidInput) -> [Mailbox] {
    guard texts.count <= EmailLimits.recipients else {
      throw InvalidInput(field, Messages.Mail.tooManyRecipients)
    }
    var found: [Mailbox] = []
    for text in texts {
      guard let mailbox = try mailbox(text, field: field) else {
        let shown = text.trimmed.prefix(60)
        throw InvalidInput(
          field,
          shown.isEmpty ? Messages.Mail.recipientWithoutAddress : Messages.Access.invalidEmailAddress(shown)
        )
      }
      if seen.insert(mailbox.address).inserted { found.append(mailbox) }
    }
    return found
  }

  private static func mailbox(_ text: String, field: String) throws(InvalidInput) -> Mailbox? {
    let text = text.trimmed
    if let address = EmailAddress(text) { return Mailbox(address) }
    guard text.hasSuffix(">"), let open = text.lastIndex(of: "<"),
      let address = EmailAddress(String(text[text.index(after: open)...].dropLast()))
    else { return nil }
    let quoted = text[..<open].trimmed
    let name =
      quoted.count > 1 && quoted.hasPrefix("\"") && quoted.hasSuffix("\"")
      ? String(quoted.dropFirst().dropLast()) : quoted
    let line = try EventText.line(
      name,
      field: field,
      name: Messages.Fields.recipientName,
      limit: EventLimits.displayNameCharacters
    )
    return Mailbox(address, displayName: line)
  }

  private static func attachments(
    _ inputs: [SendEmailInput.Attachment]
  ) throws(InvalidInput) -> [EmailAttachment] {
    func invalid(_ message: String) -> InvalidInput { InvalidInput("attachments", message) }
    guard inputs.count <= EmailLimits.attachments else {
      throw invalid(Messages.Mail.tooManyFiles)
    }
    var total = 0
    var found: [EmailAttachment] = []
    for input in inputs {
      let name = try EventText.line(
        input.name,
        field: "attachments",
        name: Messages.Fields.fileName,
        limit: EmailLimits.attachmentNameCharacters
      )
      guard let name else { throw invalid(Messages.Mail.fileWithoutName) }
      guard let type = mediaType(input.type) else {
        throw invalid(Messages.Mail.invalidMediaType(name))
      }
      total += input.contentBase64.utf8.count / 4 * 3
      guard total <= EmailLimits.attachmentOctets + 4 * EmailLimits.attachments else {
        throw invalid(Messages.Mail.filesTooLarge)
      }
      guard let content = Data(base64Encoded: input.contentBase64) else {
        throw invalid(Messages.Mail.invalidBase64(name))
      }
      found.append(EmailAttachment(name: name, type: type, content: Array(content)))
    }
    return found
  }

  /// A media type whose every octet is one that a header may have.
  private static func mediaType(_ text: String) -> String? {
    let type = text.trimmed
    guard (1...200).contains(type.utf8.count), type.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
      return type.isEmpty ? "application/octet-stream" : nil
    }
    let names = type.prefix { $0 != ";" }.trimmed.split(separator: "/", omittingEmptySubsequences: false)
    let isName = { (name: Substring) in
      !name.isEmpty
        && name.utf8.allSatisfy { byte in
          (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
            || "!#$&-^_.+".utf8.contains(byte)
        }
    }
    guard names.count == 2, names.allSatisfy(isName) else { return nil }
    // Parts within parts are built here, and by nobody else.
    return ["multipart", "message"].contains(names[0].lowercased()) ? "application/octet-stream" : type
  }

  private static func messageID(_ text: String?) throws(InvalidInput) -> String? {
    guard var id = text?.trimmed, !id.isEmpty else { return nil }
    if id.hasPrefix("<"), id.hasSuffix(">") { id = String(id.dropFirst().dropLast()) }
    guard id.utf8.count <= 500,
      id.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x3C && $0 != 0x3E }),
      id.split(separator: "@", omittingEmptySubsequences: false).count == 2
    else { throw InvalidInput("inReplyTo", Messages.Mail.invalidMessageID) }
    return id
  }
}
