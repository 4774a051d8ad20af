import CalendarCore
import Foundation
import ICalendar

extension EmailMessage {
  /// The mail as its transport gets it: RFC 5322 and MIME, and where it invites, iMIP (RFC 6047).
  ///
  /// An invitation stands twice, as its readers want it: as the last alternative of the text, which mail programs show
  /// as a card, and as a file, for those that show none.
  func outgoing(at date: Date) -> OutgoingMail {
    OutgoingMail(
      from: from.address,
      recipients: recipients,
      octets: header(at: date) + body.part.octets(boundary: Self.boundary(of: id)),
      hiddenRecipientsField: bcc.isEmpty ? [] : HeaderField("Bcc", mailboxes: bcc).octets
    )
  }

  /// The header but for what belongs to the body.
  func header(at date: Date) -> [UInt8] {
    var fields = [
      HeaderField("Date", date: date),
      HeaderField("From", mailboxes: [from]),
    ]
    if !to.isEmpty { fields.append(HeaderField("To", mailboxes: to)) }
    if !cc.isEmpty { fields.append(HeaderField("Cc", mailboxes: cc)) }
    if to.isEmpty, cc.isEmpty { fields.append(HeaderField("To", tokens: ["undisclosed-recipients:;"])) }
    fields.append(HeaderField("Subject", text: subject))
    fields.append(HeaderField("Message-ID", messageIDs: [messageID]))
    if let last = references.last {
      fields.append(HeaderField("In-Reply-To", messageIDs: [last]))
      fields.append(HeaderField("References", messageIDs: references))
    }
    fields.append(HeaderField("MIME-Version", tokens: ["1.0"]))
    return fields.flatMap(\.octets)
  }

  private var body: EmailBody { EmailBody(text: text, html: html, attachments: attachments) }

  fileprivate static func boundary(of id: ID) -> String { "=_\(id)_" }
}

/// The body of an email, with its files.
struct EmailBody {
  let text: String
  let html: String?
  let attachments: [EmailAttachment]

  /// The octets that it takes in the mail with this id.
  func size(in id: EmailMessage.ID) -> Int { part.size(boundary: EmailMessage.boundary(of: id)) }

  /// The attachment that is the mail's invitation.
  private var invitation: (method: String, attachment: EmailAttachment)? {
    for attachment in attachments {
      if let method = attachment.calendarMethod { return (method, attachment) }
    }
    return nil
  }

  fileprivate var part: MIMEPart {
    var alternatives = [MIMEPart.text("plain", text)]
    if let html { alternatives.append(.text("html", "<html><body>\(html)</body></html>")) }
    if let invitation {
      alternatives.append(
        .leaf(
          type: ["text/calendar;", "method=\(invitation.method);", "charset=UTF-8"],
          encoding: .base64,
          content: invitation.attachment.content
        )
      )
    }
    let content = alternatives.count == 1 ? alternatives[0] : .multipart("alternative", alternatives)
    return attachments.isEmpty ? content : .multipart("mixed", [content] + attachments.map(\.part))
  }
}

extension EmailAttachment {
  /// The media type without its parameters, in lower case.
  var essence: String { type.prefix { $0 != ";" }.trimmed.lowercased() }

  /// The METHOD that the type names; nil for what is no invitation.
  var calendarMethod: String? {
    guard essence == "text/calendar" else { return nil }
    for parameter in type.split(separator: ";").dropFirst() {
      let parts = parameter.split(separator: "=", maxSplits: 1).map(\.trimmed)
      guard parts.count == 2, parts[0].lowercased() == "method" else { continue }
      return parts[1].trimmingCharacters(in: CharacterSet(charactersIn: "\"")).uppercased()
    }
    return nil
  }

  fileprivate var part: MIMEPart {
    // With a method it would be a second invitation; as application/ics mail programs offer it as a file.
    let isInvitation = calendarMethod != nil
    let type = isInvitation ? "application/ics" : essence
    // Readers take text for ASCII otherwise (RFC 2046 §4.1.2).
    let isUnicode = essence.hasPrefix("text/") && String(validating: content, as: UTF8.self) != nil
    return .leaf(
      type: ["\(type);"] + (isUnicode && !isInvitation ? ["charset=UTF-8;"] : [])
        + HeaderField.nameParameter(name),
      fields: [HeaderField(attachmentNamed: name)],
      encoding: .base64,
      content: content
    )
  }
}
